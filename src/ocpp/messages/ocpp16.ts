// Every message of OCPP 1.6: what its payloads may hold, and how to make them.
// Generated from the JSON schemas by `npm run generate`; do not edit.

import { type MessageMaker, messageMaker } from "./message-maker.js";

/** AuthorizeRequest of OCPP 1.6. */
export interface AuthorizeRequest {
  readonly idTag: string;
}

/** AuthorizeResponse of OCPP 1.6. */
export interface AuthorizeResponse {
  readonly idTagInfo: {
    readonly expiryDate?: string;
    readonly parentIdTag?: string;
    readonly status: "Accepted" | "Blocked" | "Expired" | "Invalid" | "ConcurrentTx";
  };
}

/** BootNotificationRequest of OCPP 1.6. */
export interface BootNotificationRequest {
  readonly chargePointVendor: string;
  readonly chargePointModel: string;
  readonly chargePointSerialNumber?: string;
  readonly chargeBoxSerialNumber?: string;
  readonly firmwareVersion?: string;
  readonly iccid?: string;
  readonly imsi?: string;
  readonly meterType?: string;
  readonly meterSerialNumber?: string;
}

/** BootNotificationResponse of OCPP 1.6. */
export interface BootNotificationResponse {
  readonly status: "Accepted" | "Pending" | "Rejected";
  readonly currentTime: string;
  readonly interval: number;
}

/** CancelReservationRequest of OCPP 1.6. */
export interface CancelReservationRequest {
  readonly reservationId: number;
}

/** CancelReservationResponse of OCPP 1.6. */
export interface CancelReservationResponse {
  readonly status: "Accepted" | "Rejected";
}

/** CertificateHashData of OCPP 1.6. */
export interface CertificateHashData {
  readonly hashAlgorithm: HashAlgorithmEnum;
  readonly issuerNameHash: string;
  readonly issuerKeyHash: string;
  readonly serialNumber: string;
}

/** CertificateSignedRequest of OCPP 1.6. */
export interface CertificateSignedRequest {
  readonly certificateChain: string;
}

/** CertificateSignedResponse of OCPP 1.6. */
export interface CertificateSignedResponse {
  readonly status: CertificateSignedStatusEnum;
}

/** CertificateSignedStatusEnum of OCPP 1.6. */
export type CertificateSignedStatusEnum = "Accepted" | "Rejected";

/** CertificateUseEnum of OCPP 1.6. */
export type CertificateUseEnum = "CentralSystemRootCertificate" | "ManufacturerRootCertificate";

/** ChangeAvailabilityRequest of OCPP 1.6. */
export interface ChangeAvailabilityRequest {
  readonly connectorId: number;
  readonly type: "Inoperative" | "Operative";
}

/** ChangeAvailabilityResponse of OCPP 1.6. */
export interface ChangeAvailabilityResponse {
  readonly status: "Accepted" | "Rejected" | "Scheduled";
}

/** ChangeConfigurationRequest of OCPP 1.6. */
export interface ChangeConfigurationRequest {
  readonly key: string;
  readonly value: string;
}

/** ChangeConfigurationResponse of OCPP 1.6. */
export interface ChangeConfigurationResponse {
  readonly status: "Accepted" | "Rejected" | "RebootRequired" | "NotSupported";
}

/** ClearCacheRequest of OCPP 1.6. */
export type ClearCacheRequest = Readonly<Record<string, never>>;

/** ClearCacheResponse of OCPP 1.6. */
export interface ClearCacheResponse {
  readonly status: "Accepted" | "Rejected";
}

/** ClearChargingProfileRequest of OCPP 1.6. */
export interface ClearChargingProfileRequest {
  readonly id?: number;
  readonly connectorId?: number;
  readonly chargingProfilePurpose?: "ChargePointMaxProfile" | "TxDefaultProfile" | "TxProfile";
  readonly stackLevel?: number;
}

/** ClearChargingProfileResponse of OCPP 1.6. */
export interface ClearChargingProfileResponse {
  readonly status: "Accepted" | "Unknown";
}

/** DataTransferRequest of OCPP 1.6. */
export interface DataTransferRequest {
  readonly vendorId: string;
  readonly messageId?: string;
  readonly data?: string;
}

/** DataTransferResponse of OCPP 1.6. */
export interface DataTransferResponse {
  readonly status: "Accepted" | "Rejected" | "UnknownMessageId" | "UnknownVendorId";
  readonly data?: string;
}

/** DeleteCertificateRequest of OCPP 1.6. */
export interface DeleteCertificateRequest {
  readonly certificateHashData: CertificateHashData;
}

