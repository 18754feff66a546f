// Every message of OCPP 2.0.1: what its payloads may hold, and how to make them.
// Generated from the JSON schemas by `npm run generate`; do not edit.

import { type MessageMaker, messageMaker } from "./message-maker.js";

/** ACChargingParameters of OCPP 2.0.1. */
export interface ACChargingParameters {
  readonly customData?: CustomData;
  readonly energyAmount: number;
  readonly evMinCurrent: number;
  readonly evMaxCurrent: number;
  readonly evMaxVoltage: number;
}

/** APN of OCPP 2.0.1. */
export interface APN {
  readonly customData?: CustomData;
  readonly apn: string;
  readonly apnUserName?: string;
  readonly apnPassword?: string;
  readonly simPin?: number;
  readonly preferredNetwork?: string;
  readonly useOnlyPreferredNetwork?: boolean;
  readonly apnAuthentication: APNAuthenticationEnum;
}

/** APNAuthenticationEnum of OCPP 2.0.1. */
export type APNAuthenticationEnum = "CHAP" | "NONE" | "PAP" | "AUTO";

/** AdditionalInfo of OCPP 2.0.1. */
export interface AdditionalInfo {
  readonly customData?: CustomData;
  readonly additionalIdToken: string;
  readonly type: string;
}

/** AttributeEnum of OCPP 2.0.1. */
export type AttributeEnum = "Actual" | "Target" | "MinSet" | "MaxSet";

/** AuthorizationData of OCPP 2.0.1. */
export interface AuthorizationData {
  readonly customData?: CustomData;
  readonly idToken: IdToken;
  readonly idTokenInfo?: IdTokenInfo;
}

/** AuthorizationStatusEnum of OCPP 2.0.1. */
export type AuthorizationStatusEnum =
  | "Accepted"
  | "Blocked"
  | "ConcurrentTx"
  | "Expired"
  | "Invalid"
  | "NoCredit"
  | "NotAllowedTypeEVSE"
  | "NotAtThisLocation"
  | "NotAtThisTime"
  | "Unknown";

/** AuthorizeCertificateStatusEnum of OCPP 2.0.1. */
export type AuthorizeCertificateStatusEnum =
  | "Accepted"
  | "SignatureError"
  | "CertificateExpired"
  | "CertificateRevoked"
  | "NoCertificateAvailable"
  | "CertChainError"
  | "ContractCancelled";

/** AuthorizeRequest of OCPP 2.0.1. */
export interface AuthorizeRequest {
  readonly customData?: CustomData;
  readonly idToken: IdToken;
  readonly certificate?: string;
  readonly iso15118CertificateHashData?: readonly OCSPRequestData[];
}

/** AuthorizeResponse of OCPP 2.0.1. */
export interface AuthorizeResponse {
  readonly customData?: CustomData;
  readonly idTokenInfo: IdTokenInfo;
  readonly certificateStatus?: AuthorizeCertificateStatusEnum;
}

/** BootNotificationRequest of OCPP 2.0.1. */
export interface BootNotificationRequest {
  readonly customData?: CustomData;
  readonly chargingStation: ChargingStation;
  readonly reason: BootReasonEnum;
}

