// The values that a CSMS chooses: where it hands them out, and where they come back. A table for OCPP itself, and the same
// rows for what a user adds. Data and look-ups; src/replay/station/values/values.ts uses the values in a run.
// OCPP 1.6 edition 2 section 6 and the security whitepaper; 2.0.1 and 2.1 part 2 section 1.

import type { JsonPath, Leaf } from "../../../ocpp/json/spans.js";
import type { OcppVersion } from "../../../ocpp/version.js";
import { familyOf } from "../../../ocpp/version.js";

/** The messages whose payloads carry such values. */
export type BoundType = "CALL" | "CALLRESULT";

/** A place in a payload: `/` and steps, where `*` is any one step. */
export interface BindingPlace {
  readonly action: string;
  readonly type: BoundType;
  readonly pointer: string;
}

/** A value that the CSMS chooses: where a run learns it, and where it is used. */
export interface Binding {
  readonly name: string;
  readonly learn: readonly BindingPlace[];
  readonly use: readonly BindingPlace[];
}

/** The binding whose slots are the 1.6 transactions. */
export const transactionBinding = "transaction";

/** Reads `Action/pointer` and `Action.conf/pointer`, the short spelling of the tables below. */
const place = (words: string): BindingPlace => {
  const slash = words.indexOf("/");
  const [action = "", answer] = words.slice(0, slash).split(".");
  return { action, type: answer === undefined ? "CALL" : "CALLRESULT", pointer: words.slice(slash) };
};

const row = (name: string, learn: string, use: string): Binding => ({
  name,
  learn: learn.split(" ").map(place),
  use: use.split(" ").map(place),
});

const rows16: readonly Binding[] = [
  row(
    transactionBinding,
    "StartTransaction.conf/transactionId",
    `MeterValues/transactionId StopTransaction/transactionId RemoteStopTransaction/transactionId
      SetChargingProfile/csChargingProfiles/transactionId
      RemoteStartTransaction/chargingProfile/transactionId`.replaceAll(/\s+/g, " "),
  ),
  row(
    "reservation",
    "ReserveNow/reservationId",
    "StartTransaction/reservationId CancelReservation/reservationId",
  ),
  row(
    "charging-profile",
    "SetChargingProfile/csChargingProfiles/chargingProfileId RemoteStartTransaction/chargingProfile/chargingProfileId",
    "ClearChargingProfile/id",
  ),
  row("list-version", "SendLocalList/listVersion", "GetLocalListVersion.conf/listVersion"),
  row("log-request", "GetLog/requestId", "LogStatusNotification/requestId"),
  row("firmware-request", "SignedUpdateFirmware/requestId", "SignedFirmwareStatusNotification/requestId"),
];

const rows2: readonly Binding[] = [
  row(
    "remote-start",
    "RequestStartTransaction/remoteStartId",
    "TransactionEvent/transactionInfo/remoteStartId",
  ),
  row(
    "reservation",
    "ReserveNow/id",
    "CancelReservation/reservationId ReservationStatusUpdate/reservationId TransactionEvent/reservationId",
  ),
  row(
    "charging-profile",
    "SetChargingProfile/chargingProfile/id RequestStartTransaction/chargingProfile/id",
    `ReportChargingProfiles/chargingProfile/*/id ClearChargingProfile/chargingProfileId
      GetChargingProfiles/chargingProfile/chargingProfileId/* UpdateDynamicSchedule/chargingProfileId
      PullDynamicScheduleUpdate/chargingProfileId`.replaceAll(/\s+/g, " "),
  ),
  row("list-version", "SendLocalList/versionNumber", "GetLocalListVersion.conf/versionNumber"),
  row("report-request", "GetBaseReport/requestId GetReport/requestId", "NotifyReport/requestId"),
  row("monitoring-request", "GetMonitoringReport/requestId", "NotifyMonitoringReport/requestId"),
  row("log-request", "GetLog/requestId", "LogStatusNotification/requestId"),
  row("firmware-request", "UpdateFirmware/requestId", "FirmwareStatusNotification/requestId"),
  row("publish-request", "PublishFirmware/requestId", "PublishFirmwareStatusNotification/requestId"),
  row("customer-request", "CustomerInformation/requestId", "NotifyCustomerInformation/requestId"),
  row("profiles-request", "GetChargingProfiles/requestId", "ReportChargingProfiles/requestId"),
  row("messages-request", "GetDisplayMessages/requestId", "NotifyDisplayMessages/requestId"),
  row("battery-request", "RequestBatterySwap/requestId", "BatterySwap/requestId"),
];

/** The bindings of a version of OCPP itself; docs/reference/replay-values.md prints them. */
export function builtInBindings(version: OcppVersion): readonly Binding[] {
  return familyOf(version) === "1.6" ? rows16 : rows2;
}

/** Whether a scalar of a message is at a pointer of its payload. */
const standsAt = (path: JsonPath, payload: number, steps: readonly string[]): boolean =>
  path.length === steps.length + 1 &&
  path[0] === payload &&
  steps.every((step, i) => step === "*" || step === String(path[i + 1]));

interface Found {
  readonly binding: string;
  readonly steps: readonly string[];
}

/** A scalar that belongs to a binding. */
export interface BoundLeaf {
  readonly binding: string;
  readonly leaf: Leaf;
}

const stepsOf = (pointer: string): readonly string[] =>
  pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

/** The bindings of one version, by messages. */
export class BindingTable {
  private readonly learned = new Map<string, Found[]>();
  private readonly used = new Map<string, Found[]>();

  constructor(bindings: readonly Binding[]) {
    for (const binding of bindings) {
      for (const at of binding.learn) add(this.learned, binding.name, at);
      for (const at of binding.use) add(this.used, binding.name, at);
    }
  }

  /** The values that a message of the CSMS hands out. */
  learnsIn(type: BoundType, action: string, leaves: readonly Leaf[]): readonly BoundLeaf[] {
    return found(this.learned, type, action, leaves);
  }

  /** The values that a message carries on. */
  usesIn(type: BoundType, action: string, leaves: readonly Leaf[]): readonly BoundLeaf[] {
    return found(this.used, type, action, leaves);
  }
}

const add = (to: Map<string, Found[]>, binding: string, { action, type, pointer }: BindingPlace): void => {
  const key = `${type} ${action}`;
  const found: Found = { binding, steps: stepsOf(pointer) };
  const list = to.get(key);
  if (list === undefined) to.set(key, [found]);
  else list.push(found);
};

const found = (
  places: ReadonlyMap<string, readonly Found[]>,
  type: BoundType,
  action: string,
  leaves: readonly Leaf[],
): readonly BoundLeaf[] => {
  const rows = places.get(`${type} ${action}`);
  if (rows === undefined) return [];
  const payload = type === "CALL" ? 3 : 2;
  return leaves.flatMap((leaf) => {
    if (leaf.source === "null") return [];
    const row = rows.find(({ steps }) => standsAt(leaf.path, payload, steps));
    return row === undefined ? [] : [{ binding: row.binding, leaf }];
  });
};