/** DeleteCertificateResponse of OCPP 1.6. */
export interface DeleteCertificateResponse {
  readonly status: DeleteCertificateStatusEnum;
}

/** DeleteCertificateStatusEnum of OCPP 1.6. */
export type DeleteCertificateStatusEnum = "Accepted" | "Failed" | "NotFound";

/** DiagnosticsStatusNotificationRequest of OCPP 1.6. */
export interface DiagnosticsStatusNotificationRequest {
  readonly status: "Idle" | "Uploaded" | "UploadFailed" | "Uploading";
}

/** DiagnosticsStatusNotificationResponse of OCPP 1.6. */
export type DiagnosticsStatusNotificationResponse = Readonly<Record<string, never>>;

/** ExtendedTriggerMessageRequest of OCPP 1.6. */
export interface ExtendedTriggerMessageRequest {
  readonly requestedMessage: MessageTriggerEnum;
  readonly connectorId?: number;
}

/** ExtendedTriggerMessageResponse of OCPP 1.6. */
export interface ExtendedTriggerMessageResponse {
  readonly status: TriggerMessageStatusEnum;
}

/** Firmware of OCPP 1.6. */
export interface Firmware {
  readonly location: string;
  readonly retrieveDateTime: string;
  readonly installDateTime?: string;
  readonly signingCertificate: string;
  readonly signature: string;
}

/** FirmwareStatusEnum of OCPP 1.6. */
export type FirmwareStatusEnum =
  | "Downloaded"
  | "DownloadFailed"
  | "Downloading"
  | "DownloadScheduled"
  | "DownloadPaused"
  | "Idle"
  | "InstallationFailed"
  | "Installing"
  | "Installed"
  | "InstallRebooting"
  | "InstallScheduled"
  | "InstallVerificationFailed"
  | "InvalidSignature"
  | "SignatureVerified";

/** FirmwareStatusNotificationRequest of OCPP 1.6. */
export interface FirmwareStatusNotificationRequest {
  readonly status:
    | "Downloaded"
    | "DownloadFailed"
    | "Downloading"
    | "Idle"
    | "InstallationFailed"
    | "Installing"
    | "Installed";
}

/** FirmwareStatusNotificationResponse of OCPP 1.6. */
export type FirmwareStatusNotificationResponse = Readonly<Record<string, never>>;

/** GenericStatusEnum of OCPP 1.6. */
export type GenericStatusEnum = "Accepted" | "Rejected";

/** GetCompositeScheduleRequest of OCPP 1.6. */
export interface GetCompositeScheduleRequest {
  readonly connectorId: number;
  readonly duration: number;
  readonly chargingRateUnit?: "A" | "W";
}

/** GetCompositeScheduleResponse of OCPP 1.6. */
export interface GetCompositeScheduleResponse {
  readonly status: "Accepted" | "Rejected";
  readonly connectorId?: number;
  readonly scheduleStart?: string;
  readonly chargingSchedule?: {
    readonly duration?: number;
    readonly startSchedule?: string;
    readonly chargingRateUnit: "A" | "W";
    readonly chargingSchedulePeriod: readonly {
      readonly startPeriod: number;
      readonly limit: number;
      readonly numberPhases?: number;
    }[];
    readonly minChargingRate?: number;
  };
}

/** GetConfigurationRequest of OCPP 1.6. */
export interface GetConfigurationRequest {
  readonly key?: readonly string[];
}

/** GetConfigurationResponse of OCPP 1.6. */
export interface GetConfigurationResponse {
  readonly configurationKey?: readonly {
    readonly key: string;
    readonly readonly: boolean;
    readonly value?: string;
  }[];
  readonly unknownKey?: readonly string[];
}

/** GetDiagnosticsRequest of OCPP 1.6. */
export interface GetDiagnosticsRequest {
  readonly location: string;
  readonly retries?: number;
  readonly retryInterval?: number;
  readonly startTime?: string;
  readonly stopTime?: string;
}

/** GetDiagnosticsResponse of OCPP 1.6. */
export interface GetDiagnosticsResponse {
  readonly fileName?: string;
}

/** GetInstalledCertificateIdsRequest of OCPP 1.6. */
export interface GetInstalledCertificateIdsRequest {
  readonly certificateType: CertificateUseEnum;
}

/** GetInstalledCertificateIdsResponse of OCPP 1.6. */
export interface GetInstalledCertificateIdsResponse {
  readonly certificateHashData?: readonly CertificateHashData[];
  readonly status: GetInstalledCertificateStatusEnum;
}

/** GetInstalledCertificateStatusEnum of OCPP 1.6. */
export type GetInstalledCertificateStatusEnum = "Accepted" | "NotFound";

