// The values of a run: learned, made, and shifted.
import { describe, expect, test } from "vitest";
import type { ValueOptions } from "../../../../src/replay/station/values/value-options.js";
import { Values } from "../../../../src/replay/station/values/values.js";
import { receivedCall } from "../../../support/worlds/received.js";
import { type ValueRun, valueRecording, valueRun } from "../../../support/worlds/value-run.js";

const status = (id: string, date: string): string =>
  `[2,"${id}","StatusNotification",{"connectorId":1,"timestamp":"${date}"}]`;

describe("values of CSMS calls", () => {
  const run = (): ValueRun =>
    valueRun(
      valueRecording([
        '1< [2,"r","ReserveNow",{"reservationId":5,"idTag":"T"}]',
        '1> [3,"r",{"status":"Accepted"}]',
        '1< [2,"l","SendLocalList",{"listVersion":3}]',
        '1> [3,"l",{"status":"Accepted"}]',
        '1< [2,"v","GetLocalListVersion",{}]',
        '1> [3,"v",{"listVersion": 3}]',
        '1> [2,"s","StartTransaction",{"reservationId":5}]',
        '1< [2,"c","CancelReservation",{"reservationId":5}]',
      ]),
    );

  test("values of CSMS calls are written into the steps that they cause", () => {
    const { send, call, reply } = run();
    expect(send(0)).toEqual({
      text: '[2,"s","StartTransaction",{"reservationId":5}]',
      named: '[2,"{{id-1}}","StartTransaction",{"reservationId":5}]',
    });
    call(0, '[2,"x","ReserveNow",{"reservationId":77,"idTag":"T"}]');
    call(1, '[2,"y","SendLocalList",{"listVersion":9.0}]');
    expect(send(0)).toEqual({
      text: '[2,"s","StartTransaction",{"reservationId":77}]',
      named: '[2,"{{id-1}}","StartTransaction",{"reservationId":{{reservation-1}}}]',
    });
    expect(reply(2).text).toBe('[3,"v",{"listVersion": 9.0}]');
  });

  test("learned values match the recorded ones, and any value matches where it is handed out", () => {
    const { plan, values, call } = run();
    const [reserve, , , cancel] = plan.expectations;
    if (reserve === undefined || cancel === undefined) throw new Error("two calls");
    expect(values.isLiveValue(cancel, 1, "/reservationId", "5", "77")).toBe(false);
    call(0, '[2,"x","ReserveNow",{"reservationId":77,"idTag":"T"}]');
    expect(values.isLiveValue(cancel, 1, "/reservationId", "5", "77.0")).toBe(true);
    expect(values.isLiveValue(cancel, 1, "/reservationId", "5", "78")).toBe(false);
    expect(values.isLiveValue(reserve, 1, "/reservationId", "5", "78")).toBe(true);
    expect(values.isLiveValue(reserve, 1, "/idTag", '"T"', '"U"')).toBe(false);
  });

  test("given values are used until others are learned", () => {
    const { plan } = run();
    const slots = plan.slots.map((slot) => ({ ...slot, given: "99" }));
    const values = new Values({ ...plan, slots });
    expect(values.liveValue(0)).toBe("99");
    const reserve = plan.expectations[0];
    if (reserve !== undefined)
      values.learn(reserve, receivedCall('[2,"x","ReserveNow",{"reservationId":77}]'));
    expect(values.liveValue(0)).toBe("77");
  });

  test("values of a user's bindings are bound in the same way", () => {
    const own = valueRun(
      valueRecording([
        '1< [2,"d","DataTransfer",{"vendorId":"V","data":{"session":"abc"}}]',
        '1> [2,"e","DataTransfer",{"list":[{"s":"x"},{"s":"abc"}]}]',
      ]),
      {},
      [
        {
          name: "session",
          learn: [{ action: "DataTransfer", type: "CALL", pointer: "/data/session" }],
          use: [{ action: "DataTransfer", type: "CALL", pointer: "/list/*/s" }],
        },
      ],
    );
    own.call(0, '[2,"y","DataTransfer",{"vendorId":"V","data":{"session":"new"}}]');
    expect(own.send(0).text).toBe('[2,"e","DataTransfer",{"list":[{"s":"x"},{"s":"new"}]}]');
  });
});

describe("made ids", () => {
  const events = [
    '1> [2,"1","TransactionEvent",{"eventType":"Started","seqNo":0,"transactionInfo":{"transactionId":"tx","remoteStartId":4}}]',
    '1> [2,"1","TransactionEvent",{"eventType":"Started","seqNo":0,"transactionInfo":{"transactionId":"tx","remoteStartId":4}}]',
    '1< [2,"c","RequestStopTransaction",{"transactionId":"tx"}]',
    '1> [3,"c",{"status":"Accepted"}]',
  ];
  const runWith = (changes: Partial<ValueOptions>, subprotocol = "ocpp2.0.1"): ValueRun =>
    valueRun(valueRecording(events, { subprotocol }), changes);

  test("ids are fresh in 2.x and as recorded in 1.6 by default, and a retry stays a retry", () => {
    expect(runWith({ ids: "by-version" }, "ocpp1.6").send(0).text).toBe(events[0]?.slice(3));
    const run = runWith({ ids: "by-version", run: 7 });
    expect(run.send(0).text).not.toContain('"tx"');
    expect(run.send(0).text).toBe(run.send(1).text);
    expect(run.send(0).text).toContain('"seqNo":0');
    expect(runWith({ ids: "fresh", run: 7 }).send(0).text).toBe(run.send(0).text);
    expect(runWith({ ids: "fresh", run: 8 }).send(0).text).not.toBe(run.send(0).text);
    expect(runWith({ ids: "keep", run: 8 }).send(0).text).toBe(events[0]?.slice(3));
  });

  test("ids have the same names in every run", () => {
    const names = [
      runWith({ ids: "fresh", run: 1 }),
      runWith({ ids: "fresh", run: 2 }),
      runWith({ ids: "keep" }),
    ];
    expect(new Set(names.map((run) => run.send(0).named)).size).toBe(1);
    expect(names[0]?.send(0).named).toContain('"transactionId":"{{made-transaction-1}}"');
  });

  test("fresh ids are recognised in calls of the CSMS", () => {
    const { plan, values, send } = runWith({ ids: "fresh", run: 7 });
    const live = /"transactionId":("[^"]+")/.exec(send(0).text)?.[1] ?? "";
    const stop = plan.expectations[0];
    if (stop === undefined) throw new Error("a call");
    expect(values.isLiveValue(stop, 1, "/transactionId", '"tx"', live)).toBe(true);
    expect(values.isLiveValue(stop, 1, "/transactionId", '"tx"', '"other"')).toBe(false);
  });
});

