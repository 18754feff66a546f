// `replay` as a user runs it: what it prints, and its exit codes.
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Entry } from "../../../src/cassette/format/entry.js";
import type { CliSession } from "../../../src/cli/common/session.js";
import { registerReplay } from "../../../src/cli/replay/replay.js";
import { writeCassetteFile } from "../../../src/io/cassette/cassette-file.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { type Behaviour, startHostileCsms, switching } from "../../support/peers/hostile-csms.js";
import { type CliOutcome, runCommand } from "../../support/runs/replay-cli.js";

const folder = mkdtempSync(join(tmpdir(), "replay-command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const replay = (argv: readonly string[], changes: Partial<CliSession> = {}): Promise<CliOutcome> =>
  runCommand(registerReplay, ["replay", ...argv], changes);

const cassette = async (name: string, lines: readonly string[], head?: string): Promise<string> => {
  const path = join(folder, `${name}.cassette`);
  await writeCassetteFile(path, dialogueRecording(lines, head === undefined ? {} : { head }));
  return path;
};

const healthy = [
  "1 dial",
  '1> [2,"1","StartTransaction",{"connectorId":1,"idTag":"T","meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}]',
  '1< [3,"1",{"transactionId":4711,"idTagInfo":{"status":"Accepted"}}]',
  '1> [2,"2","StopTransaction",{"transactionId":4711,"meterStop":1,"timestamp":"2026-01-01T00:00:00Z","idTag":"T"}]',
  '1< [3,"2",{"idTagInfo":{"status":"Accepted"}}]',
  "1 close",
];

const jsonLines = (out: string): readonly Record<string, unknown>[] =>
  out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("ocpp-vcr replay", () => {
  test("replay passes against the embedded CSMS, and its transcript passes with the same fingerprint", async () => {
    const path = await cassette("healthy", healthy);
    const transcript = join(folder, "again.transcript");
    const first = await replay([path, "--transcript", transcript]);
    expect(first.out).toContain("/transactionId: 4711 -> 1");
    expect(first.out).toMatch(/1 equal, 1 bound\n {2}pass {2}fingerprint sha256:[0-9a-f]{64}$/);
    expect(first.code).toBe(0);
    const second = await replay([transcript, "--json"]);
    const verdict = jsonLines(second.out).at(-1);
    expect(verdict).toMatchObject({ event: "verdict", verdict: "pass", counts: { equal: 2 } });
    expect(first.out).toContain(String(verdict?.fingerprint));
    expect((await replay([path, "--transcript", transcript])).code).toBe(2);
  });

  test("replay prints differences with pointer and both values, and ends with 1", async () => {
    const path = await cassette("odd", [
      "1 dial",
      '1> [2,"1","Heartbeat",{}]',
      '1< [3,"1",{"big":9223372036854775807}]',
    ]);
    const { out, code } = await replay([path, "--json"]);
    const [compared] = jsonLines(out);
    expect(compared).toMatchObject({ event: "compared", result: "different", action: "Heartbeat", id: "1" });
    expect(compared?.differences).toContainEqual({
      pointer: "/big",
      recorded: "9223372036854775807",
      why: "different",
    });
    expect(code).toBe(1);
  });

  test("replay leaves out cassettes of no charge point in a folder without failing", async () => {
    const site = join(folder, "site");
    await writeCassetteFile(join(site, "CP1", "a.cassette"), dialogueRecording(healthy));
    const [session, ...rest] = dialogueRecording([]);
    await writeCassetteFile(join(site, "~http", "b.cassette"), [
      { ...session, identity: null } as Entry,
      ...rest,
    ]);
    const { out, code } = await replay([site]);
    expect(out).toContain("left out, it belongs to no charge point");
    expect(out.match(/fingerprint/g)).toHaveLength(1);
    expect(code).toBe(0);
  });

  test("replay gives a verdict for each cassette of a folder, and the highest exit code", async () => {
    const path = await cassette("torn", healthy);
    writeFileSync(join(folder, "broken.cassette"), "no cassette at all");
    const { out, err, code } = await replay([path, join(folder, "broken.cassette"), path]);
    expect(out.match(/pass/g)).toHaveLength(2);
    expect(err).toContain("broken.cassette");
    expect(code).toBe(4);
  });

  test("replay ends with 3 and a verdict when the CSMS refuses the first connection", async () => {
    const csms = await startHostileCsms((socket) => void socket.end("HTTP/1.1 404 Not Found\r\n\r\n"));
    const { out, code } = await replay([
      await cassette("refused", healthy),
      "--csms",
      csms.url.href,
      "--json",
    ]);
    await csms.close();
    expect(jsonLines(out).at(-1)).toMatchObject({ verdict: "error", reason: expect.stringContaining("404") });
    expect(code).toBe(3);
  });

  test("replay sends a password from a file, without its line end, or from the environment", async () => {
    const head = "GET /CP-1 HTTP/1.1\r\nHost: a\r\nAuthorization: Basic [hidden]\r\n\r\n";
    const path = await cassette("secret", ["1 dial", "1 reset"], head);
    const csms = await startHostileCsms((socket) => void socket.write(switching));
    const file = join(folder, "password");
    writeFileSync(file, Buffer.from("p\xff\r\n", "latin1"));
    const to = ["--csms", csms.url.href];
    await replay([path, ...to, "--password-file", file]);
    await replay([path, ...to], { env: { OCPP_VCR_PASSWORD: "secret" } });
    const without = await replay([path, ...to]);
    await csms.close();
    const sent = csms.upgrades.map((upgrade) => /Authorization: Basic (\S+)/.exec(upgrade)?.[1]);
    expect(sent).toEqual([
      Buffer.from("CP-1:p\xff", "latin1").toString("base64"),
      Buffer.from("CP-1:secret").toString("base64"),
      undefined,
    ]);
    expect(without.out).toContain("authorization is not in the cassette and is left out");
  });

  test("replay ends with 130 and without a verdict when it is interrupted", async () => {
    let upgraded: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => {
      upgraded = resolve;
    });
    let goodbye: Promise<unknown> = Promise.resolve();
    const behaviour: Behaviour = (socket) => {
      socket.write(switching);
      goodbye = once(socket, "end");
      socket.resume();
      upgraded();
    };
    const csms = await startHostileCsms(behaviour);
    const untilStopped = (): Promise<NodeJS.Signals> => reached.then(() => "SIGINT" as const);
    const { out, code } = await replay([await cassette("stopped", healthy), "--csms", csms.url.href], {
      untilStopped,
    });
    await goodbye;
    await csms.close();
    expect(out).not.toContain("fingerprint");
    expect(code).toBe(130);
  });

  test("replay ends with 2 for options that exclude each other", async () => {
    const path = await cassette("usage", healthy);
    expect((await replay([path, "--rate", "2"])).code).toBe(2);
    expect((await replay([path, path, "--transcript", join(folder, "x.cassette")])).code).toBe(2);
    expect((await replay([path, "--password-file", join(folder, "nowhere")])).code).toBe(2);
  });
});
