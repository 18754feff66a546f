// The flow of a replay as a user sees it: awaited calls, forks, messages one by one, days in seconds.
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { Command } from "commander";
import { afterAll, describe, expect, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { VcrError } from "../../../src/base/errors.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import type { CliSession } from "../../../src/cli/common/session.js";
import { registerReplay } from "../../../src/cli/replay/replay.js";
import { ConsoleOperator } from "../../../src/cli/replay/replay-operator.js";
import { readCassetteFile, writeCassetteFile } from "../../../src/io/cassette/cassette-file.js";
import { startClock } from "../../../src/io/platform/clock.js";
import { startReplay } from "../../../src/io/station/run-replay.js";
import { compilePlan } from "../../../src/replay/plan/compile-plan.js";
import { usualFlow } from "../../../src/replay/station/run/flow.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { sessionTo } from "../../support/runs/cli-session.js";

const folder = mkdtempSync(join(tmpdir(), "replay-flow-"));
const cleanup: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
afterAll(async () => {
  for (const end of cleanup) await end();
});

interface Ran {
  readonly out: string;
  readonly json: readonly Record<string, unknown>[];
  readonly code: number;
}

const silentSession = (say: (line: string) => void): CliSession => sessionTo(say, say);

const replay = async (...argv: readonly string[]): Promise<Ran> => {
  const lines: string[] = [];
  const session = silentSession((line) => void lines.push(line));
  const program = new Command("ocpp-vcr").exitOverride();
  registerReplay(program, session);
  let code = 0;
  try {
    await program.parseAsync(["replay", ...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof VcrError)) throw error;
    lines.push(error.message);
    code = error.exitCode;
  }
  const json = lines
    .filter((line) => line.startsWith('{"event"'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { out: lines.join("\n"), json, code: Math.max(code, session.exitCode) };
};

const cassette = async (name: string, lines: readonly string[]): Promise<string> => {
  const path = join(folder, `${name}.cassette`);
  await writeCassetteFile(path, dialogueRecording(lines));
  return path;
};

const remoteStart = [
  "1 dial",
  '1> [2,"b","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]',
  '1< [3,"b",{"status":"Accepted","currentTime":"2026-01-01T00:00:00Z","interval":300}]',
  '1< [2,"r","RemoteStartTransaction",{"idTag":"T","connectorId":1}]',
  '1> [3,"r",{"status":"Accepted"}]',
  '1> [2,"s","StartTransaction",{"connectorId":1,"idTag":"T","meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}]',
  '1< [3,"s",{"transactionId":7,"idTagInfo":{"status":"Accepted"}}]',
  '1> [2,"e","StopTransaction",{"transactionId":7,"meterStop":1,"timestamp":"2026-01-01T00:00:00Z"}]',
  '1< [3,"e",{}]',
  "1 close",
];

/** A CSMS with a button: what is posted to it, it calls. */
const startCsmsWithButton = async (): Promise<{ ws: string; button: string; pressed: unknown[] }> => {
  const pressed: unknown[] = [];
  let peer: WebSocket | undefined;
  const answers: Readonly<Record<string, unknown>> = {
    BootNotification: { status: "Accepted", currentTime: new Date().toISOString(), interval: 300 },
    StartTransaction: { transactionId: 42, idTagInfo: { status: "Accepted" } },
  };
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      const call = JSON.parse(body) as { action: string; payload: unknown };
      pressed.push(call);
      peer?.send(JSON.stringify([2, "live", call.action, call.payload]));
      response.end();
    });
  });
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) => {
    peer = socket;
    socket.on("message", (data) => {
      const [type, id, action] = JSON.parse(String(data)) as [number, string, string];
      if (type === 2) socket.send(JSON.stringify([3, id, answers[action] ?? {}]));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  cleanup.push(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
  });
  return { ws: `ws://127.0.0.1:${port}`, button: `http://127.0.0.1:${port}/press`, pressed };
};

// Concurrent: each replay ends with a second in which the CSMS may call.
describe.concurrent("a step that a call causes", () => {
  test("a step is sent when the command of --on-wait has triggered its call", async () => {
    const path = await cassette("button", remoteStart);
    const { ws, button, pressed } = await startCsmsWithButton();
    const press = `"${process.execPath}" -e "let s='';process.stdin.on('data',d=>s+=d).on('end',()=>fetch('${button}',{method:'POST',body:s}))"`;
    const ran = await replay(path, "--csms", ws, "--on-wait", press, "--call-timeout", "15s", "--json");
    expect(pressed).toMatchObject([
      {
        identity: "CP-1",
        action: "RemoteStartTransaction",
        payload: { idTag: "T", connectorId: 1 },
        id: "r",
        timeoutMs: 15_000,
      },
    ]);
    expect(ran.json.find(({ event }) => event === "waiting")).toMatchObject({
      for: "RemoteStartTransaction",
      payload: { idTag: "T", connectorId: 1 },
      because: "the transaction of its idTag",
      step: 2,
    });
    expect(ran.json.at(-1)).toMatchObject({ event: "verdict", verdict: "pass" });
    expect(ran.code).toBe(0);
  });

  test("a step without its call is sent, left out, or ends the run, with a note", async () => {
    const path = await cassette("missing", remoteStart);
    const sent = await replay(path, "--call-timeout", "50ms");
    expect(sent.out).toContain(
      'waiting    #1 < RemoteStartTransaction {"idTag":"T","connectorId":1} (up to 50 ms, for',
    );
    expect(sent.out).toContain("the CSMS did not call RemoteStartTransaction");
    expect(sent.out).toMatch(/\n {2}partial {2}fingerprint/);
    const skipped = await replay(path, "--call-timeout", "50ms", "--on-missing-call", "skip", "--json");
    expect(skipped.json.at(-1)).toMatchObject({ verdict: "partial", counts: { missing: 3 } });
    const failed = await replay(path, "--timeout", "50ms", "--on-missing-call", "fail");
    expect(failed.out).toMatch(/\n {2}fail {2}fingerprint/);
    expect([sent.code, skipped.code, failed.code]).toEqual([1, 1, 1]);
  });

  test("--on-missing-call ask is refused without a terminal", async () => {
    const ran = await replay(await cassette("nobody", remoteStart), "--on-missing-call", "ask");
    expect(ran).toMatchObject({ code: 2, out: expect.stringContaining("needs a terminal") });
  });
});

test("one refused id tag is one line with the steps that depend on it, and may end the run", async () => {
  const lines = remoteStart.filter((line) => !/"r"/.test(line));
  const refused = lines.map((line) =>
    line.replace('7,"idTagInfo":{"status":"Accepted"}', '7,"idTagInfo":{"status":"Blocked"}'),
  );
  const path = await cassette("fork", refused);
  const told = await replay(path);
  expect(told.out).toContain(
    "fork 1     #1 < StartTransaction: the transaction was accepted, but refused in the recording (Blocked -> Accepted); 1 step depends on it",
  );
  expect(told.out).not.toContain("different ");
  expect(told.out).toMatch(/1 different, 1 fork\n/);
  const stopped = await replay(path, "--on-fork", "stop", "--json");
  expect(stopped.json.find(({ event }) => event === "fork")).toMatchObject({
    id: 1,
    behind: 1,
    action: "StartTransaction",
  });
  expect(stopped.json.at(-1)).toMatchObject({
    verdict: "fail",
    counts: { forks: 1 },
    forks: [{ id: 1, differences: 1 }],
  });
  expect([told.code, stopped.code]).toEqual([1, 1]);
});

const days = (count: number): readonly string[] => {
  const lines = ["@0 1 dial"];
  for (let minute = 5; minute < count * 24 * 60; minute += 5)
    lines.push(
      `@${minute * 60_000} 1> [2,"h${minute}","Heartbeat",{}]`,
      `@${minute * 60_000 + 1} 1< [3,"h${minute}",{"currentTime":"2026-01-01T00:00:00Z"}]`,
    );
  return [...lines, `@${count * 24 * 60 * 60_000} 1 close`];
};

test("three recorded days take seconds with a virtual clock, in the same order as without gaps", async () => {
  const path = await cassette("days", days(3));
  const transcript = join(folder, "days.transcript");
  const timed = await replay(
    path,
    "--pace",
    "timed",
    "--clock",
    "virtual",
    "--transcript",
    transcript,
    "--json",
  );
  const asap = await replay(path, "--pace", "asap", "--json");
  expect(timed.json.at(-1)).toMatchObject({ verdict: "pass", fingerprint: asap.json.at(-1)?.fingerprint });
  const entries = (await readCassetteFile(transcript)).entries.map(({ entry }) => entry);
  const closed = entries.find(
    (entry): entry is Entry & { kind: "connection-closed" } => entry.kind === "connection-closed",
  );
  expect((closed?.at ?? 0) / 1e9).toBeGreaterThan(3 * 24 * 3600 - 1);
});

describe.concurrent("the operator of a replay", () => {
  const run = async (
    input: PassThrough,
    steps: boolean,
    heard: (line: string) => void,
  ): Promise<{ verdict: string; lines: readonly string[] }> => {
    const lines: string[] = [];
    const say = (line: string): void => {
      lines.push(line);
      heard(line);
    };
    const { ws } = await startCsmsWithButton();
    const operator = new ConsoleOperator({
      session: silentSession(say),
      say,
      json: true,
      steps,
      asks: !steps,
      input,
    });
    operator.listen();
    const running = startReplay({
      plan: compilePlan(dialogueRecording(remoteStart)),
      csms: new URL(ws),
      pacing: {
        pace: steps ? "manual" : "lockstep",
        rate: 1,
        timeoutMs: 10_000,
        flow: { ...usualFlow, callTimeoutMs: 20, onMissingCall: steps ? "send" : "ask" },
      },
      identity: undefined,
      password: undefined,
      clock: startClock(),
      record: () => undefined,
      report: () => undefined,
      showStep: (next) => operator.showStep(next),
      ask: (waiting) => operator.ask(waiting),
    });
    operator.attach(running);
    const { verdict } = await running.outcome;
    operator.close();
    return { verdict, lines };
  };

  test("the operator sends messages one by one, and the rest at once", async () => {
    const input = new PassThrough();
    const keys = ["\n", "odd\nn\n", "a\n"];
    const { verdict, lines } = await run(input, true, (line) => {
      if (line.startsWith('{"event":"step"')) input.write(keys.shift() ?? "");
    });
    expect(
      lines.filter((line) => line.startsWith('{"event":"step"')).map((line) => JSON.parse(line) as unknown),
    ).toMatchObject([
      { step: 1, type: "CALL", action: "BootNotification", id: "b" },
      { step: 2, action: "StartTransaction" },
      { step: 3, action: "StopTransaction" },
    ]);
    expect(lines).toContain("  Enter or n sends the message, a sends all that are left, q ends the replay");
    expect(verdict).toBe("partial");
  });

  test("the operator ends a replay with q, and lets it go on by closing stdin", async () => {
    const quitting = new PassThrough();
    const quit = await run(
      quitting,
      true,
      (line) => void (line.startsWith("  next") && quitting.write("q\n")),
    );
    expect(quit.verdict).toBe("interrupted");
    // What is typed before the run begins is not lost.
    const early = new PassThrough();
    early.end("q\n");
    expect((await run(early, true, () => undefined)).verdict).toBe("interrupted");
    const leaving = new PassThrough();
    leaving.end();
    const left = await run(leaving, true, () => undefined);
    expect(left.verdict).toBe("partial");
  });

  test("the operator decides about a step whose call does not come", async () => {
    const input = new PassThrough();
    const { verdict, lines } = await run(input, false, (line) => {
      if (line.includes("did not call")) input.write("what?\nskip\n");
    });
    expect(lines).toContain("  send, skip or fail?");
    expect(verdict).toBe("partial");
    const gone = new PassThrough();
    gone.end();
    expect((await run(gone, false, () => undefined)).verdict).toBe("fail");
  });
});
