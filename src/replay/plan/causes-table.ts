// What a charge point does because its CSMS told it to, one row per kind of cause, each with the clause it stands
// in: OCPP 1.6 edition 2, its security whitepaper, and 2.0.1/2.1 part 2 by use case. Data, and the few
// comparisons the rows need; docs/reference/replay.md prints it. Knows nothing of plans and of runs.

import {
  connectorOf,
  connectorStatusOf,
  idAt,
  idTagOf,
  textAt,
  transactionIdOf,
} from "../../ocpp/payload.js";

/** Which dialogue a row belongs to. */
export type Generation = "1.6" | "2";

/** A call of the CSMS, or a step of the station, as a row looks at it. */
export interface EffectStep {
  readonly payload: unknown;
  /** The status that the connector had before this message; undefined where none was told. */
  readonly statusBefore?: string | undefined;
}

/** One kind of cause. */
export interface CauseRow {
  readonly generation: Generation;
  readonly call: string;
  /** The action of the step that follows from it. */
  readonly effect: string;
  readonly clause: string;
  readonly what: string;
  /** Whether a call has one such step, or all of them until another call takes over. */
  readonly takes: "one" | "series";
  /** Whether the step carries a value that the call brings. */
  readonly brings: boolean;
  /** Whether a station that accepted the call has promised the step. */
  readonly promised: boolean;
  readonly fits: (call: unknown, step: EffectStep) => boolean;
}

type Fits = CauseRow["fits"];

const same = (a: string | undefined, b: string | undefined): boolean => a !== undefined && a === b;

/** Whether a call that may name a connector means this one; 0 and no number stand for all. */
const meansConnector: Fits = (call, step) => {
  const asked = connectorOf(call);
  return asked === undefined || asked === "0" || asked === connectorOf(step.payload);
};

const sameRequest: Fits = (call, step) => same(idAt(call, "requestId"), idAt(step.payload, "requestId"));

const sameTag: Fits = (call, step) => same(idTagOf(call), idTagOf(step.payload));

const becomes =
  (status: string): Fits =>
  (call, step) =>
    meansConnector(call, step) && connectorStatusOf(step.payload) === status && step.statusBefore !== status;

/** Back into service only out of "Unavailable": chargers tell "Available" of their own at every boot. */
const becomesAvailableOrNot: Fits = (call, step) => {
  const type = textAt(call, "type") ?? textAt(call, "operationalStatus");
  if (type === "Inoperative") return becomes("Unavailable")(call, step);
  return step.statusBefore === "Unavailable" && becomes("Available")(call, step);
};

const isChange: Fits = (call, step) =>
  meansConnector(call, step) && connectorStatusOf(step.payload) !== step.statusBefore;

const isFreed: Fits = (_, step) =>
  step.statusBefore === "Reserved" && connectorStatusOf(step.payload) === "Available";

const isNotIdle: Fits = (_, step) => textAt(step.payload, "status") !== "Idle";

const stopReasons =
  (reasons: readonly (string | undefined)[]): Fits =>
  (_, step) =>
    reasons.includes(
      textAt(step.payload, "reason") ?? textAt(step.payload, "transactionInfo", "stoppedReason"),
    );

const stopsRemotely: Fits = (call, step) =>
  same(transactionIdOf(call), transactionIdOf(step.payload)) &&
  stopReasons([undefined, "Remote"])(call, step);

const endsRemotely: Fits = (call, step) =>
  same(transactionIdOf(call), transactionIdOf(step.payload)) &&
  (textAt(step.payload, "triggerReason") === "RemoteStop" || stopReasons(["Remote"])(call, step));

const startsRemotely: Fits = (call, step) =>
  same(idAt(call, "remoteStartId"), idAt(step.payload, "transactionInfo", "remoteStartId"));

const bootsForIt: Fits = (_, step) => {
  const reason = textAt(step.payload, "reason");
  return reason === undefined || reason === "RemoteReset" || reason === "ScheduledReset";
};

/** Names under which a message is asked for where that is not its action. */
const askedAs: Readonly<Record<string, string>> = {
  SignChargePointCertificate: "SignCertificate",
  SignChargingStationCertificate: "SignCertificate",
  SignV2GCertificate: "SignCertificate",
  SignV2G20Certificate: "SignCertificate",
  SignCombinedCertificate: "SignCertificate",
};