describe("dates", () => {
  const recording = valueRecording([
    `1> ${status("1", "2026-01-01T10:00:00.900Z")}`,
    `1> ${status("2", "2026-01-01T12:30:00+02:00")}`,
    `1> ${status("3", "1970-01-01T00:00:00Z")}`,
  ]);
  const dates = (changes: Partial<ValueOptions>, clock?: string): readonly (string | undefined)[] => {
    const run = valueRun(recording, changes);
    run.values.learnHeadDate(Date.parse("2027-01-01T00:00:00Z"));
    if (clock !== undefined) run.values.learnClock(clock);
    return [0, 1, 2].map((call) => /"timestamp":"([^"]+)"/.exec(run.send(call).text)?.[1]);
  };

  test("with end-now all dates are in the past of the CSMS's clock, with their differences", () => {
    expect(dates({ time: "end-now" }, "2026-03-01T00:00:10.100Z")).toEqual([
      "2026-02-28T23:30:10.900Z",
      "2026-03-01T02:00:10+02:00",
      "1970-01-01T00:00:00Z",
    ]);
  });

  test("dates start now, shift by whole days, or stay", () => {
    expect(dates({ time: "start-now" }, "2026-03-01T00:00:01Z")[0]).toBe("2026-03-01T00:00:00.900Z");
    expect(dates({ time: "days" }, "2026-03-01T10:00:00Z")[1]).toBe("2026-02-28T12:30:00+02:00");
    expect(dates({ time: "days" }, "2026-03-01T11:00:00Z")[1]).toBe("2026-03-01T12:30:00+02:00");
    expect(dates({ time: "keep" }, "2026-03-01T11:00:00Z")[1]).toBe("2026-01-01T12:30:00+02:00");
  });

  test("without the CSMS's time, dates use that of its upgrade, else the local one, with one offset for the run", () => {
    expect(dates({ time: "end-now" })[1]).toBe("2027-01-01T02:00:00+02:00");
    const run = valueRun(recording, { time: "end-now", startedMs: Date.parse("2028-01-01T00:00:00Z") });
    run.values.atNs = 5e9;
    expect(run.send(1).text).toContain("2028-01-01T02:00:05+02:00");
    run.values.learnClock("2029-01-01T00:00:00Z");
    expect(run.send(0).text).toContain("2027-12-31T23:30:05.900Z");
  });

  test("dates have the same names in every run", () => {
    const named = (time: ValueOptions["time"]): string => {
      const run = valueRun(recording, { time, startedMs: 1e12 });
      return run.send(1).named;
    };
    expect(named("end-now")).toBe(named("keep"));
    expect(named("days")).toContain("{{time+1799}}+02:00");
  });

  test("a run with transactions shifted to now is followed by one in another second", () => {
    const run = valueRun(recording, { time: "end-now" });
    run.values.atNs = 3e9;
    run.send(0);
    expect(run.values.forNextRun.freeAtNs).toBeUndefined();
    run.values.startsTransactions = true;
    expect(run.values.forNextRun.freeAtNs).toBe(4e9);
  });
});

describe("meters", () => {
  const recording = valueRecording([
    '1> [2,"1","StartTransaction",{"connectorId":1,"meterStart":100}]',
    '1< [3,"1",{"transactionId":7}]',
    '1> [2,"2","MeterValues",{"connectorId":1,"transactionId":7,"meterValue":[{"sampledValue":[{"value":"12.50","unit":"kWh"}]}]}]',
    '1> [2,"3","StopTransaction",{"transactionId":7,"meterStop":13000}]',
    '1> [2,"4","MeterValues",{"connectorId":2,"meterValue":[{"sampledValue":[{"value":"5"}]}]}]',
  ]);

  test("registers continue from the last stop at this CSMS, by connector", () => {
    const run = valueRun(recording, { meter: "continue", lastStops: new Map([["1", "1100"]]) });
    expect(run.send(0).text).toContain('"meterStart":1100');
    run.answer(0, '[3,"1",{"transactionId":7}]');
    expect(run.send(1).text).toContain('"value":"13.50"');
    expect(run.send(2).text).toContain('"meterStop":14000');
    expect(run.send(3).text).toContain('"value":"5"');
    expect([...run.values.forNextRun.stopped]).toEqual([["1", "14000"]]);
  });

  test("registers stay as recorded by default, and their last values are known", () => {
    const run = valueRun(recording, { lastStops: new Map([["1", "1100"]]) });
    run.send(2);
    expect([...run.values.forNextRun.stopped]).toEqual([["1", "13000"]]);
    expect(run.values.registerOf("1")).toBe("13000");
    expect(run.values.registerOf(undefined)).toBeUndefined();
  });
});
