// The dialogue of a run: with any valid CSMS, each of the station's streams keeps its order.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { text } from "../../../src/base/bytes.js";
import { parseEnvelope } from "../../../src/ocpp/envelope/parse-envelope.js";
import type { Outcome, StationCommand } from "../../../src/replay/protocol.js";
import { payloadOf, readFrame } from "../../../src/wire/websocket/frame.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { stationPlayer } from "../../support/worlds/station-player.js";

const count = 6;
const recording = dialogueRecording([
  "1 dial",
  ...Array.from({ length: count }, (_, i) => i).flatMap((i) => [
    `1> [2,"s${i}","StatusNotification",{"connectorId":${i}}]`,
    `1< [3,"s${i}",{}]`,
    `1< [2,"c${i}","UnlockConnector",{"connectorId":${i}}]`,
    `1> [3,"c${i}",{"status":"Unlocked"}]`,
  ]),
  "1 close",
]);

interface Run {
  readonly sent: readonly string[];
  readonly outcome: Outcome | undefined;
}

/** Plays a valid CSMS that chooses, turn by turn, whether it answers, calls, or lets a moment pass. */
const runWith = (choices: readonly number[], pace: "lockstep" | "asap"): Run => {
  const { machine, event } = stationPlayer(recording, { pace });
  const sent: string[] = [];
  const open: string[] = [];
  let outcome: Outcome | undefined;
  let asked = 0;
  let ms = 0;
  const tell = (words: string): void => take(machine.handle(event(`${ms} ${words}`)));
  const take = (commands: readonly StationCommand[]): void => {
    for (const command of commands) {
      if (command.kind === "finish") outcome = command.outcome;
      const frame = command.kind === "send" ? readFrame(command.bytes) : undefined;
      if (frame === undefined || frame.opcode !== 1) continue;
      const message = text(payloadOf(frame));
      sent.push(message);
      const envelope = parseEnvelope(message);
      if (envelope.kind === "call") open.push(envelope.id);
    }
  };
  tell("start");
  tell("dialled 1");
  for (let turn = 0; turn < 400 && outcome === undefined; turn++) {
    const choice = choices[turn % choices.length] ?? 0;
    ms += choice % 7;
    const id = open[0];
    if (choice % 2 === 0 && asked < count)
      tell(`says 1 [2,"l${asked}","UnlockConnector",{"connectorId":${asked++}}]`);
    else if (id !== undefined) tell(`says 1 [3,"${open.shift()}",{}]`);
    else if (asked < count) tell(`says 1 [2,"l${asked}","UnlockConnector",{"connectorId":${asked++}}]`);
    else tell("ends 1");
  }
  return { sent, outcome };
};

test.each(["lockstep", "asap"] as const)(
  "in %s each stream keeps its order for all interleavings",
  (pace) => {
    const reference = runWith([1], pace);
    expect(reference.outcome?.verdict).toBe("pass");
    fc.assert(
      fc.property(fc.array(fc.nat(100), { minLength: 1, maxLength: 40 }), (choices) => {
        const { sent, outcome } = runWith(choices, pace);
        for (const kind of ["[2,", "[3,"])
          expect(sent.filter((message) => message.startsWith(kind))).toEqual(
            reference.sent.filter((message) => message.startsWith(kind)),
          );
        expect(outcome?.fingerprint).toBe(reference.outcome?.fingerprint);
        expect(outcome?.verdict).toBe("pass");
      }),
    );
  },
);

const caused = dialogueRecording([
  "1 dial",
  '1> [2,"b","BootNotification",{}]',
  '1< [3,"b",{"status":"Accepted"}]',
  '1< [2,"g","GetConfiguration",{}]',
  '1> [3,"g",{"configurationKey":[]}]',
  '1< [2,"r","RemoteStartTransaction",{"idTag":"T"}]',
  '1> [3,"r",{"status":"Accepted"}]',
  '1> [2,"a","Authorize",{"idTag":"T"}]',
  '1< [3,"a",{"idTagInfo":{"status":"Accepted"}}]',
  '1> [2,"s","StartTransaction",{"connectorId":1,"idTag":"T"}]',
  '1< [3,"s",{"transactionId":7,"idTagInfo":{"status":"Accepted"}}]',
  '1< [2,"c","ClearCache",{}]',
  '1> [3,"c",{"status":"Accepted"}]',
  '1> [2,"m","MeterValues",{"connectorId":1,"transactionId":7}]',
  '1< [3,"m",{}]',
  '1< [2,"t","TriggerMessage",{"requestedMessage":"Heartbeat"}]',
  '1> [3,"t",{"status":"Accepted"}]',
  '1> [2,"h","Heartbeat",{}]',
  '1< [3,"h",{}]',
  '1< [2,"x","RemoteStopTransaction",{"transactionId":7}]',
  '1> [3,"x",{"status":"Accepted"}]',
  '1> [2,"e","StopTransaction",{"transactionId":7,"reason":"Remote"}]',
  '1< [3,"e",{"idTagInfo":{"status":"Accepted"}}]',
  "1 close",
]);