const isAsked =
  (action: string): Fits =>
  (call, step) => {
    const asked = textAt(call, "requestedMessage") ?? "";
    return (Object.hasOwn(askedAs, asked) ? askedAs[asked] : asked) === action && meansConnector(call, step);
  };

const wasTriggered: Fits = (call, step) =>
  isAsked("TransactionEvent")(call, step) && textAt(step.payload, "triggerReason") === "Trigger";

type Short = Pick<CauseRow, "call" | "effect" | "clause" | "what" | "fits"> & Partial<CauseRow>;

const row = (generation: Generation, short: Short): CauseRow => ({
  generation,
  takes: "one",
  brings: false,
  promised: true,
  ...short,
});

const triggered = (
  generation: Generation,
  call: string,
  clause: string,
  actions: string,
): readonly CauseRow[] =>
  actions
    .split(/\s+/)
    .map((effect) =>
      row(generation, { call, effect, clause, what: "the message it asks for", fits: isAsked(effect) }),
    );

const reported = (call: string, effect: string, clause: string, generation: Generation = "2"): CauseRow =>
  row(generation, {
    call,
    effect,
    clause,
    what: "what it asks for, by its requestId",
    takes: "series",
    brings: true,
    fits: sameRequest,
  });

const rows16: readonly Short[] = [
  {
    call: "RemoteStartTransaction",
    effect: "Authorize",
    clause: "1.6 5.11",
    what: "the authorisation of its idTag",
    promised: false,
    fits: sameTag,
  },
  {
    call: "RemoteStartTransaction",
    effect: "StartTransaction",
    clause: "1.6 5.11",
    what: "the transaction of its idTag",
    fits: (call, step) => sameTag(call, step) && meansConnector(call, step),
  },
  {
    call: "RemoteStopTransaction",
    effect: "StopTransaction",
    clause: "1.6 5.12",
    what: "the end of its transaction",
    fits: stopsRemotely,
  },
  {
    call: "Reset",
    effect: "BootNotification",
    clause: "1.6 5.14",
    what: "the boot that follows it",
    fits: bootsForIt,
  },
  {
    call: "Reset",
    effect: "StopTransaction",
    clause: "1.6 5.14",
    what: "the end of a transaction by a reset",
    takes: "series",
    promised: false,
    fits: stopReasons(["SoftReset", "HardReset"]),
  },
  {
    call: "GetDiagnostics",
    effect: "DiagnosticsStatusNotification",
    clause: "1.6 5.9",
    what: "how the upload goes",
    takes: "series",
    fits: isNotIdle,
  },
  {
    call: "UpdateFirmware",
    effect: "FirmwareStatusNotification",
    clause: "1.6 5.19",
    what: "how the update goes",
    takes: "series",
    fits: isNotIdle,
  },
  {
    call: "ChangeAvailability",
    effect: "StatusNotification",
    clause: "1.6 5.2",
    what: "the connector's new state",
    takes: "series",
    promised: false,
    fits: becomesAvailableOrNot,
  },
  {
    call: "UnlockConnector",
    effect: "StatusNotification",
    clause: "1.6 5.18",
    what: "the connector's new state",
    promised: false,
    fits: isChange,
  },
  {
    call: "UnlockConnector",
    effect: "StopTransaction",
    clause: "1.6 5.18",
    what: "the end of a transaction by unlocking",
    promised: false,
    fits: stopReasons(["UnlockCommand"]),
  },
  {
    call: "ReserveNow",
    effect: "StatusNotification",
    clause: "1.6 5.13",
    what: "the reserved connector",
    promised: false,
    fits: becomes("Reserved"),
  },
  {
    call: "ReserveNow",
    effect: "StartTransaction",
    clause: "1.6 5.13",
    what: "the transaction of its reservation",
    brings: true,
    promised: false,
    fits: (call, step) => same(idAt(call, "reservationId"), idAt(step.payload, "reservationId")),
  },
  {
    call: "CancelReservation",
    effect: "StatusNotification",
    clause: "1.6 5.1",
    what: "the freed connector",
    promised: false,
    fits: isFreed,
  },
];

