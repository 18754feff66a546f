// The steps that a call of the CSMS caused, and those that only came after one.
import { describe, expect, test } from "vitest";
import { compilePlan } from "../../../src/replay/plan/compile-plan.js";
import type { Plan } from "../../../src/replay/plan/plan.js";
import type { Binding } from "../../../src/replay/plan/values/bindings.js";
import { dialogueRecording } from "../../support/cassettes/dialogue-recording.js";

type Line = readonly [by: ">" | "<", action: string, payload: object, answer?: object];

/** A plan of CALLs of both sides, each answered at once, between a dial and an end. */
const planOf = (lines: readonly Line[], subprotocol = "ocpp1.6"): Plan => {
  const script = lines.flatMap(([by, action, payload, answer], i) => [
    `1${by} ${JSON.stringify([2, `m${i}`, action, payload])}`,
    `1${by === ">" ? "<" : ">"} ${JSON.stringify([3, `m${i}`, answer ?? {}])}`,
  ]);
  return compilePlan(dialogueRecording(["1 dial", ...script, "1 close"], { subprotocol }));
};

/** The actions of the steps that follow from the first call, and whether it is unfulfilled. */
const followers = (plan: Plan): string =>
  plan.steps
    .flatMap((step) => (step.cause === undefined ? [] : [step.kind === "call" ? step.action : step.kind]))
    .join(" ");

const accepted = { status: "Accepted" };
const start = { connectorId: 1, idTag: "T", meterStart: 0, timestamp: "2026-01-01T00:00:00Z" };
const started = { transactionId: 7, idTagInfo: accepted };
const stop = { transactionId: 7, meterStop: 1, timestamp: "2026-01-01T00:00:00Z" };
const state = (connectorId: number, status: string): object => ({
  connectorId,
  status,
  errorCode: "NoError",
});

const followed16: readonly (readonly [string, readonly Line[]])[] = [
  [
    "Authorize StartTransaction",
    [
      ["<", "RemoteStartTransaction", { idTag: "T", connectorId: 1 }, accepted],
      [">", "Authorize", { idTag: "T" }, { idTagInfo: accepted }],
      [">", "StartTransaction", start, started],
    ],
  ],
  [
    "StopTransaction",
    [
      [">", "StartTransaction", start, started],
      ["<", "RemoteStopTransaction", { transactionId: 7 }, accepted],
      [">", "StopTransaction", { ...stop, reason: "Remote" }, {}],
    ],
  ],
  [
    "MeterValues",
    [
      ["<", "TriggerMessage", { requestedMessage: "MeterValues", connectorId: 2 }, accepted],
      [">", "MeterValues", { connectorId: 1, meterValue: [] }],
      [">", "MeterValues", { connectorId: 2, meterValue: [] }],
      [">", "MeterValues", { connectorId: 2, meterValue: [] }],
    ],
  ],
  [
    "SignCertificate",
    [
      ["<", "ExtendedTriggerMessage", { requestedMessage: "SignChargePointCertificate" }, accepted],
      [">", "SignCertificate", { csr: "x" }, accepted],
    ],
  ],
  [
    "DiagnosticsStatusNotification DiagnosticsStatusNotification",
    [
      ["<", "GetDiagnostics", { location: "ftp://a" }, { fileName: "a.zip" }],
      [">", "DiagnosticsStatusNotification", { status: "Uploading" }],
      [">", "DiagnosticsStatusNotification", { status: "Uploaded" }],
      [">", "DiagnosticsStatusNotification", { status: "Idle" }],
    ],
  ],
  [
    "FirmwareStatusNotification",
    [
      ["<", "UpdateFirmware", { location: "ftp://a", retrieveDate: "2026-01-01T00:00:00Z" }],
      [">", "FirmwareStatusNotification", { status: "Downloading" }],
    ],
  ],
  [
    "LogStatusNotification",
    [
      ["<", "GetLog", { requestId: 3, logType: "DiagnosticsLog" }, accepted],
      [">", "LogStatusNotification", { status: "Uploading", requestId: 3 }],
      [">", "LogStatusNotification", { status: "Uploading", requestId: 4 }],
    ],
  ],
  [
    "StatusNotification",
    [
      [">", "StatusNotification", state(1, "Available")],
      ["<", "ChangeAvailability", { connectorId: 1, type: "Inoperative" }, { status: "Scheduled" }],
      [">", "StatusNotification", state(1, "Unavailable")],
    ],
  ],
  [
    "StatusNotification StopTransaction",
    [
      ["<", "UnlockConnector", { connectorId: 1 }, { status: "Unlocked" }],
      [">", "StatusNotification", state(1, "Finishing")],
      [">", "StopTransaction", { ...stop, reason: "UnlockCommand" }],
    ],
  ],
  [
    "StatusNotification StartTransaction",
    [
      ["<", "ReserveNow", { connectorId: 1, idTag: "T", reservationId: 9 }, accepted],
      [">", "StatusNotification", state(1, "Reserved")],
      [">", "StartTransaction", { ...start, reservationId: 9 }, started],
    ],
  ],
  [
    "StatusNotification",
    [
      [">", "StatusNotification", state(1, "Reserved")],
      ["<", "CancelReservation", { reservationId: 9 }, accepted],
      [">", "StatusNotification", state(1, "Available")],
    ],
  ],
  [
    "StopTransaction",
    [
      ["<", "Reset", { type: "Soft" }, accepted],
      [">", "StopTransaction", { ...stop, reason: "SoftReset" }],
    ],
  ],
];