/** GetLocalListVersionRequest of OCPP 1.6. */
export type GetLocalListVersionRequest = Readonly<Record<string, never>>;

/** GetLocalListVersionResponse of OCPP 1.6. */
export interface GetLocalListVersionResponse {
  readonly listVersion: number;
}

/** GetLogRequest of OCPP 1.6. */
export interface GetLogRequest {
  readonly log: LogParameters;
  readonly logType: LogEnum;
  readonly requestId: number;
  readonly retries?: number;
  readonly retryInterval?: number;
}

/** GetLogResponse of OCPP 1.6. */
export interface GetLogResponse {
  readonly status: LogStatusEnum;
  readonly filename?: string;
}

/** HashAlgorithmEnum of OCPP 1.6. */
export type HashAlgorithmEnum = "SHA256" | "SHA384" | "SHA512";

/** HeartbeatRequest of OCPP 1.6. */
export type HeartbeatRequest = Readonly<Record<string, never>>;

/** HeartbeatResponse of OCPP 1.6. */
export interface HeartbeatResponse {
  readonly currentTime: string;
}

/** InstallCertificateRequest of OCPP 1.6. */
export interface InstallCertificateRequest {
  readonly certificateType: CertificateUseEnum;
  readonly certificate: string;
}

/** InstallCertificateResponse of OCPP 1.6. */
export interface InstallCertificateResponse {
  readonly status: InstallCertificateStatusEnum;
}

/** InstallCertificateStatusEnum of OCPP 1.6. */
export type InstallCertificateStatusEnum = "Accepted" | "Failed" | "Rejected";

/** LogEnum of OCPP 1.6. */
export type LogEnum = "DiagnosticsLog" | "SecurityLog";

/** LogParameters of OCPP 1.6. */
export interface LogParameters {
  readonly remoteLocation: string;
  readonly oldestTimestamp?: string;
  readonly latestTimestamp?: string;
}

/** LogStatusEnum of OCPP 1.6. */
export type LogStatusEnum = "Accepted" | "Rejected" | "AcceptedCanceled";

/** LogStatusNotificationRequest of OCPP 1.6. */
export interface LogStatusNotificationRequest {
  readonly status: UploadLogStatusEnum;
  readonly requestId?: number;
}

/** LogStatusNotificationResponse of OCPP 1.6. */
export type LogStatusNotificationResponse = Readonly<Record<string, never>>;

/** MessageTriggerEnum of OCPP 1.6. */
export type MessageTriggerEnum =
  | "BootNotification"
  | "LogStatusNotification"
  | "FirmwareStatusNotification"
  | "Heartbeat"
  | "MeterValues"
  | "SignChargePointCertificate"
  | "StatusNotification";

/** MeterValuesRequest of OCPP 1.6. */
export interface MeterValuesRequest {
  readonly connectorId: number;
  readonly transactionId?: number;
  readonly meterValue: readonly {
    readonly timestamp: string;
    readonly sampledValue: readonly {
      readonly value: string;
      readonly context?:
        | "Interruption.Begin"
        | "Interruption.End"
        | "Sample.Clock"
        | "Sample.Periodic"
        | "Transaction.Begin"
        | "Transaction.End"
        | "Trigger"
        | "Other";
      readonly format?: "Raw" | "SignedData";
      readonly measurand?:
        | "Energy.Active.Export.Register"
        | "Energy.Active.Import.Register"
        | "Energy.Reactive.Export.Register"
        | "Energy.Reactive.Import.Register"
        | "Energy.Active.Export.Interval"
        | "Energy.Active.Import.Interval"
        | "Energy.Reactive.Export.Interval"
        | "Energy.Reactive.Import.Interval"
        | "Power.Active.Export"
        | "Power.Active.Import"
        | "Power.Offered"
        | "Power.Reactive.Export"
        | "Power.Reactive.Import"
        | "Power.Factor"
        | "Current.Import"
        | "Current.Export"
        | "Current.Offered"
        | "Voltage"
        | "Frequency"
        | "Temperature"
        | "SoC"
        | "RPM";
      readonly phase?: "L1" | "L2" | "L3" | "N" | "L1-N" | "L2-N" | "L3-N" | "L1-L2" | "L2-L3" | "L3-L1";
      readonly location?: "Cable" | "EV" | "Inlet" | "Outlet" | "Body";
      readonly unit?:
        | "Wh"
        | "kWh"
        | "varh"
        | "kvarh"
        | "W"
        | "kW"
        | "VA"
        | "kVA"
        | "var"
        | "kvar"
        | "A"
        | "V"
        | "K"
        | "Celcius"
        | "Celsius"
        | "Fahrenheit"
        | "Percent";
    }[];
  }[];
}

