// What a charge point does because its CSMS called it, one row for each kind of cause with its clause: OCPP 1.6 edition 2,
// the security whitepaper, and the use cases of 2.0.1/2.1 part 2. Data, and the comparisons that the rows need;
// docs/reference/replay.md prints it.

import {
  connectorOf,
  connectorStatusOf,
  idAt,
  idTagOf,
  textAt,
  transactionIdOf,
} from "../../ocpp/payload.js";
import type { OcppFamily } from "../../ocpp/version.js";

/** A step of the station, as a row compares it with a call of the CSMS. */
export interface EffectStep {
  readonly payload: unknown;
  /** The last status of the connector before this message; undefined where there is none. */
  readonly statusBefore?: string | undefined;
}

/** One kind of cause. */
export interface CauseRow {
  readonly family: OcppFamily;
  readonly call: string;
  /** The action of the step that the call causes. */
  readonly effect: string;
  readonly clause: string;
  readonly what: string;
  /** Whether a call causes one such step, or all of them until the next such call. */
  readonly takes: "one" | "series";
  /** Whether the step carries a value that the call hands out. */
  readonly brings: boolean;
  /** Whether a station that accepts the call promises the step. */
  readonly promised: boolean;
  readonly matches: (call: unknown, step: EffectStep) => boolean;
}

type Matches = CauseRow["matches"];

const same = (a: string | undefined, b: string | undefined): boolean => a !== undefined && a === b;

/** Whether a call that may name a connector means this one; 0 and no number mean all. */
const meansConnector: Matches = (call, step) => {
  const named = connectorOf(call);
  return named === undefined || named === "0" || named === connectorOf(step.payload);
};

const sameRequest: Matches = (call, step) => same(idAt(call, "requestId"), idAt(step.payload, "requestId"));

const sameTag: Matches = (call, step) => same(idTagOf(call), idTagOf(step.payload));

const sameReservation: Matches = (call, step) =>
  same(idAt(call, "reservationId"), idAt(step.payload, "reservationId"));

const becomes =
  (status: string): Matches =>
  (call, step) =>
    meansConnector(call, step) && connectorStatusOf(step.payload) === status && step.statusBefore !== status;

/** A change to Available counts only after Unavailable, because chargers report Available at every boot. */
const becomesAvailableOrNot: Matches = (call, step) => {
  const type = textAt(call, "type") ?? textAt(call, "operationalStatus");
  if (type === "Inoperative") return becomes("Unavailable")(call, step);
  return step.statusBefore === "Unavailable" && becomes("Available")(call, step);
};

const isChange: Matches = (call, step) =>
  meansConnector(call, step) && connectorStatusOf(step.payload) !== step.statusBefore;

const isFreed: Matches = (_, step) =>
  step.statusBefore === "Reserved" && connectorStatusOf(step.payload) === "Available";

const isNotIdle: Matches = (_, step) => textAt(step.payload, "status") !== "Idle";

const stopReasons =
  (reasons: readonly (string | undefined)[]): Matches =>
  (_, step) =>
    reasons.includes(
      textAt(step.payload, "reason") ?? textAt(step.payload, "transactionInfo", "stoppedReason"),
    );

const stopsRemotely: Matches = (call, step) =>
  same(transactionIdOf(call), transactionIdOf(step.payload)) &&
  stopReasons([undefined, "Remote"])(call, step);

const endsRemotely: Matches = (call, step) =>
  same(transactionIdOf(call), transactionIdOf(step.payload)) &&
  (textAt(step.payload, "triggerReason") === "RemoteStop" || stopReasons(["Remote"])(call, step));

const startsRemotely: Matches = (call, step) =>
  same(idAt(call, "remoteStartId"), idAt(step.payload, "transactionInfo", "remoteStartId"));

const bootsForIt: Matches = (_, step) => {
  const reason = textAt(step.payload, "reason");
  return reason === undefined || reason === "RemoteReset" || reason === "ScheduledReset";
};

/** The actions of messages that are requested under another name. */
const requestedAs: Readonly<Record<string, string>> = {
  SignChargePointCertificate: "SignCertificate",
  SignChargingStationCertificate: "SignCertificate",
  SignV2GCertificate: "SignCertificate",
  SignV2G20Certificate: "SignCertificate",
  SignCombinedCertificate: "SignCertificate",
};

const isRequested =
  (action: string): Matches =>
  (call, step) => {
    const name = textAt(call, "requestedMessage") ?? "";
    return (
      (Object.hasOwn(requestedAs, name) ? requestedAs[name] : name) === action && meansConnector(call, step)
    );
  };

const wasTriggered: Matches = (call, step) =>
  isRequested("TransactionEvent")(call, step) && textAt(step.payload, "triggerReason") === "Trigger";

type Short = Pick<CauseRow, "call" | "effect" | "clause" | "what" | "matches"> & Partial<CauseRow>;

const row = (family: OcppFamily, short: Short): CauseRow => ({
  family,
  takes: "one",
  brings: false,
  promised: true,
  ...short,
});

const triggered = (family: OcppFamily, call: string, clause: string, actions: string): readonly CauseRow[] =>
  actions.split(/\s+/).map((effect) =>
    row(family, {
      call,
      effect,
      clause,
      what: "the message it asks for",
      matches: isRequested(effect),
    }),
  );

