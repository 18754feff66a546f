// Answers after which a station would have behaved differently.
import { describe, expect, test } from "vitest";
import type { Outcome, StationReport } from "../../../src/replay/protocol.js";
import { usualFlow } from "../../../src/replay/station/run/flow.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";
import { play } from "../../support/worlds/playbook.js";
import { stationPlayer } from "../../support/worlds/station-player.js";

const yes = '{"idTagInfo":{"status":"Accepted"}}';
const no = '{"idTagInfo":{"status":"Invalid"}}';
const meters = 200;

const session = (authorized: string): readonly string[] => [
  "1 dial",
  '1> [2,"a","Authorize",{"idTag":"T"}]',
  `1< [3,"a",${authorized}]`,
  '1> [2,"s","StartTransaction",{"connectorId":1,"idTag":"T"}]',
  '1< [3,"s",{"transactionId":7,"idTagInfo":{"status":"Accepted"}}]',
  ...Array.from({ length: meters }, (_, i) => [
    `1> [2,"m${i}","MeterValues",{"connectorId":1,"transactionId":7,"meterValue":[]}]`,
    `1< [3,"m${i}",{}]`,
  ]).flat(),
  '1> [2,"o","StatusNotification",{"connectorId":2,"status":"Available","errorCode":"NoError"}]',
  '1< [3,"o",{}]',
  '1> [2,"e","StopTransaction",{"transactionId":7,"idTag":"T"}]',
  `1< [3,"e",${yes}]`,
  '1> [2,"h","Heartbeat",{}]',
  '1< [3,"h",{}]',
  "1 reset",
];

interface Ran {
  readonly reports: readonly StationReport[];
  readonly outcome: Outcome | undefined;
}

