// Replays over real sockets: against a valid CSMS of another maker, and against CSMSs that break every rule.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRPCError, RPCServer } from "ocpp-rpc";
import { afterEach, describe, expect, test } from "vitest";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { startClock } from "../../../src/io/platform/clock.js";
import { type ReplayRun, startReplay } from "../../../src/io/station/run-replay.js";
import { compilePlan } from "../../../src/replay/plan/compile-plan.js";
import type { Outcome, StationReport } from "../../../src/replay/protocol.js";
import { encodeFrame, opcodes } from "../../../src/wire/websocket/frame.js";
import { dialogueRecording, messageFrame } from "../../support/cassettes/dialogue-recording.js";
import { type Behaviour, startHostileCsms, switching } from "../../support/peers/hostile-csms.js";
import { fingerprintsOf } from "../../support/runs/fingerprint-runs.js";

const cleanup: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of cleanup.splice(0)) await end();
});

interface Ran {
  readonly outcome: Outcome;
  readonly reports: readonly StationReport[];
  readonly transcript: readonly Entry[];
}

const run = async (entries: readonly Entry[], csms: URL, changes: Partial<ReplayRun> = {}): Promise<Ran> => {
  const reports: StationReport[] = [];
  const transcript: Entry[] = [];
  const running = startReplay({
    plan: compilePlan(entries),
    csms,
    pacing: { pace: "lockstep", rate: 1, timeoutMs: 300 },
    identity: undefined,
    password: undefined,
    clock: startClock(),
    record: (entry) => transcript.push(entry),
    report: (report) => reports.push(report),
    ...changes,
  });
  return { outcome: await running.outcome, reports, transcript };
};

const against = async (behaviour: Behaviour, entries: readonly Entry[]): Promise<Ran> => {
  const csms = await startHostileCsms(behaviour);
  cleanup.push(csms.close);
  return run(entries, csms.url);
};

const now = "2026-01-01T00:00:00.000Z";
const session = dialogueRecording([
  "1 dial",
  '1> [2,"1","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]',
  `1< [3,"1",{"status":"Accepted","currentTime":"${now}","interval":300}]`,
  '1> [2,"2","StartTransaction",{"connectorId":1,"idTag":"T","meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}]',
  '1< [3,"2",{"transactionId":4711,"idTagInfo":{"status":"Accepted"}}]',
  '1> [2,"3","MeterValues",{"connectorId":1,"transactionId":4711,"meterValue":[]}]',
  '1< [3,"3",{}]',
  '1> [2,"4","StopTransaction",{"transactionId":4711,"meterStop":9,"timestamp":"2026-01-01T00:00:00Z"}]',
  '1< [3,"4",{"idTagInfo":{"status":"Accepted"}}]',
  "1 close",
]);

const answers: Readonly<Record<string, (transaction: number) => unknown>> = {
  BootNotification: () => ({ status: "Accepted", currentTime: new Date().toISOString(), interval: 300 }),
  StartTransaction: (transactionId) => ({ transactionId, idTagInfo: { status: "Accepted" } }),
  MeterValues: () => ({}),
  StopTransaction: () => ({ idTagInfo: { status: "Accepted" } }),
};

const startRpcServer = async (): Promise<{ url: URL; seen: unknown[] }> => {
  const seen: unknown[] = [];
  let transactions = 100;
  const server = new RPCServer({ protocols: ["ocpp1.6"], strictMode: false });
  server.auth((accept) => accept());
  server.on("client", (client) => {
    client.handle(({ method, params }: { method: string; params: unknown }) => {
      seen.push(params);
      if (method === "StartTransaction") transactions++;
      const answer = answers[method];
      if (answer === undefined) throw createRPCError("NotImplemented");
      return answer(transactions);
    });
  });
  const http = createServer();
  http.on("upgrade", server.handleUpgrade);
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  cleanup.push(async () => {
    await server.close({});
    http.close();
  });
  return { url: new URL(`ws://127.0.0.1:${(http.address() as AddressInfo).port}/base`), seen };
};

describe("a replay against a CSMS of another maker", () => {
  test("a replay passes twenty times with one fingerprint, with another transaction id each time", async () => {
    const { url, seen } = await startRpcServer();
    const fingerprints = new Set<string>();
    const bytes = new Set<string>();
    for (let i = 0; i < 20; i++) {
      const { outcome } = await run(session, url, { pacing: { pace: "lockstep", rate: 1, timeoutMs: 5000 } });
      expect(outcome.verdict).toBe("pass");
      fingerprints.add(outcome.fingerprint);
      bytes.add(outcome.bytes);
    }
    expect(fingerprints.size).toBe(1);
    expect(bytes.size).toBe(20);
    expect(seen.at(-1)).toMatchObject({ transactionId: 120 });
  });

  test("a transcript replays again with the same fingerprint", async () => {
    const { url } = await startRpcServer();
    const first = await run(session, url, { pacing: { pace: "lockstep", rate: 1, timeoutMs: 5000 } });
    const second = await run(first.transcript, url, {
      pacing: { pace: "lockstep", rate: 1, timeoutMs: 5000 },
    });
    expect(second.outcome.verdict).toBe("pass");
    expect(second.outcome.fingerprint).toBe(first.outcome.fingerprint);
    expect(first.transcript.map(({ kind }) => kind)).toContain("connection-closed");
  });
});