const merelyBefore16: readonly (readonly [string, readonly Line[]])[] = [
  [
    "another tag, another connector, or no acceptance",
    [
      ["<", "RemoteStartTransaction", { idTag: "X" }, accepted],
      ["<", "RemoteStartTransaction", { idTag: "T", connectorId: 2 }, { status: "Rejected" }],
      [">", "Authorize", { idTag: "T" }, { idTagInfo: accepted }],
      [">", "StartTransaction", start, started],
    ],
  ],
  [
    "a stop for a reason of its own, or of another transaction",
    [
      ["<", "RemoteStopTransaction", { transactionId: 7 }, accepted],
      [">", "StopTransaction", { ...stop, reason: "Local" }],
      [">", "StopTransaction", { ...stop, transactionId: 8 }],
    ],
  ],
  [
    "a message that was not asked for",
    [
      ["<", "TriggerMessage", { requestedMessage: "Heartbeat" }, { status: "NotImplemented" }],
      ["<", "TriggerMessage", { requestedMessage: "StatusNotification", connectorId: 2 }, accepted],
      [">", "Heartbeat", {}],
      [">", "StatusNotification", state(1, "Available")],
    ],
  ],
  [
    "a state that did not change, or to something else",
    [
      [">", "StatusNotification", state(1, "Unavailable")],
      ["<", "ChangeAvailability", { connectorId: 1, type: "Inoperative" }, accepted],
      ["<", "ChangeAvailability", { connectorId: 0, type: "Operative" }, accepted],
      [">", "StatusNotification", state(2, "Available")],
      [">", "StatusNotification", state(1, "Unavailable")],
      [">", "StatusNotification", state(1, "Charging")],
    ],
  ],
  [
    "diagnostics that there were none of, and calls that have no effect",
    [
      ["<", "GetDiagnostics", { location: "ftp://a" }, {}],
      ["<", "ChangeConfiguration", { key: "A", value: "1" }, accepted],
      ["<", "DataTransfer", { vendorId: "V" }, accepted],
      [">", "DiagnosticsStatusNotification", { status: "Uploaded" }],
      [">", "DataTransfer", { vendorId: "V" }, accepted],
    ],
  ],
];

describe("in 1.6 a call causes", () => {
  test.each(followed16)("in 1.6 a call causes %s", (expected, lines) => {
    expect(followers(planOf(lines))).toBe(expected);
  });

  test.each(merelyBefore16)("in 1.6 a call does not cause %s", (_, lines) => {
    expect(followers(planOf(lines))).toBe("");
  });
});

const event = (type: string, info: object, more: object = {}): Line => [
  ">",
  "TransactionEvent",
  {
    eventType: type,
    triggerReason: "Authorized",
    seqNo: 1,
    transactionInfo: { transactionId: "t", ...info },
    ...more,
  },
];

const followed2: readonly (readonly [string, readonly Line[]])[] = [
  [
    "Authorize TransactionEvent",
    [
      [
        "<",
        "RequestStartTransaction",
        { remoteStartId: 5, idToken: { idToken: "T", type: "Central" } },
        accepted,
      ],
      [">", "Authorize", { idToken: { idToken: "T", type: "Central" } }],
      event("Updated", {}),
      event("Updated", { remoteStartId: 5 }),
    ],
  ],
  [
    "TransactionEvent TransactionEvent",
    [
      ["<", "RequestStopTransaction", { transactionId: "t" }, accepted],
      event("Updated", {}, { triggerReason: "RemoteStop" }),
      event("Ended", { stoppedReason: "Remote" }),
    ],
  ],
  [
    "NotifyReport NotifyReport",
    [
      ["<", "GetBaseReport", { requestId: 1, reportBase: "FullInventory" }, accepted],
      ["<", "GetReport", { requestId: 2 }, accepted],
      [">", "NotifyReport", { requestId: 1, seqNo: 0 }],
      [">", "NotifyReport", { requestId: 2, seqNo: 0 }],
      [">", "NotifyReport", { requestId: 3, seqNo: 0 }],
    ],
  ],
  ...(
    [
      ["GetMonitoringReport", "NotifyMonitoringReport"],
      ["CustomerInformation", "NotifyCustomerInformation"],
      ["GetChargingProfiles", "ReportChargingProfiles"],
      ["GetDisplayMessages", "NotifyDisplayMessages"],
      ["PublishFirmware", "PublishFirmwareStatusNotification"],
      ["UpdateFirmware", "FirmwareStatusNotification"],
      ["GetLog", "LogStatusNotification"],
    ] as const
  ).map(([call, effect]): readonly [string, readonly Line[]] => [
    effect,
    [
      ["<", call, { requestId: 1 }, accepted],
      [">", effect, { requestId: 1 }],
      [">", effect, { requestId: 2 }],
    ],
  ]),
  [
    "StatusNotification",
    [
      ["<", "ChangeAvailability", { operationalStatus: "Inoperative", evse: { id: 1 } }, accepted],
      [">", "StatusNotification", { evseId: 2, connectorId: 1, connectorStatus: "Unavailable" }],
      [">", "StatusNotification", { evseId: 1, connectorId: 1, connectorStatus: "Unavailable" }],
    ],
  ],
  [
    "TransactionEvent",
    [
      ["<", "TriggerMessage", { requestedMessage: "TransactionEvent" }, accepted],
      event("Updated", {}),
      event("Updated", {}, { triggerReason: "Trigger" }),
    ],
  ],
  [
    "ReservationStatusUpdate",
    [
      ["<", "CancelReservation", { reservationId: 4 }, accepted],
      [">", "ReservationStatusUpdate", { reservationId: 4, reservationUpdateStatus: "Removed" }],
    ],
  ],
];