/** MeterValuesResponse of OCPP 1.6. */
export type MeterValuesResponse = Readonly<Record<string, never>>;

/** RemoteStartTransactionRequest of OCPP 1.6. */
export interface RemoteStartTransactionRequest {
  readonly connectorId?: number;
  readonly idTag: string;
  readonly chargingProfile?: {
    readonly chargingProfileId: number;
    readonly transactionId?: number;
    readonly stackLevel: number;
    readonly chargingProfilePurpose: "ChargePointMaxProfile" | "TxDefaultProfile" | "TxProfile";
    readonly chargingProfileKind: "Absolute" | "Recurring" | "Relative";
    readonly recurrencyKind?: "Daily" | "Weekly";
    readonly validFrom?: string;
    readonly validTo?: string;
    readonly chargingSchedule: {
      readonly duration?: number;
      readonly startSchedule?: string;
      readonly chargingRateUnit: "A" | "W";
      readonly chargingSchedulePeriod: readonly {
        readonly startPeriod: number;
        readonly limit: number;
        readonly numberPhases?: number;
      }[];
      readonly minChargingRate?: number;
    };
  };
}

/** RemoteStartTransactionResponse of OCPP 1.6. */
export interface RemoteStartTransactionResponse {
  readonly status: "Accepted" | "Rejected";
}

/** RemoteStopTransactionRequest of OCPP 1.6. */
export interface RemoteStopTransactionRequest {
  readonly transactionId: number;
}

/** RemoteStopTransactionResponse of OCPP 1.6. */
export interface RemoteStopTransactionResponse {
  readonly status: "Accepted" | "Rejected";
}

/** ReserveNowRequest of OCPP 1.6. */
export interface ReserveNowRequest {
  readonly connectorId: number;
  readonly expiryDate: string;
  readonly idTag: string;
  readonly parentIdTag?: string;
  readonly reservationId: number;
}

/** ReserveNowResponse of OCPP 1.6. */
export interface ReserveNowResponse {
  readonly status: "Accepted" | "Faulted" | "Occupied" | "Rejected" | "Unavailable";
}

/** ResetRequest of OCPP 1.6. */
export interface ResetRequest {
  readonly type: "Hard" | "Soft";
}

/** ResetResponse of OCPP 1.6. */
export interface ResetResponse {
  readonly status: "Accepted" | "Rejected";
}

/** SecurityEventNotificationRequest of OCPP 1.6. */
export interface SecurityEventNotificationRequest {
  readonly type: string;
  readonly timestamp: string;
  readonly techInfo?: string;
}

/** SecurityEventNotificationResponse of OCPP 1.6. */
export type SecurityEventNotificationResponse = Readonly<Record<string, never>>;

/** SendLocalListRequest of OCPP 1.6. */
export interface SendLocalListRequest {
  readonly listVersion: number;
  readonly localAuthorizationList?: readonly {
    readonly idTag: string;
    readonly idTagInfo?: {
      readonly expiryDate?: string;
      readonly parentIdTag?: string;
      readonly status: "Accepted" | "Blocked" | "Expired" | "Invalid" | "ConcurrentTx";
    };
  }[];
  readonly updateType: "Differential" | "Full";
}

/** SendLocalListResponse of OCPP 1.6. */
export interface SendLocalListResponse {
  readonly status: "Accepted" | "Failed" | "NotSupported" | "VersionMismatch";
}

/** SetChargingProfileRequest of OCPP 1.6. */
export interface SetChargingProfileRequest {
  readonly connectorId: number;
  readonly csChargingProfiles: {
    readonly chargingProfileId: number;
    readonly transactionId?: number;
    readonly stackLevel: number;
    readonly chargingProfilePurpose: "ChargePointMaxProfile" | "TxDefaultProfile" | "TxProfile";
    readonly chargingProfileKind: "Absolute" | "Recurring" | "Relative";
    readonly recurrencyKind?: "Daily" | "Weekly";
    readonly validFrom?: string;
    readonly validTo?: string;
    readonly chargingSchedule: {
      readonly duration?: number;
      readonly startSchedule?: string;
      readonly chargingRateUnit: "A" | "W";
      readonly chargingSchedulePeriod: readonly {
        readonly startPeriod: number;
        readonly limit: number;
        readonly numberPhases?: number;
      }[];
      readonly minChargingRate?: number;
    };
  };
}

/** SetChargingProfileResponse of OCPP 1.6. */
export interface SetChargingProfileResponse {
  readonly status: "Accepted" | "Rejected" | "NotSupported";
}

/** SignCertificateRequest of OCPP 1.6. */
export interface SignCertificateRequest {
  readonly csr: string;
}

