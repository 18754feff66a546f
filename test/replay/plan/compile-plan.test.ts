// A recording -> the plan of a station.
import { describe, expect, test } from "vitest";
import { fromLatin1, noBytes } from "../../../src/base/bytes.js";
import type { Entry, RefusedEntry } from "../../../src/cassette/format/entry.js";
import { compilePlan } from "../../../src/replay/plan/compile-plan.js";
import type { PlanStep } from "../../../src/replay/plan/plan.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";

const words = (step: PlanStep): string => {
  switch (step.kind) {
    case "dial":
      return `${step.connection} dial${step.refusal === undefined ? "" : ` ${step.refusal}`}`;
    case "call":
      return `${step.connection} call ${step.id}${step.previous === undefined ? "" : ` after step ${step.previous}`}`;
    case "other":
      return `${step.connection} other ${step.type}`;
    case "end":
      return `${step.connection} end ${step.how.kind}`;
  }
};

const steps = (entries: readonly Entry[]): readonly string[] => compilePlan(entries).steps.map(words);
const call = (id: string, action = "Heartbeat"): string => `[2,"${id}","${action}",{}]`;

describe("a plan", () => {
  test("a plan has the steps of all connections in the order of the recording", () => {
    const recording = dialogueRecording([
      "1 dial",
      `1> ${call("a")}`,
      '1< [3,"a",{}]',
      `1> ${call("b")}`,
      "2 dial",
      `2> ${call("c")}`,
      "1 reset",
      `2> ${call("d")}`,
      "2 close by csms",
      "2 close",
      "2 gone",
      "3 dial",
      "3 fin",
      "4 dial",
    ]);
    expect(steps(recording)).toEqual([
      "1 dial",
      "1 call a",
      "1 call b after step 1",
      "2 dial",
      "2 call c",
      "1 end reset",
      "2 call d",
      "2 end by-csms",
      "3 dial",
      "3 end fin",
      "4 dial",
      "4 end unknown",
    ]);
  });

  test("a plan sends messages that are neither CALLs nor answers at their place, and counts what it leaves out", () => {
    const recording = dialogueRecording([
      "1 dial",
      '1< [2,"x","Reset",{}]',
      '1> [3,"x",{"status":"Accepted"}]',
      '1> [3,"x",{"status":"Accepted"}]',
      "1> [2,",
      "1> hex:898001020304",
      "1 close",
      `1> ${call("late")}`,
    ]);
    const plan = compilePlan(recording);
    expect(plan.steps.map(words)).toEqual([
      "1 dial",
      "1 other CALLRESULT",
      "1 other unreadable",
      "1 end close",
    ]);
    expect(plan.expectations).toMatchObject([
      { action: "Reset", answer: { text: '[3,"x",{"status":"Accepted"}]' } },
    ]);
    expect(plan.notes).toHaveLength(2);
  });

  test("a plan joins fragments and keeps stray messages of the CSMS", () => {
    const recording = dialogueRecording([
      "1 dial",
      "1> hex:01830000000a5b322c", // "[2," under a key, fin = 0
      "1< not json",
      '1< [3,"nobody",{}]',
      "1 reset",
    ]);
    const plan = compilePlan(recording);
    expect(plan.strays.map(({ text }) => text)).toEqual(["not json", '[3,"nobody",{}]']);
    expect(plan.steps.map(words)).toEqual(["1 dial", "1 other unreadable", "1 end reset"]);
  });

  test("a plan binds a transaction id to the latest start before it, in 1.6 only", () => {
    const lines = [
      "1 dial",
      `1> ${call("a", "StartTransaction")}`,
      '1< [3,"a",{"transactionId":7}]',
      '1> [2,"b","StopTransaction",{"transactionId":7.0}]',
      '1< [2,"r","RemoteStopTransaction",{"transactionId":7}]',
    ];
    const plan = compilePlan(dialogueRecording(lines));
    expect(plan.slots).toEqual([{ name: "transaction-1", recorded: "7e0", learnedFrom: 1 }]);
    expect(plan.steps[2]).toMatchObject({ uses: [{ slot: 0, length: 3 }] });
    expect([...(plan.expectations[0]?.bound ?? [])]).toEqual([["/transactionId", 0]]);
    expect(compilePlan(dialogueRecording(lines, { subprotocol: "ocpp2.0.1" })).slots).toEqual([]);
  });

  test("a plan leaves out frames that the source of the recording cut, and no others", () => {
    const [session, ...rest] = dialogueRecording(["1 dial", `1> ${call("a")}`]);
    if (session?.kind !== "session") throw new Error("no session");
    const raw = Uint8Array.of(0x81, 0x85);
    const place = { connection: 1, direction: "cp-to-csms", rx: null, tx: null, seen: 0 } as const;
    const torn: Entry = { kind: "bytes", ...place, why: "cut-off", raw };
    expect(steps([session, ...rest, torn])).toContain("1 other unreadable");
    for (const what of ["exact-bytes", "ends"] as const) {
      const plan = compilePlan([{ ...session, unknown: [what] }, ...rest, torn]);
      expect(plan.steps.map(words)).toEqual(["1 dial", "1 call a", "1 end unknown"]);
      expect(plan.notes).toEqual([expect.stringMatching(/^1 incomplete frames are left out/)]);
    }
  });

  test("a plan dials where the beginning of a connection is lost, and where the CSMS refused", () => {
    expect(steps(dialogueRecording([`5> ${call("a")}`]))).toEqual(["5 dial", "5 call a", "5 end unknown"]);
    const refused: RefusedEntry = {
      kind: "refused",
      at: 1,
      identity: "CP-1",
      from: null,
      url: null,
      by: "csms",
      status: 401,
      reason: "",
      request: { raw: fromLatin1("GET /CP-1 HTTP/1.1\r\n\r\n"), hidden: [] },
      response: null,
      body: noBytes,
      bodyLength: 0,
    };
    expect(steps([refused])).toEqual(["-1 dial 401"]);
    expect(compilePlan([{ ...refused, by: "network", status: null }])).toMatchObject({
      steps: [],
      notes: [expect.stringContaining("never reached")],
    });
  });
});