describe("in 2.x a call causes", () => {
  test.each(followed2)("in 2.x a call causes %s", (expected, lines) => {
    expect(followers(planOf(lines, "ocpp2.0.1"))).toBe(expected);
  });
});

const rebooting = (how: string, reason?: string): Plan =>
  compilePlan(
    dialogueRecording(
      [
        "1 dial",
        '1< [2,"r","Reset",{"type":"OnIdle"}]',
        '1> [3,"r",{"status":"Scheduled"}]',
        how,
        "2 dial",
        `2> ${JSON.stringify([2, "b", "BootNotification", reason === undefined ? {} : { reason }])}`,
        '2< [3,"b",{"status":"Accepted"}]',
      ],
      { subprotocol: reason === undefined ? "ocpp1.6" : "ocpp2.0.1" },
    ),
  );

describe("a reset", () => {
  test("a reset causes the end of the connection, the dial and the boot", () => {
    expect(followers(rebooting("1 fin"))).toBe("end dial BootNotification");
    expect(followers(rebooting("1 close", "ScheduledReset"))).toBe("end dial BootNotification");
    expect(followers(rebooting("1 gone"))).toBe("end dial BootNotification");
  });

  test("a reset does not cause a boot for another reason", () => {
    expect(followers(rebooting("1 fin", "PowerUp"))).toBe("");
    expect(rebooting("1 fin", "PowerUp").expectations[0]?.unfulfilled).toBe(true);
  });
});

test("of several calls that match, the nearest is the cause, and each causes one step", () => {
  const remote: Line = ["<", "RemoteStartTransaction", { idTag: "T" }, accepted];
  const plan = planOf([
    remote,
    remote,
    [">", "StartTransaction", start, started],
    [">", "StartTransaction", start, started],
  ]);
  const causes = plan.steps.map((step) => step.cause?.expectation);
  expect(causes).toEqual([undefined, 1, 0, undefined]);
  const third = planOf([
    remote,
    [">", "StartTransaction", start, started],
    [">", "StartTransaction", start, started],
  ]);
  expect(followers(third)).toBe("StartTransaction");
});

test("an accepted call whose effect is not in the recording is marked as unfulfilled", () => {
  const marks = (lines: readonly Line[]): readonly unknown[] =>
    planOf(lines).expectations.map(({ unfulfilled }) => unfulfilled);
  expect(
    marks([
      ["<", "RemoteStartTransaction", { idTag: "T" }, accepted],
      ["<", "RemoteStartTransaction", { idTag: "T" }, { status: "Rejected" }],
      ["<", "UnlockConnector", { connectorId: 1 }, { status: "Unlocked" }],
      ["<", "ClearCache", {}, accepted],
      ["<", "Reset", { type: "Hard" }, accepted],
      ["<", "TriggerMessage", { requestedMessage: "Heartbeat" }, accepted],
      [">", "Heartbeat", {}],
    ]),
  ).toEqual([true, undefined, undefined, undefined, true, undefined]);
});

test("a call causes every step that carries a value which it hands out", () => {
  const ticket = (type: "CALL", action: string): object => ({ type, action, pointer: "/data" });
  const binding = {
    name: "ticket",
    learn: [ticket("CALL", "DataTransfer")],
    use: [ticket("CALL", "MeterValues")],
  } as unknown as Binding;
  const recording = dialogueRecording([
    "1 dial",
    '1< [2,"d","DataTransfer",{"data":"A7"}]',
    '1> [3,"d",{"status":"Accepted"}]',
    '1> [2,"m","MeterValues",{"data":"A7"}]',
    '1> [2,"n","MeterValues",{"data":"other"}]',
    "1 close",
  ]);
  const causes = compilePlan(recording, undefined, { bindings: [binding] }).steps.map(({ cause }) => cause);
  expect(causes).toEqual([
    undefined,
    { expectation: 0, what: "a message with a value that it hands out", brings: true },
    undefined,
    undefined,
  ]);
});