/** SignCertificateResponse of OCPP 1.6. */
export interface SignCertificateResponse {
  readonly status: GenericStatusEnum;
}

/** SignedFirmwareStatusNotificationRequest of OCPP 1.6. */
export interface SignedFirmwareStatusNotificationRequest {
  readonly status: FirmwareStatusEnum;
  readonly requestId?: number;
}

/** SignedFirmwareStatusNotificationResponse of OCPP 1.6. */
export type SignedFirmwareStatusNotificationResponse = Readonly<Record<string, never>>;

/** SignedUpdateFirmwareRequest of OCPP 1.6. */
export interface SignedUpdateFirmwareRequest {
  readonly retries?: number;
  readonly retryInterval?: number;
  readonly requestId: number;
  readonly firmware: Firmware;
}

/** SignedUpdateFirmwareResponse of OCPP 1.6. */
export interface SignedUpdateFirmwareResponse {
  readonly status: UpdateFirmwareStatusEnum;
}

/** StartTransactionRequest of OCPP 1.6. */
export interface StartTransactionRequest {
  readonly connectorId: number;
  readonly idTag: string;
  readonly meterStart: number;
  readonly reservationId?: number;
  readonly timestamp: string;
}

/** StartTransactionResponse of OCPP 1.6. */
export interface StartTransactionResponse {
  readonly idTagInfo: {
    readonly expiryDate?: string;
    readonly parentIdTag?: string;
    readonly status: "Accepted" | "Blocked" | "Expired" | "Invalid" | "ConcurrentTx";
  };
  readonly transactionId: number;
}

/** StatusNotificationRequest of OCPP 1.6. */
export interface StatusNotificationRequest {
  readonly connectorId: number;
  readonly errorCode:
    | "ConnectorLockFailure"
    | "EVCommunicationError"
    | "GroundFailure"
    | "HighTemperature"
    | "InternalError"
    | "LocalListConflict"
    | "NoError"
    | "OtherError"
    | "OverCurrentFailure"
    | "PowerMeterFailure"
    | "PowerSwitchFailure"
    | "ReaderFailure"
    | "ResetFailure"
    | "UnderVoltage"
    | "OverVoltage"
    | "WeakSignal";
  readonly info?: string;
  readonly status:
    | "Available"
    | "Preparing"
    | "Charging"
    | "SuspendedEVSE"
    | "SuspendedEV"
    | "Finishing"
    | "Reserved"
    | "Unavailable"
    | "Faulted";
  readonly timestamp?: string;
  readonly vendorId?: string;
  readonly vendorErrorCode?: string;
}

/** StatusNotificationResponse of OCPP 1.6. */
export type StatusNotificationResponse = Readonly<Record<string, never>>;

/** StopTransactionRequest of OCPP 1.6. */
export interface StopTransactionRequest {
  readonly idTag?: string;
  readonly meterStop: number;
  readonly timestamp: string;
  readonly transactionId: number;
  readonly reason?:
    | "EmergencyStop"
    | "EVDisconnected"
    | "HardReset"
    | "Local"
    | "Other"
    | "PowerLoss"
    | "Reboot"
    | "Remote"
    | "SoftReset"
    | "UnlockCommand"
    | "DeAuthorized";
  readonly transactionData?: readonly {
    readonly timestamp: string;
    readonly sampledValue: readonly {
      readonly value: string;
      readonly context?:
        | "Interruption.Begin"
        | "Interruption.End"
        | "Sample.Clock"
        | "Sample.Periodic"
        | "Transaction.Begin"
        | "Transaction.End"
        | "Trigger"
        | "Other";
      readonly format?: "Raw" | "SignedData";
      readonly measurand?:
        | "Energy.Active.Export.Register"
        | "Energy.Active.Import.Register"
        | "Energy.Reactive.Export.Register"
        | "Energy.Reactive.Import.Register"
        | "Energy.Active.Export.Interval"
        | "Energy.Active.Import.Interval"
        | "Energy.Reactive.Export.Interval"
        | "Energy.Reactive.Import.Interval"
        | "Power.Active.Export"
        | "Power.Active.Import"
        | "Power.Offered"
        | "Power.Reactive.Export"
        | "Power.Reactive.Import"
        | "Power.Factor"
        | "Current.Import"
        | "Current.Export"
        | "Current.Offered"
        | "Voltage"
        | "Frequency"
        | "Temperature"
        | "SoC"
        | "RPM";
      readonly phase?: "L1" | "L2" | "L3" | "N" | "L1-N" | "L2-N" | "L3-N" | "L1-L2" | "L2-L3" | "L3-L1";
      readonly location?: "Cable" | "EV" | "Inlet" | "Outlet" | "Body";
      readonly unit?:
        | "Wh"
        | "kWh"
        | "varh"
        | "kvarh"
        | "W"
        | "kW"
        | "VA"
        | "kVA"
        | "var"
        | "kvar"
        | "A"
        | "V"
        | "K"
        | "Celcius"
        | "Celsius"
        | "Fahrenheit"
        | "Percent";
    }[];
  }[];
}

