// Two dialogues compared exchange by exchange.
import { describe, expect, test } from "vitest";
import { type DiffOptions, diffDefaults, diffRecordings } from "../../../src/analyse/compare/diff.js";
import { ignoresOf } from "../../../src/analyse/compare/ignore-rules.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";

const rowsOf = (
  left: readonly string[] | readonly Entry[],
  right: readonly string[] | readonly Entry[],
  options: Partial<DiffOptions> = {},
): readonly string[] => {
  const recording = (lines: readonly string[] | readonly Entry[]): readonly Entry[] =>
    typeof lines[0] === "string"
      ? dialogueRecording(lines as readonly string[])
      : (lines as readonly Entry[]);
  return diffRecordings(recording(left), recording(right), { ...diffDefaults, ...options }).rows.map(
    (row) => {
      const { action } = row.left ?? row.right ?? { action: "" };
      const places = row.differences.map(({ part, pointer, why }) => ` ${part}${pointer} ${why}`);
      return `${row.result} ${action}${places.join(",")}`;
    },
  );
};

const charging = (id: number, status = "Accepted"): readonly string[] => [
  '1> [2,"1","StartTransaction",{"connectorId":1,"idTag":"T","meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}]',
  `1< [3,"1",{"transactionId":${id},"idTagInfo":{"status":"${status}"}}]`,
  `1> [2,"2","MeterValues",{"connectorId":1,"transactionId":${id},"meterValue":[]}]`,
  '1< [3,"2",{}]',
  `1< [2,"3","RemoteStopTransaction",{"transactionId":${id}}]`,
  '1> [3,"3",{"status":"Accepted"}]',
];