const reported = (call: string, effect: string, clause: string, family: OcppFamily = "2.x"): CauseRow =>
  row(family, {
    call,
    effect,
    clause,
    what: "the report with its requestId",
    takes: "series",
    brings: true,
    matches: sameRequest,
  });

const rows16: readonly Short[] = [
  {
    call: "RemoteStartTransaction",
    effect: "Authorize",
    clause: "1.6 5.11",
    what: "the authorisation of its idTag",
    promised: false,
    matches: sameTag,
  },
  {
    call: "RemoteStartTransaction",
    effect: "StartTransaction",
    clause: "1.6 5.11",
    what: "the transaction of its idTag",
    matches: (call, step) => sameTag(call, step) && meansConnector(call, step),
  },
  {
    call: "RemoteStopTransaction",
    effect: "StopTransaction",
    clause: "1.6 5.12",
    what: "the end of its transaction",
    matches: stopsRemotely,
  },
  {
    call: "Reset",
    effect: "BootNotification",
    clause: "1.6 5.14",
    what: "the boot that follows it",
    matches: bootsForIt,
  },
  {
    call: "Reset",
    effect: "StopTransaction",
    clause: "1.6 5.14",
    what: "the end of a transaction by a reset",
    takes: "series",
    promised: false,
    matches: stopReasons(["SoftReset", "HardReset"]),
  },
  {
    call: "GetDiagnostics",
    effect: "DiagnosticsStatusNotification",
    clause: "1.6 5.9",
    what: "the progress of the upload",
    takes: "series",
    matches: isNotIdle,
  },
  {
    call: "UpdateFirmware",
    effect: "FirmwareStatusNotification",
    clause: "1.6 5.19",
    what: "the progress of the update",
    takes: "series",
    matches: isNotIdle,
  },
  {
    call: "ChangeAvailability",
    effect: "StatusNotification",
    clause: "1.6 5.2",
    what: "the connector's new state",
    takes: "series",
    promised: false,
    matches: becomesAvailableOrNot,
  },
  {
    call: "UnlockConnector",
    effect: "StatusNotification",
    clause: "1.6 5.18",
    what: "the connector's new state",
    promised: false,
    matches: isChange,
  },
  {
    call: "UnlockConnector",
    effect: "StopTransaction",
    clause: "1.6 5.18",
    what: "the end of a transaction by unlocking",
    promised: false,
    matches: stopReasons(["UnlockCommand"]),
  },
  {
    call: "ReserveNow",
    effect: "StatusNotification",
    clause: "1.6 5.13",
    what: "the reserved connector",
    promised: false,
    matches: becomes("Reserved"),
  },
  {
    call: "ReserveNow",
    effect: "StartTransaction",
    clause: "1.6 5.13",
    what: "the transaction of its reservation",
    brings: true,
    promised: false,
    matches: sameReservation,
  },
  {
    call: "CancelReservation",
    effect: "StatusNotification",
    clause: "1.6 5.1",
    what: "the freed connector",
    promised: false,
    matches: isFreed,
  },
];

const rows2: readonly Short[] = [
  {
    call: "RequestStartTransaction",
    effect: "Authorize",
    clause: "2.x F01",
    what: "the authorisation of its idToken",
    promised: false,
    matches: sameTag,
  },
  {
    call: "RequestStartTransaction",
    effect: "TransactionEvent",
    clause: "2.x F01, F02",
    what: "the transaction with its remoteStartId",
    brings: true,
    matches: startsRemotely,
  },
  {
    call: "RequestStopTransaction",
    effect: "TransactionEvent",
    clause: "2.x F03",
    what: "the end of its transaction",
    takes: "series",
    matches: endsRemotely,
  },
  {
    call: "Reset",
    effect: "BootNotification",
    clause: "2.x B11, B12",
    what: "the boot that follows it",
    matches: bootsForIt,
  },
  {
    call: "Reset",
    effect: "TransactionEvent",
    clause: "2.x B12",
    what: "the end of a transaction by a reset",
    takes: "series",
    promised: false,
    matches: stopReasons(["ImmediateReset"]),
  },
  {
    call: "ChangeAvailability",
    effect: "StatusNotification",
    clause: "2.x G03, G04",
    what: "the connector's new state",
    takes: "series",
    promised: false,
    matches: becomesAvailableOrNot,
  },
  {
    call: "UnlockConnector",
    effect: "StatusNotification",
    clause: "2.x F05",
    what: "the connector's new state",
    promised: false,
    matches: isChange,
  },
  {
    call: "ReserveNow",
    effect: "StatusNotification",
    clause: "2.x H01",
    what: "the reserved connector",
    promised: false,
    matches: becomes("Reserved"),
  },
  {
    call: "CancelReservation",
    effect: "StatusNotification",
    clause: "2.x H02",
    what: "the freed connector",
    promised: false,
    matches: isFreed,
  },
  {
    call: "CancelReservation",
    effect: "ReservationStatusUpdate",
    clause: "2.x H02",
    what: "the end of its reservation",
    brings: true,
    promised: false,
    matches: sameReservation,
  },
  {
    call: "TriggerMessage",
    effect: "TransactionEvent",
    clause: "2.x F06",
    what: "the message it asks for",
    takes: "series",
    matches: wasTriggered,
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
  ...rows2.map((short) => row("2.x", short)),
  ...triggered(
    "2.x",
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