/** StopTransactionResponse of OCPP 1.6. */
export interface StopTransactionResponse {
  readonly idTagInfo?: {
    readonly expiryDate?: string;
    readonly parentIdTag?: string;
    readonly status: "Accepted" | "Blocked" | "Expired" | "Invalid" | "ConcurrentTx";
  };
}

/** TriggerMessageRequest of OCPP 1.6. */
export interface TriggerMessageRequest {
  readonly requestedMessage:
    | "BootNotification"
    | "DiagnosticsStatusNotification"
    | "FirmwareStatusNotification"
    | "Heartbeat"
    | "MeterValues"
    | "StatusNotification";
  readonly connectorId?: number;
}

/** TriggerMessageResponse of OCPP 1.6. */
export interface TriggerMessageResponse {
  readonly status: "Accepted" | "Rejected" | "NotImplemented";
}

/** TriggerMessageStatusEnum of OCPP 1.6. */
export type TriggerMessageStatusEnum = "Accepted" | "Rejected" | "NotImplemented";

/** UnlockConnectorRequest of OCPP 1.6. */
export interface UnlockConnectorRequest {
  readonly connectorId: number;
}

/** UnlockConnectorResponse of OCPP 1.6. */
export interface UnlockConnectorResponse {
  readonly status: "Unlocked" | "UnlockFailed" | "NotSupported";
}

/** UpdateFirmwareRequest of OCPP 1.6. */
export interface UpdateFirmwareRequest {
  readonly location: string;
  readonly retries?: number;
  readonly retrieveDate: string;
  readonly retryInterval?: number;
}

/** UpdateFirmwareResponse of OCPP 1.6. */
export type UpdateFirmwareResponse = Readonly<Record<string, never>>;

/** UpdateFirmwareStatusEnum of OCPP 1.6. */
export type UpdateFirmwareStatusEnum =
  | "Accepted"
  | "Rejected"
  | "AcceptedCanceled"
  | "InvalidCertificate"
  | "RevokedCertificate";

/** UploadLogStatusEnum of OCPP 1.6. */
export type UploadLogStatusEnum =
  | "BadMessage"
  | "Idle"
  | "NotSupportedOperation"
  | "PermissionDenied"
  | "Uploaded"
  | "UploadFailure"
  | "Uploading";

/** Makes the payloads of Authorize. */
export const Authorize: MessageMaker<AuthorizeRequest, AuthorizeResponse> = messageMaker<
  AuthorizeRequest,
  AuthorizeResponse
>("1.6", "Authorize");

/** Makes the payloads of BootNotification. */
export const BootNotification: MessageMaker<BootNotificationRequest, BootNotificationResponse> = messageMaker<
  BootNotificationRequest,
  BootNotificationResponse
>("1.6", "BootNotification");

/** Makes the payloads of CancelReservation. */
export const CancelReservation: MessageMaker<CancelReservationRequest, CancelReservationResponse> =
  messageMaker<CancelReservationRequest, CancelReservationResponse>("1.6", "CancelReservation");

/** Makes the payloads of CertificateSigned. */
export const CertificateSigned: MessageMaker<CertificateSignedRequest, CertificateSignedResponse> =
  messageMaker<CertificateSignedRequest, CertificateSignedResponse>("1.6", "CertificateSigned");

/** Makes the payloads of ChangeAvailability. */
export const ChangeAvailability: MessageMaker<ChangeAvailabilityRequest, ChangeAvailabilityResponse> =
  messageMaker<ChangeAvailabilityRequest, ChangeAvailabilityResponse>("1.6", "ChangeAvailability");

/** Makes the payloads of ChangeConfiguration. */
export const ChangeConfiguration: MessageMaker<ChangeConfigurationRequest, ChangeConfigurationResponse> =
  messageMaker<ChangeConfigurationRequest, ChangeConfigurationResponse>("1.6", "ChangeConfiguration");

/** Makes the payloads of ClearCache. */
export const ClearCache: MessageMaker<ClearCacheRequest, ClearCacheResponse> = messageMaker<
  ClearCacheRequest,
  ClearCacheResponse
>("1.6", "ClearCache");