const rows2: readonly Short[] = [
  {
    call: "RequestStartTransaction",
    effect: "Authorize",
    clause: "2.x F01",
    what: "the authorisation of its idToken",
    promised: false,
    fits: sameTag,
  },
  {
    call: "RequestStartTransaction",
    effect: "TransactionEvent",
    clause: "2.x F01, F02",
    what: "the transaction with its remoteStartId",
    brings: true,
    fits: startsRemotely,
  },
  {
    call: "RequestStopTransaction",
    effect: "TransactionEvent",
    clause: "2.x F03",
    what: "the end of its transaction",
    takes: "series",
    fits: endsRemotely,
  },
  {
    call: "Reset",
    effect: "BootNotification",
    clause: "2.x B11, B12",
    what: "the boot that follows it",
    fits: bootsForIt,
  },
  {
    call: "Reset",
    effect: "TransactionEvent",
    clause: "2.x B12",
    what: "the end of a transaction by a reset",
    takes: "series",
    promised: false,
    fits: stopReasons(["ImmediateReset"]),
  },
  {
    call: "ChangeAvailability",
    effect: "StatusNotification",
    clause: "2.x G03, G04",
    what: "the connector's new state",
    takes: "series",
    promised: false,
    fits: becomesAvailableOrNot,
  },
  {
    call: "UnlockConnector",
    effect: "StatusNotification",
    clause: "2.x F05",
    what: "the connector's new state",
    promised: false,
    fits: isChange,
  },
  {
    call: "ReserveNow",
    effect: "StatusNotification",
    clause: "2.x H01",
    what: "the reserved connector",
    promised: false,
    fits: becomes("Reserved"),
  },
  {
    call: "CancelReservation",
    effect: "StatusNotification",
    clause: "2.x H02",
    what: "the freed connector",
    promised: false,
    fits: isFreed,
  },
  {
    call: "CancelReservation",
    effect: "ReservationStatusUpdate",
    clause: "2.x H02",
    what: "the end of its reservation",
    brings: true,
    promised: false,
    fits: (call, step) => same(idAt(call, "reservationId"), idAt(step.payload, "reservationId")),
  },
  {
    call: "TriggerMessage",
    effect: "TransactionEvent",
    clause: "2.x F06",
    what: "the message it asks for",
    takes: "series",
    fits: wasTriggered,
  },
];

/** All kinds of causes. */
export const causeRows: readonly CauseRow[] = [
  ...rows16.map((short) => row("1.6", short)),
  ...triggered(
    "1.6",
    "TriggerMessage",
    "1.6 5.17",
    "BootNotification DiagnosticsStatusNotification FirmwareStatusNotification Heartbeat MeterValues StatusNotification",
  ),
  ...triggered(
    "1.6",
    "ExtendedTriggerMessage",
    "1.6 security, A02",
    "BootNotification LogStatusNotification FirmwareStatusNotification Heartbeat MeterValues SignCertificate StatusNotification",
  ),
  reported("GetLog", "LogStatusNotification", "1.6 security, N01", "1.6"),
  reported("SignedUpdateFirmware", "SignedFirmwareStatusNotification", "1.6 security, L01", "1.6"),
  ...rows2.map((short) => row("2", short)),
  ...triggered(
    "2",
    "TriggerMessage",
    "2.x F06",
    "BootNotification LogStatusNotification FirmwareStatusNotification Heartbeat MeterValues PublishFirmwareStatusNotification SignCertificate StatusNotification",
  ),
  reported("GetLog", "LogStatusNotification", "2.x N01"),
  reported("UpdateFirmware", "FirmwareStatusNotification", "2.x L01"),
  reported("PublishFirmware", "PublishFirmwareStatusNotification", "2.x L03"),
  reported("GetBaseReport", "NotifyReport", "2.x B07"),
  reported("GetReport", "NotifyReport", "2.x B08"),
  reported("GetMonitoringReport", "NotifyMonitoringReport", "2.x N02"),
  reported("CustomerInformation", "NotifyCustomerInformation", "2.x N09, N10"),
  reported("GetChargingProfiles", "ReportChargingProfiles", "2.x K09"),
  reported("GetDisplayMessages", "NotifyDisplayMessages", "2.x O03, O04"),
  reported("GetDERControl", "ReportDERControl", "2.1 R"),
  reported("RequestBatterySwap", "BatterySwap", "2.1 S"),
];

const acceptances: readonly unknown[] = ["Accepted", "AcceptedCanceled", "Scheduled", "Unlocked"];

/** Whether the result of a CSMS call says that the station does what it was told. */
export function isAcceptance(action: string, result: unknown): boolean {
  // Without a file name there are no diagnostics to be had (1.6 5.9).
  if (action === "GetDiagnostics") return textAt(result, "fileName") !== undefined;
  const status = textAt(result, "status");
  return status === undefined || acceptances.includes(status);
}