const csmsCalls = [
  '[2,"G","GetConfiguration",{}]',
  '[2,"R","RemoteStartTransaction",{"idTag":"T"}]',
  '[2,"C","ClearCache",{}]',
  '[2,"T","TriggerMessage",{"requestedMessage":"Heartbeat"}]',
  '[2,"X","RemoteStopTransaction",{"transactionId":7}]',
];

const answers: Readonly<Record<string, string>> = {
  b: '{"status":"Accepted"}',
  a: '{"idTagInfo":{"status":"Accepted"}}',
  s: '{"transactionId":7,"idTagInfo":{"status":"Accepted"}}',
  e: '{"idTagInfo":{"status":"Accepted"}}',
};

interface Step {
  /** What the CSMS does next: answer, call, or let the time of the station's timer pass. */
  readonly does: "answers" | "calls" | "waits";
  readonly ms: number;
}

interface Played extends Run {
  /** The ids of the CSMS's calls, in the order in which it made them. */
  readonly made: readonly string[];
  readonly ms: number;
}

/** Plays a CSMS that makes these calls, in this order, and answers in order, with any delays. */
const playCsms = (calls: readonly string[], script: readonly Step[], recordingEntries = caused): Played => {
  const { machine, event } = stationPlayer(recordingEntries);
  const [sent, open, made]: [string[], string[], string[]] = [[], [], []];
  const left = [...calls];
  let outcome: Outcome | undefined;
  let due = 0;
  let ms = 0;
  const tell = (words: string): void => {
    for (const command of machine.handle(event(`${ms} ${words}`))) {
      if (command.kind === "finish") outcome = command.outcome;
      if (command.kind === "timer") due = ms + command.ms;
      const frame = command.kind === "send" ? readFrame(command.bytes) : undefined;
      // After its close frame a station sends nothing more.
      if (frame?.opcode === 8) left.length = 0;
      if (frame?.opcode !== 1) continue;
      const message = text(payloadOf(frame));
      sent.push(message);
      const envelope = parseEnvelope(message);
      if (envelope.kind === "call") open.push(envelope.id);
    }
  };
  tell("start");
  tell("dialled 1");
  for (let turn = 0; turn < 500 && outcome === undefined; turn++) {
    const { does, ms: delay } = script[turn % script.length] ?? { does: "answers", ms: 1 };
    const [call, id] = [left[0], open[0]];
    if (does === "calls" && call !== undefined) {
      ms += delay;
      made.push(/"(\w+)"/.exec(left.shift() ?? "")?.[1] ?? "");
      tell(`says 1 ${call}`);
    } else if (does !== "waits" && id !== undefined) {
      ms += delay;
      tell(`says 1 [3,"${open.shift()}",${answers[id] ?? "{}"}]`);
    } else {
      ms = Math.max(ms, due);
      tell("timer");
    }
  }
  return { sent, outcome, made, ms };
};

const callsIn = (sent: readonly string[]): readonly string[] =>
  sent.filter((message) => message.startsWith("[2,") && !message.startsWith('[2,"vcr-'));

const steps = fc.array(
  fc.record({
    does: fc.constantFrom("answers", "calls", "waits", "answers"),
    ms: fc.nat(2000),
  }) as fc.Arbitrary<Step>,
  { minLength: 1, maxLength: 30 },
);

describe("a valid CSMS that calls anything at any time and answers late", () => {
  test("with any valid CSMS, CALLs have the plan's order, each answer follows its call, and there is a verdict", () => {
    const planned = callsIn(
      playCsms(csmsCalls, [
        { does: "calls", ms: 1 },
        { does: "answers", ms: 1 },
      ]).sent,
    );
    expect(planned).toHaveLength(6);
    fc.assert(
      fc.property(fc.shuffledSubarray(csmsCalls), steps, (calls, script) => {
        const { sent, outcome, made } = playCsms(calls, script);
        expect(callsIn(sent)).toEqual(planned);
        expect(sent.flatMap((message) => /^\[3,"(\w+)"/.exec(message)?.[1] ?? [])).toEqual(made);
        expect(outcome?.verdict).toBeDefined();
      }),
    );
  });

  test("a run passes if all messages come, in any order except that effects follow causes", () => {
    const patient: readonly Step[] = [
      { does: "calls", ms: 5 },
      { does: "answers", ms: 5 },
    ];
    expect(playCsms(csmsCalls, patient).outcome?.verdict).toBe("pass");
  });
});

test("thirty missing calls that cause nothing delay a run by one second in all", () => {
  const lines = Array.from({ length: 30 }, (_, i) => [
    `1< [2,"c${i}","ChangeConfiguration",{"key":"K${i}","value":"1"}]`,
    `1> [3,"c${i}",{"status":"Accepted"}]`,
    `1> [2,"s${i}","StatusNotification",{"connectorId":${i},"status":"Available"}]`,
    `1< [3,"s${i}",{}]`,
  ]).flat();
  const { outcome, ms } = playCsms(
    [],
    [{ does: "answers", ms: 1 }],
    dialogueRecording(["1 dial", ...lines, "1 reset"]),
  );
  expect(outcome).toMatchObject({ verdict: "partial", counts: { missing: 30 } });
  expect(ms).toBeLessThanOrEqual(30 + 1000);
});