/** BootNotificationResponse of OCPP 2.0.1. */
export interface BootNotificationResponse {
  readonly customData?: CustomData;
  readonly currentTime: string;
  readonly interval: number;
  readonly status: RegistrationStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** BootReasonEnum of OCPP 2.0.1. */
export type BootReasonEnum =
  | "ApplicationReset"
  | "FirmwareUpdate"
  | "LocalReset"
  | "PowerUp"
  | "RemoteReset"
  | "ScheduledReset"
  | "Triggered"
  | "Unknown"
  | "Watchdog";

/** CancelReservationRequest of OCPP 2.0.1. */
export interface CancelReservationRequest {
  readonly customData?: CustomData;
  readonly reservationId: number;
}

/** CancelReservationResponse of OCPP 2.0.1. */
export interface CancelReservationResponse {
  readonly customData?: CustomData;
  readonly status: CancelReservationStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** CancelReservationStatusEnum of OCPP 2.0.1. */
export type CancelReservationStatusEnum = "Accepted" | "Rejected";

/** CertificateActionEnum of OCPP 2.0.1. */
export type CertificateActionEnum = "Install" | "Update";

/** CertificateHashData of OCPP 2.0.1. */
export interface CertificateHashData {
  readonly customData?: CustomData;
  readonly hashAlgorithm: HashAlgorithmEnum;
  readonly issuerNameHash: string;
  readonly issuerKeyHash: string;
  readonly serialNumber: string;
}

/** CertificateHashDataChain of OCPP 2.0.1. */
export interface CertificateHashDataChain {
  readonly customData?: CustomData;
  readonly certificateHashData: CertificateHashData;
  readonly certificateType: GetCertificateIdUseEnum;
  readonly childCertificateHashData?: readonly CertificateHashData[];
}

/** CertificateSignedRequest of OCPP 2.0.1. */
export interface CertificateSignedRequest {
  readonly customData?: CustomData;
  readonly certificateChain: string;
  readonly certificateType?: CertificateSigningUseEnum;
}

/** CertificateSignedResponse of OCPP 2.0.1. */
export interface CertificateSignedResponse {
  readonly customData?: CustomData;
  readonly status: CertificateSignedStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** CertificateSignedStatusEnum of OCPP 2.0.1. */
export type CertificateSignedStatusEnum = "Accepted" | "Rejected";

/** CertificateSigningUseEnum of OCPP 2.0.1. */
export type CertificateSigningUseEnum = "ChargingStationCertificate" | "V2GCertificate";

/** ChangeAvailabilityRequest of OCPP 2.0.1. */
export interface ChangeAvailabilityRequest {
  readonly customData?: CustomData;
  readonly evse?: EVSE;
  readonly operationalStatus: OperationalStatusEnum;
}

/** ChangeAvailabilityResponse of OCPP 2.0.1. */
export interface ChangeAvailabilityResponse {
  readonly customData?: CustomData;
  readonly status: ChangeAvailabilityStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** ChangeAvailabilityStatusEnum of OCPP 2.0.1. */
export type ChangeAvailabilityStatusEnum = "Accepted" | "Rejected" | "Scheduled";

/** ChargingLimit of OCPP 2.0.1. */
export interface ChargingLimit {
  readonly customData?: CustomData;
  readonly chargingLimitSource: ChargingLimitSourceEnum;
  readonly isGridCritical?: boolean;
}

/** ChargingLimitSourceEnum of OCPP 2.0.1. */
export type ChargingLimitSourceEnum = "EMS" | "Other" | "SO" | "CSO";

/** ChargingNeeds of OCPP 2.0.1. */
export interface ChargingNeeds {
  readonly customData?: CustomData;
  readonly acChargingParameters?: ACChargingParameters;
  readonly dcChargingParameters?: DCChargingParameters;
  readonly requestedEnergyTransfer: EnergyTransferModeEnum;
  readonly departureTime?: string;
}

/** ChargingProfile of OCPP 2.0.1. */
export interface ChargingProfile {
  readonly customData?: CustomData;
  readonly id: number;
  readonly stackLevel: number;
  readonly chargingProfilePurpose: ChargingProfilePurposeEnum;
  readonly chargingProfileKind: ChargingProfileKindEnum;
  readonly recurrencyKind?: RecurrencyKindEnum;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly chargingSchedule: readonly ChargingSchedule[];
  readonly transactionId?: string;
}

/** ChargingProfileCriterion of OCPP 2.0.1. */
export interface ChargingProfileCriterion {
  readonly customData?: CustomData;
  readonly chargingProfilePurpose?: ChargingProfilePurposeEnum;
  readonly stackLevel?: number;
  readonly chargingProfileId?: readonly number[];
  readonly chargingLimitSource?: readonly ChargingLimitSourceEnum[];
}

/** ChargingProfileKindEnum of OCPP 2.0.1. */
export type ChargingProfileKindEnum = "Absolute" | "Recurring" | "Relative";

/** ChargingProfilePurposeEnum of OCPP 2.0.1. */
export type ChargingProfilePurposeEnum =
  | "ChargingStationExternalConstraints"
  | "ChargingStationMaxProfile"
  | "TxDefaultProfile"
  | "TxProfile";

/** ChargingProfileStatusEnum of OCPP 2.0.1. */
export type ChargingProfileStatusEnum = "Accepted" | "Rejected";

/** ChargingRateUnitEnum of OCPP 2.0.1. */
export type ChargingRateUnitEnum = "W" | "A";

/** ChargingSchedule of OCPP 2.0.1. */
export interface ChargingSchedule {
  readonly customData?: CustomData;
  readonly id: number;
  readonly startSchedule?: string;
  readonly duration?: number;
  readonly chargingRateUnit: ChargingRateUnitEnum;
  readonly chargingSchedulePeriod: readonly ChargingSchedulePeriod[];
  readonly minChargingRate?: number;
  readonly salesTariff?: SalesTariff;
}

/** ChargingSchedulePeriod of OCPP 2.0.1. */
export interface ChargingSchedulePeriod {
  readonly customData?: CustomData;
  readonly startPeriod: number;
  readonly limit: number;
  readonly numberPhases?: number;
  readonly phaseToUse?: number;
}

/** ChargingStateEnum of OCPP 2.0.1. */
export type ChargingStateEnum = "Charging" | "EVConnected" | "SuspendedEV" | "SuspendedEVSE" | "Idle";

/** ChargingStation of OCPP 2.0.1. */
export interface ChargingStation {
  readonly customData?: CustomData;
  readonly serialNumber?: string;
  readonly model: string;
  readonly modem?: Modem;
  readonly vendorName: string;
  readonly firmwareVersion?: string;
}

/** ClearCacheRequest of OCPP 2.0.1. */
export interface ClearCacheRequest {
  readonly customData?: CustomData;
}

/** ClearCacheResponse of OCPP 2.0.1. */
export interface ClearCacheResponse {
  readonly customData?: CustomData;
  readonly status: ClearCacheStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** ClearCacheStatusEnum of OCPP 2.0.1. */
export type ClearCacheStatusEnum = "Accepted" | "Rejected";

/** ClearChargingProfileData of OCPP 2.0.1. */
export interface ClearChargingProfileData {
  readonly customData?: CustomData;
  readonly evseId?: number;
  readonly chargingProfilePurpose?: ChargingProfilePurposeEnum;
  readonly stackLevel?: number;
}

/** ClearChargingProfileRequest of OCPP 2.0.1. */
export interface ClearChargingProfileRequest {
  readonly customData?: CustomData;
  readonly chargingProfileId?: number;
  readonly chargingProfileCriteria?: ClearChargingProfileData;
}

/** ClearChargingProfileResponse of OCPP 2.0.1. */
export interface ClearChargingProfileResponse {
  readonly customData?: CustomData;
  readonly status: ClearChargingProfileStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** ClearChargingProfileStatusEnum of OCPP 2.0.1. */
export type ClearChargingProfileStatusEnum = "Accepted" | "Unknown";

/** ClearDisplayMessageRequest of OCPP 2.0.1. */
export interface ClearDisplayMessageRequest {
  readonly customData?: CustomData;
  readonly id: number;
}

/** ClearDisplayMessageResponse of OCPP 2.0.1. */
export interface ClearDisplayMessageResponse {
  readonly customData?: CustomData;
  readonly status: ClearMessageStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** ClearMessageStatusEnum of OCPP 2.0.1. */
export type ClearMessageStatusEnum = "Accepted" | "Unknown";

/** ClearMonitoringResult of OCPP 2.0.1. */
export interface ClearMonitoringResult {
  readonly customData?: CustomData;
  readonly status: ClearMonitoringStatusEnum;
  readonly id: number;
  readonly statusInfo?: StatusInfo;
}

/** ClearMonitoringStatusEnum of OCPP 2.0.1. */
export type ClearMonitoringStatusEnum = "Accepted" | "Rejected" | "NotFound";

/** ClearVariableMonitoringRequest of OCPP 2.0.1. */
export interface ClearVariableMonitoringRequest {
  readonly customData?: CustomData;
  readonly id: readonly number[];
}

/** ClearVariableMonitoringResponse of OCPP 2.0.1. */
export interface ClearVariableMonitoringResponse {
  readonly customData?: CustomData;
  readonly clearMonitoringResult: readonly ClearMonitoringResult[];
}

/** ClearedChargingLimitRequest of OCPP 2.0.1. */
export interface ClearedChargingLimitRequest {
  readonly customData?: CustomData;
  readonly chargingLimitSource: ChargingLimitSourceEnum;
  readonly evseId?: number;
}

/** ClearedChargingLimitResponse of OCPP 2.0.1. */
export interface ClearedChargingLimitResponse {
  readonly customData?: CustomData;
}

/** Component of OCPP 2.0.1. */
export interface Component {
  readonly customData?: CustomData;
  readonly evse?: EVSE;
  readonly name: string;
  readonly instance?: string;
}

/** ComponentCriterionEnum of OCPP 2.0.1. */
export type ComponentCriterionEnum = "Active" | "Available" | "Enabled" | "Problem";

/** ComponentVariable of OCPP 2.0.1. */
export interface ComponentVariable {
  readonly customData?: CustomData;
  readonly component: Component;
  readonly variable?: Variable;
}

/** CompositeSchedule of OCPP 2.0.1. */
export interface CompositeSchedule {
  readonly customData?: CustomData;
  readonly chargingSchedulePeriod: readonly ChargingSchedulePeriod[];
  readonly evseId: number;
  readonly duration: number;
  readonly scheduleStart: string;
  readonly chargingRateUnit: ChargingRateUnitEnum;
}

/** ConnectorEnum of OCPP 2.0.1. */
export type ConnectorEnum =
  | "cCCS1"
  | "cCCS2"
  | "cG105"
  | "cTesla"
  | "cType1"
  | "cType2"
  | "s309-1P-16A"
  | "s309-1P-32A"
  | "s309-3P-16A"
  | "s309-3P-32A"
  | "sBS1361"
  | "sCEE-7-7"
  | "sType2"
  | "sType3"
  | "Other1PhMax16A"
  | "Other1PhOver16A"
  | "Other3Ph"
  | "Pan"
  | "wInductive"
  | "wResonant"
  | "Undetermined"
  | "Unknown";

/** ConnectorStatusEnum of OCPP 2.0.1. */
export type ConnectorStatusEnum = "Available" | "Occupied" | "Reserved" | "Unavailable" | "Faulted";

/** ConsumptionCost of OCPP 2.0.1. */
export interface ConsumptionCost {
  readonly customData?: CustomData;
  readonly startValue: number;
  readonly cost: readonly Cost[];
}

/** Cost of OCPP 2.0.1. */
export interface Cost {
  readonly customData?: CustomData;
  readonly costKind: CostKindEnum;
  readonly amount: number;
  readonly amountMultiplier?: number;
}

/** CostKindEnum of OCPP 2.0.1. */
export type CostKindEnum =
  | "CarbonDioxideEmission"
  | "RelativePricePercentage"
  | "RenewableGenerationPercentage";

/** CostUpdatedRequest of OCPP 2.0.1. */
export interface CostUpdatedRequest {
  readonly customData?: CustomData;
  readonly totalCost: number;
  readonly transactionId: string;
}

/** CostUpdatedResponse of OCPP 2.0.1. */
export interface CostUpdatedResponse {
  readonly customData?: CustomData;
}

/** CustomData of OCPP 2.0.1. */
export interface CustomData {
  readonly vendorId: string;
  readonly [name: string]: unknown;
}

/** CustomerInformationRequest of OCPP 2.0.1. */
export interface CustomerInformationRequest {
  readonly customData?: CustomData;
  readonly customerCertificate?: CertificateHashData;
  readonly idToken?: IdToken;
  readonly requestId: number;
  readonly report: boolean;
  readonly clear: boolean;
  readonly customerIdentifier?: string;
}

/** CustomerInformationResponse of OCPP 2.0.1. */
export interface CustomerInformationResponse {
  readonly customData?: CustomData;
  readonly status: CustomerInformationStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** CustomerInformationStatusEnum of OCPP 2.0.1. */
export type CustomerInformationStatusEnum = "Accepted" | "Rejected" | "Invalid";

/** DCChargingParameters of OCPP 2.0.1. */
export interface DCChargingParameters {
  readonly customData?: CustomData;
  readonly evMaxCurrent: number;
  readonly evMaxVoltage: number;
  readonly energyAmount?: number;
  readonly evMaxPower?: number;
  readonly stateOfCharge?: number;
  readonly evEnergyCapacity?: number;
  readonly fullSoC?: number;
  readonly bulkSoC?: number;
}

/** DataEnum of OCPP 2.0.1. */
export type DataEnum =
  | "string"
  | "decimal"
  | "integer"
  | "dateTime"
  | "boolean"
  | "OptionList"
  | "SequenceList"
  | "MemberList";

/** DataTransferRequest of OCPP 2.0.1. */
export interface DataTransferRequest {
  readonly customData?: CustomData;
  readonly messageId?: string;
  readonly data?: unknown;
  readonly vendorId: string;
}

/** DataTransferResponse of OCPP 2.0.1. */
export interface DataTransferResponse {
  readonly customData?: CustomData;
  readonly status: DataTransferStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly data?: unknown;
}

/** DataTransferStatusEnum of OCPP 2.0.1. */
export type DataTransferStatusEnum = "Accepted" | "Rejected" | "UnknownMessageId" | "UnknownVendorId";

/** DeleteCertificateRequest of OCPP 2.0.1. */
export interface DeleteCertificateRequest {
  readonly customData?: CustomData;
  readonly certificateHashData: CertificateHashData;
}

/** DeleteCertificateResponse of OCPP 2.0.1. */
export interface DeleteCertificateResponse {
  readonly customData?: CustomData;
  readonly status: DeleteCertificateStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** DeleteCertificateStatusEnum of OCPP 2.0.1. */
export type DeleteCertificateStatusEnum = "Accepted" | "Failed" | "NotFound";

/** DisplayMessageStatusEnum of OCPP 2.0.1. */
export type DisplayMessageStatusEnum =
  | "Accepted"
  | "NotSupportedMessageFormat"
  | "Rejected"
  | "NotSupportedPriority"
  | "NotSupportedState"
  | "UnknownTransaction";

/** EVSE of OCPP 2.0.1. */
export interface EVSE {
  readonly customData?: CustomData;
  readonly id: number;
  readonly connectorId?: number;
}

/** EnergyTransferModeEnum of OCPP 2.0.1. */
export type EnergyTransferModeEnum = "DC" | "AC_single_phase" | "AC_two_phase" | "AC_three_phase";

/** EventData of OCPP 2.0.1. */
export interface EventData {
  readonly customData?: CustomData;
  readonly eventId: number;
  readonly timestamp: string;
  readonly trigger: EventTriggerEnum;
  readonly cause?: number;
  readonly actualValue: string;
  readonly techCode?: string;
  readonly techInfo?: string;
  readonly cleared?: boolean;
  readonly transactionId?: string;
  readonly component: Component;
  readonly variableMonitoringId?: number;
  readonly eventNotificationType: EventNotificationEnum;
  readonly variable: Variable;
}

/** EventNotificationEnum of OCPP 2.0.1. */
export type EventNotificationEnum =
  | "HardWiredNotification"
  | "HardWiredMonitor"
  | "PreconfiguredMonitor"
  | "CustomMonitor";

/** EventTriggerEnum of OCPP 2.0.1. */
export type EventTriggerEnum = "Alerting" | "Delta" | "Periodic";

/** Firmware of OCPP 2.0.1. */
export interface Firmware {
  readonly customData?: CustomData;
  readonly location: string;
  readonly retrieveDateTime: string;
  readonly installDateTime?: string;
  readonly signingCertificate?: string;
  readonly signature?: string;
}

/** FirmwareStatusEnum of OCPP 2.0.1. */
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

/** FirmwareStatusNotificationRequest of OCPP 2.0.1. */
export interface FirmwareStatusNotificationRequest {
  readonly customData?: CustomData;
  readonly status: FirmwareStatusEnum;
  readonly requestId?: number;
}

/** FirmwareStatusNotificationResponse of OCPP 2.0.1. */
export interface FirmwareStatusNotificationResponse {
  readonly customData?: CustomData;
}

/** GenericDeviceModelStatusEnum of OCPP 2.0.1. */
export type GenericDeviceModelStatusEnum = "Accepted" | "Rejected" | "NotSupported" | "EmptyResultSet";

/** GenericStatusEnum of OCPP 2.0.1. */
export type GenericStatusEnum = "Accepted" | "Rejected";

/** Get15118EVCertificateRequest of OCPP 2.0.1. */
export interface Get15118EVCertificateRequest {
  readonly customData?: CustomData;
  readonly iso15118SchemaVersion: string;
  readonly action: CertificateActionEnum;
  readonly exiRequest: string;
}

/** Get15118EVCertificateResponse of OCPP 2.0.1. */
export interface Get15118EVCertificateResponse {
  readonly customData?: CustomData;
  readonly status: Iso15118EVCertificateStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly exiResponse: string;
}

/** GetBaseReportRequest of OCPP 2.0.1. */
export interface GetBaseReportRequest {
  readonly customData?: CustomData;
  readonly requestId: number;
  readonly reportBase: ReportBaseEnum;
}

/** GetBaseReportResponse of OCPP 2.0.1. */
export interface GetBaseReportResponse {
  readonly customData?: CustomData;
  readonly status: GenericDeviceModelStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** GetCertificateIdUseEnum of OCPP 2.0.1. */
export type GetCertificateIdUseEnum =
  | "V2GRootCertificate"
  | "MORootCertificate"
  | "CSMSRootCertificate"
  | "V2GCertificateChain"
  | "ManufacturerRootCertificate";

/** GetCertificateStatusEnum of OCPP 2.0.1. */
export type GetCertificateStatusEnum = "Accepted" | "Failed";

/** GetCertificateStatusRequest of OCPP 2.0.1. */
export interface GetCertificateStatusRequest {
  readonly customData?: CustomData;
  readonly ocspRequestData: OCSPRequestData;
}

/** GetCertificateStatusResponse of OCPP 2.0.1. */
export interface GetCertificateStatusResponse {
  readonly customData?: CustomData;
  readonly status: GetCertificateStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly ocspResult?: string;
}

/** GetChargingProfileStatusEnum of OCPP 2.0.1. */
export type GetChargingProfileStatusEnum = "Accepted" | "NoProfiles";

/** GetChargingProfilesRequest of OCPP 2.0.1. */
export interface GetChargingProfilesRequest {
  readonly customData?: CustomData;
  readonly requestId: number;
  readonly evseId?: number;
  readonly chargingProfile: ChargingProfileCriterion;
}

/** GetChargingProfilesResponse of OCPP 2.0.1. */
export interface GetChargingProfilesResponse {
  readonly customData?: CustomData;
  readonly status: GetChargingProfileStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** GetCompositeScheduleRequest of OCPP 2.0.1. */
export interface GetCompositeScheduleRequest {
  readonly customData?: CustomData;
  readonly duration: number;
  readonly chargingRateUnit?: ChargingRateUnitEnum;
  readonly evseId: number;
}

/** GetCompositeScheduleResponse of OCPP 2.0.1. */
export interface GetCompositeScheduleResponse {
  readonly customData?: CustomData;
  readonly status: GenericStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly schedule?: CompositeSchedule;
}

/** GetDisplayMessagesRequest of OCPP 2.0.1. */
export interface GetDisplayMessagesRequest {
  readonly customData?: CustomData;
  readonly id?: readonly number[];
  readonly requestId: number;
  readonly priority?: MessagePriorityEnum;
  readonly state?: MessageStateEnum;
}

/** GetDisplayMessagesResponse of OCPP 2.0.1. */
export interface GetDisplayMessagesResponse {
  readonly customData?: CustomData;
  readonly status: GetDisplayMessagesStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** GetDisplayMessagesStatusEnum of OCPP 2.0.1. */
export type GetDisplayMessagesStatusEnum = "Accepted" | "Unknown";

/** GetInstalledCertificateIdsRequest of OCPP 2.0.1. */
export interface GetInstalledCertificateIdsRequest {
  readonly customData?: CustomData;
  readonly certificateType?: readonly GetCertificateIdUseEnum[];
}

/** GetInstalledCertificateIdsResponse of OCPP 2.0.1. */
export interface GetInstalledCertificateIdsResponse {
  readonly customData?: CustomData;
  readonly status: GetInstalledCertificateStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly certificateHashDataChain?: readonly CertificateHashDataChain[];
}

/** GetInstalledCertificateStatusEnum of OCPP 2.0.1. */
export type GetInstalledCertificateStatusEnum = "Accepted" | "NotFound";

/** GetLocalListVersionRequest of OCPP 2.0.1. */
export interface GetLocalListVersionRequest {
  readonly customData?: CustomData;
}

/** GetLocalListVersionResponse of OCPP 2.0.1. */
export interface GetLocalListVersionResponse {
  readonly customData?: CustomData;
  readonly versionNumber: number;
}

/** GetLogRequest of OCPP 2.0.1. */
export interface GetLogRequest {
  readonly customData?: CustomData;
  readonly log: LogParameters;
  readonly logType: LogEnum;
  readonly requestId: number;
  readonly retries?: number;
  readonly retryInterval?: number;
}

/** GetLogResponse of OCPP 2.0.1. */
export interface GetLogResponse {
  readonly customData?: CustomData;
  readonly status: LogStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly filename?: string;
}

/** GetMonitoringReportRequest of OCPP 2.0.1. */
export interface GetMonitoringReportRequest {
  readonly customData?: CustomData;
  readonly componentVariable?: readonly ComponentVariable[];
  readonly requestId: number;
  readonly monitoringCriteria?: readonly MonitoringCriterionEnum[];
}

/** GetMonitoringReportResponse of OCPP 2.0.1. */
export interface GetMonitoringReportResponse {
  readonly customData?: CustomData;
  readonly status: GenericDeviceModelStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** GetReportRequest of OCPP 2.0.1. */
export interface GetReportRequest {
  readonly customData?: CustomData;
  readonly componentVariable?: readonly ComponentVariable[];
  readonly requestId: number;
  readonly componentCriteria?: readonly ComponentCriterionEnum[];
}

/** GetReportResponse of OCPP 2.0.1. */
export interface GetReportResponse {
  readonly customData?: CustomData;
  readonly status: GenericDeviceModelStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** GetTransactionStatusRequest of OCPP 2.0.1. */
export interface GetTransactionStatusRequest {
  readonly customData?: CustomData;
  readonly transactionId?: string;
}

/** GetTransactionStatusResponse of OCPP 2.0.1. */
export interface GetTransactionStatusResponse {
  readonly customData?: CustomData;
  readonly ongoingIndicator?: boolean;
  readonly messagesInQueue: boolean;
}

/** GetVariableData of OCPP 2.0.1. */
export interface GetVariableData {
  readonly customData?: CustomData;
  readonly attributeType?: AttributeEnum;
  readonly component: Component;
  readonly variable: Variable;
}

/** GetVariableResult of OCPP 2.0.1. */
export interface GetVariableResult {
  readonly customData?: CustomData;
  readonly attributeStatusInfo?: StatusInfo;
  readonly attributeStatus: GetVariableStatusEnum;
  readonly attributeType?: AttributeEnum;
  readonly attributeValue?: string;
  readonly component: Component;
  readonly variable: Variable;
}

/** GetVariableStatusEnum of OCPP 2.0.1. */
export type GetVariableStatusEnum =
  | "Accepted"
  | "Rejected"
  | "UnknownComponent"
  | "UnknownVariable"
  | "NotSupportedAttributeType";

/** GetVariablesRequest of OCPP 2.0.1. */
export interface GetVariablesRequest {
  readonly customData?: CustomData;
  readonly getVariableData: readonly GetVariableData[];
}

/** GetVariablesResponse of OCPP 2.0.1. */
export interface GetVariablesResponse {
  readonly customData?: CustomData;
  readonly getVariableResult: readonly GetVariableResult[];
}

/** HashAlgorithmEnum of OCPP 2.0.1. */
export type HashAlgorithmEnum = "SHA256" | "SHA384" | "SHA512";

/** HeartbeatRequest of OCPP 2.0.1. */
export interface HeartbeatRequest {
  readonly customData?: CustomData;
}

/** HeartbeatResponse of OCPP 2.0.1. */
export interface HeartbeatResponse {
  readonly customData?: CustomData;
  readonly currentTime: string;
}

/** IdToken of OCPP 2.0.1. */
export interface IdToken {
  readonly customData?: CustomData;
  readonly additionalInfo?: readonly AdditionalInfo[];
  readonly idToken: string;
  readonly type: IdTokenEnum;
}

/** IdTokenEnum of OCPP 2.0.1. */
export type IdTokenEnum =
  | "Central"
  | "eMAID"
  | "ISO14443"
  | "ISO15693"
  | "KeyCode"
  | "Local"
  | "MacAddress"
  | "NoAuthorization";

/** IdTokenInfo of OCPP 2.0.1. */
export interface IdTokenInfo {
  readonly customData?: CustomData;
  readonly status: AuthorizationStatusEnum;
  readonly cacheExpiryDateTime?: string;
  readonly chargingPriority?: number;
  readonly language1?: string;
  readonly evseId?: readonly number[];
  readonly groupIdToken?: IdToken;
  readonly language2?: string;
  readonly personalMessage?: MessageContent;
}

/** InstallCertificateRequest of OCPP 2.0.1. */
export interface InstallCertificateRequest {
  readonly customData?: CustomData;
  readonly certificateType: InstallCertificateUseEnum;
  readonly certificate: string;
}

/** InstallCertificateResponse of OCPP 2.0.1. */
export interface InstallCertificateResponse {
  readonly customData?: CustomData;
  readonly status: InstallCertificateStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** InstallCertificateStatusEnum of OCPP 2.0.1. */
export type InstallCertificateStatusEnum = "Accepted" | "Rejected" | "Failed";

/** InstallCertificateUseEnum of OCPP 2.0.1. */
export type InstallCertificateUseEnum =
  | "V2GRootCertificate"
  | "MORootCertificate"
  | "CSMSRootCertificate"
  | "ManufacturerRootCertificate";

/** Iso15118EVCertificateStatusEnum of OCPP 2.0.1. */
export type Iso15118EVCertificateStatusEnum = "Accepted" | "Failed";

/** LocationEnum of OCPP 2.0.1. */
export type LocationEnum = "Body" | "Cable" | "EV" | "Inlet" | "Outlet";

/** LogEnum of OCPP 2.0.1. */
export type LogEnum = "DiagnosticsLog" | "SecurityLog";

/** LogParameters of OCPP 2.0.1. */
export interface LogParameters {
  readonly customData?: CustomData;
  readonly remoteLocation: string;
  readonly oldestTimestamp?: string;
  readonly latestTimestamp?: string;
}

/** LogStatusEnum of OCPP 2.0.1. */
export type LogStatusEnum = "Accepted" | "Rejected" | "AcceptedCanceled";

/** LogStatusNotificationRequest of OCPP 2.0.1. */
export interface LogStatusNotificationRequest {
  readonly customData?: CustomData;
  readonly status: UploadLogStatusEnum;
  readonly requestId?: number;
}

/** LogStatusNotificationResponse of OCPP 2.0.1. */
export interface LogStatusNotificationResponse {
  readonly customData?: CustomData;
}

/** MeasurandEnum of OCPP 2.0.1. */
export type MeasurandEnum =
  | "Current.Export"
  | "Current.Import"
  | "Current.Offered"
  | "Energy.Active.Export.Register"
  | "Energy.Active.Import.Register"
  | "Energy.Reactive.Export.Register"
  | "Energy.Reactive.Import.Register"
  | "Energy.Active.Export.Interval"
  | "Energy.Active.Import.Interval"
  | "Energy.Active.Net"
  | "Energy.Reactive.Export.Interval"
  | "Energy.Reactive.Import.Interval"
  | "Energy.Reactive.Net"
  | "Energy.Apparent.Net"
  | "Energy.Apparent.Import"
  | "Energy.Apparent.Export"
  | "Frequency"
  | "Power.Active.Export"
  | "Power.Active.Import"
  | "Power.Factor"
  | "Power.Offered"
  | "Power.Reactive.Export"
  | "Power.Reactive.Import"
  | "SoC"
  | "Voltage";

/** MessageContent of OCPP 2.0.1. */
export interface MessageContent {
  readonly customData?: CustomData;
  readonly format: MessageFormatEnum;
  readonly language?: string;
  readonly content: string;
}

/** MessageFormatEnum of OCPP 2.0.1. */
export type MessageFormatEnum = "ASCII" | "HTML" | "URI" | "UTF8";

/** MessageInfo of OCPP 2.0.1. */
export interface MessageInfo {
  readonly customData?: CustomData;
  readonly display?: Component;
  readonly id: number;
  readonly priority: MessagePriorityEnum;
  readonly state?: MessageStateEnum;
  readonly startDateTime?: string;
  readonly endDateTime?: string;
  readonly transactionId?: string;
  readonly message: MessageContent;
}

/** MessagePriorityEnum of OCPP 2.0.1. */
export type MessagePriorityEnum = "AlwaysFront" | "InFront" | "NormalCycle";

/** MessageStateEnum of OCPP 2.0.1. */
export type MessageStateEnum = "Charging" | "Faulted" | "Idle" | "Unavailable";

/** MessageTriggerEnum of OCPP 2.0.1. */
export type MessageTriggerEnum =
  | "BootNotification"
  | "LogStatusNotification"
  | "FirmwareStatusNotification"
  | "Heartbeat"
  | "MeterValues"
  | "SignChargingStationCertificate"
  | "SignV2GCertificate"
  | "StatusNotification"
  | "TransactionEvent"
  | "SignCombinedCertificate"
  | "PublishFirmwareStatusNotification";

/** MeterValue of OCPP 2.0.1. */
export interface MeterValue {
  readonly customData?: CustomData;
  readonly sampledValue: readonly SampledValue[];
  readonly timestamp: string;
}

/** MeterValuesRequest of OCPP 2.0.1. */
export interface MeterValuesRequest {
  readonly customData?: CustomData;
  readonly evseId: number;
  readonly meterValue: readonly MeterValue[];
}

/** MeterValuesResponse of OCPP 2.0.1. */
export interface MeterValuesResponse {
  readonly customData?: CustomData;
}

/** Modem of OCPP 2.0.1. */
export interface Modem {
  readonly customData?: CustomData;
  readonly iccid?: string;
  readonly imsi?: string;
}

/** MonitorEnum of OCPP 2.0.1. */
export type MonitorEnum = "UpperThreshold" | "LowerThreshold" | "Delta" | "Periodic" | "PeriodicClockAligned";

/** MonitoringBaseEnum of OCPP 2.0.1. */
export type MonitoringBaseEnum = "All" | "FactoryDefault" | "HardWiredOnly";

/** MonitoringCriterionEnum of OCPP 2.0.1. */
export type MonitoringCriterionEnum = "ThresholdMonitoring" | "DeltaMonitoring" | "PeriodicMonitoring";

/** MonitoringData of OCPP 2.0.1. */
export interface MonitoringData {
  readonly customData?: CustomData;
  readonly component: Component;
  readonly variable: Variable;
  readonly variableMonitoring: readonly VariableMonitoring[];
}

/** MutabilityEnum of OCPP 2.0.1. */
export type MutabilityEnum = "ReadOnly" | "WriteOnly" | "ReadWrite";

/** NetworkConnectionProfile of OCPP 2.0.1. */
export interface NetworkConnectionProfile {
  readonly customData?: CustomData;
  readonly apn?: APN;
  readonly ocppVersion: OCPPVersionEnum;
  readonly ocppTransport: OCPPTransportEnum;
  readonly ocppCsmsUrl: string;
  readonly messageTimeout: number;
  readonly securityProfile: number;
  readonly ocppInterface: OCPPInterfaceEnum;
  readonly vpn?: VPN;
}

/** NotifyChargingLimitRequest of OCPP 2.0.1. */
export interface NotifyChargingLimitRequest {
  readonly customData?: CustomData;
  readonly chargingSchedule?: readonly ChargingSchedule[];
  readonly evseId?: number;
  readonly chargingLimit: ChargingLimit;
}

/** NotifyChargingLimitResponse of OCPP 2.0.1. */
export interface NotifyChargingLimitResponse {
  readonly customData?: CustomData;
}

/** NotifyCustomerInformationRequest of OCPP 2.0.1. */
export interface NotifyCustomerInformationRequest {
  readonly customData?: CustomData;
  readonly data: string;
  readonly tbc?: boolean;
  readonly seqNo: number;
  readonly generatedAt: string;
  readonly requestId: number;
}

/** NotifyCustomerInformationResponse of OCPP 2.0.1. */
export interface NotifyCustomerInformationResponse {
  readonly customData?: CustomData;
}

/** NotifyDisplayMessagesRequest of OCPP 2.0.1. */
export interface NotifyDisplayMessagesRequest {
  readonly customData?: CustomData;
  readonly messageInfo?: readonly MessageInfo[];
  readonly requestId: number;
  readonly tbc?: boolean;
}

/** NotifyDisplayMessagesResponse of OCPP 2.0.1. */
export interface NotifyDisplayMessagesResponse {
  readonly customData?: CustomData;
}

/** NotifyEVChargingNeedsRequest of OCPP 2.0.1. */
export interface NotifyEVChargingNeedsRequest {
  readonly customData?: CustomData;
  readonly maxScheduleTuples?: number;
  readonly chargingNeeds: ChargingNeeds;
  readonly evseId: number;
}

/** NotifyEVChargingNeedsResponse of OCPP 2.0.1. */
export interface NotifyEVChargingNeedsResponse {
  readonly customData?: CustomData;
  readonly status: NotifyEVChargingNeedsStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** NotifyEVChargingNeedsStatusEnum of OCPP 2.0.1. */
export type NotifyEVChargingNeedsStatusEnum = "Accepted" | "Rejected" | "Processing";

/** NotifyEVChargingScheduleRequest of OCPP 2.0.1. */
export interface NotifyEVChargingScheduleRequest {
  readonly customData?: CustomData;
  readonly timeBase: string;
  readonly chargingSchedule: ChargingSchedule;
  readonly evseId: number;
}

/** NotifyEVChargingScheduleResponse of OCPP 2.0.1. */
export interface NotifyEVChargingScheduleResponse {
  readonly customData?: CustomData;
  readonly status: GenericStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** NotifyEventRequest of OCPP 2.0.1. */
export interface NotifyEventRequest {
  readonly customData?: CustomData;
  readonly generatedAt: string;
  readonly tbc?: boolean;
  readonly seqNo: number;
  readonly eventData: readonly EventData[];
}

/** NotifyEventResponse of OCPP 2.0.1. */
export interface NotifyEventResponse {
  readonly customData?: CustomData;
}

/** NotifyMonitoringReportRequest of OCPP 2.0.1. */
export interface NotifyMonitoringReportRequest {
  readonly customData?: CustomData;
  readonly monitor?: readonly MonitoringData[];
  readonly requestId: number;
  readonly tbc?: boolean;
  readonly seqNo: number;
  readonly generatedAt: string;
}

/** NotifyMonitoringReportResponse of OCPP 2.0.1. */
export interface NotifyMonitoringReportResponse {
  readonly customData?: CustomData;
}

/** NotifyReportRequest of OCPP 2.0.1. */
export interface NotifyReportRequest {
  readonly customData?: CustomData;
  readonly requestId: number;
  readonly generatedAt: string;
  readonly reportData?: readonly ReportData[];
  readonly tbc?: boolean;
  readonly seqNo: number;
}

/** NotifyReportResponse of OCPP 2.0.1. */
export interface NotifyReportResponse {
  readonly customData?: CustomData;
}

/** OCPPInterfaceEnum of OCPP 2.0.1. */
export type OCPPInterfaceEnum =
  | "Wired0"
  | "Wired1"
  | "Wired2"
  | "Wired3"
  | "Wireless0"
  | "Wireless1"
  | "Wireless2"
  | "Wireless3";

/** OCPPTransportEnum of OCPP 2.0.1. */
export type OCPPTransportEnum = "JSON" | "SOAP";

/** OCPPVersionEnum of OCPP 2.0.1. */
export type OCPPVersionEnum = "OCPP12" | "OCPP15" | "OCPP16" | "OCPP20";

/** OCSPRequestData of OCPP 2.0.1. */
export interface OCSPRequestData {
  readonly customData?: CustomData;
  readonly hashAlgorithm: HashAlgorithmEnum;
  readonly issuerNameHash: string;
  readonly issuerKeyHash: string;
  readonly serialNumber: string;
  readonly responderURL: string;
}

/** OperationalStatusEnum of OCPP 2.0.1. */
export type OperationalStatusEnum = "Inoperative" | "Operative";

/** PhaseEnum of OCPP 2.0.1. */
export type PhaseEnum = "L1" | "L2" | "L3" | "N" | "L1-N" | "L2-N" | "L3-N" | "L1-L2" | "L2-L3" | "L3-L1";

/** PublishFirmwareRequest of OCPP 2.0.1. */
export interface PublishFirmwareRequest {
  readonly customData?: CustomData;
  readonly location: string;
  readonly retries?: number;
  readonly checksum: string;
  readonly requestId: number;
  readonly retryInterval?: number;
}

/** PublishFirmwareResponse of OCPP 2.0.1. */
export interface PublishFirmwareResponse {
  readonly customData?: CustomData;
  readonly status: GenericStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** PublishFirmwareStatusEnum of OCPP 2.0.1. */
export type PublishFirmwareStatusEnum =
  | "Idle"
  | "DownloadScheduled"
  | "Downloading"
  | "Downloaded"
  | "Published"
  | "DownloadFailed"
  | "DownloadPaused"
  | "InvalidChecksum"
  | "ChecksumVerified"
  | "PublishFailed";

/** PublishFirmwareStatusNotificationRequest of OCPP 2.0.1. */
export interface PublishFirmwareStatusNotificationRequest {
  readonly customData?: CustomData;
  readonly status: PublishFirmwareStatusEnum;
  readonly location?: readonly string[];
  readonly requestId?: number;
}

/** PublishFirmwareStatusNotificationResponse of OCPP 2.0.1. */
export interface PublishFirmwareStatusNotificationResponse {
  readonly customData?: CustomData;
}

/** ReadingContextEnum of OCPP 2.0.1. */
export type ReadingContextEnum =
  | "Interruption.Begin"
  | "Interruption.End"
  | "Other"
  | "Sample.Clock"
  | "Sample.Periodic"
  | "Transaction.Begin"
  | "Transaction.End"
  | "Trigger";

/** ReasonEnum of OCPP 2.0.1. */
export type ReasonEnum =
  | "DeAuthorized"
  | "EmergencyStop"
  | "EnergyLimitReached"
  | "EVDisconnected"
  | "GroundFault"
  | "ImmediateReset"
  | "Local"
  | "LocalOutOfCredit"
  | "MasterPass"
  | "Other"
  | "OvercurrentFault"
  | "PowerLoss"
  | "PowerQuality"
  | "Reboot"
  | "Remote"
  | "SOCLimitReached"
  | "StoppedByEV"
  | "TimeLimitReached"
  | "Timeout";

/** RecurrencyKindEnum of OCPP 2.0.1. */
export type RecurrencyKindEnum = "Daily" | "Weekly";

/** RegistrationStatusEnum of OCPP 2.0.1. */
export type RegistrationStatusEnum = "Accepted" | "Pending" | "Rejected";

/** RelativeTimeInterval of OCPP 2.0.1. */
export interface RelativeTimeInterval {
  readonly customData?: CustomData;
  readonly start: number;
  readonly duration?: number;
}

/** ReportBaseEnum of OCPP 2.0.1. */
export type ReportBaseEnum = "ConfigurationInventory" | "FullInventory" | "SummaryInventory";

/** ReportChargingProfilesRequest of OCPP 2.0.1. */
export interface ReportChargingProfilesRequest {
  readonly customData?: CustomData;
  readonly requestId: number;
  readonly chargingLimitSource: ChargingLimitSourceEnum;
  readonly chargingProfile: readonly ChargingProfile[];
  readonly tbc?: boolean;
  readonly evseId: number;
}

/** ReportChargingProfilesResponse of OCPP 2.0.1. */
export interface ReportChargingProfilesResponse {
  readonly customData?: CustomData;
}

/** ReportData of OCPP 2.0.1. */
export interface ReportData {
  readonly customData?: CustomData;
  readonly component: Component;
  readonly variable: Variable;
  readonly variableAttribute: readonly VariableAttribute[];
  readonly variableCharacteristics?: VariableCharacteristics;
}

/** RequestStartStopStatusEnum of OCPP 2.0.1. */
export type RequestStartStopStatusEnum = "Accepted" | "Rejected";

/** RequestStartTransactionRequest of OCPP 2.0.1. */
export interface RequestStartTransactionRequest {
  readonly customData?: CustomData;
  readonly evseId?: number;
  readonly groupIdToken?: IdToken;
  readonly idToken: IdToken;
  readonly remoteStartId: number;
  readonly chargingProfile?: ChargingProfile;
}

/** RequestStartTransactionResponse of OCPP 2.0.1. */
export interface RequestStartTransactionResponse {
  readonly customData?: CustomData;
  readonly status: RequestStartStopStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly transactionId?: string;
}

/** RequestStopTransactionRequest of OCPP 2.0.1. */
export interface RequestStopTransactionRequest {
  readonly customData?: CustomData;
  readonly transactionId: string;
}

/** RequestStopTransactionResponse of OCPP 2.0.1. */
export interface RequestStopTransactionResponse {
  readonly customData?: CustomData;
  readonly status: RequestStartStopStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** ReservationStatusUpdateRequest of OCPP 2.0.1. */
export interface ReservationStatusUpdateRequest {
  readonly customData?: CustomData;
  readonly reservationId: number;
  readonly reservationUpdateStatus: ReservationUpdateStatusEnum;
}

/** ReservationStatusUpdateResponse of OCPP 2.0.1. */
export interface ReservationStatusUpdateResponse {
  readonly customData?: CustomData;
}

/** ReservationUpdateStatusEnum of OCPP 2.0.1. */
export type ReservationUpdateStatusEnum = "Expired" | "Removed";

/** ReserveNowRequest of OCPP 2.0.1. */
export interface ReserveNowRequest {
  readonly customData?: CustomData;
  readonly id: number;
  readonly expiryDateTime: string;
  readonly connectorType?: ConnectorEnum;
  readonly idToken: IdToken;
  readonly evseId?: number;
  readonly groupIdToken?: IdToken;
}

/** ReserveNowResponse of OCPP 2.0.1. */
export interface ReserveNowResponse {
  readonly customData?: CustomData;
  readonly status: ReserveNowStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** ReserveNowStatusEnum of OCPP 2.0.1. */
export type ReserveNowStatusEnum = "Accepted" | "Faulted" | "Occupied" | "Rejected" | "Unavailable";

/** ResetEnum of OCPP 2.0.1. */
export type ResetEnum = "Immediate" | "OnIdle";

/** ResetRequest of OCPP 2.0.1. */
export interface ResetRequest {
  readonly customData?: CustomData;
  readonly type: ResetEnum;
  readonly evseId?: number;
}

/** ResetResponse of OCPP 2.0.1. */
export interface ResetResponse {
  readonly customData?: CustomData;
  readonly status: ResetStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** ResetStatusEnum of OCPP 2.0.1. */
export type ResetStatusEnum = "Accepted" | "Rejected" | "Scheduled";

/** SalesTariff of OCPP 2.0.1. */
export interface SalesTariff {
  readonly customData?: CustomData;
  readonly id: number;
  readonly salesTariffDescription?: string;
  readonly numEPriceLevels?: number;
  readonly salesTariffEntry: readonly SalesTariffEntry[];
}

/** SalesTariffEntry of OCPP 2.0.1. */
export interface SalesTariffEntry {
  readonly customData?: CustomData;
  readonly relativeTimeInterval: RelativeTimeInterval;
  readonly ePriceLevel?: number;
  readonly consumptionCost?: readonly ConsumptionCost[];
}

/** SampledValue of OCPP 2.0.1. */
export interface SampledValue {
  readonly customData?: CustomData;
  readonly value: number;
  readonly context?: ReadingContextEnum;
  readonly measurand?: MeasurandEnum;
  readonly phase?: PhaseEnum;
  readonly location?: LocationEnum;
  readonly signedMeterValue?: SignedMeterValue;
  readonly unitOfMeasure?: UnitOfMeasure;
}

/** SecurityEventNotificationRequest of OCPP 2.0.1. */
export interface SecurityEventNotificationRequest {
  readonly customData?: CustomData;
  readonly type: string;
  readonly timestamp: string;
  readonly techInfo?: string;
}

/** SecurityEventNotificationResponse of OCPP 2.0.1. */
export interface SecurityEventNotificationResponse {
  readonly customData?: CustomData;
}

/** SendLocalListRequest of OCPP 2.0.1. */
export interface SendLocalListRequest {
  readonly customData?: CustomData;
  readonly localAuthorizationList?: readonly AuthorizationData[];
  readonly versionNumber: number;
  readonly updateType: UpdateEnum;
}

/** SendLocalListResponse of OCPP 2.0.1. */
export interface SendLocalListResponse {
  readonly customData?: CustomData;
  readonly status: SendLocalListStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** SendLocalListStatusEnum of OCPP 2.0.1. */
export type SendLocalListStatusEnum = "Accepted" | "Failed" | "VersionMismatch";

/** SetChargingProfileRequest of OCPP 2.0.1. */
export interface SetChargingProfileRequest {
  readonly customData?: CustomData;
  readonly evseId: number;
  readonly chargingProfile: ChargingProfile;
}

/** SetChargingProfileResponse of OCPP 2.0.1. */
export interface SetChargingProfileResponse {
  readonly customData?: CustomData;
  readonly status: ChargingProfileStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** SetDisplayMessageRequest of OCPP 2.0.1. */
export interface SetDisplayMessageRequest {
  readonly customData?: CustomData;
  readonly message: MessageInfo;
}

/** SetDisplayMessageResponse of OCPP 2.0.1. */
export interface SetDisplayMessageResponse {
  readonly customData?: CustomData;
  readonly status: DisplayMessageStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** SetMonitoringBaseRequest of OCPP 2.0.1. */
export interface SetMonitoringBaseRequest {
  readonly customData?: CustomData;
  readonly monitoringBase: MonitoringBaseEnum;
}

/** SetMonitoringBaseResponse of OCPP 2.0.1. */
export interface SetMonitoringBaseResponse {
  readonly customData?: CustomData;
  readonly status: GenericDeviceModelStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** SetMonitoringData of OCPP 2.0.1. */
export interface SetMonitoringData {
  readonly customData?: CustomData;
  readonly id?: number;
  readonly transaction?: boolean;
  readonly value: number;
  readonly type: MonitorEnum;
  readonly severity: number;
  readonly component: Component;
  readonly variable: Variable;
}

/** SetMonitoringLevelRequest of OCPP 2.0.1. */
export interface SetMonitoringLevelRequest {
  readonly customData?: CustomData;
  readonly severity: number;
}

/** SetMonitoringLevelResponse of OCPP 2.0.1. */
export interface SetMonitoringLevelResponse {
  readonly customData?: CustomData;
  readonly status: GenericStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** SetMonitoringResult of OCPP 2.0.1. */
export interface SetMonitoringResult {
  readonly customData?: CustomData;
  readonly id?: number;
  readonly statusInfo?: StatusInfo;
  readonly status: SetMonitoringStatusEnum;
  readonly type: MonitorEnum;
  readonly component: Component;
  readonly variable: Variable;
  readonly severity: number;
}

/** SetMonitoringStatusEnum of OCPP 2.0.1. */
export type SetMonitoringStatusEnum =
  | "Accepted"
  | "UnknownComponent"
  | "UnknownVariable"
  | "UnsupportedMonitorType"
  | "Rejected"
  | "Duplicate";

/** SetNetworkProfileRequest of OCPP 2.0.1. */
export interface SetNetworkProfileRequest {
  readonly customData?: CustomData;
  readonly configurationSlot: number;
  readonly connectionData: NetworkConnectionProfile;
}

/** SetNetworkProfileResponse of OCPP 2.0.1. */
export interface SetNetworkProfileResponse {
  readonly customData?: CustomData;
  readonly status: SetNetworkProfileStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** SetNetworkProfileStatusEnum of OCPP 2.0.1. */
export type SetNetworkProfileStatusEnum = "Accepted" | "Rejected" | "Failed";

/** SetVariableData of OCPP 2.0.1. */
export interface SetVariableData {
  readonly customData?: CustomData;
  readonly attributeType?: AttributeEnum;
  readonly attributeValue: string;
  readonly component: Component;
  readonly variable: Variable;
}

/** SetVariableMonitoringRequest of OCPP 2.0.1. */
export interface SetVariableMonitoringRequest {
  readonly customData?: CustomData;
  readonly setMonitoringData: readonly SetMonitoringData[];
}

/** SetVariableMonitoringResponse of OCPP 2.0.1. */
export interface SetVariableMonitoringResponse {
  readonly customData?: CustomData;
  readonly setMonitoringResult: readonly SetMonitoringResult[];
}

/** SetVariableResult of OCPP 2.0.1. */
export interface SetVariableResult {
  readonly customData?: CustomData;
  readonly attributeType?: AttributeEnum;
  readonly attributeStatus: SetVariableStatusEnum;
  readonly attributeStatusInfo?: StatusInfo;
  readonly component: Component;
  readonly variable: Variable;
}

/** SetVariableStatusEnum of OCPP 2.0.1. */
export type SetVariableStatusEnum =
  | "Accepted"
  | "Rejected"
  | "UnknownComponent"
  | "UnknownVariable"
  | "NotSupportedAttributeType"
  | "RebootRequired";

/** SetVariablesRequest of OCPP 2.0.1. */
export interface SetVariablesRequest {
  readonly customData?: CustomData;
  readonly setVariableData: readonly SetVariableData[];
}

/** SetVariablesResponse of OCPP 2.0.1. */
export interface SetVariablesResponse {
  readonly customData?: CustomData;
  readonly setVariableResult: readonly SetVariableResult[];
}

/** SignCertificateRequest of OCPP 2.0.1. */
export interface SignCertificateRequest {
  readonly customData?: CustomData;
  readonly csr: string;
  readonly certificateType?: CertificateSigningUseEnum;
}

/** SignCertificateResponse of OCPP 2.0.1. */
export interface SignCertificateResponse {
  readonly customData?: CustomData;
  readonly status: GenericStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** SignedMeterValue of OCPP 2.0.1. */
export interface SignedMeterValue {
  readonly customData?: CustomData;
  readonly signedMeterData: string;
  readonly signingMethod: string;
  readonly encodingMethod: string;
  readonly publicKey: string;
}

/** StatusInfo of OCPP 2.0.1. */
export interface StatusInfo {
  readonly customData?: CustomData;
  readonly reasonCode: string;
  readonly additionalInfo?: string;
}

/** StatusNotificationRequest of OCPP 2.0.1. */
export interface StatusNotificationRequest {
  readonly customData?: CustomData;
  readonly timestamp: string;
  readonly connectorStatus: ConnectorStatusEnum;
  readonly evseId: number;
  readonly connectorId: number;
}

/** StatusNotificationResponse of OCPP 2.0.1. */
export interface StatusNotificationResponse {
  readonly customData?: CustomData;
}

/** Transaction of OCPP 2.0.1. */
export interface Transaction {
  readonly customData?: CustomData;
  readonly transactionId: string;
  readonly chargingState?: ChargingStateEnum;
  readonly timeSpentCharging?: number;
  readonly stoppedReason?: ReasonEnum;
  readonly remoteStartId?: number;
}

/** TransactionEventEnum of OCPP 2.0.1. */
export type TransactionEventEnum = "Ended" | "Started" | "Updated";

/** TransactionEventRequest of OCPP 2.0.1. */
export interface TransactionEventRequest {
  readonly customData?: CustomData;
  readonly eventType: TransactionEventEnum;
  readonly meterValue?: readonly MeterValue[];
  readonly timestamp: string;
  readonly triggerReason: TriggerReasonEnum;
  readonly seqNo: number;
  readonly offline?: boolean;
  readonly numberOfPhasesUsed?: number;
  readonly cableMaxCurrent?: number;
  readonly reservationId?: number;
  readonly transactionInfo: Transaction;
  readonly evse?: EVSE;
  readonly idToken?: IdToken;
}

/** TransactionEventResponse of OCPP 2.0.1. */
export interface TransactionEventResponse {
  readonly customData?: CustomData;
  readonly totalCost?: number;
  readonly chargingPriority?: number;
  readonly idTokenInfo?: IdTokenInfo;
  readonly updatedPersonalMessage?: MessageContent;
}

/** TriggerMessageRequest of OCPP 2.0.1. */
export interface TriggerMessageRequest {
  readonly customData?: CustomData;
  readonly evse?: EVSE;
  readonly requestedMessage: MessageTriggerEnum;
}

/** TriggerMessageResponse of OCPP 2.0.1. */
export interface TriggerMessageResponse {
  readonly customData?: CustomData;
  readonly status: TriggerMessageStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** TriggerMessageStatusEnum of OCPP 2.0.1. */
export type TriggerMessageStatusEnum = "Accepted" | "Rejected" | "NotImplemented";

/** TriggerReasonEnum of OCPP 2.0.1. */
export type TriggerReasonEnum =
  | "Authorized"
  | "CablePluggedIn"
  | "ChargingRateChanged"
  | "ChargingStateChanged"
  | "Deauthorized"
  | "EnergyLimitReached"
  | "EVCommunicationLost"
  | "EVConnectTimeout"
  | "MeterValueClock"
  | "MeterValuePeriodic"
  | "TimeLimitReached"
  | "Trigger"
  | "UnlockCommand"
  | "StopAuthorized"
  | "EVDeparted"
  | "EVDetected"
  | "RemoteStop"
  | "RemoteStart"
  | "AbnormalCondition"
  | "SignedDataReceived"
  | "ResetCommand";

/** UnitOfMeasure of OCPP 2.0.1. */
export interface UnitOfMeasure {
  readonly customData?: CustomData;
  readonly unit?: string;
  readonly multiplier?: number;
}

/** UnlockConnectorRequest of OCPP 2.0.1. */
export interface UnlockConnectorRequest {
  readonly customData?: CustomData;
  readonly evseId: number;
  readonly connectorId: number;
}

/** UnlockConnectorResponse of OCPP 2.0.1. */
export interface UnlockConnectorResponse {
  readonly customData?: CustomData;
  readonly status: UnlockStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** UnlockStatusEnum of OCPP 2.0.1. */
export type UnlockStatusEnum =
  | "Unlocked"
  | "UnlockFailed"
  | "OngoingAuthorizedTransaction"
  | "UnknownConnector";

/** UnpublishFirmwareRequest of OCPP 2.0.1. */
export interface UnpublishFirmwareRequest {
  readonly customData?: CustomData;
  readonly checksum: string;
}

/** UnpublishFirmwareResponse of OCPP 2.0.1. */
export interface UnpublishFirmwareResponse {
  readonly customData?: CustomData;
  readonly status: UnpublishFirmwareStatusEnum;
}

/** UnpublishFirmwareStatusEnum of OCPP 2.0.1. */
export type UnpublishFirmwareStatusEnum = "DownloadOngoing" | "NoFirmware" | "Unpublished";

/** UpdateEnum of OCPP 2.0.1. */
export type UpdateEnum = "Differential" | "Full";

/** UpdateFirmwareRequest of OCPP 2.0.1. */
export interface UpdateFirmwareRequest {
  readonly customData?: CustomData;
  readonly retries?: number;
  readonly retryInterval?: number;
  readonly requestId: number;
  readonly firmware: Firmware;
}

/** UpdateFirmwareResponse of OCPP 2.0.1. */
export interface UpdateFirmwareResponse {
  readonly customData?: CustomData;
  readonly status: UpdateFirmwareStatusEnum;
  readonly statusInfo?: StatusInfo;
}

/** UpdateFirmwareStatusEnum of OCPP 2.0.1. */
export type UpdateFirmwareStatusEnum =
  | "Accepted"
  | "Rejected"
  | "AcceptedCanceled"
  | "InvalidCertificate"
  | "RevokedCertificate";

/** UploadLogStatusEnum of OCPP 2.0.1. */
export type UploadLogStatusEnum =
  | "BadMessage"
  | "Idle"
  | "NotSupportedOperation"
  | "PermissionDenied"
  | "Uploaded"
  | "UploadFailure"
  | "Uploading"
  | "AcceptedCanceled";

/** VPN of OCPP 2.0.1. */
export interface VPN {
  readonly customData?: CustomData;
  readonly server: string;
  readonly user: string;
  readonly group?: string;
  readonly password: string;
  readonly key: string;
  readonly type: VPNEnum;
}

/** VPNEnum of OCPP 2.0.1. */
export type VPNEnum = "IKEv2" | "IPSec" | "L2TP" | "PPTP";

/** Variable of OCPP 2.0.1. */
export interface Variable {
  readonly customData?: CustomData;
  readonly name: string;
  readonly instance?: string;
}

/** VariableAttribute of OCPP 2.0.1. */
export interface VariableAttribute {
  readonly customData?: CustomData;
  readonly type?: AttributeEnum;
  readonly value?: string;
  readonly mutability?: MutabilityEnum;
  readonly persistent?: boolean;
  readonly constant?: boolean;
}

/** VariableCharacteristics of OCPP 2.0.1. */
export interface VariableCharacteristics {
  readonly customData?: CustomData;
  readonly unit?: string;
  readonly dataType: DataEnum;
  readonly minLimit?: number;
  readonly maxLimit?: number;
  readonly valuesList?: string;
  readonly supportsMonitoring: boolean;
}

/** VariableMonitoring of OCPP 2.0.1. */
export interface VariableMonitoring {
  readonly customData?: CustomData;
  readonly id: number;
  readonly transaction: boolean;
  readonly value: number;
  readonly type: MonitorEnum;
  readonly severity: number;
}

/** Makes the payloads of Authorize. */
export const Authorize: MessageMaker<AuthorizeRequest, AuthorizeResponse> = messageMaker<
  AuthorizeRequest,
  AuthorizeResponse
>("2.0.1", "Authorize");

/** Makes the payloads of BootNotification. */
export const BootNotification: MessageMaker<BootNotificationRequest, BootNotificationResponse> = messageMaker<
  BootNotificationRequest,
  BootNotificationResponse
>("2.0.1", "BootNotification");

/** Makes the payloads of CancelReservation. */
export const CancelReservation: MessageMaker<CancelReservationRequest, CancelReservationResponse> =
  messageMaker<CancelReservationRequest, CancelReservationResponse>("2.0.1", "CancelReservation");

/** Makes the payloads of CertificateSigned. */
export const CertificateSigned: MessageMaker<CertificateSignedRequest, CertificateSignedResponse> =
  messageMaker<CertificateSignedRequest, CertificateSignedResponse>("2.0.1", "CertificateSigned");

/** Makes the payloads of ChangeAvailability. */
export const ChangeAvailability: MessageMaker<ChangeAvailabilityRequest, ChangeAvailabilityResponse> =
  messageMaker<ChangeAvailabilityRequest, ChangeAvailabilityResponse>("2.0.1", "ChangeAvailability");

/** Makes the payloads of ClearCache. */
export const ClearCache: MessageMaker<ClearCacheRequest, ClearCacheResponse> = messageMaker<
  ClearCacheRequest,
  ClearCacheResponse
>("2.0.1", "ClearCache");

/** Makes the payloads of ClearChargingProfile. */
export const ClearChargingProfile: MessageMaker<ClearChargingProfileRequest, ClearChargingProfileResponse> =
  messageMaker<ClearChargingProfileRequest, ClearChargingProfileResponse>("2.0.1", "ClearChargingProfile");

/** Makes the payloads of ClearDisplayMessage. */
export const ClearDisplayMessage: MessageMaker<ClearDisplayMessageRequest, ClearDisplayMessageResponse> =
  messageMaker<ClearDisplayMessageRequest, ClearDisplayMessageResponse>("2.0.1", "ClearDisplayMessage");

/** Makes the payloads of ClearVariableMonitoring. */
export const ClearVariableMonitoring: MessageMaker<
  ClearVariableMonitoringRequest,
  ClearVariableMonitoringResponse
> = messageMaker<ClearVariableMonitoringRequest, ClearVariableMonitoringResponse>(
  "2.0.1",
  "ClearVariableMonitoring",
);

/** Makes the payloads of ClearedChargingLimit. */
export const ClearedChargingLimit: MessageMaker<ClearedChargingLimitRequest, ClearedChargingLimitResponse> =
  messageMaker<ClearedChargingLimitRequest, ClearedChargingLimitResponse>("2.0.1", "ClearedChargingLimit");

/** Makes the payloads of CostUpdated. */
export const CostUpdated: MessageMaker<CostUpdatedRequest, CostUpdatedResponse> = messageMaker<
  CostUpdatedRequest,
  CostUpdatedResponse
>("2.0.1", "CostUpdated");

/** Makes the payloads of CustomerInformation. */
export const CustomerInformation: MessageMaker<CustomerInformationRequest, CustomerInformationResponse> =
  messageMaker<CustomerInformationRequest, CustomerInformationResponse>("2.0.1", "CustomerInformation");

/** Makes the payloads of DataTransfer. */
export const DataTransfer: MessageMaker<DataTransferRequest, DataTransferResponse> = messageMaker<
  DataTransferRequest,
  DataTransferResponse
>("2.0.1", "DataTransfer");

/** Makes the payloads of DeleteCertificate. */
export const DeleteCertificate: MessageMaker<DeleteCertificateRequest, DeleteCertificateResponse> =
  messageMaker<DeleteCertificateRequest, DeleteCertificateResponse>("2.0.1", "DeleteCertificate");

/** Makes the payloads of FirmwareStatusNotification. */
export const FirmwareStatusNotification: MessageMaker<
  FirmwareStatusNotificationRequest,
  FirmwareStatusNotificationResponse
> = messageMaker<FirmwareStatusNotificationRequest, FirmwareStatusNotificationResponse>(
  "2.0.1",
  "FirmwareStatusNotification",
);

/** Makes the payloads of Get15118EVCertificate. */
export const Get15118EVCertificate: MessageMaker<
  Get15118EVCertificateRequest,
  Get15118EVCertificateResponse
> = messageMaker<Get15118EVCertificateRequest, Get15118EVCertificateResponse>(
  "2.0.1",
  "Get15118EVCertificate",
);

/** Makes the payloads of GetBaseReport. */
export const GetBaseReport: MessageMaker<GetBaseReportRequest, GetBaseReportResponse> = messageMaker<
  GetBaseReportRequest,
  GetBaseReportResponse
>("2.0.1", "GetBaseReport");

/** Makes the payloads of GetCertificateStatus. */
export const GetCertificateStatus: MessageMaker<GetCertificateStatusRequest, GetCertificateStatusResponse> =
  messageMaker<GetCertificateStatusRequest, GetCertificateStatusResponse>("2.0.1", "GetCertificateStatus");

/** Makes the payloads of GetChargingProfiles. */
export const GetChargingProfiles: MessageMaker<GetChargingProfilesRequest, GetChargingProfilesResponse> =
  messageMaker<GetChargingProfilesRequest, GetChargingProfilesResponse>("2.0.1", "GetChargingProfiles");

/** Makes the payloads of GetCompositeSchedule. */
export const GetCompositeSchedule: MessageMaker<GetCompositeScheduleRequest, GetCompositeScheduleResponse> =
  messageMaker<GetCompositeScheduleRequest, GetCompositeScheduleResponse>("2.0.1", "GetCompositeSchedule");

/** Makes the payloads of GetDisplayMessages. */
export const GetDisplayMessages: MessageMaker<GetDisplayMessagesRequest, GetDisplayMessagesResponse> =
  messageMaker<GetDisplayMessagesRequest, GetDisplayMessagesResponse>("2.0.1", "GetDisplayMessages");

/** Makes the payloads of GetInstalledCertificateIds. */
export const GetInstalledCertificateIds: MessageMaker<
  GetInstalledCertificateIdsRequest,
  GetInstalledCertificateIdsResponse
> = messageMaker<GetInstalledCertificateIdsRequest, GetInstalledCertificateIdsResponse>(
  "2.0.1",
  "GetInstalledCertificateIds",
);

/** Makes the payloads of GetLocalListVersion. */
export const GetLocalListVersion: MessageMaker<GetLocalListVersionRequest, GetLocalListVersionResponse> =
  messageMaker<GetLocalListVersionRequest, GetLocalListVersionResponse>("2.0.1", "GetLocalListVersion");

/** Makes the payloads of GetLog. */
export const GetLog: MessageMaker<GetLogRequest, GetLogResponse> = messageMaker<
  GetLogRequest,
  GetLogResponse
>("2.0.1", "GetLog");

/** Makes the payloads of GetMonitoringReport. */
export const GetMonitoringReport: MessageMaker<GetMonitoringReportRequest, GetMonitoringReportResponse> =
  messageMaker<GetMonitoringReportRequest, GetMonitoringReportResponse>("2.0.1", "GetMonitoringReport");

/** Makes the payloads of GetReport. */
export const GetReport: MessageMaker<GetReportRequest, GetReportResponse> = messageMaker<
  GetReportRequest,
  GetReportResponse
>("2.0.1", "GetReport");

/** Makes the payloads of GetTransactionStatus. */
export const GetTransactionStatus: MessageMaker<GetTransactionStatusRequest, GetTransactionStatusResponse> =
  messageMaker<GetTransactionStatusRequest, GetTransactionStatusResponse>("2.0.1", "GetTransactionStatus");

/** Makes the payloads of GetVariables. */
export const GetVariables: MessageMaker<GetVariablesRequest, GetVariablesResponse> = messageMaker<
  GetVariablesRequest,
  GetVariablesResponse
>("2.0.1", "GetVariables");

/** Makes the payloads of Heartbeat. */
export const Heartbeat: MessageMaker<HeartbeatRequest, HeartbeatResponse> = messageMaker<
  HeartbeatRequest,
  HeartbeatResponse
>("2.0.1", "Heartbeat");

/** Makes the payloads of InstallCertificate. */
export const InstallCertificate: MessageMaker<InstallCertificateRequest, InstallCertificateResponse> =
  messageMaker<InstallCertificateRequest, InstallCertificateResponse>("2.0.1", "InstallCertificate");

/** Makes the payloads of LogStatusNotification. */
export const LogStatusNotification: MessageMaker<
  LogStatusNotificationRequest,
  LogStatusNotificationResponse
> = messageMaker<LogStatusNotificationRequest, LogStatusNotificationResponse>(
  "2.0.1",
  "LogStatusNotification",
);

/** Makes the payloads of MeterValues. */
export const MeterValues: MessageMaker<MeterValuesRequest, MeterValuesResponse> = messageMaker<
  MeterValuesRequest,
  MeterValuesResponse
>("2.0.1", "MeterValues");

/** Makes the payloads of NotifyChargingLimit. */
export const NotifyChargingLimit: MessageMaker<NotifyChargingLimitRequest, NotifyChargingLimitResponse> =
  messageMaker<NotifyChargingLimitRequest, NotifyChargingLimitResponse>("2.0.1", "NotifyChargingLimit");

/** Makes the payloads of NotifyCustomerInformation. */
export const NotifyCustomerInformation: MessageMaker<
  NotifyCustomerInformationRequest,
  NotifyCustomerInformationResponse
> = messageMaker<NotifyCustomerInformationRequest, NotifyCustomerInformationResponse>(
  "2.0.1",
  "NotifyCustomerInformation",
);

/** Makes the payloads of NotifyDisplayMessages. */
export const NotifyDisplayMessages: MessageMaker<
  NotifyDisplayMessagesRequest,
  NotifyDisplayMessagesResponse
> = messageMaker<NotifyDisplayMessagesRequest, NotifyDisplayMessagesResponse>(
  "2.0.1",
  "NotifyDisplayMessages",
);

/** Makes the payloads of NotifyEVChargingNeeds. */
export const NotifyEVChargingNeeds: MessageMaker<
  NotifyEVChargingNeedsRequest,
  NotifyEVChargingNeedsResponse
> = messageMaker<NotifyEVChargingNeedsRequest, NotifyEVChargingNeedsResponse>(
  "2.0.1",
  "NotifyEVChargingNeeds",
);

/** Makes the payloads of NotifyEVChargingSchedule. */
export const NotifyEVChargingSchedule: MessageMaker<
  NotifyEVChargingScheduleRequest,
  NotifyEVChargingScheduleResponse
> = messageMaker<NotifyEVChargingScheduleRequest, NotifyEVChargingScheduleResponse>(
  "2.0.1",
  "NotifyEVChargingSchedule",
);

/** Makes the payloads of NotifyEvent. */
export const NotifyEvent: MessageMaker<NotifyEventRequest, NotifyEventResponse> = messageMaker<
  NotifyEventRequest,
  NotifyEventResponse
>("2.0.1", "NotifyEvent");

/** Makes the payloads of NotifyMonitoringReport. */
export const NotifyMonitoringReport: MessageMaker<
  NotifyMonitoringReportRequest,
  NotifyMonitoringReportResponse
> = messageMaker<NotifyMonitoringReportRequest, NotifyMonitoringReportResponse>(
  "2.0.1",
  "NotifyMonitoringReport",
);

/** Makes the payloads of NotifyReport. */
export const NotifyReport: MessageMaker<NotifyReportRequest, NotifyReportResponse> = messageMaker<
  NotifyReportRequest,
  NotifyReportResponse
>("2.0.1", "NotifyReport");

/** Makes the payloads of PublishFirmware. */
export const PublishFirmware: MessageMaker<PublishFirmwareRequest, PublishFirmwareResponse> = messageMaker<
  PublishFirmwareRequest,
  PublishFirmwareResponse
>("2.0.1", "PublishFirmware");

/** Makes the payloads of PublishFirmwareStatusNotification. */
export const PublishFirmwareStatusNotification: MessageMaker<
  PublishFirmwareStatusNotificationRequest,
  PublishFirmwareStatusNotificationResponse
> = messageMaker<PublishFirmwareStatusNotificationRequest, PublishFirmwareStatusNotificationResponse>(
  "2.0.1",
  "PublishFirmwareStatusNotification",
);

/** Makes the payloads of ReportChargingProfiles. */
export const ReportChargingProfiles: MessageMaker<
  ReportChargingProfilesRequest,
  ReportChargingProfilesResponse
> = messageMaker<ReportChargingProfilesRequest, ReportChargingProfilesResponse>(
  "2.0.1",
  "ReportChargingProfiles",
);

/** Makes the payloads of RequestStartTransaction. */
export const RequestStartTransaction: MessageMaker<
  RequestStartTransactionRequest,
  RequestStartTransactionResponse
> = messageMaker<RequestStartTransactionRequest, RequestStartTransactionResponse>(
  "2.0.1",
  "RequestStartTransaction",
);

/** Makes the payloads of RequestStopTransaction. */
export const RequestStopTransaction: MessageMaker<
  RequestStopTransactionRequest,
  RequestStopTransactionResponse
> = messageMaker<RequestStopTransactionRequest, RequestStopTransactionResponse>(
  "2.0.1",
  "RequestStopTransaction",
);

/** Makes the payloads of ReservationStatusUpdate. */
export const ReservationStatusUpdate: MessageMaker<
  ReservationStatusUpdateRequest,
  ReservationStatusUpdateResponse
> = messageMaker<ReservationStatusUpdateRequest, ReservationStatusUpdateResponse>(
  "2.0.1",
  "ReservationStatusUpdate",
);

/** Makes the payloads of ReserveNow. */
export const ReserveNow: MessageMaker<ReserveNowRequest, ReserveNowResponse> = messageMaker<
  ReserveNowRequest,
  ReserveNowResponse
>("2.0.1", "ReserveNow");

/** Makes the payloads of Reset. */
export const Reset: MessageMaker<ResetRequest, ResetResponse> = messageMaker<ResetRequest, ResetResponse>(
  "2.0.1",
  "Reset",
);

/** Makes the payloads of SecurityEventNotification. */
export const SecurityEventNotification: MessageMaker<
  SecurityEventNotificationRequest,
  SecurityEventNotificationResponse
> = messageMaker<SecurityEventNotificationRequest, SecurityEventNotificationResponse>(
  "2.0.1",
  "SecurityEventNotification",
);

/** Makes the payloads of SendLocalList. */
export const SendLocalList: MessageMaker<SendLocalListRequest, SendLocalListResponse> = messageMaker<
  SendLocalListRequest,
  SendLocalListResponse
>("2.0.1", "SendLocalList");

/** Makes the payloads of SetChargingProfile. */
export const SetChargingProfile: MessageMaker<SetChargingProfileRequest, SetChargingProfileResponse> =
  messageMaker<SetChargingProfileRequest, SetChargingProfileResponse>("2.0.1", "SetChargingProfile");

/** Makes the payloads of SetDisplayMessage. */
export const SetDisplayMessage: MessageMaker<SetDisplayMessageRequest, SetDisplayMessageResponse> =
  messageMaker<SetDisplayMessageRequest, SetDisplayMessageResponse>("2.0.1", "SetDisplayMessage");

/** Makes the payloads of SetMonitoringBase. */
export const SetMonitoringBase: MessageMaker<SetMonitoringBaseRequest, SetMonitoringBaseResponse> =
  messageMaker<SetMonitoringBaseRequest, SetMonitoringBaseResponse>("2.0.1", "SetMonitoringBase");

/** Makes the payloads of SetMonitoringLevel. */
export const SetMonitoringLevel: MessageMaker<SetMonitoringLevelRequest, SetMonitoringLevelResponse> =
  messageMaker<SetMonitoringLevelRequest, SetMonitoringLevelResponse>("2.0.1", "SetMonitoringLevel");

/** Makes the payloads of SetNetworkProfile. */
export const SetNetworkProfile: MessageMaker<SetNetworkProfileRequest, SetNetworkProfileResponse> =
  messageMaker<SetNetworkProfileRequest, SetNetworkProfileResponse>("2.0.1", "SetNetworkProfile");

/** Makes the payloads of SetVariableMonitoring. */
export const SetVariableMonitoring: MessageMaker<
  SetVariableMonitoringRequest,
  SetVariableMonitoringResponse
> = messageMaker<SetVariableMonitoringRequest, SetVariableMonitoringResponse>(
  "2.0.1",
  "SetVariableMonitoring",
);

/** Makes the payloads of SetVariables. */
export const SetVariables: MessageMaker<SetVariablesRequest, SetVariablesResponse> = messageMaker<
  SetVariablesRequest,
  SetVariablesResponse
>("2.0.1", "SetVariables");

/** Makes the payloads of SignCertificate. */
export const SignCertificate: MessageMaker<SignCertificateRequest, SignCertificateResponse> = messageMaker<
  SignCertificateRequest,
  SignCertificateResponse
>("2.0.1", "SignCertificate");

/** Makes the payloads of StatusNotification. */
export const StatusNotification: MessageMaker<StatusNotificationRequest, StatusNotificationResponse> =
  messageMaker<StatusNotificationRequest, StatusNotificationResponse>("2.0.1", "StatusNotification");

/** Makes the payloads of TransactionEvent. */
export const TransactionEvent: MessageMaker<TransactionEventRequest, TransactionEventResponse> = messageMaker<
  TransactionEventRequest,
  TransactionEventResponse
>("2.0.1", "TransactionEvent");

/** Makes the payloads of TriggerMessage. */
export const TriggerMessage: MessageMaker<TriggerMessageRequest, TriggerMessageResponse> = messageMaker<
  TriggerMessageRequest,
  TriggerMessageResponse
>("2.0.1", "TriggerMessage");

/** Makes the payloads of UnlockConnector. */
export const UnlockConnector: MessageMaker<UnlockConnectorRequest, UnlockConnectorResponse> = messageMaker<
  UnlockConnectorRequest,
  UnlockConnectorResponse
>("2.0.1", "UnlockConnector");

/** Makes the payloads of UnpublishFirmware. */
export const UnpublishFirmware: MessageMaker<UnpublishFirmwareRequest, UnpublishFirmwareResponse> =
  messageMaker<UnpublishFirmwareRequest, UnpublishFirmwareResponse>("2.0.1", "UnpublishFirmware");

/** Makes the payloads of UpdateFirmware. */
export const UpdateFirmware: MessageMaker<UpdateFirmwareRequest, UpdateFirmwareResponse> = messageMaker<
  UpdateFirmwareRequest,
  UpdateFirmwareResponse
>("2.0.1", "UpdateFirmware");
