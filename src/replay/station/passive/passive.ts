// The passive station: answers the CSMS calls that the recording has no answer to, truthfully and without any effect on
// the plan. It reads out the recorded configuration, accepts changes to it, and refuses the rest with the status that each
// action has for that. OCPP 1.6 section 6 and the security whitepaper; 2.0.1 part 2.

import { isKnownAction } from "../../../ocpp/catalogue.js";
import type { OcppVersion } from "../../../ocpp/version.js";
import { familyOf, type OcppFamily } from "../../../ocpp/version.js";
import { Configuration } from "./configuration.js";
import { createVariables, type Variables } from "./variables.js";

/** The payload of a CALLRESULT, or the code of a CALLERROR. */
export type PassiveAnswer =
  | { readonly kind: "result"; readonly payload: unknown }
  | {
      readonly kind: "error";
      readonly code: "NotImplemented" | "NotSupported";
      readonly description: string;
    };

const status = (word: string): Readonly<Record<string, string>> => ({ status: word });

const rejected = status("Rejected");

const statuses: Readonly<Record<OcppFamily, Readonly<Record<string, unknown>>>> = {
  "1.6": {
    CancelReservation: rejected,
    CertificateSigned: rejected,
    ChangeAvailability: rejected,
    ClearCache: rejected,
    ClearChargingProfile: status("Unknown"),
    DataTransfer: status("UnknownVendorId"),
    DeleteCertificate: status("NotFound"),
    ExtendedTriggerMessage: status("NotImplemented"),
    GetCompositeSchedule: rejected,
    // Without a file name: the station has no diagnostics.
    GetDiagnostics: {},
    GetInstalledCertificateIds: status("NotFound"),
    // -1: this station has no local list (1.6 section 6.29).
    GetLocalListVersion: { listVersion: -1 },
    GetLog: rejected,
    InstallCertificate: rejected,
    RemoteStartTransaction: rejected,
    RemoteStopTransaction: rejected,
    ReserveNow: rejected,
    Reset: rejected,
    SendLocalList: status("NotSupported"),
    SetChargingProfile: rejected,
    SignedUpdateFirmware: rejected,
    TriggerMessage: status("NotImplemented"),
    UnlockConnector: status("NotSupported"),
  },
  "2.x": {
    CancelReservation: rejected,
    CertificateSigned: rejected,
    ChangeAvailability: rejected,
    ClearCache: rejected,
    ClearChargingProfile: status("Unknown"),
    ClearDisplayMessage: status("Unknown"),
    CustomerInformation: rejected,
    DataTransfer: status("UnknownVendorId"),
    DeleteCertificate: status("NotFound"),
    GetBaseReport: status("NotSupported"),
    GetChargingProfiles: status("NoProfiles"),
    GetCompositeSchedule: rejected,
    GetDisplayMessages: status("Unknown"),
    GetInstalledCertificateIds: status("NotFound"),
    // 0: no local list is installed (2.0.1 part 2, D02).
    GetLocalListVersion: { versionNumber: 0 },
    GetLog: rejected,
    GetMonitoringReport: status("NotSupported"),
    GetReport: status("NotSupported"),
    GetTransactionStatus: { messagesInQueue: false },
    InstallCertificate: rejected,
    PublishFirmware: rejected,
    RequestStartTransaction: rejected,
    RequestStopTransaction: rejected,
    ReserveNow: rejected,
    Reset: rejected,
    SendLocalList: status("Failed"),
    SetChargingProfile: rejected,
    SetDisplayMessage: rejected,
    SetMonitoringBase: status("NotSupported"),
    SetMonitoringLevel: rejected,
    SetNetworkProfile: rejected,
    TriggerMessage: status("NotImplemented"),
    UnlockConnector: status("UnlockFailed"),
    UnpublishFirmware: status("NoFirmware"),
    UpdateFirmware: rejected,
  },
};

/** A station that answers calls and does nothing else. */
export class PassiveStation {
  private readonly configuration = new Configuration();
  private readonly variables: Variables = createVariables();

  /** Learns from the recorded result of a CSMS call. */
  learn(action: string, result: unknown): void {
    if (action === "GetConfiguration") this.configuration.learn(result);
    else if (action === "GetVariables") this.variables.learn(result);
  }

  /** Notes that a CALL of the CSMS was accepted, by the recorded answer or by this station. */
  accepted(action: string, call: unknown): void {
    if (action === "ChangeConfiguration") this.configuration.accepted(call);
  }

  /** The answer to a CALL that the recording does not answer. */
  answer(version: OcppVersion, action: string, payload: unknown): PassiveAnswer {
    if (!isKnownAction(version, action))
      return { kind: "error", code: "NotImplemented", description: "This station does not know the action." };
    const result = this.result(version, action, payload);
    if (result !== undefined) return { kind: "result", payload: result };
    return {
      kind: "error",
      code: "NotSupported",
      description: "The recording does not show how this station answers.",
    };
  }

  private result(version: OcppVersion, action: string, payload: unknown): unknown {
    if (version === "1.6" && action === "GetConfiguration") return this.configuration.read(payload);
    if (version === "1.6" && action === "ChangeConfiguration") return this.configuration.change(payload);
    if (version !== "1.6" && action === "GetVariables") return this.variables.read(payload);
    if (version !== "1.6" && action === "SetVariables") return this.variables.change(payload);
    const table = statuses[familyOf(version)];
    return Object.hasOwn(table, action) ? table[action] : undefined;
  }
}