/** Plays a CSMS that answers by id; what it does not know it answers with an empty object. */
const against = (
  lines: readonly string[],
  answers: Readonly<Record<string, string>>,
  subprotocol = "ocpp1.6",
): Ran => {
  const { machine, event, lines: words } = stationPlayer(dialogueRecording(lines, { subprotocol }));
  const reports: StationReport[] = [];
  let outcome: Outcome | undefined;
  const queue = ["0 start", "1 dialled 1"];
  for (let line = queue.shift(); line !== undefined; line = queue.shift())
    for (const command of machine.handle(event(line))) {
      if (command.kind === "report") reports.push(command.report);
      if (command.kind === "finish") outcome = command.outcome;
      const id =
        command.kind === "send" ? /^send 1 \[2,"(\w+)"/.exec(words(command)[0] ?? "")?.[1] : undefined;
      if (id !== undefined) queue.push(`2 says 1 ${answers[id] ?? `[3,"${id}",{}]`}`);
    }
  return { reports, outcome };
};

const forksOf = ({ reports }: Ran): readonly unknown[] => reports.filter(({ kind }) => kind === "fork");

describe("one refused id tag", () => {
  test("one refused id tag is one fork, and all messages that depend on it are counted there", () => {
    const wrong = Object.fromEntries(
      Array.from({ length: meters }, (_, i) => [`m${i}`, `[4,"m${i}","PropertyConstraintViolation","",{}]`]),
    );
    const ran = against(session(yes), {
      a: `[3,"a",${no}]`,
      s: '[3,"s",{"transactionId":9,"idTagInfo":{"status":"Invalid"}}]',
      e: `[3,"e",${no}]`,
      h: '[3,"h",{"odd":1}]',
      ...wrong,
    });
    expect(forksOf(ran)).toEqual([
      {
        kind: "fork",
        id: 1,
        what: "the authorisation was not accepted",
        step: 1,
        connection: 1,
        action: "Authorize",
        recorded: "Accepted",
        live: "Invalid",
        behind: meters + 2,
      },
    ]);
    expect(ran.outcome).toMatchObject({
      verdict: "fail",
      counts: { forks: 1, different: meters + 4 },
      forks: [{ id: 1, differences: meters + 3 }],
    });
    const outside = ran.reports.filter((report) => report.kind === "compared" && report.fork === undefined);
    expect(outside).toMatchObject([
      { action: "StatusNotification" },
      { action: "Heartbeat", result: "different" },
    ]);
  });

  test("an id tag that is accepted but was refused is a fork as well", () => {
    const ran = against(session(no), {
      a: `[3,"a",${yes}]`,
      s: '[3,"s",{"transactionId":7,"idTagInfo":{"status":"Accepted"}}]',
      e: `[3,"e",${yes}]`,
    });
    expect(forksOf(ran)).toMatchObject([{ recorded: "Invalid", live: "Accepted", behind: meters + 2 }]);
  });
});

describe("an answer of another kind", () => {
  test("an error to a message of a transaction is a fork", () => {
    const ran = against(session(yes), {
      a: `[3,"a",${yes}]`,
      s: '[4,"s","InternalError","",{}]',
      e: `[3,"e",${yes}]`,
    });
    expect(forksOf(ran)).toMatchObject([
      { action: "StartTransaction", recorded: "Accepted", live: "InternalError", behind: meters + 1 },
    ]);
  });

  test("an error to any other message is no fork", () => {
    const ran = against(session(yes), {
      a: `[3,"a",${yes}]`,
      s: '[3,"s",{"transactionId":7,"idTagInfo":{"status":"Accepted"}}]',
      o: '[4,"o","InternalError","",{}]',
      e: `[3,"e",${yes}]`,
    });
    expect(forksOf(ran)).toEqual([]);
    expect(ran.outcome?.verdict).toBe("fail");
  });

  test("an answer of another kind to a TransactionEvent is a fork of its transaction, up to its end", () => {
    const event = (id: string, type: string, transaction: string): readonly string[] => [
      `1> [2,"${id}","TransactionEvent",{"eventType":"${type}","transactionInfo":{"transactionId":"${transaction}"}}]`,
      `1< [3,"${id}",{"idTokenInfo":{"status":"Accepted"}}]`,
    ];
    const lines = [
      "1 dial",
      ...event("1", "Started", "t"),
      ...event("2", "Started", "u"),
      ...event("3", "Updated", "t"),
      ...event("4", "Ended", "t"),
      ...event("5", "Updated", "u"),
      "1 reset",
    ];
    const refused = '{"idTokenInfo":{"status":"Blocked"}}';
    const good = '{"idTokenInfo":{"status":"Accepted"}}';
    const ran = against(
      lines,
      Object.fromEntries(
        ["1", "2", "3", "4", "5"].map((id) => [id, `[3,"${id}",${id === "1" ? refused : good}]`]),
      ),
      "ocpp2.0.1",
    );
    expect(forksOf(ran)).toMatchObject([
      { what: "the transaction was not accepted", live: "Blocked", behind: 2 },
    ]);
  });
});

test("a missing answer to a message of a transaction is a fork", () => {
  const recording = dialogueRecording([
    "1 dial",
    '1> [2,"s","StartTransaction",{"connectorId":1,"idTag":"T"}]',
    '1< [3,"s",{"transactionId":7,"idTagInfo":{"status":"Accepted"}}]',
    "1 reset",
  ]);
  const begin = [">> 0 start", "<< dial 1", "<< timer 30000", ">> 1 dialled 1"];
  play(stationPlayer(recording), [
    ...begin,
    '<< send 1 [2,"s","StartTransaction",{"connectorId":1,"idTag":"T"}]',
    "<< timer 30000",
    ">> 30001 timer",
    "<< fork 1 StartTransaction Accepted -> nothing, 0 behind",
    "<< note gave-up",
    "<< reset 1",
    "<< missing < StartTransaction",
    "<< finish fail",
  ]);
});

test("a run ends at its first fork with the setting stop", () => {
  const recording = dialogueRecording(session(yes));
  play(stationPlayer(recording, { flow: { ...usualFlow, onFork: "stop" } }), [
    ">> 0 start",
    "<< dial 1",
    "<< timer 30000",
    ">> 1 dialled 1",
    '<< send 1 [2,"a","Authorize",{"idTag":"T"}]',
    "<< timer 30000",
    `>> 2 says 1 [3,"a",${no}]`,
    `<< fork 1 Authorize Accepted -> Invalid, ${meters + 2} behind`,
    "<< different < Authorize /idTagInfo/status",
    "<< note stopped",
    "<< send 1 close 1000",
    "<< end 1",
    "<< finish fail",
  ]);
});