describe("an edit of CALLs", () => {
  const edit = (text: string, direction: string, action: string): string =>
    action === "MeterValues" ? text.replace('"a":1', '"a":"longer"') : text.replace("Heart", direction);

  test("an edit of a CALL is applied before bindings, and only edited messages get a new frame", () => {
    const recording = dialogueRecording([
      "1 dial",
      '1> [2,"1","StartTransaction",{}]',
      '1< [3,"1",{"transactionId":4711}]',
      '1> [2,"2","MeterValues",{"a":1,"transactionId":4711}]',
      '1< [2,"3","Reset",{"a":1}]',
      '1> [3,"3",{"a":1}]',
    ]);
    const [, start, meter] = compilePlan(recording).steps;
    const plan = compilePlan(recording, undefined, { edit });
    const [, sameStart, edited] = plan.steps;
    const text = '[2,"2","MeterValues",{"a":"longer","transactionId":4711}]';
    expect(sameStart).toEqual(start);
    expect(edited).toMatchObject({ out: { text } });
    expect(edited).toMatchObject({ uses: [{ offset: text.indexOf("4711"), length: 4 }] });
    if (edited?.kind !== "call" || meter?.kind !== "call") throw new Error("no CALL");
    expect(edited.out.bytes.length).toBe(meter.out.bytes.length + '"longer"'.length - 1);
    expect(edited.out.mask).toEqual(meter.out.mask);
    expect(plan.expectations[0]).toMatchObject({
      text: '[2,"3","Reset",{"a":1}]',
      answer: { text: '[3,"3",{"a":1}]' },
    });
  });
});

describe("a recording that was cut", () => {
  const recording = dialogueRecording([
    "1 dial",
    '1> [2,"b","BootNotification",{}]',
    '1< [3,"b",{}]',
    '@3600000 1> [2,"h","Heartbeat",{}]',
    "@7200000 1 close",
    "1 fin",
  ]);
  const note = (code: string): Entry => ({ kind: "note", connection: 1, at: null, code, message: "" });
  const cut = [
    ...recording.slice(0, 4),
    note("prologue-end"),
    ...recording.slice(4, 5),
    note("cut"),
    ...recording.slice(5),
  ];

  test("the parts that were cut out after a prologue and before an end take no time", () => {
    expect(compilePlan(cut).steps.map(({ kind, atNs: at }) => [kind, at])).toEqual([
      ["dial", null],
      ["call", null],
      ["call", 3600e9],
      ["end", null],
    ]);
  });
});
