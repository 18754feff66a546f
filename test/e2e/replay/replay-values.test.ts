// The values of `replay` as a user sees them: with CSMSs that recognise transactions, choose ids, and have a clock.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { CliSession } from "../../../src/cli/common/session.js";
import { registerReplay } from "../../../src/cli/replay/replay.js";
import { writeCassetteFile } from "../../../src/io/cassette/cassette-file.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { type MemoryCsms, type MemoryCsmsOptions, startMemoryCsms } from "../../support/peers/memory-csms.js";
import { runCommand } from "../../support/runs/replay-cli.js";

const folder = mkdtempSync(join(tmpdir(), "replay-values-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open: MemoryCsms[] = [];
afterAll(async () => {
  for (const csms of open) await csms.close();
});

const csmsWith = async (options: MemoryCsmsOptions = {}): Promise<MemoryCsms> => {
  const csms = await startMemoryCsms(options);
  open.push(csms);
  return csms;
};

type Line = Readonly<Record<string, unknown>>;

interface Outcome {
  readonly lines: readonly Line[];
  readonly verdict: Line;
  readonly err: string;
  readonly code: number;
}

const replay = async (argv: readonly string[], changes: Partial<CliSession> = {}): Promise<Outcome> => {
  const { out, err, code } = await runCommand(registerReplay, ["replay", ...argv, "--json"], changes);
  const lines = out === "" ? [] : out.split("\n").map((line) => JSON.parse(line) as Line);
  return { lines, verdict: lines.find(({ event }) => event === "verdict") ?? {}, err, code };
};

const cassette = async (
  name: string,
  lines: readonly string[],
  options: { subprotocol?: string } = {},
): Promise<string> => {
  const path = join(folder, `${name}.cassette`);
  await writeCassetteFile(path, dialogueRecording(["1 dial", ...lines], options));
  return path;
};

const session16 = [
  '1> [2,"1","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]',
  '1< [3,"1",{"status":"Accepted","currentTime":"2026-01-01T00:00:00Z","interval":300}]',
  '1> [2,"2","StartTransaction",{"connectorId":1,"idTag":"T","meterStart":100,"timestamp":"2026-01-01T00:00:10Z"}]',
  '1< [3,"2",{"transactionId":9223372036854775807,"idTagInfo":{"status":"Accepted"}}]',
  '1> [2,"3","MeterValues",{"connectorId":1,"transactionId":9223372036854775807,"meterValue":[{"timestamp":"2026-01-01T00:00:20.5Z","sampledValue":[{"value":"12.50","unit":"kWh"}]}], "x":1.0}]',
  '1< [3,"3",{}]',
];
const stop16 = [
  '1> [2,"4","StopTransaction",{"transactionId":9223372036854775807,"idTag":"T","meterStop":13000,"timestamp":"2026-01-01T00:00:30Z"}]',
  '1< [3,"4",{"idTagInfo":{"status":"Accepted"}}]',
  "1 close",
];

// Concurrent: each replay ends with a second in which the CSMS may call.
describe.concurrent("ids, dates and meters of a replay", () => {
  test("three replays are three transactions at a CSMS that identifies them by their start, none ahead of its clock", async () => {
    const csms = await csmsWith();
    const path = await cassette("thrice", [...session16, ...stop16]);
    for (let i = 0; i < 3; i++) expect((await replay([path, "--csms", csms.url])).code).toBe(0);
    expect(csms.transactions).toHaveLength(3);
    const dates = [...csms.calls("StartTransaction"), ...csms.calls("StopTransaction")].map(({ timestamp }) =>
      Date.parse(String(timestamp)),
    );
    expect(Math.max(...dates)).toBeLessThanOrEqual(Date.now());
    expect(Date.now() - Math.max(...dates)).toBeLessThan(10_000);
  });

  test("a replay leaves every other character as recorded", async () => {
    const csms = await csmsWith({ firstId: 42 });
    const path = await cassette("exact", [...session16, ...stop16]);
    const { verdict } = await replay([path, "--csms", csms.url, "--time", "keep", "--ids", "keep"]);
    const recorded = [...session16, ...stop16].flatMap((line) =>
      line.startsWith("1> ") ? [line.slice(3)] : [],
    );
    expect(csms.received).toEqual(recorded.map((text) => text.replaceAll("9223372036854775807", "42")));
    expect(verdict).toMatchObject({ verdict: "pass", seed: 0, run: expect.any(Number) });
  });

  test("--run repeats a replay byte for byte; other runs do the same with other ids", async () => {
    let id = 10;
    const path = await cassette("runs", [...session16, ...stop16]);
    const bytes = new Map<string, string[]>();
    const prints = new Set<unknown>();
    for (const run of ["7", "7", "8"]) {
      const csms = await csmsWith({ now: () => "2026-05-05T00:00:00Z", firstId: run === "8" ? id++ : 10 });
      const { verdict } = await replay([path, "--csms", csms.url, "--run", run, "--ids", "fresh"]);
      expect(verdict.run).toBe(Number(run));
      prints.add(verdict.fingerprint);
      bytes.set(run, [...(bytes.get(run) ?? []), `${String(verdict.bytes)} ${csms.received.join(" ")}`]);
    }
    const other = await csmsWith();
    const state = join(folder, "runs.json");
    const moved = ["--time", "days", "--meter", "continue", "--meter-state", state];
    for (let i = 0; i < 2; i++)
      prints.add((await replay([path, "--csms", other.url, ...moved])).verdict.fingerprint);
    expect(prints.size).toBe(1);
    expect(new Set(bytes.get("7")).size).toBe(1);
    expect(bytes.get("8")).not.toEqual(bytes.get("7")?.slice(1));
  });

  test("--meter continue starts at the last stop that was sent to the CSMS", async () => {
    const csms = await csmsWith();
    const path = await cassette("meters", [...session16, ...stop16]);
    const state = join(folder, "meters.json");
    const argv = [path, "--csms", csms.url, "--meter", "continue", "--meter-state", state];
    await replay(argv);
    expect(existsSync(state)).toBe(true);
    await replay(argv);
    expect(csms.calls("StartTransaction").map(({ meterStart }) => meterStart)).toEqual([100, 13_000]);
    expect(csms.calls("StopTransaction").map(({ meterStop }) => meterStop)).toEqual([13_000, 25_900]);
    expect(csms.received.filter((text) => text.includes("MeterValues"))[1]).toContain('"value":"25.40"');
    expect(readFileSync(state, "utf8")).toContain('"1": "25900"');
    expect((await replay([path, "--meter-state", state])).code).toBe(2);
  });
});

describe.concurrent("transactions that the recording leaves open", () => {
  test("open transactions are stopped without changing the fingerprint, unless --leave-open is given", async () => {
    const csms = await csmsWith();
    const path = await cassette("left-open", [...session16, "1 close"]);
    const ended = await replay([path, "--csms", csms.url]);
    expect(csms.calls("StopTransaction")).toMatchObject([
      { transactionId: 500, meterStop: 12_500, reason: "Other" },
    ]);
    expect(ended.lines).toContainEqual(
      expect.objectContaining({ event: "note", code: "closed-transaction" }),
    );
    const left = await replay([path, "--csms", csms.url, "--leave-open"]);
    expect(csms.calls("StopTransaction")).toHaveLength(1);
    expect([ended.verdict.verdict, left.verdict.verdict]).toEqual(["pass", "pass"]);
    expect(left.verdict.fingerprint).toBe(ended.verdict.fingerprint);
  });

  test("open transactions are stopped when the replay is interrupted", async () => {
    const csms = await csmsWith();
    const path = await cassette("stopped", [...session16, '@600000 1> [2,"9","Heartbeat",{}]', "1 close"]);
    let stop: (value: undefined) => void = () => undefined;
    const stopped = new Promise<undefined>((resolve) => {
      stop = resolve;
    });
    const paths = [path, "--csms", csms.url, "--pace", "timed"];
    const running = replay(paths, {
      untilStopped: () => stopped as Promise<never>,
      out: (line) => {
        if (line.includes('"MeterValues"')) stop(undefined);
      },
    });
    expect((await running).code).toBe(130);
    expect(csms.calls("StopTransaction")).toHaveLength(1);
  });
});

describe.concurrent("2.x", () => {
  const event = (type: string, seqNo: number): string =>
    `1> [2,"e${seqNo}","TransactionEvent",{"eventType":"${type}","timestamp":"2026-01-01T00:00:0${seqNo}Z","triggerReason":"RemoteStart","seqNo":${seqNo},"transactionInfo":{"transactionId":"tx-1","remoteStartId":5}}]`;
  const lines = [
    '1> [2,"b","BootNotification",{"reason":"PowerUp"}]',
    '1< [3,"b",{"status":"Accepted","currentTime":"2026-01-01T00:00:00Z","interval":300}]',
    '1< [2,"r","RequestStartTransaction",{"remoteStartId":5,"idToken":{"idToken":"T","type":"ISO14443"}}]',
    '1> [3,"r",{"status":"Accepted","transactionId":"tx-1"}]',
    '1> [2,"h","Heartbeat",{}]',
    '1< [3,"h",{"currentTime":"2026-01-01T00:00:00Z"}]',
    event("Started", 0),
    '1< [3,"e0",{}]',
    event("Ended", 1),
    '1< [3,"e1",{}]',
    "1 close",
  ];

  test("2.x transaction ids are fresh, and the remote start id is the live one", async () => {
    const call =
      '[2,"live","RequestStartTransaction",{"remoteStartId":77,"idToken":{"idToken":"T","type":"ISO14443"}}]';
    const csms = await csmsWith({ callsAfter: { BootNotification: call } });
    const path = await cassette("remote", lines, { subprotocol: "ocpp2.0.1" });
    const { lines: told, verdict } = await replay([path, "--csms", csms.url]);
    expect(told).toContainEqual(
      expect.objectContaining({ event: "compared", result: "bound", action: "RequestStartTransaction" }),
    );
    expect(verdict.verdict).toBe("pass");
    const infos = csms.calls("TransactionEvent").map(({ transactionInfo }) => transactionInfo as Line);
    expect(infos.map(({ remoteStartId }) => remoteStartId)).toEqual([77, 77]);
    const ids = new Set(infos.map(({ transactionId }) => transactionId));
    expect([ids.size, ids.has("tx-1")]).toEqual([1, false]);
    const answer = csms.received.find((text) => text.startsWith('[3,"live"')) ?? "";
    expect(answer).toContain(`"transactionId":"${String([...ids][0])}"`);
  });
});

describe.concurrent("--bindings", () => {
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const lines = [
    '1< [2,"d","DataTransfer",{"vendorId":"V","data":"abc"}]',
    '1> [3,"d",{"status":"Accepted"}]',
    '1> [2,"h","Heartbeat",{}]',
    '1< [3,"h",{"currentTime":"2026-01-01T00:00:00Z"}]',
    '1> [2,"e","DataTransfer",{"vendorId":"V","messageId":"abc"}]',
    '1< [3,"e",{}]',
    "1 close",
  ];

  test("--bindings learns and uses the values of a file", async () => {
    const csms = await csmsWith({
      callsAfter: { Heartbeat: '[2,"l","DataTransfer",{"vendorId":"V","data":"new"}]' },
    });
    const path = await cassette("own", [...lines.slice(2, 4), ...lines.slice(0, 2), ...lines.slice(2)]);
    const bindings = file(
      "own.yaml",
      `- name: session
  learn: { action: DataTransfer, type: CALL, direction: csms-to-cp, pointer: /data }
  use:
    - { action: DataTransfer, pointer: /messageId }
`,
    );
    const { lines: told } = await replay([path, "--csms", csms.url, "--bindings", bindings]);
    expect(told).toContainEqual(
      expect.objectContaining({ event: "compared", result: "bound", action: "DataTransfer" }),
    );
    expect(csms.calls("DataTransfer")).toMatchObject([{ messageId: "new" }]);
  });

  test("--bindings reports all errors of a file with their places, and a missing file", async () => {
    const path = await cassette("errors", lines);
    const wrong = file(
      "wrong.yaml",
      `- nam: a
  learn: { action: StartTransactoin, type: CALL, pointer: data }
  use: []
- name: reservation
  learn: { action: DataTransfer, direction: cp-to-csms, pointer: /data }
  use: [{ action: DataTransfer, type: CALLERROR, pointer: "" }]
`,
    );
    const { err, code } = await replay([path, "--bindings", wrong]);
    expect(code).toBe(2);
    for (const words of [
      '1:3: unknown key "nam"',
      'did you mean "name"?',
      "2:12: there is no action",
      "4:3:",
      "5:45:",
    ])
      expect(err).toContain(words);
    expect((await replay([path, "--bindings", file("empty.yaml", "")])).err).toContain("is empty");
    expect((await replay([path, "--bindings", file("map.yaml", "a: 1")])).err).toContain("must be a list");
    expect((await replay([path, "--bindings", join(folder, "nowhere")])).code).toBe(4);
  });
});