const upgraded =
  (then: Behaviour): Behaviour =>
  (socket, head) => {
    socket.write(switching);
    then(socket, head);
  };

describe("a replay against a CSMS that breaks every rule", () => {
  test("a replay has a verdict when nothing is ever answered", async () => {
    const { outcome } = await against(
      upgraded((socket) => socket.resume()),
      session,
    );
    expect(outcome.verdict).toBe("fail");
    expect(outcome.counts.missing).toBe(4);
  });

  test("a replay has a verdict when the connection is ended or reset at once", async () => {
    const ended = await against(
      upgraded((socket) => socket.end()),
      session,
    );
    expect(ended.outcome.verdict).toBe("fail");
    const reset = await against(
      upgraded((socket) => setImmediate(() => socket.resetAndDestroy())),
      session,
    );
    expect(reset.outcome.verdict).toBe("fail");
  });

  test("a replay ends in error with the status when the upgrade is refused", async () => {
    const { outcome, transcript } = await against(
      (socket) => socket.end("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno"),
      session,
    );
    expect(outcome.verdict).toBe("error");
    expect(outcome.reason).toContain("401 Unauthorized");
    expect(transcript).toMatchObject([{ kind: "refused", status: 401, bodyLength: 2 }]);
  });

  test("a replay ends in error when the answer to the upgrade is no HTTP, never comes, or nothing listens", async () => {
    const garbage = await against((socket) => socket.end("\u0001\u0002 garbage\n\n"), session);
    expect(garbage.outcome.verdict).toBe("error");
    const silence = await against(() => undefined, session);
    expect(silence.outcome).toMatchObject({ verdict: "error", reason: expect.stringContaining("in time") });
    const csms = await startHostileCsms(() => undefined);
    await csms.close();
    const nobody = await run(session, csms.url);
    expect(nobody.outcome).toMatchObject({
      verdict: "error",
      reason: expect.stringContaining("nothing listens"),
    });
  });

  test("a replay survives garbage after the upgrade", async () => {
    const { outcome } = await against(
      upgraded((socket) => {
        socket.resume();
        socket.write(Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3)) & 0xff)));
      }),
      session,
    );
    expect(outcome.verdict).toBe("fail");
  });

  test("a replay answers a flood of calls and does not wait longer because of it", async () => {
    let answered = 0;
    const { outcome } = await against(
      upgraded((socket) => {
        let id = 0;
        const flood = (): void => {
          if (socket.destroyed) return;
          for (let i = 0; i < 20; i++)
            socket.write(messageFrame("csms-to-cp", `[2,"f${id++}","ClearCache",{}]`));
          setImmediate(flood);
        };
        socket.on("data", (chunk: Buffer) => {
          answered += chunk.length;
        });
        flood();
      }),
      session,
    );
    expect(outcome.verdict).toBe("fail");
    expect(outcome.counts.unexpected).toBeGreaterThan(20);
    expect(answered).toBeGreaterThan(0);
  });

  test("a replay leaves out a frame above the limit, with a note", async () => {
    const { outcome, reports } = await against(
      upgraded((socket) => {
        socket.resume();
        const payload = new Uint8Array(17 * 1024 * 1024).fill(0x20);
        socket.write(encodeFrame({ opcode: opcodes.text, payload }));
      }),
      session,
    );
    expect(outcome.verdict).toBe("fail");
    expect(reports.some((report) => report.kind === "note" && report.code === "frame-too-large")).toBe(true);
  });

  test("a replay understands a CSMS that masks its frames", async () => {
    const cassette = dialogueRecording(["1 dial", '1> [2,"1","Heartbeat",{}]', '1< [3,"1",{}]', "1 reset"]);
    const { outcome } = await against(
      upgraded((socket) => {
        socket.on("data", () => socket.write(messageFrame("cp-to-csms", '[3,"1",{}]')));
      }),
      cassette,
    );
    expect(outcome.verdict).toBe("pass");
  });

  test("a replay that is stopped ends cleanly without a verdict", async () => {
    const csms = await startHostileCsms(upgraded((socket) => socket.resume()));
    cleanup.push(csms.close);
    const running = startReplay({
      plan: compilePlan(session),
      csms: csms.url,
      pacing: { pace: "lockstep", rate: 1, timeoutMs: 60_000 },
      identity: undefined,
      password: undefined,
      clock: startClock(),
      record: (entry) => {
        if (entry.kind === "connection-opened") setImmediate(() => running.stop());
      },
      report: () => undefined,
    });
    expect((await running.outcome).verdict).toBe("interrupted");
  });
});

test("runs alone and beside others have one fingerprint, with any ids of the CSMS", async () => {
  const found = [...(await fingerprintsOf(6, 10))];
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^pass sha256:/);
});
