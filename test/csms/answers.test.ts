// What the embedded CSMS answers to each kind of message.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createCsms } from "../../src/csms/answers.js";
import { type OcppVersion, ocppVersions } from "../../src/ocpp/version.js";

const now = "2026-03-01T12:00:00.000Z";
const ask = (version: OcppVersion, message: string): readonly unknown[] =>
  createCsms({ version, interval: 60, transactionIds: { next: 10 } })
    .answer(message, now)
    .map((text) => JSON.parse(text) as unknown);

/** The code of the error that a message is answered with, and the id it is answered under. */
const errorOf = (version: OcppVersion, message: string): readonly unknown[] =>
  (ask(version, message) as unknown[][]).map(([type, id, code]) => [type, id, code]);

const formation = {
  "1.6": "FormationViolation",
  "2.0.1": "FormatViolation",
  "2.1": "FormatViolation",
} as const;

describe("a call", () => {
  test.each(ocppVersions)("a call of %s gets its answer under its own id", (version) => {
    expect(ask(version, '[2,"a\\"\\u00e9","BootNotification",{}]')).toEqual([
      [3, 'a"é', { status: "Accepted", currentTime: now, interval: 60 }],
    ]);
  });

  test("calls of several stations get increasing transaction ids from one counter", () => {
    const transactionIds = { next: 10 };
    const stations = [1, 2].map(() => createCsms({ version: "1.6", interval: 60, transactionIds }));
    const ids = [0, 1, 0].map((which) => {
      const [answer] = stations[which]?.answer('[2,"1","StartTransaction",{}]', now) ?? [];
      return (JSON.parse(answer ?? "[]") as [number, string, { transactionId: number }])[2].transactionId;
    });
    expect(ids).toEqual([10, 11, 12]);
  });

  test.each([
    "Foo",
    "RemoteStartTransaction",
    "TransactionEvent",
    "heartbeat",
    "constructor",
    "__proto__",
    "",
  ])("a call of the action %j, which no 1.6 charge point has, gets NotImplemented", (action) => {
    expect(errorOf("1.6", `[2,"7","${action}",{}]`)).toEqual([[4, "7", "NotImplemented"]]);
  });

  test("a call of a 1.6 action gets NotImplemented in 2.0.1", () => {
    expect(errorOf("2.0.1", '[2,"7","StartTransaction",{}]')).toEqual([[4, "7", "NotImplemented"]]);
  });

  test("a call that has to be a SEND gets NotImplemented", () => {
    expect(errorOf("2.1", '[2,"7","NotifyPeriodicEventStream",{}]')).toEqual([[4, "7", "NotImplemented"]]);
  });

  test.each(["[]", "[{}]", "1", '"x"', "true"])("a call with the payload %s is ill-formed", (payload) => {
    for (const version of ocppVersions)
      expect(errorOf(version, `[2,"7","Heartbeat",${payload}]`)).toEqual([[4, "7", formation[version]]]);
  });

  test("a call without a payload is ill-formed", () => {
    for (const version of ocppVersions)
      expect(errorOf(version, '[2,"7","Heartbeat"]')).toEqual([[4, "7", formation[version]]]);
  });

  test("a call with the payload null is well-formed only in 1.6", () => {
    expect(ask("1.6", '[2,"7","Heartbeat",null]')).toEqual([[3, "7", { currentTime: now }]]);
    expect(errorOf("2.0.1", '[2,"7","Heartbeat",null]')).toEqual([[4, "7", "FormatViolation"]]);
  });
});

describe("a message that is no call", () => {
  test.each([
    '[3,"1",{}]',
    '[4,"1","GenericError","",{}]',
    '[5,"1","GenericError","",{}]',
    '[6,"1","NotifyPeriodicEventStream",{}]',
  ])("a message that is no call, such as %s, is not answered", (message) => {
    for (const version of ocppVersions) expect(ask(version, message)).toEqual([]);
  });

  test.each(['[7,"1",{}]', '[0,"1","Heartbeat",{}]', '["2","1","Heartbeat",{}]', "[]", "[null]"])(
    "by its type, such as %s, is ignored",
    (message) => {
      for (const version of ocppVersions) expect(ask(version, message)).toEqual([]);
    },
  );

  test.each(['[3,"1",{', '[4,"1","GenericError","', '[6,"1","NotifyPeriodicEventStream",{'])(
    "and breaks off, such as %s, is not answered",
    (message) => {
      for (const version of ocppVersions) expect(ask(version, message)).toEqual([]);
    },
  );
});

describe("an unreadable call", () => {
  test.each([
    '[2,"7","MeterValues",{"a":',
    '[2,"7"',
    '[2,"7",{}]',
    '[2,"7","MeterValues",{"a":[,1]}]',
    '[2,"7","Heartbeat",{}] x',
  ])("an unreadable call with an id, such as %s, gets an error under that id", (message) => {
    for (const version of ocppVersions)
      expect(errorOf(version, message)).toEqual([[4, "7", formation[version]]]);
  });

  test.each(["", "hello", "{}", "null", "[2", '[2,"7', '[2,7,"Heartbeat",{}]', "\u0000\u0001"])(
    "that does not, such as %j, gets nothing in 1.6 and the id -1 in 2.x",
    (message) => {
      expect(ask("1.6", message)).toEqual([]);
      for (const version of ["2.0.1", "2.1"] as const)
        expect(errorOf(version, message)).toEqual([[4, "-1", "RpcFrameworkError"]]);
    },
  );
});

describe("an answer", () => {
  const almost = fc.array(
    fc.constantFrom(
      "[",
      "]",
      "{",
      "}",
      ",",
      ":",
      '"',
      "\\",
      "2",
      "3",
      '"1"',
      '"Heartbeat"',
      '"StartTransaction"',
      "null",
    ),
  );
  const call = fc.tuple(
    fc.integer({ min: 0, max: 8 }),
    fc.string({ unit: "binary" }),
    fc.constantFrom("Authorize", "Heartbeat"),
    fc.jsonValue(),
  );
  const messages = fc.oneof(
    fc.string({ unit: "binary" }),
    almost.map((parts) => parts.join("")),
    call.map((parts) => JSON.stringify(parts)),
  );

  test("any text gets no or one answer, with a description of at most 255 characters", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ocppVersions), messages, (version, message) => {
        const answers = ask(version, message) as unknown[][];
        expect(answers.length).toBeLessThanOrEqual(1);
        for (const [type, id, , description] of answers) {
          expect([3, 4]).toContain(type);
          expect(typeof id).toBe("string");
          if (type === 4) expect(String(description).length).toBeLessThanOrEqual(255);
        }
      }),
      { numRuns: 500 },
    );
  });
});
