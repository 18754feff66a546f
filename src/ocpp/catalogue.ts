// The actions of every version and who may call them (1.6 with the security whitepaper's; 2.0.1 and 2.1 part
// 2). Names alone: what a payload may hold is not said here.

import type { Side } from "../base/direction.js";
import type { OcppVersion } from "./version.js";

/** Who may call an action. */
export type Caller = Side | "both";

interface Callers {
  readonly charger: string;
  readonly csms: string;
}

const common = "DataTransfer";

const of16: Callers = {
  charger: `
    Authorize BootNotification DiagnosticsStatusNotification FirmwareStatusNotification Heartbeat
    LogStatusNotification MeterValues SecurityEventNotification SignCertificate
    SignedFirmwareStatusNotification StartTransaction StatusNotification StopTransaction`,
  csms: `
    CancelReservation CertificateSigned ChangeAvailability ChangeConfiguration ClearCache
    ClearChargingProfile DeleteCertificate ExtendedTriggerMessage GetCompositeSchedule GetConfiguration
    GetDiagnostics GetInstalledCertificateIds GetLocalListVersion GetLog InstallCertificate
    RemoteStartTransaction RemoteStopTransaction ReserveNow Reset SendLocalList SetChargingProfile
    SignedUpdateFirmware TriggerMessage UnlockConnector UpdateFirmware`,
};

const of201: Callers = {
  charger: `
    Authorize BootNotification ClearedChargingLimit FirmwareStatusNotification Get15118EVCertificate
    GetCertificateStatus Heartbeat LogStatusNotification MeterValues NotifyChargingLimit
    NotifyCustomerInformation NotifyDisplayMessages NotifyEVChargingNeeds NotifyEVChargingSchedule
    NotifyEvent NotifyMonitoringReport NotifyReport PublishFirmwareStatusNotification
    ReportChargingProfiles ReservationStatusUpdate SecurityEventNotification SignCertificate
    StatusNotification TransactionEvent`,
  csms: `
    CancelReservation CertificateSigned ChangeAvailability ClearCache ClearChargingProfile
    ClearDisplayMessage ClearVariableMonitoring CostUpdated CustomerInformation DeleteCertificate
    GetBaseReport GetChargingProfiles GetCompositeSchedule GetDisplayMessages GetInstalledCertificateIds
    GetLocalListVersion GetLog GetMonitoringReport GetReport GetTransactionStatus GetVariables
    InstallCertificate PublishFirmware RequestStartTransaction RequestStopTransaction ReserveNow Reset
    SendLocalList SetChargingProfile SetDisplayMessage SetMonitoringBase SetMonitoringLevel
    SetNetworkProfile SetVariableMonitoring SetVariables TriggerMessage UnlockConnector
    UnpublishFirmware UpdateFirmware`,
};

const of21: Callers = {
  charger: `${of201.charger}
    BatterySwap ClosePeriodicEventStream GetCertificateChainStatus NotifyDERAlarm NotifyDERStartStop
    NotifyPeriodicEventStream NotifyPriorityCharging NotifySettlement OpenPeriodicEventStream
    PullDynamicScheduleUpdate ReportDERControl VatNumberValidation`,
  csms: `${of201.csms}
    AFRRSignal AdjustPeriodicEventStream ChangeTransactionTariff ClearDERControl ClearTariffs
    GetDERControl GetPeriodicEventStream GetTariffs NotifyAllowedEnergyTransfer NotifyWebPaymentStarted
    RequestBatterySwap SetDERControl SetDefaultTariff UpdateDynamicSchedule UsePriorityCharging`,
};

const words = (list: string): readonly string[] => list.split(/\s+/).filter((word) => word !== "");

const tableOf = (callers: Callers): ReadonlyMap<string, Caller> => {
  const rows: (readonly [string, Caller])[] = [[common, "both"]];
  for (const action of words(callers.charger)) rows.push([action, "charger"]);
  for (const action of words(callers.csms)) rows.push([action, "csms"]);
  return new Map(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
};

const tables: Readonly<Record<OcppVersion, ReadonlyMap<string, Caller>>> = {
  "1.6": tableOf(of16),
  "2.0.1": tableOf(of201),
  "2.1": tableOf(of21),
};

/** All actions of a version, in alphabetical order. */
export function actionsOf(version: OcppVersion): readonly string[] {
  return [...tables[version].keys()];
}

/** Who may call an action in this version; undefined if the version has no such action. */
export function callerOf(version: OcppVersion, action: string): Caller | undefined {
  return tables[version].get(action);
}

/** Whether the version has this action. */
export function isKnownAction(version: OcppVersion, action: string): boolean {
  return tables[version].has(action);
}