/** Makes the payloads of ClearChargingProfile. */
export const ClearChargingProfile: MessageMaker<ClearChargingProfileRequest, ClearChargingProfileResponse> =
  messageMaker<ClearChargingProfileRequest, ClearChargingProfileResponse>("1.6", "ClearChargingProfile");

/** Makes the payloads of DataTransfer. */
export const DataTransfer: MessageMaker<DataTransferRequest, DataTransferResponse> = messageMaker<
  DataTransferRequest,
  DataTransferResponse
>("1.6", "DataTransfer");

/** Makes the payloads of DeleteCertificate. */
export const DeleteCertificate: MessageMaker<DeleteCertificateRequest, DeleteCertificateResponse> =
  messageMaker<DeleteCertificateRequest, DeleteCertificateResponse>("1.6", "DeleteCertificate");

/** Makes the payloads of DiagnosticsStatusNotification. */
export const DiagnosticsStatusNotification: MessageMaker<
  DiagnosticsStatusNotificationRequest,
  DiagnosticsStatusNotificationResponse
> = messageMaker<DiagnosticsStatusNotificationRequest, DiagnosticsStatusNotificationResponse>(
  "1.6",
  "DiagnosticsStatusNotification",
);

/** Makes the payloads of ExtendedTriggerMessage. */
export const ExtendedTriggerMessage: MessageMaker<
  ExtendedTriggerMessageRequest,
  ExtendedTriggerMessageResponse
> = messageMaker<ExtendedTriggerMessageRequest, ExtendedTriggerMessageResponse>(
  "1.6",
  "ExtendedTriggerMessage",
);

/** Makes the payloads of FirmwareStatusNotification. */
export const FirmwareStatusNotification: MessageMaker<
  FirmwareStatusNotificationRequest,
  FirmwareStatusNotificationResponse
> = messageMaker<FirmwareStatusNotificationRequest, FirmwareStatusNotificationResponse>(
  "1.6",
  "FirmwareStatusNotification",
);

/** Makes the payloads of GetCompositeSchedule. */
export const GetCompositeSchedule: MessageMaker<GetCompositeScheduleRequest, GetCompositeScheduleResponse> =
  messageMaker<GetCompositeScheduleRequest, GetCompositeScheduleResponse>("1.6", "GetCompositeSchedule");

/** Makes the payloads of GetConfiguration. */
export const GetConfiguration: MessageMaker<GetConfigurationRequest, GetConfigurationResponse> = messageMaker<
  GetConfigurationRequest,
  GetConfigurationResponse
>("1.6", "GetConfiguration");

/** Makes the payloads of GetDiagnostics. */
export const GetDiagnostics: MessageMaker<GetDiagnosticsRequest, GetDiagnosticsResponse> = messageMaker<
  GetDiagnosticsRequest,
  GetDiagnosticsResponse
>("1.6", "GetDiagnostics");

/** Makes the payloads of GetInstalledCertificateIds. */
export const GetInstalledCertificateIds: MessageMaker<
  GetInstalledCertificateIdsRequest,
  GetInstalledCertificateIdsResponse
> = messageMaker<GetInstalledCertificateIdsRequest, GetInstalledCertificateIdsResponse>(
  "1.6",
  "GetInstalledCertificateIds",
);

/** Makes the payloads of GetLocalListVersion. */
export const GetLocalListVersion: MessageMaker<GetLocalListVersionRequest, GetLocalListVersionResponse> =
  messageMaker<GetLocalListVersionRequest, GetLocalListVersionResponse>("1.6", "GetLocalListVersion");

/** Makes the payloads of GetLog. */
export const GetLog: MessageMaker<GetLogRequest, GetLogResponse> = messageMaker<
  GetLogRequest,
  GetLogResponse
>("1.6", "GetLog");

/** Makes the payloads of Heartbeat. */
export const Heartbeat: MessageMaker<HeartbeatRequest, HeartbeatResponse> = messageMaker<
  HeartbeatRequest,
  HeartbeatResponse
>("1.6", "Heartbeat");

/** Makes the payloads of InstallCertificate. */
export const InstallCertificate: MessageMaker<InstallCertificateRequest, InstallCertificateResponse> =
  messageMaker<InstallCertificateRequest, InstallCertificateResponse>("1.6", "InstallCertificate");

/** Makes the payloads of LogStatusNotification. */
export const LogStatusNotification: MessageMaker<
  LogStatusNotificationRequest,
  LogStatusNotificationResponse
> = messageMaker<LogStatusNotificationRequest, LogStatusNotificationResponse>("1.6", "LogStatusNotification");

/** Makes the payloads of MeterValues. */
export const MeterValues: MessageMaker<MeterValuesRequest, MeterValuesResponse> = messageMaker<
  MeterValuesRequest,
  MeterValuesResponse