describe("a diff", () => {
  test("a dialogue has no difference to itself", () => {
    expect(rowsOf(charging(1), charging(1))).toEqual([
      "equal StartTransaction",
      "equal MeterValues",
      "equal RemoteStopTransaction",
    ]);
    expect(diffRecordings(dialogueRecording([]), dialogueRecording([])).isSame).toBe(true);
  });

  test("the transaction ids of both sides are bound where the CSMS assigns them", () => {
    expect(rowsOf(charging(4711), charging(3))).toEqual([
      "bound StartTransaction answer/transactionId bound",
      "bound MeterValues call/transactionId bound",
      "bound RemoteStopTransaction call/transactionId bound",
    ]);
    const astray = charging(3).map((line) =>
      line.replace(
        '"3","RemoteStopTransaction",{"transactionId":3}',
        '"3","RemoteStopTransaction",{"transactionId":8}',
      ),
    );
    expect(rowsOf(charging(4711), astray)[2]).toBe(
      "changed RemoteStopTransaction call/transactionId different",
    );
  });

  describe("of transactions that end alike", () => {
    const began = (id: number, hour: number): readonly string[] => [
      `1> [2,"b${id}","StartTransaction",{"connectorId":1,"idTag":"T","meterStart":0,"timestamp":"2026-01-01T0${hour}:00:00Z"}]`,
      `1< [3,"b${id}",{"transactionId":${id},"idTagInfo":{"status":"Accepted"}}]`,
    ];
    const ended = (id: number, meterStop = 9): readonly string[] => [
      `1> [2,"e${id}","StopTransaction",{"transactionId":${id},"meterStop":${meterStop},"timestamp":"2026-01-01T09:00:00Z"}]`,
      `1< [3,"e${id}",{}]`,
    ];
    const big = [...began(11, 1), ...began(12, 2), ...ended(12), ...ended(11)];
    const counted = (left: readonly string[]): Readonly<Record<string, number>> =>
      diffRecordings(dialogueRecording(left), dialogueRecording(big)).counts;

    test("transactions with equal ends are matched by their beginnings", () => {
      for (const [id, hour] of [
        [11, 1],
        [12, 2],
      ] as const)
        expect(counted([...began(id, hour), ...ended(id)])).toMatchObject({ equal: 2, added: 2, changed: 0 });
    });

    test("transactions with equal ends are matched if their ids or ends differ", () => {
      expect(counted([...began(7, 2), ...ended(7)])).toMatchObject({ bound: 2, added: 2, changed: 0 });
      expect(rowsOf([...began(12, 2), ...ended(12, 5)], big)).toContain(
        "changed StopTransaction call/meterStop different",
      );
    });

    test("a transaction whose beginning was not recorded is matched by its id", () => {
      expect(counted(ended(11))).toMatchObject({ equal: 1, added: 3, changed: 0 });
      expect(rowsOf(ended(11), [...ended(12), ...ended(11)])).toEqual([
        "added StopTransaction",
        "equal StopTransaction",
      ]);
    });

    test("2.x transactions with equal ends are matched by their beginnings", () => {
      const event = (id: string, type: string, at: number): string =>
        `1> [2,"${id}${type}","TransactionEvent",{"eventType":"${type}","timestamp":"2026-01-01T00:00:${at}Z","transactionInfo":{"transactionId":"${id}"}}]`;
      const both = [
        event("a", "Started", 10),
        event("b", "Started", 20),
        event("b", "Ended", 30),
        event("a", "Ended", 40),
      ];
      expect(rowsOf([event("a", "Started", 10), event("a", "Ended", 40)], both)).toEqual([
        "equal TransactionEvent",
        "added TransactionEvent",
        "added TransactionEvent",
        "equal TransactionEvent",
      ]);
    });
  });

  test("2.x transaction ids are bound with the first event that has them", () => {
    const event = (id: string, seq: number, type: string): string =>
      `1> [2,"${seq}","TransactionEvent",{"eventType":"${type}","seqNo":${seq},"transactionInfo":{"transactionId":"${id}"}}]`;
    const run = (id: string): readonly string[] => [event(id, 0, "Started"), event(id, 1, "Ended")];
    expect(rowsOf(run("a"), run("b")).map((line) => line.split(" ")[0])).toEqual(["bound", "bound"]);
    expect(rowsOf(run("a"), [event("b", 0, "Started"), event("c", 1, "Ended")])[1]).toContain("changed");
  });

  test("added, missing and changed exchanges are reported, also errors and missing answers", () => {
    expect(
      rowsOf(
        ['1> [2,"1","A",{"x":1}]', '1< [3,"1",{"y":1}]', '1> [2,"2","B",{"x":1}]', '1< [3,"2",{}]'],
        ['1> [2,"1","A",{"x":1}]', '1< [4,"1","InternalError","",{}]', '1> [2,"3","C",{"x":1}]'],
      ),
    ).toEqual(["changed A answer different", "added C", "missing B"]);
    expect(rowsOf(['1> [2,"1","A",{}]', '1< [3,"1",{}]'], ['1> [2,"1","A",{}]'])).toEqual([
      "changed A answer different",
    ]);
  });

  test("a difference that an ignore rule covers is ignorable", () => {
    const ignores = ignoresOf([{ action: "StartTransaction", pointer: "/idTagInfo" }]);
    expect(rowsOf(charging(1), charging(1, "Invalid"), { ignores })[0]).toBe(
      "ignorable StartTransaction answer/idTagInfo/status ignored",
    );
  });

  test("slower answers are reported if both times are known, else a note says that times are not compared", () => {
    const fast = ['@1 1> [2,"1","A",{}]', '@2 1< [3,"1",{}]'];
    const late = ['@1 1> [2,"1","A",{}]', '@9 1< [3,"1",{}]'];
    const slowdown = { factor: 2, plusMs: 0 };
    expect(rowsOf(fast, late, { slowdown })).toEqual(["slower A answer slower"]);
    expect(rowsOf(late, fast, { slowdown })).toEqual(["equal A"]);
    const [session, ...rest] = dialogueRecording(late);
    const imported = [{ ...session, capture: "messages" } as Entry, ...rest];
    const diff = diffRecordings(dialogueRecording(fast), imported, { ...diffDefaults, slowdown });
    expect([diff.isSame, diff.notes.length]).toEqual([true, 1]);
  });
});