>("1.6", "MeterValues");

/** Makes the payloads of RemoteStartTransaction. */
export const RemoteStartTransaction: MessageMaker<
  RemoteStartTransactionRequest,
  RemoteStartTransactionResponse
> = messageMaker<RemoteStartTransactionRequest, RemoteStartTransactionResponse>(
  "1.6",
  "RemoteStartTransaction",
);

/** Makes the payloads of RemoteStopTransaction. */
export const RemoteStopTransaction: MessageMaker<
  RemoteStopTransactionRequest,
  RemoteStopTransactionResponse
> = messageMaker<RemoteStopTransactionRequest, RemoteStopTransactionResponse>("1.6", "RemoteStopTransaction");

/** Makes the payloads of ReserveNow. */
export const ReserveNow: MessageMaker<ReserveNowRequest, ReserveNowResponse> = messageMaker<
  ReserveNowRequest,
  ReserveNowResponse
>("1.6", "ReserveNow");

/** Makes the payloads of Reset. */
export const Reset: MessageMaker<ResetRequest, ResetResponse> = messageMaker<ResetRequest, ResetResponse>(
  "1.6",
  "Reset",
);

/** Makes the payloads of SecurityEventNotification. */
export const SecurityEventNotification: MessageMaker<
  SecurityEventNotificationRequest,
  SecurityEventNotificationResponse
> = messageMaker<SecurityEventNotificationRequest, SecurityEventNotificationResponse>(
  "1.6",
  "SecurityEventNotification",
);

/** Makes the payloads of SendLocalList. */
export const SendLocalList: MessageMaker<SendLocalListRequest, SendLocalListResponse> = messageMaker<
  SendLocalListRequest,
  SendLocalListResponse
>("1.6", "SendLocalList");

/** Makes the payloads of SetChargingProfile. */
export const SetChargingProfile: MessageMaker<SetChargingProfileRequest, SetChargingProfileResponse> =
  messageMaker<SetChargingProfileRequest, SetChargingProfileResponse>("1.6", "SetChargingProfile");

/** Makes the payloads of SignCertificate. */
export const SignCertificate: MessageMaker<SignCertificateRequest, SignCertificateResponse> = messageMaker<
  SignCertificateRequest,
  SignCertificateResponse
>("1.6", "SignCertificate");

/** Makes the payloads of SignedFirmwareStatusNotification. */
export const SignedFirmwareStatusNotification: MessageMaker<
  SignedFirmwareStatusNotificationRequest,
  SignedFirmwareStatusNotificationResponse
> = messageMaker<SignedFirmwareStatusNotificationRequest, SignedFirmwareStatusNotificationResponse>(
  "1.6",
  "SignedFirmwareStatusNotification",
);

/** Makes the payloads of SignedUpdateFirmware. */
export const SignedUpdateFirmware: MessageMaker<SignedUpdateFirmwareRequest, SignedUpdateFirmwareResponse> =
  messageMaker<SignedUpdateFirmwareRequest, SignedUpdateFirmwareResponse>("1.6", "SignedUpdateFirmware");

/** Makes the payloads of StartTransaction. */
export const StartTransaction: MessageMaker<StartTransactionRequest, StartTransactionResponse> = messageMaker<
  StartTransactionRequest,
  StartTransactionResponse
>("1.6", "StartTransaction");

/** Makes the payloads of StatusNotification. */
export const StatusNotification: MessageMaker<StatusNotificationRequest, StatusNotificationResponse> =
  messageMaker<StatusNotificationRequest, StatusNotificationResponse>("1.6", "StatusNotification");

/** Makes the payloads of StopTransaction. */
export const StopTransaction: MessageMaker<StopTransactionRequest, StopTransactionResponse> = messageMaker<
  StopTransactionRequest,
  StopTransactionResponse
>("1.6", "StopTransaction");

/** Makes the payloads of TriggerMessage. */
export const TriggerMessage: MessageMaker<TriggerMessageRequest, TriggerMessageResponse> = messageMaker<
  TriggerMessageRequest,
  TriggerMessageResponse
>("1.6", "TriggerMessage");

/** Makes the payloads of UnlockConnector. */
export const UnlockConnector: MessageMaker<UnlockConnectorRequest, UnlockConnectorResponse> = messageMaker<
  UnlockConnectorRequest,
  UnlockConnectorResponse
>("1.6", "UnlockConnector");

/** Makes the payloads of UpdateFirmware. */
export const UpdateFirmware: MessageMaker<UpdateFirmwareRequest, UpdateFirmwareResponse> = messageMaker<
  UpdateFirmwareRequest,
  UpdateFirmwareResponse
>("1.6", "UpdateFirmware");
