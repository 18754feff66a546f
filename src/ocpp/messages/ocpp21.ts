// Every message of OCPP 2.1: what its payloads may hold, and how to make them.
// Generated from the JSON schemas by `npm run generate`; do not edit.

import { type MessageMaker, messageMaker, type SendMaker, sendMaker } from "./message-maker.js";

/** ACChargingParameters of OCPP 2.1. */
export interface ACChargingParameters {
  readonly energyAmount: number;
  readonly evMinCurrent: number;
  readonly evMaxCurrent: number;
  readonly evMaxVoltage: number;
  readonly customData?: CustomData;
}

/** AFRRSignalRequest of OCPP 2.1. */
export interface AFRRSignalRequest {
  readonly timestamp: string;
  readonly signal: number;
  readonly customData?: CustomData;
}

/** AFRRSignalResponse of OCPP 2.1. */
export interface AFRRSignalResponse {
  readonly status: GenericStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** APN of OCPP 2.1. */
export interface APN {
  readonly apn: string;
  readonly apnUserName?: string;
  readonly apnPassword?: string;
  readonly simPin?: number;
  readonly preferredNetwork?: string;
  readonly useOnlyPreferredNetwork?: boolean;
  readonly apnAuthentication: APNAuthenticationEnum;
  readonly customData?: CustomData;
}

/** APNAuthenticationEnum of OCPP 2.1. */
export type APNAuthenticationEnum = "PAP" | "CHAP" | "NONE" | "AUTO";

/** AbsolutePriceSchedule of OCPP 2.1. */
export interface AbsolutePriceSchedule {
  readonly timeAnchor: string;
  readonly priceScheduleID: number;
  readonly priceScheduleDescription?: string;
  readonly currency: string;
  readonly language: string;
  readonly priceAlgorithm: string;
  readonly minimumCost?: RationalNumber;
  readonly maximumCost?: RationalNumber;
  readonly priceRuleStacks: readonly PriceRuleStack[];
  readonly taxRules?: readonly TaxRule[];
  readonly overstayRuleList?: OverstayRuleList;
  readonly additionalSelectedServices?: readonly AdditionalSelectedServices[];
  readonly customData?: CustomData;
}

/** AdditionalInfo of OCPP 2.1. */
export interface AdditionalInfo {
  readonly additionalIdToken: string;
  readonly type: string;
  readonly customData?: CustomData;
}

/** AdditionalSelectedServices of OCPP 2.1. */
export interface AdditionalSelectedServices {
  readonly serviceFee: RationalNumber;
  readonly serviceName: string;
  readonly customData?: CustomData;
}

/** Address of OCPP 2.1. */
export interface Address {
  readonly name: string;
  readonly address1: string;
  readonly address2?: string;
  readonly city: string;
  readonly postalCode?: string;
  readonly country: string;
  readonly customData?: CustomData;
}

/** AdjustPeriodicEventStreamRequest of OCPP 2.1. */
export interface AdjustPeriodicEventStreamRequest {
  readonly id: number;
  readonly params: PeriodicEventStreamParams;
  readonly customData?: CustomData;
}

/** AdjustPeriodicEventStreamResponse of OCPP 2.1. */
export interface AdjustPeriodicEventStreamResponse {
  readonly status: GenericStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** AttributeEnum of OCPP 2.1. */
export type AttributeEnum = "Actual" | "Target" | "MinSet" | "MaxSet";

/** AuthorizationData of OCPP 2.1. */
export interface AuthorizationData {
  readonly idToken: IdToken;
  readonly idTokenInfo?: IdTokenInfo;
  readonly customData?: CustomData;
}

/** AuthorizationStatusEnum of OCPP 2.1. */
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

/** AuthorizeCertificateStatusEnum of OCPP 2.1. */
export type AuthorizeCertificateStatusEnum =
  | "Accepted"
  | "SignatureError"
  | "CertificateExpired"
  | "CertificateRevoked"
  | "NoCertificateAvailable"
  | "CertChainError"
  | "ContractCancelled";

/** AuthorizeRequest of OCPP 2.1. */
export interface AuthorizeRequest {
  readonly idToken: IdToken;
  readonly certificate?: string;
  readonly iso15118CertificateHashData?: readonly OCSPRequestData[];
  readonly customData?: CustomData;
}

/** AuthorizeResponse of OCPP 2.1. */
export interface AuthorizeResponse {
  readonly idTokenInfo: IdTokenInfo;
  readonly certificateStatus?: AuthorizeCertificateStatusEnum;
  readonly allowedEnergyTransfer?: readonly EnergyTransferModeEnum[];
  readonly tariff?: Tariff;
  readonly customData?: CustomData;
}

/** BatteryData of OCPP 2.1. */
export interface BatteryData {
  readonly evseId: number;
  readonly serialNumber: string;
  readonly soC: number;
  readonly soH: number;
  readonly productionDate?: string;
  readonly vendorInfo?: string;
  readonly customData?: CustomData;
}

/** BatterySwapEventEnum of OCPP 2.1. */
export type BatterySwapEventEnum = "BatteryIn" | "BatteryOut" | "BatteryOutTimeout";

/** BatterySwapRequest of OCPP 2.1. */
export interface BatterySwapRequest {
  readonly batteryData: readonly BatteryData[];
  readonly eventType: BatterySwapEventEnum;
  readonly idToken: IdToken;
  readonly requestId: number;
  readonly customData?: CustomData;
}

/** BatterySwapResponse of OCPP 2.1. */
export interface BatterySwapResponse {
  readonly customData?: CustomData;
}

/** BootNotificationRequest of OCPP 2.1. */
export interface BootNotificationRequest {
  readonly chargingStation: ChargingStation;
  readonly reason: BootReasonEnum;
  readonly customData?: CustomData;
}

/** BootNotificationResponse of OCPP 2.1. */
export interface BootNotificationResponse {
  readonly currentTime: string;
  readonly interval: number;
  readonly status: RegistrationStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** BootReasonEnum of OCPP 2.1. */
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

/** CancelReservationRequest of OCPP 2.1. */
export interface CancelReservationRequest {
  readonly reservationId: number;
  readonly customData?: CustomData;
}

/** CancelReservationResponse of OCPP 2.1. */
export interface CancelReservationResponse {
  readonly status: CancelReservationStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** CancelReservationStatusEnum of OCPP 2.1. */
export type CancelReservationStatusEnum = "Accepted" | "Rejected";

/** CertificateActionEnum of OCPP 2.1. */
export type CertificateActionEnum = "Install" | "Update";

/** CertificateHashData of OCPP 2.1. */
export interface CertificateHashData {
  readonly hashAlgorithm: HashAlgorithmEnum;
  readonly issuerNameHash: string;
  readonly issuerKeyHash: string;
  readonly serialNumber: string;
  readonly customData?: CustomData;
}

/** CertificateHashDataChain of OCPP 2.1. */
export interface CertificateHashDataChain {
  readonly certificateHashData: CertificateHashData;
  readonly certificateType: GetCertificateIdUseEnum;
  readonly childCertificateHashData?: readonly CertificateHashData[];
  readonly customData?: CustomData;
}

/** CertificateSignedRequest of OCPP 2.1. */
export interface CertificateSignedRequest {
  readonly certificateChain: string;
  readonly certificateType?: CertificateSigningUseEnum;
  readonly requestId?: number;
  readonly customData?: CustomData;
}

/** CertificateSignedResponse of OCPP 2.1. */
export interface CertificateSignedResponse {
  readonly status: CertificateSignedStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** CertificateSignedStatusEnum of OCPP 2.1. */
export type CertificateSignedStatusEnum = "Accepted" | "Rejected";

/** CertificateSigningUseEnum of OCPP 2.1. */
export type CertificateSigningUseEnum = "ChargingStationCertificate" | "V2GCertificate" | "V2G20Certificate";

/** CertificateStatus of OCPP 2.1. */
export interface CertificateStatus {
  readonly certificateHashData: CertificateHashData;
  readonly source: CertificateStatusSourceEnum;
  readonly status: CertificateStatusEnum;
  readonly nextUpdate: string;
  readonly customData?: CustomData;
}

/** CertificateStatusEnum of OCPP 2.1. */
export type CertificateStatusEnum = "Good" | "Revoked" | "Unknown" | "Failed";

/** CertificateStatusRequestInfo of OCPP 2.1. */
export interface CertificateStatusRequestInfo {
  readonly certificateHashData: CertificateHashData;
  readonly source: CertificateStatusSourceEnum;
  readonly urls: readonly string[];
  readonly customData?: CustomData;
}

/** CertificateStatusSourceEnum of OCPP 2.1. */
export type CertificateStatusSourceEnum = "CRL" | "OCSP";

/** ChangeAvailabilityRequest of OCPP 2.1. */
export interface ChangeAvailabilityRequest {
  readonly evse?: EVSE;
  readonly operationalStatus: OperationalStatusEnum;
  readonly customData?: CustomData;
}

/** ChangeAvailabilityResponse of OCPP 2.1. */
export interface ChangeAvailabilityResponse {
  readonly status: ChangeAvailabilityStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** ChangeAvailabilityStatusEnum of OCPP 2.1. */
export type ChangeAvailabilityStatusEnum = "Accepted" | "Rejected" | "Scheduled";

/** ChangeTransactionTariffRequest of OCPP 2.1. */
export interface ChangeTransactionTariffRequest {
  readonly tariff: Tariff;
  readonly transactionId: string;
  readonly customData?: CustomData;
}

/** ChangeTransactionTariffResponse of OCPP 2.1. */
export interface ChangeTransactionTariffResponse {
  readonly status: TariffChangeStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** ChargingLimit of OCPP 2.1. */
export interface ChargingLimit {
  readonly chargingLimitSource: string;
  readonly isLocalGeneration?: boolean;
  readonly isGridCritical?: boolean;
  readonly customData?: CustomData;
}

/** ChargingNeeds of OCPP 2.1. */
export interface ChargingNeeds {
  readonly acChargingParameters?: ACChargingParameters;
  readonly derChargingParameters?: DERChargingParameters;
  readonly evEnergyOffer?: EVEnergyOffer;
  readonly requestedEnergyTransfer: EnergyTransferModeEnum;
  readonly dcChargingParameters?: DCChargingParameters;
  readonly v2xChargingParameters?: V2XChargingParameters;
  readonly availableEnergyTransfer?: readonly EnergyTransferModeEnum[];
  readonly controlMode?: ControlModeEnum;
  readonly mobilityNeedsMode?: MobilityNeedsModeEnum;
  readonly departureTime?: string;
  readonly customData?: CustomData;
}

/** ChargingPeriod of OCPP 2.1. */
export interface ChargingPeriod {
  readonly dimensions?: readonly CostDimension[];
  readonly tariffId?: string;
  readonly startPeriod: string;
  readonly customData?: CustomData;
}

/** ChargingProfile of OCPP 2.1. */
export interface ChargingProfile {
  readonly id: number;
  readonly stackLevel: number;
  readonly chargingProfilePurpose: ChargingProfilePurposeEnum;
  readonly chargingProfileKind: ChargingProfileKindEnum;
  readonly recurrencyKind?: RecurrencyKindEnum;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly transactionId?: string;
  readonly maxOfflineDuration?: number;
  readonly chargingSchedule: readonly ChargingSchedule[];
  readonly invalidAfterOfflineDuration?: boolean;
  readonly dynUpdateInterval?: number;
  readonly dynUpdateTime?: string;
  readonly priceScheduleSignature?: string;
  readonly customData?: CustomData;
}

/** ChargingProfileCriterion of OCPP 2.1. */
export interface ChargingProfileCriterion {
  readonly chargingProfilePurpose?: ChargingProfilePurposeEnum;
  readonly stackLevel?: number;
  readonly chargingProfileId?: readonly number[];
  readonly chargingLimitSource?: readonly string[];
  readonly customData?: CustomData;
}

/** ChargingProfileKindEnum of OCPP 2.1. */
export type ChargingProfileKindEnum = "Absolute" | "Recurring" | "Relative" | "Dynamic";

/** ChargingProfilePurposeEnum of OCPP 2.1. */
export type ChargingProfilePurposeEnum =
  | "ChargingStationExternalConstraints"
  | "ChargingStationMaxProfile"
  | "TxDefaultProfile"
  | "TxProfile"
  | "PriorityCharging"
  | "LocalGeneration";

/** ChargingProfileStatusEnum of OCPP 2.1. */
export type ChargingProfileStatusEnum = "Accepted" | "Rejected";

/** ChargingRateUnitEnum of OCPP 2.1. */
export type ChargingRateUnitEnum = "W" | "A";

/** ChargingSchedule of OCPP 2.1. */
export interface ChargingSchedule {
  readonly id: number;
  readonly limitAtSoC?: LimitAtSoC;
  readonly startSchedule?: string;
  readonly duration?: number;
  readonly chargingRateUnit: ChargingRateUnitEnum;
  readonly minChargingRate?: number;
  readonly powerTolerance?: number;
  readonly signatureId?: number;
  readonly digestValue?: string;
  readonly useLocalTime?: boolean;
  readonly chargingSchedulePeriod: readonly ChargingSchedulePeriod[];
  readonly randomizedDelay?: number;
  readonly salesTariff?: SalesTariff;
  readonly absolutePriceSchedule?: AbsolutePriceSchedule;
  readonly priceLevelSchedule?: PriceLevelSchedule;
  readonly customData?: CustomData;
}

/** ChargingSchedulePeriod of OCPP 2.1. */
export interface ChargingSchedulePeriod {
  readonly startPeriod: number;
  readonly limit?: number;
  readonly limit_L2?: number;
  readonly limit_L3?: number;
  readonly numberPhases?: number;
  readonly phaseToUse?: number;
  readonly dischargeLimit?: number;
  readonly dischargeLimit_L2?: number;
  readonly dischargeLimit_L3?: number;
  readonly setpoint?: number;
  readonly setpoint_L2?: number;
  readonly setpoint_L3?: number;
  readonly setpointReactive?: number;
  readonly setpointReactive_L2?: number;
  readonly setpointReactive_L3?: number;
  readonly preconditioningRequest?: boolean;
  readonly evseSleep?: boolean;
  readonly v2xBaseline?: number;
  readonly operationMode?: OperationModeEnum;
  readonly v2xFreqWattCurve?: readonly V2XFreqWattPoint[];
  readonly v2xSignalWattCurve?: readonly V2XSignalWattPoint[];
  readonly customData?: CustomData;
}

/** ChargingScheduleUpdate of OCPP 2.1. */
export interface ChargingScheduleUpdate {
  readonly limit?: number;
  readonly limit_L2?: number;
  readonly limit_L3?: number;
  readonly dischargeLimit?: number;
  readonly dischargeLimit_L2?: number;
  readonly dischargeLimit_L3?: number;
  readonly setpoint?: number;
  readonly setpoint_L2?: number;
  readonly setpoint_L3?: number;
  readonly setpointReactive?: number;
  readonly setpointReactive_L2?: number;
  readonly setpointReactive_L3?: number;
  readonly customData?: CustomData;
}

/** ChargingStateEnum of OCPP 2.1. */
export type ChargingStateEnum = "EVConnected" | "Charging" | "SuspendedEV" | "SuspendedEVSE" | "Idle";

/** ChargingStation of OCPP 2.1. */
export interface ChargingStation {
  readonly serialNumber?: string;
  readonly model: string;
  readonly modem?: Modem;
  readonly vendorName: string;
  readonly firmwareVersion?: string;
  readonly customData?: CustomData;
}

/** ClearCacheRequest of OCPP 2.1. */
export interface ClearCacheRequest {
  readonly customData?: CustomData;
}

/** ClearCacheResponse of OCPP 2.1. */
export interface ClearCacheResponse {
  readonly status: ClearCacheStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** ClearCacheStatusEnum of OCPP 2.1. */
export type ClearCacheStatusEnum = "Accepted" | "Rejected";

/** ClearChargingProfileData of OCPP 2.1. */
export interface ClearChargingProfileData {
  readonly evseId?: number;
  readonly chargingProfilePurpose?: ChargingProfilePurposeEnum;
  readonly stackLevel?: number;
  readonly customData?: CustomData;
}

/** ClearChargingProfileRequest of OCPP 2.1. */
export interface ClearChargingProfileRequest {
  readonly chargingProfileId?: number;
  readonly chargingProfileCriteria?: ClearChargingProfileData;
  readonly customData?: CustomData;
}

/** ClearChargingProfileResponse of OCPP 2.1. */
export interface ClearChargingProfileResponse {
  readonly status: ClearChargingProfileStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** ClearChargingProfileStatusEnum of OCPP 2.1. */
export type ClearChargingProfileStatusEnum = "Accepted" | "Unknown";

/** ClearDERControlRequest of OCPP 2.1. */
export interface ClearDERControlRequest {
  readonly isDefault: boolean;
  readonly controlType?: DERControlEnum;
  readonly controlId?: string;
  readonly customData?: CustomData;
}

/** ClearDERControlResponse of OCPP 2.1. */
export interface ClearDERControlResponse {
  readonly status: DERControlStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** ClearDisplayMessageRequest of OCPP 2.1. */
export interface ClearDisplayMessageRequest {
  readonly id: number;
  readonly customData?: CustomData;
}

/** ClearDisplayMessageResponse of OCPP 2.1. */
export interface ClearDisplayMessageResponse {
  readonly status: ClearMessageStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** ClearMessageStatusEnum of OCPP 2.1. */
export type ClearMessageStatusEnum = "Accepted" | "Unknown" | "Rejected";

/** ClearMonitoringResult of OCPP 2.1. */
export interface ClearMonitoringResult {
  readonly status: ClearMonitoringStatusEnum;
  readonly id: number;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** ClearMonitoringStatusEnum of OCPP 2.1. */
export type ClearMonitoringStatusEnum = "Accepted" | "Rejected" | "NotFound";

/** ClearTariffsRequest of OCPP 2.1. */
export interface ClearTariffsRequest {
  readonly tariffIds?: readonly string[];
  readonly evseId?: number;
  readonly customData?: CustomData;
}

/** ClearTariffsResponse of OCPP 2.1. */
export interface ClearTariffsResponse {
  readonly clearTariffsResult: readonly ClearTariffsResult[];
  readonly customData?: CustomData;
}

/** ClearTariffsResult of OCPP 2.1. */
export interface ClearTariffsResult {
  readonly statusInfo?: StatusInfo;
  readonly tariffId?: string;
  readonly status: TariffClearStatusEnum;
  readonly customData?: CustomData;
}

/** ClearVariableMonitoringRequest of OCPP 2.1. */
export interface ClearVariableMonitoringRequest {
  readonly id: readonly number[];
  readonly customData?: CustomData;
}

/** ClearVariableMonitoringResponse of OCPP 2.1. */
export interface ClearVariableMonitoringResponse {
  readonly clearMonitoringResult: readonly ClearMonitoringResult[];
  readonly customData?: CustomData;
}

/** ClearedChargingLimitRequest of OCPP 2.1. */
export interface ClearedChargingLimitRequest {
  readonly chargingLimitSource: string;
  readonly evseId?: number;
  readonly customData?: CustomData;
}

/** ClearedChargingLimitResponse of OCPP 2.1. */
export interface ClearedChargingLimitResponse {
  readonly customData?: CustomData;
}

/** ClosePeriodicEventStreamRequest of OCPP 2.1. */
export interface ClosePeriodicEventStreamRequest {
  readonly id: number;
  readonly customData?: CustomData;
}

/** ClosePeriodicEventStreamResponse of OCPP 2.1. */
export interface ClosePeriodicEventStreamResponse {
  readonly customData?: CustomData;
}

/** Component of OCPP 2.1. */
export interface Component {
  readonly evse?: EVSE;
  readonly name: string;
  readonly instance?: string;
  readonly customData?: CustomData;
}

/** ComponentCriterionEnum of OCPP 2.1. */
export type ComponentCriterionEnum = "Active" | "Available" | "Enabled" | "Problem";

/** ComponentVariable of OCPP 2.1. */
export interface ComponentVariable {
  readonly component: Component;
  readonly variable?: Variable;
  readonly customData?: CustomData;
}

/** CompositeSchedule of OCPP 2.1. */
export interface CompositeSchedule {
  readonly evseId: number;
  readonly duration: number;
  readonly scheduleStart: string;
  readonly chargingRateUnit: ChargingRateUnitEnum;
  readonly chargingSchedulePeriod: readonly ChargingSchedulePeriod[];
  readonly customData?: CustomData;
}

/** ConnectorStatusEnum of OCPP 2.1. */
export type ConnectorStatusEnum = "Available" | "Occupied" | "Reserved" | "Unavailable" | "Faulted";

/** ConstantStreamData of OCPP 2.1. */
export interface ConstantStreamData {
  readonly id: number;
  readonly params: PeriodicEventStreamParams;
  readonly variableMonitoringId: number;
  readonly customData?: CustomData;
}

/** ConsumptionCost of OCPP 2.1. */
export interface ConsumptionCost {
  readonly startValue: number;
  readonly cost: readonly Cost[];
  readonly customData?: CustomData;
}

/** ControlModeEnum of OCPP 2.1. */
export type ControlModeEnum = "ScheduledControl" | "DynamicControl";

/** Cost of OCPP 2.1. */
export interface Cost {
  readonly costKind: CostKindEnum;
  readonly amount: number;
  readonly amountMultiplier?: number;
  readonly customData?: CustomData;
}

/** CostDetails of OCPP 2.1. */
export interface CostDetails {
  readonly chargingPeriods?: readonly ChargingPeriod[];
  readonly totalCost: TotalCost;
  readonly totalUsage: TotalUsage;
  readonly failureToCalculate?: boolean;
  readonly failureReason?: string;
  readonly customData?: CustomData;
}

/** CostDimension of OCPP 2.1. */
export interface CostDimension {
  readonly type: CostDimensionEnum;
  readonly volume: number;
  readonly customData?: CustomData;
}

/** CostDimensionEnum of OCPP 2.1. */
export type CostDimensionEnum =
  | "Energy"
  | "MaxCurrent"
  | "MinCurrent"
  | "MaxPower"
  | "MinPower"
  | "IdleTIme"
  | "ChargingTime";

/** CostKindEnum of OCPP 2.1. */
export type CostKindEnum =
  | "CarbonDioxideEmission"
  | "RelativePricePercentage"
  | "RenewableGenerationPercentage";

/** CostUpdatedRequest of OCPP 2.1. */
export interface CostUpdatedRequest {
  readonly totalCost: number;
  readonly transactionId: string;
  readonly customData?: CustomData;
}

/** CostUpdatedResponse of OCPP 2.1. */
export interface CostUpdatedResponse {
  readonly customData?: CustomData;
}

/** CustomData of OCPP 2.1. */
export interface CustomData {
  readonly vendorId: string;
  readonly [name: string]: unknown;
}

/** CustomerInformationRequest of OCPP 2.1. */
export interface CustomerInformationRequest {
  readonly customerCertificate?: CertificateHashData;
  readonly idToken?: IdToken;
  readonly requestId: number;
  readonly report: boolean;
  readonly clear: boolean;
  readonly customerIdentifier?: string;
  readonly customData?: CustomData;
}

/** CustomerInformationResponse of OCPP 2.1. */
export interface CustomerInformationResponse {
  readonly status: CustomerInformationStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** CustomerInformationStatusEnum of OCPP 2.1. */
export type CustomerInformationStatusEnum = "Accepted" | "Rejected" | "Invalid";

/** DCChargingParameters of OCPP 2.1. */
export interface DCChargingParameters {
  readonly evMaxCurrent: number;
  readonly evMaxVoltage: number;
  readonly evMaxPower?: number;
  readonly evEnergyCapacity?: number;
  readonly energyAmount?: number;
  readonly stateOfCharge?: number;
  readonly fullSoC?: number;
  readonly bulkSoC?: number;
  readonly customData?: CustomData;
}

/** DERChargingParameters of OCPP 2.1. */
export interface DERChargingParameters {
  readonly evSupportedDERControl?: readonly DERControlEnum[];
  readonly evOverExcitedMaxDischargePower?: number;
  readonly evOverExcitedPowerFactor?: number;
  readonly evUnderExcitedMaxDischargePower?: number;
  readonly evUnderExcitedPowerFactor?: number;
  readonly maxApparentPower?: number;
  readonly maxChargeApparentPower?: number;
  readonly maxChargeApparentPower_L2?: number;
  readonly maxChargeApparentPower_L3?: number;
  readonly maxDischargeApparentPower?: number;
  readonly maxDischargeApparentPower_L2?: number;
  readonly maxDischargeApparentPower_L3?: number;
  readonly maxChargeReactivePower?: number;
  readonly maxChargeReactivePower_L2?: number;
  readonly maxChargeReactivePower_L3?: number;
  readonly minChargeReactivePower?: number;
  readonly minChargeReactivePower_L2?: number;
  readonly minChargeReactivePower_L3?: number;
  readonly maxDischargeReactivePower?: number;
  readonly maxDischargeReactivePower_L2?: number;
  readonly maxDischargeReactivePower_L3?: number;
  readonly minDischargeReactivePower?: number;
  readonly minDischargeReactivePower_L2?: number;
  readonly minDischargeReactivePower_L3?: number;
  readonly nominalVoltage?: number;
  readonly nominalVoltageOffset?: number;
  readonly maxNominalVoltage?: number;
  readonly minNominalVoltage?: number;
  readonly evInverterManufacturer?: string;
  readonly evInverterModel?: string;
  readonly evInverterSerialNumber?: string;
  readonly evInverterSwVersion?: string;
  readonly evInverterHwVersion?: string;
  readonly evIslandingDetectionMethod?: readonly IslandingDetectionEnum[];
  readonly evIslandingTripTime?: number;
  readonly evMaximumLevel1DCInjection?: number;
  readonly evDurationLevel1DCInjection?: number;
  readonly evMaximumLevel2DCInjection?: number;
  readonly evDurationLevel2DCInjection?: number;
  readonly evReactiveSusceptance?: number;
  readonly evSessionTotalDischargeEnergyAvailable?: number;
  readonly customData?: CustomData;
}

/** DERControlEnum of OCPP 2.1. */
export type DERControlEnum =
  | "EnterService"
  | "FreqDroop"
  | "FreqWatt"
  | "FixedPFAbsorb"
  | "FixedPFInject"
  | "FixedVar"
  | "Gradients"
  | "HFMustTrip"
  | "HFMayTrip"
  | "HVMustTrip"
  | "HVMomCess"
  | "HVMayTrip"
  | "LimitMaxDischarge"
  | "LFMustTrip"
  | "LVMustTrip"
  | "LVMomCess"
  | "LVMayTrip"
  | "PowerMonitoringMustTrip"
  | "VoltVar"
  | "VoltWatt"
  | "WattPF"
  | "WattVar";

/** DERControlStatusEnum of OCPP 2.1. */
export type DERControlStatusEnum = "Accepted" | "Rejected" | "NotSupported" | "NotFound";

/** DERCurve of OCPP 2.1. */
export interface DERCurve {
  readonly curveData: readonly DERCurvePoints[];
  readonly hysteresis?: Hysteresis;
  readonly priority: number;
  readonly reactivePowerParams?: ReactivePowerParams;
  readonly voltageParams?: VoltageParams;
  readonly yUnit: DERUnitEnum;
  readonly responseTime?: number;
  readonly startTime?: string;
  readonly duration?: number;
  readonly customData?: CustomData;
}

/** DERCurveGet of OCPP 2.1. */
export interface DERCurveGet {
  readonly curve: DERCurve;
  readonly id: string;
  readonly curveType: DERControlEnum;
  readonly isDefault: boolean;
  readonly isSuperseded: boolean;
  readonly customData?: CustomData;
}

/** DERCurvePoints of OCPP 2.1. */
export interface DERCurvePoints {
  readonly x: number;
  readonly y: number;
  readonly customData?: CustomData;
}

/** DERUnitEnum of OCPP 2.1. */
export type DERUnitEnum =
  | "Not_Applicable"
  | "PctMaxW"
  | "PctMaxVar"
  | "PctWAvail"
  | "PctVarAvail"
  | "PctEffectiveV";

/** DataEnum of OCPP 2.1. */
export type DataEnum =
  | "string"
  | "decimal"
  | "integer"
  | "dateTime"
  | "boolean"
  | "OptionList"
  | "SequenceList"
  | "MemberList";

/** DataTransferRequest of OCPP 2.1. */
export interface DataTransferRequest {
  readonly messageId?: string;
  readonly data?: unknown;
  readonly vendorId: string;
  readonly customData?: CustomData;
}

/** DataTransferResponse of OCPP 2.1. */
export interface DataTransferResponse {
  readonly status: DataTransferStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly data?: unknown;
  readonly customData?: CustomData;
}

/** DataTransferStatusEnum of OCPP 2.1. */
export type DataTransferStatusEnum = "Accepted" | "Rejected" | "UnknownMessageId" | "UnknownVendorId";

/** DayOfWeekEnum of OCPP 2.1. */
export type DayOfWeekEnum =
  | "Monday"
  | "Tuesday"
  | "Wednesday"
  | "Thursday"
  | "Friday"
  | "Saturday"
  | "Sunday";

/** DeleteCertificateRequest of OCPP 2.1. */
export interface DeleteCertificateRequest {
  readonly certificateHashData: CertificateHashData;
  readonly customData?: CustomData;
}

/** DeleteCertificateResponse of OCPP 2.1. */
export interface DeleteCertificateResponse {
  readonly status: DeleteCertificateStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** DeleteCertificateStatusEnum of OCPP 2.1. */
export type DeleteCertificateStatusEnum = "Accepted" | "Failed" | "NotFound";

/** DisplayMessageStatusEnum of OCPP 2.1. */
export type DisplayMessageStatusEnum =
  | "Accepted"
  | "NotSupportedMessageFormat"
  | "Rejected"
  | "NotSupportedPriority"
  | "NotSupportedState"
  | "UnknownTransaction"
  | "LanguageNotSupported";

/** EVAbsolutePriceSchedule of OCPP 2.1. */
export interface EVAbsolutePriceSchedule {
  readonly timeAnchor: string;
  readonly currency: string;
  readonly evAbsolutePriceScheduleEntries: readonly EVAbsolutePriceScheduleEntry[];
  readonly priceAlgorithm: string;
  readonly customData?: CustomData;
}

/** EVAbsolutePriceScheduleEntry of OCPP 2.1. */
export interface EVAbsolutePriceScheduleEntry {
  readonly duration: number;
  readonly evPriceRule: readonly EVPriceRule[];
  readonly customData?: CustomData;
}

/** EVEnergyOffer of OCPP 2.1. */
export interface EVEnergyOffer {
  readonly evAbsolutePriceSchedule?: EVAbsolutePriceSchedule;
  readonly evPowerSchedule: EVPowerSchedule;
  readonly customData?: CustomData;
}

/** EVPowerSchedule of OCPP 2.1. */
export interface EVPowerSchedule {
  readonly evPowerScheduleEntries: readonly EVPowerScheduleEntry[];
  readonly timeAnchor: string;
  readonly customData?: CustomData;
}

/** EVPowerScheduleEntry of OCPP 2.1. */
export interface EVPowerScheduleEntry {
  readonly duration: number;
  readonly power: number;
  readonly customData?: CustomData;
}

/** EVPriceRule of OCPP 2.1. */
export interface EVPriceRule {
  readonly energyFee: number;
  readonly powerRangeStart: number;
  readonly customData?: CustomData;
}

/** EVSE of OCPP 2.1. */
export interface EVSE {
  readonly id: number;
  readonly connectorId?: number;
  readonly customData?: CustomData;
}

/** EnergyTransferModeEnum of OCPP 2.1. */
export type EnergyTransferModeEnum =
  | "AC_single_phase"
  | "AC_two_phase"
  | "AC_three_phase"
  | "DC"
  | "AC_BPT"
  | "AC_BPT_DER"
  | "AC_DER"
  | "DC_BPT"
  | "DC_ACDP"
  | "DC_ACDP_BPT"
  | "WPT";

/** EnterService of OCPP 2.1. */
export interface EnterService {
  readonly priority: number;
  readonly highVoltage: number;
  readonly lowVoltage: number;
  readonly highFreq: number;
  readonly lowFreq: number;
  readonly delay?: number;
  readonly randomDelay?: number;
  readonly rampRate?: number;
  readonly customData?: CustomData;
}

/** EnterServiceGet of OCPP 2.1. */
export interface EnterServiceGet {
  readonly enterService: EnterService;
  readonly id: string;
  readonly customData?: CustomData;
}

/** EventData of OCPP 2.1. */
export interface EventData {
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
  readonly severity?: number;
  readonly customData?: CustomData;
}

/** EventNotificationEnum of OCPP 2.1. */
export type EventNotificationEnum =
  | "HardWiredNotification"
  | "HardWiredMonitor"
  | "PreconfiguredMonitor"
  | "CustomMonitor";

/** EventTriggerEnum of OCPP 2.1. */
export type EventTriggerEnum = "Alerting" | "Delta" | "Periodic";

/** EvseKindEnum of OCPP 2.1. */
export type EvseKindEnum = "AC" | "DC";

/** Firmware of OCPP 2.1. */
export interface Firmware {
  readonly location: string;
  readonly retrieveDateTime: string;
  readonly installDateTime?: string;
  readonly signingCertificate?: string;
  readonly signature?: string;
  readonly customData?: CustomData;
}

/** FirmwareStatusEnum of OCPP 2.1. */
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

/** FirmwareStatusNotificationRequest of OCPP 2.1. */
export interface FirmwareStatusNotificationRequest {
  readonly status: FirmwareStatusEnum;
  readonly requestId?: number;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** FirmwareStatusNotificationResponse of OCPP 2.1. */
export interface FirmwareStatusNotificationResponse {
  readonly customData?: CustomData;
}

/** FixedPF of OCPP 2.1. */
export interface FixedPF {
  readonly priority: number;
  readonly displacement: number;
  readonly excitation: boolean;
  readonly startTime?: string;
  readonly duration?: number;
  readonly customData?: CustomData;
}

/** FixedPFGet of OCPP 2.1. */
export interface FixedPFGet {
  readonly fixedPF: FixedPF;
  readonly id: string;
  readonly isDefault: boolean;
  readonly isSuperseded: boolean;
  readonly customData?: CustomData;
}

/** FixedVar of OCPP 2.1. */
export interface FixedVar {
  readonly priority: number;
  readonly setpoint: number;
  readonly unit: DERUnitEnum;
  readonly startTime?: string;
  readonly duration?: number;
  readonly customData?: CustomData;
}

/** FixedVarGet of OCPP 2.1. */
export interface FixedVarGet {
  readonly fixedVar: FixedVar;
  readonly id: string;
  readonly isDefault: boolean;
  readonly isSuperseded: boolean;
  readonly customData?: CustomData;
}

/** FreqDroop of OCPP 2.1. */
export interface FreqDroop {
  readonly priority: number;
  readonly overFreq: number;
  readonly underFreq: number;
  readonly overDroop: number;
  readonly underDroop: number;
  readonly responseTime: number;
  readonly startTime?: string;
  readonly duration?: number;
  readonly customData?: CustomData;
}

/** FreqDroopGet of OCPP 2.1. */
export interface FreqDroopGet {
  readonly freqDroop: FreqDroop;
  readonly id: string;
  readonly isDefault: boolean;
  readonly isSuperseded: boolean;
  readonly customData?: CustomData;
}

/** GenericDeviceModelStatusEnum of OCPP 2.1. */
export type GenericDeviceModelStatusEnum = "Accepted" | "Rejected" | "NotSupported" | "EmptyResultSet";

/** GenericStatusEnum of OCPP 2.1. */
export type GenericStatusEnum = "Accepted" | "Rejected";

/** Get15118EVCertificateRequest of OCPP 2.1. */
export interface Get15118EVCertificateRequest {
  readonly iso15118SchemaVersion: string;
  readonly action: CertificateActionEnum;
  readonly exiRequest: string;
  readonly maximumContractCertificateChains?: number;
  readonly prioritizedEMAIDs?: readonly string[];
  readonly customData?: CustomData;
}

/** Get15118EVCertificateResponse of OCPP 2.1. */
export interface Get15118EVCertificateResponse {
  readonly status: Iso15118EVCertificateStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly exiResponse: string;
  readonly remainingContracts?: number;
  readonly customData?: CustomData;
}

/** GetBaseReportRequest of OCPP 2.1. */
export interface GetBaseReportRequest {
  readonly requestId: number;
  readonly reportBase: ReportBaseEnum;
  readonly customData?: CustomData;
}

/** GetBaseReportResponse of OCPP 2.1. */
export interface GetBaseReportResponse {
  readonly status: GenericDeviceModelStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** GetCertificateChainStatusRequest of OCPP 2.1. */
export interface GetCertificateChainStatusRequest {
  readonly certificateStatusRequests: readonly CertificateStatusRequestInfo[];
  readonly customData?: CustomData;
}

/** GetCertificateChainStatusResponse of OCPP 2.1. */
export interface GetCertificateChainStatusResponse {
  readonly certificateStatus: readonly CertificateStatus[];
  readonly customData?: CustomData;
}

/** GetCertificateIdUseEnum of OCPP 2.1. */
export type GetCertificateIdUseEnum =
  | "V2GRootCertificate"
  | "MORootCertificate"
  | "CSMSRootCertificate"
  | "V2GCertificateChain"
  | "ManufacturerRootCertificate"
  | "OEMRootCertificate";

/** GetCertificateStatusEnum of OCPP 2.1. */
export type GetCertificateStatusEnum = "Accepted" | "Failed";

/** GetCertificateStatusRequest of OCPP 2.1. */
export interface GetCertificateStatusRequest {
  readonly ocspRequestData: OCSPRequestData;
  readonly customData?: CustomData;
}

/** GetCertificateStatusResponse of OCPP 2.1. */
export interface GetCertificateStatusResponse {
  readonly status: GetCertificateStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly ocspResult?: string;
  readonly customData?: CustomData;
}

/** GetChargingProfileStatusEnum of OCPP 2.1. */
export type GetChargingProfileStatusEnum = "Accepted" | "NoProfiles";

/** GetChargingProfilesRequest of OCPP 2.1. */
export interface GetChargingProfilesRequest {
  readonly requestId: number;
  readonly evseId?: number;
  readonly chargingProfile: ChargingProfileCriterion;
  readonly customData?: CustomData;
}

/** GetChargingProfilesResponse of OCPP 2.1. */
export interface GetChargingProfilesResponse {
  readonly status: GetChargingProfileStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** GetCompositeScheduleRequest of OCPP 2.1. */
export interface GetCompositeScheduleRequest {
  readonly duration: number;
  readonly chargingRateUnit?: ChargingRateUnitEnum;
  readonly evseId: number;
  readonly customData?: CustomData;
}

/** GetCompositeScheduleResponse of OCPP 2.1. */
export interface GetCompositeScheduleResponse {
  readonly status: GenericStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly schedule?: CompositeSchedule;
  readonly customData?: CustomData;
}

/** GetDERControlRequest of OCPP 2.1. */
export interface GetDERControlRequest {
  readonly requestId: number;
  readonly isDefault?: boolean;
  readonly controlType?: DERControlEnum;
  readonly controlId?: string;
  readonly customData?: CustomData;
}

/** GetDERControlResponse of OCPP 2.1. */
export interface GetDERControlResponse {
  readonly status: DERControlStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** GetDisplayMessagesRequest of OCPP 2.1. */
export interface GetDisplayMessagesRequest {
  readonly id?: readonly number[];
  readonly requestId: number;
  readonly priority?: MessagePriorityEnum;
  readonly state?: MessageStateEnum;
  readonly customData?: CustomData;
}

/** GetDisplayMessagesResponse of OCPP 2.1. */
export interface GetDisplayMessagesResponse {
  readonly status: GetDisplayMessagesStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** GetDisplayMessagesStatusEnum of OCPP 2.1. */
export type GetDisplayMessagesStatusEnum = "Accepted" | "Unknown";

/** GetInstalledCertificateIdsRequest of OCPP 2.1. */
export interface GetInstalledCertificateIdsRequest {
  readonly certificateType?: readonly GetCertificateIdUseEnum[];
  readonly customData?: CustomData;
}

/** GetInstalledCertificateIdsResponse of OCPP 2.1. */
export interface GetInstalledCertificateIdsResponse {
  readonly status: GetInstalledCertificateStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly certificateHashDataChain?: readonly CertificateHashDataChain[];
  readonly customData?: CustomData;
}

/** GetInstalledCertificateStatusEnum of OCPP 2.1. */
export type GetInstalledCertificateStatusEnum = "Accepted" | "NotFound";

/** GetLocalListVersionRequest of OCPP 2.1. */
export interface GetLocalListVersionRequest {
  readonly customData?: CustomData;
}

/** GetLocalListVersionResponse of OCPP 2.1. */
export interface GetLocalListVersionResponse {
  readonly versionNumber: number;
  readonly customData?: CustomData;
}

/** GetLogRequest of OCPP 2.1. */
export interface GetLogRequest {
  readonly log: LogParameters;
  readonly logType: LogEnum;
  readonly requestId: number;
  readonly retries?: number;
  readonly retryInterval?: number;
  readonly customData?: CustomData;
}

/** GetLogResponse of OCPP 2.1. */
export interface GetLogResponse {
  readonly status: LogStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly filename?: string;
  readonly customData?: CustomData;
}

/** GetMonitoringReportRequest of OCPP 2.1. */
export interface GetMonitoringReportRequest {
  readonly componentVariable?: readonly ComponentVariable[];
  readonly requestId: number;
  readonly monitoringCriteria?: readonly MonitoringCriterionEnum[];
  readonly customData?: CustomData;
}

/** GetMonitoringReportResponse of OCPP 2.1. */
export interface GetMonitoringReportResponse {
  readonly status: GenericDeviceModelStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** GetPeriodicEventStreamRequest of OCPP 2.1. */
export interface GetPeriodicEventStreamRequest {
  readonly customData?: CustomData;
}

/** GetPeriodicEventStreamResponse of OCPP 2.1. */
export interface GetPeriodicEventStreamResponse {
  readonly constantStreamData?: readonly ConstantStreamData[];
  readonly customData?: CustomData;
}

/** GetReportRequest of OCPP 2.1. */
export interface GetReportRequest {
  readonly componentVariable?: readonly ComponentVariable[];
  readonly requestId: number;
  readonly componentCriteria?: readonly ComponentCriterionEnum[];
  readonly customData?: CustomData;
}

/** GetReportResponse of OCPP 2.1. */
export interface GetReportResponse {
  readonly status: GenericDeviceModelStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** GetTariffsRequest of OCPP 2.1. */
export interface GetTariffsRequest {
  readonly evseId: number;
  readonly customData?: CustomData;
}

/** GetTariffsResponse of OCPP 2.1. */
export interface GetTariffsResponse {
  readonly status: TariffGetStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly tariffAssignments?: readonly TariffAssignment[];
  readonly customData?: CustomData;
}

/** GetTransactionStatusRequest of OCPP 2.1. */
export interface GetTransactionStatusRequest {
  readonly transactionId?: string;
  readonly customData?: CustomData;
}

/** GetTransactionStatusResponse of OCPP 2.1. */
export interface GetTransactionStatusResponse {
  readonly ongoingIndicator?: boolean;
  readonly messagesInQueue: boolean;
  readonly customData?: CustomData;
}

/** GetVariableData of OCPP 2.1. */
export interface GetVariableData {
  readonly attributeType?: AttributeEnum;
  readonly component: Component;
  readonly variable: Variable;
  readonly customData?: CustomData;
}

/** GetVariableResult of OCPP 2.1. */
export interface GetVariableResult {
  readonly attributeStatus: GetVariableStatusEnum;
  readonly attributeStatusInfo?: StatusInfo;
  readonly attributeType?: AttributeEnum;
  readonly attributeValue?: string;
  readonly component: Component;
  readonly variable: Variable;
  readonly customData?: CustomData;
}

/** GetVariableStatusEnum of OCPP 2.1. */
export type GetVariableStatusEnum =
  | "Accepted"
  | "Rejected"
  | "UnknownComponent"
  | "UnknownVariable"
  | "NotSupportedAttributeType";

/** GetVariablesRequest of OCPP 2.1. */
export interface GetVariablesRequest {
  readonly getVariableData: readonly GetVariableData[];
  readonly customData?: CustomData;
}

/** GetVariablesResponse of OCPP 2.1. */
export interface GetVariablesResponse {
  readonly getVariableResult: readonly GetVariableResult[];
  readonly customData?: CustomData;
}

/** Gradient of OCPP 2.1. */
export interface Gradient {
  readonly priority: number;
  readonly gradient: number;
  readonly softGradient: number;
  readonly customData?: CustomData;
}

/** GradientGet of OCPP 2.1. */
export interface GradientGet {
  readonly gradient: Gradient;
  readonly id: string;
  readonly customData?: CustomData;
}

/** GridEventFaultEnum of OCPP 2.1. */
export type GridEventFaultEnum =
  | "CurrentImbalance"
  | "LocalEmergency"
  | "LowInputPower"
  | "OverCurrent"
  | "OverFrequency"
  | "OverVoltage"
  | "PhaseRotation"
  | "RemoteEmergency"
  | "UnderFrequency"
  | "UnderVoltage"
  | "VoltageImbalance";

/** HashAlgorithmEnum of OCPP 2.1. */
export type HashAlgorithmEnum = "SHA256" | "SHA384" | "SHA512";

/** HeartbeatRequest of OCPP 2.1. */
export interface HeartbeatRequest {
  readonly customData?: CustomData;
}

/** HeartbeatResponse of OCPP 2.1. */
export interface HeartbeatResponse {
  readonly currentTime: string;
  readonly customData?: CustomData;
}

/** Hysteresis of OCPP 2.1. */
export interface Hysteresis {
  readonly hysteresisHigh?: number;
  readonly hysteresisLow?: number;
  readonly hysteresisDelay?: number;
  readonly hysteresisGradient?: number;
  readonly customData?: CustomData;
}

/** IdToken of OCPP 2.1. */
export interface IdToken {
  readonly additionalInfo?: readonly AdditionalInfo[];
  readonly idToken: string;
  readonly type: string;
  readonly customData?: CustomData;
}

/** IdTokenInfo of OCPP 2.1. */
export interface IdTokenInfo {
  readonly status: AuthorizationStatusEnum;
  readonly cacheExpiryDateTime?: string;
  readonly chargingPriority?: number;
  readonly groupIdToken?: IdToken;
  readonly language1?: string;
  readonly language2?: string;
  readonly evseId?: readonly number[];
  readonly personalMessage?: MessageContent;
  readonly customData?: CustomData;
}

/** InstallCertificateRequest of OCPP 2.1. */
export interface InstallCertificateRequest {
  readonly certificateType: InstallCertificateUseEnum;
  readonly certificate: string;
  readonly customData?: CustomData;
}

/** InstallCertificateResponse of OCPP 2.1. */
export interface InstallCertificateResponse {
  readonly status: InstallCertificateStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** InstallCertificateStatusEnum of OCPP 2.1. */
export type InstallCertificateStatusEnum = "Accepted" | "Rejected" | "Failed";

/** InstallCertificateUseEnum of OCPP 2.1. */
export type InstallCertificateUseEnum =
  | "V2GRootCertificate"
  | "MORootCertificate"
  | "ManufacturerRootCertificate"
  | "CSMSRootCertificate"
  | "OEMRootCertificate";

/** IslandingDetectionEnum of OCPP 2.1. */
export type IslandingDetectionEnum =
  | "NoAntiIslandingSupport"
  | "RoCoF"
  | "UVP_OVP"
  | "UFP_OFP"
  | "VoltageVectorShift"
  | "ZeroCrossingDetection"
  | "OtherPassive"
  | "ImpedanceMeasurement"
  | "ImpedanceAtFrequency"
  | "SlipModeFrequencyShift"
  | "SandiaFrequencyShift"
  | "SandiaVoltageShift"
  | "FrequencyJump"
  | "RCLQFactor"
  | "OtherActive";

/** Iso15118EVCertificateStatusEnum of OCPP 2.1. */
export type Iso15118EVCertificateStatusEnum = "Accepted" | "Failed";

/** LimitAtSoC of OCPP 2.1. */
export interface LimitAtSoC {
  readonly soc: number;
  readonly limit: number;
  readonly customData?: CustomData;
}

/** LimitMaxDischarge of OCPP 2.1. */
export interface LimitMaxDischarge {
  readonly priority: number;
  readonly pctMaxDischargePower?: number;
  readonly powerMonitoringMustTrip?: DERCurve;
  readonly startTime?: string;
  readonly duration?: number;
  readonly customData?: CustomData;
}

/** LimitMaxDischargeGet of OCPP 2.1. */
export interface LimitMaxDischargeGet {
  readonly id: string;
  readonly isDefault: boolean;
  readonly isSuperseded: boolean;
  readonly limitMaxDischarge: LimitMaxDischarge;
  readonly customData?: CustomData;
}

/** LocationEnum of OCPP 2.1. */
export type LocationEnum = "Body" | "Cable" | "EV" | "Inlet" | "Outlet" | "Upstream";

/** LogEnum of OCPP 2.1. */
export type LogEnum = "DiagnosticsLog" | "SecurityLog" | "DataCollectorLog";

/** LogParameters of OCPP 2.1. */
export interface LogParameters {
  readonly remoteLocation: string;
  readonly oldestTimestamp?: string;
  readonly latestTimestamp?: string;
  readonly customData?: CustomData;
}

/** LogStatusEnum of OCPP 2.1. */
export type LogStatusEnum = "Accepted" | "Rejected" | "AcceptedCanceled";

/** LogStatusNotificationRequest of OCPP 2.1. */
export interface LogStatusNotificationRequest {
  readonly status: UploadLogStatusEnum;
  readonly requestId?: number;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** LogStatusNotificationResponse of OCPP 2.1. */
export interface LogStatusNotificationResponse {
  readonly customData?: CustomData;
}

/** MeasurandEnum of OCPP 2.1. */
export type MeasurandEnum =
  | "Current.Export"
  | "Current.Export.Offered"
  | "Current.Export.Minimum"
  | "Current.Import"
  | "Current.Import.Offered"
  | "Current.Import.Minimum"
  | "Current.Offered"
  | "Display.PresentSOC"
  | "Display.MinimumSOC"
  | "Display.TargetSOC"
  | "Display.MaximumSOC"
  | "Display.RemainingTimeToMinimumSOC"
  | "Display.RemainingTimeToTargetSOC"
  | "Display.RemainingTimeToMaximumSOC"
  | "Display.ChargingComplete"
  | "Display.BatteryEnergyCapacity"
  | "Display.InletHot"
  | "Energy.Active.Export.Interval"
  | "Energy.Active.Export.Register"
  | "Energy.Active.Import.Interval"
  | "Energy.Active.Import.Register"
  | "Energy.Active.Import.CableLoss"
  | "Energy.Active.Import.LocalGeneration.Register"
  | "Energy.Active.Net"
  | "Energy.Active.Setpoint.Interval"
  | "Energy.Apparent.Export"
  | "Energy.Apparent.Import"
  | "Energy.Apparent.Net"
  | "Energy.Reactive.Export.Interval"
  | "Energy.Reactive.Export.Register"
  | "Energy.Reactive.Import.Interval"
  | "Energy.Reactive.Import.Register"
  | "Energy.Reactive.Net"
  | "EnergyRequest.Target"
  | "EnergyRequest.Minimum"
  | "EnergyRequest.Maximum"
  | "EnergyRequest.Minimum.V2X"
  | "EnergyRequest.Maximum.V2X"
  | "EnergyRequest.Bulk"
  | "Frequency"
  | "Power.Active.Export"
  | "Power.Active.Import"
  | "Power.Active.Setpoint"
  | "Power.Active.Residual"
  | "Power.Export.Minimum"
  | "Power.Export.Offered"
  | "Power.Factor"
  | "Power.Import.Offered"
  | "Power.Import.Minimum"
  | "Power.Offered"
  | "Power.Reactive.Export"
  | "Power.Reactive.Import"
  | "SoC"
  | "Voltage"
  | "Voltage.Minimum"
  | "Voltage.Maximum";

/** MessageContent of OCPP 2.1. */
export interface MessageContent {
  readonly format: MessageFormatEnum;
  readonly language?: string;
  readonly content: string;
  readonly customData?: CustomData;
}

/** MessageFormatEnum of OCPP 2.1. */
export type MessageFormatEnum = "ASCII" | "HTML" | "URI" | "UTF8" | "QRCODE";

/** MessageInfo of OCPP 2.1. */
export interface MessageInfo {
  readonly display?: Component;
  readonly id: number;
  readonly priority: MessagePriorityEnum;
  readonly state?: MessageStateEnum;
  readonly startDateTime?: string;
  readonly endDateTime?: string;
  readonly transactionId?: string;
  readonly message: MessageContent;
  readonly messageExtra?: readonly MessageContent[];
  readonly customData?: CustomData;
}

/** MessagePriorityEnum of OCPP 2.1. */
export type MessagePriorityEnum = "AlwaysFront" | "InFront" | "NormalCycle";

/** MessageStateEnum of OCPP 2.1. */
export type MessageStateEnum = "Charging" | "Faulted" | "Idle" | "Unavailable" | "Suspended" | "Discharging";

/** MessageTriggerEnum of OCPP 2.1. */
export type MessageTriggerEnum =
  | "BootNotification"
  | "LogStatusNotification"
  | "FirmwareStatusNotification"
  | "Heartbeat"
  | "MeterValues"
  | "SignChargingStationCertificate"
  | "SignV2GCertificate"
  | "SignV2G20Certificate"
  | "StatusNotification"
  | "TransactionEvent"
  | "SignCombinedCertificate"
  | "PublishFirmwareStatusNotification"
  | "CustomTrigger";

/** MeterValue of OCPP 2.1. */
export interface MeterValue {
  readonly sampledValue: readonly SampledValue[];
  readonly timestamp: string;
  readonly customData?: CustomData;
}

/** MeterValuesRequest of OCPP 2.1. */
export interface MeterValuesRequest {
  readonly evseId: number;
  readonly meterValue: readonly MeterValue[];
  readonly customData?: CustomData;
}

/** MeterValuesResponse of OCPP 2.1. */
export interface MeterValuesResponse {
  readonly customData?: CustomData;
}

/** MobilityNeedsModeEnum of OCPP 2.1. */
export type MobilityNeedsModeEnum = "EVCC" | "EVCC_SECC";

/** Modem of OCPP 2.1. */
export interface Modem {
  readonly iccid?: string;
  readonly imsi?: string;
  readonly customData?: CustomData;
}

/** MonitorEnum of OCPP 2.1. */
export type MonitorEnum =
  | "UpperThreshold"
  | "LowerThreshold"
  | "Delta"
  | "Periodic"
  | "PeriodicClockAligned"
  | "TargetDelta"
  | "TargetDeltaRelative";

/** MonitoringBaseEnum of OCPP 2.1. */
export type MonitoringBaseEnum = "All" | "FactoryDefault" | "HardWiredOnly";

/** MonitoringCriterionEnum of OCPP 2.1. */
export type MonitoringCriterionEnum = "ThresholdMonitoring" | "DeltaMonitoring" | "PeriodicMonitoring";

/** MonitoringData of OCPP 2.1. */
export interface MonitoringData {
  readonly component: Component;
  readonly variable: Variable;
  readonly variableMonitoring: readonly VariableMonitoring[];
  readonly customData?: CustomData;
}

/** MutabilityEnum of OCPP 2.1. */
export type MutabilityEnum = "ReadOnly" | "WriteOnly" | "ReadWrite";

/** NetworkConnectionProfile of OCPP 2.1. */
export interface NetworkConnectionProfile {
  readonly apn?: APN;
  readonly ocppVersion?: OCPPVersionEnum;
  readonly ocppInterface: OCPPInterfaceEnum;
  readonly ocppTransport: OCPPTransportEnum;
  readonly messageTimeout: number;
  readonly ocppCsmsUrl: string;
  readonly securityProfile: number;
  readonly identity?: string;
  readonly basicAuthPassword?: string;
  readonly vpn?: VPN;
  readonly customData?: CustomData;
}

/** NotifyAllowedEnergyTransferRequest of OCPP 2.1. */
export interface NotifyAllowedEnergyTransferRequest {
  readonly transactionId: string;
  readonly allowedEnergyTransfer: readonly EnergyTransferModeEnum[];
  readonly customData?: CustomData;
}

/** NotifyAllowedEnergyTransferResponse of OCPP 2.1. */
export interface NotifyAllowedEnergyTransferResponse {
  readonly status: NotifyAllowedEnergyTransferStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** NotifyAllowedEnergyTransferStatusEnum of OCPP 2.1. */
export type NotifyAllowedEnergyTransferStatusEnum = "Accepted" | "Rejected";

/** NotifyChargingLimitRequest of OCPP 2.1. */
export interface NotifyChargingLimitRequest {
  readonly chargingSchedule?: readonly ChargingSchedule[];
  readonly evseId?: number;
  readonly chargingLimit: ChargingLimit;
  readonly customData?: CustomData;
}

/** NotifyChargingLimitResponse of OCPP 2.1. */
export interface NotifyChargingLimitResponse {
  readonly customData?: CustomData;
}

/** NotifyCustomerInformationRequest of OCPP 2.1. */
export interface NotifyCustomerInformationRequest {
  readonly data: string;
  readonly tbc?: boolean;
  readonly seqNo: number;
  readonly generatedAt: string;
  readonly requestId: number;
  readonly customData?: CustomData;
}

/** NotifyCustomerInformationResponse of OCPP 2.1. */
export interface NotifyCustomerInformationResponse {
  readonly customData?: CustomData;
}

/** NotifyDERAlarmRequest of OCPP 2.1. */
export interface NotifyDERAlarmRequest {
  readonly controlType: DERControlEnum;
  readonly gridEventFault?: GridEventFaultEnum;
  readonly alarmEnded?: boolean;
  readonly timestamp: string;
  readonly extraInfo?: string;
  readonly customData?: CustomData;
}

/** NotifyDERAlarmResponse of OCPP 2.1. */
export interface NotifyDERAlarmResponse {
  readonly customData?: CustomData;
}

/** NotifyDERStartStopRequest of OCPP 2.1. */
export interface NotifyDERStartStopRequest {
  readonly controlId: string;
  readonly started: boolean;
  readonly timestamp: string;
  readonly supersededIds?: readonly string[];
  readonly customData?: CustomData;
}

/** NotifyDERStartStopResponse of OCPP 2.1. */
export interface NotifyDERStartStopResponse {
  readonly customData?: CustomData;
}

/** NotifyDisplayMessagesRequest of OCPP 2.1. */
export interface NotifyDisplayMessagesRequest {
  readonly messageInfo?: readonly MessageInfo[];
  readonly requestId: number;
  readonly tbc?: boolean;
  readonly customData?: CustomData;
}

/** NotifyDisplayMessagesResponse of OCPP 2.1. */
export interface NotifyDisplayMessagesResponse {
  readonly customData?: CustomData;
}

/** NotifyEVChargingNeedsRequest of OCPP 2.1. */
export interface NotifyEVChargingNeedsRequest {
  readonly evseId: number;
  readonly maxScheduleTuples?: number;
  readonly chargingNeeds: ChargingNeeds;
  readonly timestamp?: string;
  readonly customData?: CustomData;
}

/** NotifyEVChargingNeedsResponse of OCPP 2.1. */
export interface NotifyEVChargingNeedsResponse {
  readonly status: NotifyEVChargingNeedsStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** NotifyEVChargingNeedsStatusEnum of OCPP 2.1. */
export type NotifyEVChargingNeedsStatusEnum = "Accepted" | "Rejected" | "Processing" | "NoChargingProfile";

/** NotifyEVChargingScheduleRequest of OCPP 2.1. */
export interface NotifyEVChargingScheduleRequest {
  readonly timeBase: string;
  readonly chargingSchedule: ChargingSchedule;
  readonly evseId: number;
  readonly selectedChargingScheduleId?: number;
  readonly powerToleranceAcceptance?: boolean;
  readonly customData?: CustomData;
}

/** NotifyEVChargingScheduleResponse of OCPP 2.1. */
export interface NotifyEVChargingScheduleResponse {
  readonly status: GenericStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** NotifyEventRequest of OCPP 2.1. */
export interface NotifyEventRequest {
  readonly generatedAt: string;
  readonly tbc?: boolean;
  readonly seqNo: number;
  readonly eventData: readonly EventData[];
  readonly customData?: CustomData;
}

/** NotifyEventResponse of OCPP 2.1. */
export interface NotifyEventResponse {
  readonly customData?: CustomData;
}

/** NotifyMonitoringReportRequest of OCPP 2.1. */
export interface NotifyMonitoringReportRequest {
  readonly monitor?: readonly MonitoringData[];
  readonly requestId: number;
  readonly tbc?: boolean;
  readonly seqNo: number;
  readonly generatedAt: string;
  readonly customData?: CustomData;
}

/** NotifyMonitoringReportResponse of OCPP 2.1. */
export interface NotifyMonitoringReportResponse {
  readonly customData?: CustomData;
}

/** NotifyPeriodicEventStreamRequest of OCPP 2.1. */
export interface NotifyPeriodicEventStreamRequest {
  readonly data: readonly StreamDataElement[];
  readonly id: number;
  readonly pending: number;
  readonly basetime: string;
  readonly customData?: CustomData;
}

/** NotifyPriorityChargingRequest of OCPP 2.1. */
export interface NotifyPriorityChargingRequest {
  readonly transactionId: string;
  readonly activated: boolean;
  readonly customData?: CustomData;
}

/** NotifyPriorityChargingResponse of OCPP 2.1. */
export interface NotifyPriorityChargingResponse {
  readonly customData?: CustomData;
}

/** NotifyReportRequest of OCPP 2.1. */
export interface NotifyReportRequest {
  readonly requestId: number;
  readonly generatedAt: string;
  readonly reportData?: readonly ReportData[];
  readonly tbc?: boolean;
  readonly seqNo: number;
  readonly customData?: CustomData;
}

/** NotifyReportResponse of OCPP 2.1. */
export interface NotifyReportResponse {
  readonly customData?: CustomData;
}

/** NotifySettlementRequest of OCPP 2.1. */
export interface NotifySettlementRequest {
  readonly transactionId?: string;
  readonly pspRef: string;
  readonly status: PaymentStatusEnum;
  readonly statusInfo?: string;
  readonly settlementAmount: number;
  readonly settlementTime: string;
  readonly receiptId?: string;
  readonly receiptUrl?: string;
  readonly vatCompany?: Address;
  readonly vatNumber?: string;
  readonly customData?: CustomData;
}

/** NotifySettlementResponse of OCPP 2.1. */
export interface NotifySettlementResponse {
  readonly receiptUrl?: string;
  readonly receiptId?: string;
  readonly customData?: CustomData;
}

/** NotifyWebPaymentStartedRequest of OCPP 2.1. */
export interface NotifyWebPaymentStartedRequest {
  readonly evseId: number;
  readonly timeout: number;
  readonly customData?: CustomData;
}

/** NotifyWebPaymentStartedResponse of OCPP 2.1. */
export interface NotifyWebPaymentStartedResponse {
  readonly customData?: CustomData;
}

/** OCPPInterfaceEnum of OCPP 2.1. */
export type OCPPInterfaceEnum =
  | "Wired0"
  | "Wired1"
  | "Wired2"
  | "Wired3"
  | "Wireless0"
  | "Wireless1"
  | "Wireless2"
  | "Wireless3"
  | "Any";

/** OCPPTransportEnum of OCPP 2.1. */
export type OCPPTransportEnum = "SOAP" | "JSON";

/** OCPPVersionEnum of OCPP 2.1. */
export type OCPPVersionEnum = "OCPP12" | "OCPP15" | "OCPP16" | "OCPP20" | "OCPP201" | "OCPP21";

/** OCSPRequestData of OCPP 2.1. */
export interface OCSPRequestData {
  readonly hashAlgorithm: HashAlgorithmEnum;
  readonly issuerNameHash: string;
  readonly issuerKeyHash: string;
  readonly serialNumber: string;
  readonly responderURL: string;
  readonly customData?: CustomData;
}

/** OpenPeriodicEventStreamRequest of OCPP 2.1. */
export interface OpenPeriodicEventStreamRequest {
  readonly constantStreamData: ConstantStreamData;
  readonly customData?: CustomData;
}

/** OpenPeriodicEventStreamResponse of OCPP 2.1. */
export interface OpenPeriodicEventStreamResponse {
  readonly status: GenericStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** OperationModeEnum of OCPP 2.1. */
export type OperationModeEnum =
  | "Idle"
  | "ChargingOnly"
  | "CentralSetpoint"
  | "ExternalSetpoint"
  | "ExternalLimits"
  | "CentralFrequency"
  | "LocalFrequency"
  | "LocalLoadBalancing";

/** OperationalStatusEnum of OCPP 2.1. */
export type OperationalStatusEnum = "Inoperative" | "Operative";

/** OverstayRule of OCPP 2.1. */
export interface OverstayRule {
  readonly overstayFee: RationalNumber;
  readonly overstayRuleDescription?: string;
  readonly startTime: number;
  readonly overstayFeePeriod: number;
  readonly customData?: CustomData;
}

/** OverstayRuleList of OCPP 2.1. */
export interface OverstayRuleList {
  readonly overstayPowerThreshold?: RationalNumber;
  readonly overstayRule: readonly OverstayRule[];
  readonly overstayTimeThreshold?: number;
  readonly customData?: CustomData;
}

/** PaymentStatusEnum of OCPP 2.1. */
export type PaymentStatusEnum = "Settled" | "Canceled" | "Rejected" | "Failed";

/** PeriodicEventStreamParams of OCPP 2.1. */
export interface PeriodicEventStreamParams {
  readonly interval?: number;
  readonly values?: number;
  readonly customData?: CustomData;
}

/** PhaseEnum of OCPP 2.1. */
export type PhaseEnum = "L1" | "L2" | "L3" | "N" | "L1-N" | "L2-N" | "L3-N" | "L1-L2" | "L2-L3" | "L3-L1";

/** PowerDuringCessationEnum of OCPP 2.1. */
export type PowerDuringCessationEnum = "Active" | "Reactive";

/** PreconditioningStatusEnum of OCPP 2.1. */
export type PreconditioningStatusEnum = "Unknown" | "Ready" | "NotReady" | "Preconditioning";

/** Price of OCPP 2.1. */
export interface Price {
  readonly exclTax?: number;
  readonly inclTax?: number;
  readonly taxRates?: readonly TaxRate[];
  readonly customData?: CustomData;
}

/** PriceLevelSchedule of OCPP 2.1. */
export interface PriceLevelSchedule {
  readonly priceLevelScheduleEntries: readonly PriceLevelScheduleEntry[];
  readonly timeAnchor: string;
  readonly priceScheduleId: number;
  readonly priceScheduleDescription?: string;
  readonly numberOfPriceLevels: number;
  readonly customData?: CustomData;
}

/** PriceLevelScheduleEntry of OCPP 2.1. */
export interface PriceLevelScheduleEntry {
  readonly duration: number;
  readonly priceLevel: number;
  readonly customData?: CustomData;
}

/** PriceRule of OCPP 2.1. */
export interface PriceRule {
  readonly parkingFeePeriod?: number;
  readonly carbonDioxideEmission?: number;
  readonly renewableGenerationPercentage?: number;
  readonly energyFee: RationalNumber;
  readonly parkingFee?: RationalNumber;
  readonly powerRangeStart: RationalNumber;
  readonly customData?: CustomData;
}

/** PriceRuleStack of OCPP 2.1. */
export interface PriceRuleStack {
  readonly duration: number;
  readonly priceRule: readonly PriceRule[];
  readonly customData?: CustomData;
}

/** PriorityChargingStatusEnum of OCPP 2.1. */
export type PriorityChargingStatusEnum = "Accepted" | "Rejected" | "NoProfile";

/** PublishFirmwareRequest of OCPP 2.1. */
export interface PublishFirmwareRequest {
  readonly location: string;
  readonly retries?: number;
  readonly checksum: string;
  readonly requestId: number;
  readonly retryInterval?: number;
  readonly customData?: CustomData;
}

/** PublishFirmwareResponse of OCPP 2.1. */
export interface PublishFirmwareResponse {
  readonly status: GenericStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** PublishFirmwareStatusEnum of OCPP 2.1. */
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

/** PublishFirmwareStatusNotificationRequest of OCPP 2.1. */
export interface PublishFirmwareStatusNotificationRequest {
  readonly status: PublishFirmwareStatusEnum;
  readonly location?: readonly string[];
  readonly requestId?: number;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** PublishFirmwareStatusNotificationResponse of OCPP 2.1. */
export interface PublishFirmwareStatusNotificationResponse {
  readonly customData?: CustomData;
}

/** PullDynamicScheduleUpdateRequest of OCPP 2.1. */
export interface PullDynamicScheduleUpdateRequest {
  readonly chargingProfileId: number;
  readonly customData?: CustomData;
}

/** PullDynamicScheduleUpdateResponse of OCPP 2.1. */
export interface PullDynamicScheduleUpdateResponse {
  readonly scheduleUpdate?: ChargingScheduleUpdate;
  readonly status: ChargingProfileStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** RationalNumber of OCPP 2.1. */
export interface RationalNumber {
  readonly exponent: number;
  readonly value: number;
  readonly customData?: CustomData;
}

/** ReactivePowerParams of OCPP 2.1. */
export interface ReactivePowerParams {
  readonly vRef?: number;
  readonly autonomousVRefEnable?: boolean;
  readonly autonomousVRefTimeConstant?: number;
  readonly customData?: CustomData;
}

/** ReadingContextEnum of OCPP 2.1. */
export type ReadingContextEnum =
  | "Interruption.Begin"
  | "Interruption.End"
  | "Other"
  | "Sample.Clock"
  | "Sample.Periodic"
  | "Transaction.Begin"
  | "Transaction.End"
  | "Trigger";

/** ReasonEnum of OCPP 2.1. */
export type ReasonEnum =
  | "DeAuthorized"
  | "EmergencyStop"
  | "EnergyLimitReached"
  | "EVDisconnected"
  | "GroundFault"
  | "ImmediateReset"
  | "MasterPass"
  | "Local"
  | "LocalOutOfCredit"
  | "Other"
  | "OvercurrentFault"
  | "PowerLoss"
  | "PowerQuality"
  | "Reboot"
  | "Remote"
  | "SOCLimitReached"
  | "StoppedByEV"
  | "TimeLimitReached"
  | "Timeout"
  | "ReqEnergyTransferRejected";

/** RecurrencyKindEnum of OCPP 2.1. */
export type RecurrencyKindEnum = "Daily" | "Weekly";

/** RegistrationStatusEnum of OCPP 2.1. */
export type RegistrationStatusEnum = "Accepted" | "Pending" | "Rejected";

/** RelativeTimeInterval of OCPP 2.1. */
export interface RelativeTimeInterval {
  readonly start: number;
  readonly duration?: number;
  readonly customData?: CustomData;
}

/** ReportBaseEnum of OCPP 2.1. */
export type ReportBaseEnum = "ConfigurationInventory" | "FullInventory" | "SummaryInventory";

/** ReportChargingProfilesRequest of OCPP 2.1. */
export interface ReportChargingProfilesRequest {
  readonly requestId: number;
  readonly chargingLimitSource: string;
  readonly chargingProfile: readonly ChargingProfile[];
  readonly tbc?: boolean;
  readonly evseId: number;
  readonly customData?: CustomData;
}

/** ReportChargingProfilesResponse of OCPP 2.1. */
export interface ReportChargingProfilesResponse {
  readonly customData?: CustomData;
}

/** ReportDERControlRequest of OCPP 2.1. */
export interface ReportDERControlRequest {
  readonly curve?: readonly DERCurveGet[];
  readonly enterService?: readonly EnterServiceGet[];
  readonly fixedPFAbsorb?: readonly FixedPFGet[];
  readonly fixedPFInject?: readonly FixedPFGet[];
  readonly fixedVar?: readonly FixedVarGet[];
  readonly freqDroop?: readonly FreqDroopGet[];
  readonly gradient?: readonly GradientGet[];
  readonly limitMaxDischarge?: readonly LimitMaxDischargeGet[];
  readonly requestId: number;
  readonly tbc?: boolean;
  readonly customData?: CustomData;
}

/** ReportDERControlResponse of OCPP 2.1. */
export interface ReportDERControlResponse {
  readonly customData?: CustomData;
}

/** ReportData of OCPP 2.1. */
export interface ReportData {
  readonly component: Component;
  readonly variable: Variable;
  readonly variableAttribute: readonly VariableAttribute[];
  readonly variableCharacteristics?: VariableCharacteristics;
  readonly customData?: CustomData;
}

/** RequestBatterySwapRequest of OCPP 2.1. */
export interface RequestBatterySwapRequest {
  readonly idToken: IdToken;
  readonly requestId: number;
  readonly customData?: CustomData;
}

/** RequestBatterySwapResponse of OCPP 2.1. */
export interface RequestBatterySwapResponse {
  readonly status: GenericStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** RequestStartStopStatusEnum of OCPP 2.1. */
export type RequestStartStopStatusEnum = "Accepted" | "Rejected";

/** RequestStartTransactionRequest of OCPP 2.1. */
export interface RequestStartTransactionRequest {
  readonly evseId?: number;
  readonly groupIdToken?: IdToken;
  readonly idToken: IdToken;
  readonly remoteStartId: number;
  readonly chargingProfile?: ChargingProfile;
  readonly customData?: CustomData;
}

/** RequestStartTransactionResponse of OCPP 2.1. */
export interface RequestStartTransactionResponse {
  readonly status: RequestStartStopStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly transactionId?: string;
  readonly customData?: CustomData;
}

/** RequestStopTransactionRequest of OCPP 2.1. */
export interface RequestStopTransactionRequest {
  readonly transactionId: string;
  readonly customData?: CustomData;
}

/** RequestStopTransactionResponse of OCPP 2.1. */
export interface RequestStopTransactionResponse {
  readonly status: RequestStartStopStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** ReservationStatusUpdateRequest of OCPP 2.1. */
export interface ReservationStatusUpdateRequest {
  readonly reservationId: number;
  readonly reservationUpdateStatus: ReservationUpdateStatusEnum;
  readonly customData?: CustomData;
}

/** ReservationStatusUpdateResponse of OCPP 2.1. */
export interface ReservationStatusUpdateResponse {
  readonly customData?: CustomData;
}

/** ReservationUpdateStatusEnum of OCPP 2.1. */
export type ReservationUpdateStatusEnum = "Expired" | "Removed" | "NoTransaction";

/** ReserveNowRequest of OCPP 2.1. */
export interface ReserveNowRequest {
  readonly id: number;
  readonly expiryDateTime: string;
  readonly connectorType?: string;
  readonly idToken: IdToken;
  readonly evseId?: number;
  readonly groupIdToken?: IdToken;
  readonly customData?: CustomData;
}

/** ReserveNowResponse of OCPP 2.1. */
export interface ReserveNowResponse {
  readonly status: ReserveNowStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** ReserveNowStatusEnum of OCPP 2.1. */
export type ReserveNowStatusEnum = "Accepted" | "Faulted" | "Occupied" | "Rejected" | "Unavailable";

/** ResetEnum of OCPP 2.1. */
export type ResetEnum = "Immediate" | "OnIdle" | "ImmediateAndResume";

/** ResetRequest of OCPP 2.1. */
export interface ResetRequest {
  readonly type: ResetEnum;
  readonly evseId?: number;
  readonly customData?: CustomData;
}

/** ResetResponse of OCPP 2.1. */
export interface ResetResponse {
  readonly status: ResetStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** ResetStatusEnum of OCPP 2.1. */
export type ResetStatusEnum = "Accepted" | "Rejected" | "Scheduled";

/** SalesTariff of OCPP 2.1. */
export interface SalesTariff {
  readonly id: number;
  readonly salesTariffDescription?: string;
  readonly numEPriceLevels?: number;
  readonly salesTariffEntry: readonly SalesTariffEntry[];
  readonly customData?: CustomData;
}

/** SalesTariffEntry of OCPP 2.1. */
export interface SalesTariffEntry {
  readonly relativeTimeInterval: RelativeTimeInterval;
  readonly ePriceLevel?: number;
  readonly consumptionCost?: readonly ConsumptionCost[];
  readonly customData?: CustomData;
}

/** SampledValue of OCPP 2.1. */
export interface SampledValue {
  readonly value: number;
  readonly measurand?: MeasurandEnum;
  readonly context?: ReadingContextEnum;
  readonly phase?: PhaseEnum;
  readonly location?: LocationEnum;
  readonly signedMeterValue?: SignedMeterValue;
  readonly unitOfMeasure?: UnitOfMeasure;
  readonly customData?: CustomData;
}

/** SecurityEventNotificationRequest of OCPP 2.1. */
export interface SecurityEventNotificationRequest {
  readonly type: string;
  readonly timestamp: string;
  readonly techInfo?: string;
  readonly customData?: CustomData;
}

/** SecurityEventNotificationResponse of OCPP 2.1. */
export interface SecurityEventNotificationResponse {
  readonly customData?: CustomData;
}

/** SendLocalListRequest of OCPP 2.1. */
export interface SendLocalListRequest {
  readonly localAuthorizationList?: readonly AuthorizationData[];
  readonly versionNumber: number;
  readonly updateType: UpdateEnum;
  readonly customData?: CustomData;
}

/** SendLocalListResponse of OCPP 2.1. */
export interface SendLocalListResponse {
  readonly status: SendLocalListStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** SendLocalListStatusEnum of OCPP 2.1. */
export type SendLocalListStatusEnum = "Accepted" | "Failed" | "VersionMismatch";

/** SetChargingProfileRequest of OCPP 2.1. */
export interface SetChargingProfileRequest {
  readonly evseId: number;
  readonly chargingProfile: ChargingProfile;
  readonly customData?: CustomData;
}

/** SetChargingProfileResponse of OCPP 2.1. */
export interface SetChargingProfileResponse {
  readonly status: ChargingProfileStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** SetDERControlRequest of OCPP 2.1. */
export interface SetDERControlRequest {
  readonly isDefault: boolean;
  readonly controlId: string;
  readonly controlType: DERControlEnum;
  readonly curve?: DERCurve;
  readonly enterService?: EnterService;
  readonly fixedPFAbsorb?: FixedPF;
  readonly fixedPFInject?: FixedPF;
  readonly fixedVar?: FixedVar;
  readonly freqDroop?: FreqDroop;
  readonly gradient?: Gradient;
  readonly limitMaxDischarge?: LimitMaxDischarge;
  readonly customData?: CustomData;
}

/** SetDERControlResponse of OCPP 2.1. */
export interface SetDERControlResponse {
  readonly status: DERControlStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly supersededIds?: readonly string[];
  readonly customData?: CustomData;
}

/** SetDefaultTariffRequest of OCPP 2.1. */
export interface SetDefaultTariffRequest {
  readonly evseId: number;
  readonly tariff: Tariff;
  readonly customData?: CustomData;
}

/** SetDefaultTariffResponse of OCPP 2.1. */
export interface SetDefaultTariffResponse {
  readonly status: TariffSetStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** SetDisplayMessageRequest of OCPP 2.1. */
export interface SetDisplayMessageRequest {
  readonly message: MessageInfo;
  readonly customData?: CustomData;
}

/** SetDisplayMessageResponse of OCPP 2.1. */
export interface SetDisplayMessageResponse {
  readonly status: DisplayMessageStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** SetMonitoringBaseRequest of OCPP 2.1. */
export interface SetMonitoringBaseRequest {
  readonly monitoringBase: MonitoringBaseEnum;
  readonly customData?: CustomData;
}

/** SetMonitoringBaseResponse of OCPP 2.1. */
export interface SetMonitoringBaseResponse {
  readonly status: GenericDeviceModelStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** SetMonitoringData of OCPP 2.1. */
export interface SetMonitoringData {
  readonly id?: number;
  readonly periodicEventStream?: PeriodicEventStreamParams;
  readonly transaction?: boolean;
  readonly value: number;
  readonly type: MonitorEnum;
  readonly severity: number;
  readonly component: Component;
  readonly variable: Variable;
  readonly customData?: CustomData;
}

/** SetMonitoringLevelRequest of OCPP 2.1. */
export interface SetMonitoringLevelRequest {
  readonly severity: number;
  readonly customData?: CustomData;
}

/** SetMonitoringLevelResponse of OCPP 2.1. */
export interface SetMonitoringLevelResponse {
  readonly status: GenericStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** SetMonitoringResult of OCPP 2.1. */
export interface SetMonitoringResult {
  readonly id?: number;
  readonly statusInfo?: StatusInfo;
  readonly status: SetMonitoringStatusEnum;
  readonly type: MonitorEnum;
  readonly component: Component;
  readonly variable: Variable;
  readonly severity: number;
  readonly customData?: CustomData;
}

/** SetMonitoringStatusEnum of OCPP 2.1. */
export type SetMonitoringStatusEnum =
  | "Accepted"
  | "UnknownComponent"
  | "UnknownVariable"
  | "UnsupportedMonitorType"
  | "Rejected"
  | "Duplicate";

/** SetNetworkProfileRequest of OCPP 2.1. */
export interface SetNetworkProfileRequest {
  readonly configurationSlot: number;
  readonly connectionData: NetworkConnectionProfile;
  readonly customData?: CustomData;
}

/** SetNetworkProfileResponse of OCPP 2.1. */
export interface SetNetworkProfileResponse {
  readonly status: SetNetworkProfileStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** SetNetworkProfileStatusEnum of OCPP 2.1. */
export type SetNetworkProfileStatusEnum = "Accepted" | "Rejected" | "Failed";

/** SetVariableData of OCPP 2.1. */
export interface SetVariableData {
  readonly attributeType?: AttributeEnum;
  readonly attributeValue: string;
  readonly component: Component;
  readonly variable: Variable;
  readonly customData?: CustomData;
}

/** SetVariableMonitoringRequest of OCPP 2.1. */
export interface SetVariableMonitoringRequest {
  readonly setMonitoringData: readonly SetMonitoringData[];
  readonly customData?: CustomData;
}

/** SetVariableMonitoringResponse of OCPP 2.1. */
export interface SetVariableMonitoringResponse {
  readonly setMonitoringResult: readonly SetMonitoringResult[];
  readonly customData?: CustomData;
}

/** SetVariableResult of OCPP 2.1. */
export interface SetVariableResult {
  readonly attributeType?: AttributeEnum;
  readonly attributeStatus: SetVariableStatusEnum;
  readonly attributeStatusInfo?: StatusInfo;
  readonly component: Component;
  readonly variable: Variable;
  readonly customData?: CustomData;
}

/** SetVariableStatusEnum of OCPP 2.1. */
export type SetVariableStatusEnum =
  | "Accepted"
  | "Rejected"
  | "UnknownComponent"
  | "UnknownVariable"
  | "NotSupportedAttributeType"
  | "RebootRequired";

/** SetVariablesRequest of OCPP 2.1. */
export interface SetVariablesRequest {
  readonly setVariableData: readonly SetVariableData[];
  readonly customData?: CustomData;
}

/** SetVariablesResponse of OCPP 2.1. */
export interface SetVariablesResponse {
  readonly setVariableResult: readonly SetVariableResult[];
  readonly customData?: CustomData;
}

/** SignCertificateRequest of OCPP 2.1. */
export interface SignCertificateRequest {
  readonly csr: string;
  readonly certificateType?: CertificateSigningUseEnum;
  readonly hashRootCertificate?: CertificateHashData;
  readonly requestId?: number;
  readonly customData?: CustomData;
}

/** SignCertificateResponse of OCPP 2.1. */
export interface SignCertificateResponse {
  readonly status: GenericStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** SignedMeterValue of OCPP 2.1. */
export interface SignedMeterValue {
  readonly signedMeterData: string;
  readonly signingMethod?: string;
  readonly encodingMethod: string;
  readonly publicKey?: string;
  readonly customData?: CustomData;
}

/** StatusInfo of OCPP 2.1. */
export interface StatusInfo {
  readonly reasonCode: string;
  readonly additionalInfo?: string;
  readonly customData?: CustomData;
}

/** StatusNotificationRequest of OCPP 2.1. */
export interface StatusNotificationRequest {
  readonly timestamp: string;
  readonly connectorStatus: ConnectorStatusEnum;
  readonly evseId: number;
  readonly connectorId: number;
  readonly customData?: CustomData;
}

/** StatusNotificationResponse of OCPP 2.1. */
export interface StatusNotificationResponse {
  readonly customData?: CustomData;
}

/** StreamDataElement of OCPP 2.1. */
export interface StreamDataElement {
  readonly t: number;
  readonly v: string;
  readonly customData?: CustomData;
}

/** Tariff of OCPP 2.1. */
export interface Tariff {
  readonly tariffId: string;
  readonly description?: readonly MessageContent[];
  readonly currency: string;
  readonly energy?: TariffEnergy;
  readonly validFrom?: string;
  readonly chargingTime?: TariffTime;
  readonly idleTime?: TariffTime;
  readonly fixedFee?: TariffFixed;
  readonly reservationTime?: TariffTime;
  readonly reservationFixed?: TariffFixed;
  readonly minCost?: Price;
  readonly maxCost?: Price;
  readonly customData?: CustomData;
}

/** TariffAssignment of OCPP 2.1. */
export interface TariffAssignment {
  readonly tariffId: string;
  readonly tariffKind: TariffKindEnum;
  readonly validFrom?: string;
  readonly evseIds?: readonly number[];
  readonly idTokens?: readonly string[];
  readonly customData?: CustomData;
}

/** TariffChangeStatusEnum of OCPP 2.1. */
export type TariffChangeStatusEnum =
  | "Accepted"
  | "Rejected"
  | "TooManyElements"
  | "ConditionNotSupported"
  | "TxNotFound"
  | "NoCurrencyChange";

/** TariffClearStatusEnum of OCPP 2.1. */
export type TariffClearStatusEnum = "Accepted" | "Rejected" | "NoTariff";

/** TariffConditions of OCPP 2.1. */
export interface TariffConditions {
  readonly startTimeOfDay?: string;
  readonly endTimeOfDay?: string;
  readonly dayOfWeek?: readonly DayOfWeekEnum[];
  readonly validFromDate?: string;
  readonly validToDate?: string;
  readonly evseKind?: EvseKindEnum;
  readonly minEnergy?: number;
  readonly maxEnergy?: number;
  readonly minCurrent?: number;
  readonly maxCurrent?: number;
  readonly minPower?: number;
  readonly maxPower?: number;
  readonly minTime?: number;
  readonly maxTime?: number;
  readonly minChargingTime?: number;
  readonly maxChargingTime?: number;
  readonly minIdleTime?: number;
  readonly maxIdleTime?: number;
  readonly customData?: CustomData;
}

/** TariffConditionsFixed of OCPP 2.1. */
export interface TariffConditionsFixed {
  readonly startTimeOfDay?: string;
  readonly endTimeOfDay?: string;
  readonly dayOfWeek?: readonly DayOfWeekEnum[];
  readonly validFromDate?: string;
  readonly validToDate?: string;
  readonly evseKind?: EvseKindEnum;
  readonly paymentBrand?: string;
  readonly paymentRecognition?: string;
  readonly customData?: CustomData;
}

/** TariffCostEnum of OCPP 2.1. */
export type TariffCostEnum = "NormalCost" | "MinCost" | "MaxCost";

/** TariffEnergy of OCPP 2.1. */
export interface TariffEnergy {
  readonly prices: readonly TariffEnergyPrice[];
  readonly taxRates?: readonly TaxRate[];
  readonly customData?: CustomData;
}

/** TariffEnergyPrice of OCPP 2.1. */
export interface TariffEnergyPrice {
  readonly priceKwh: number;
  readonly conditions?: TariffConditions;
  readonly customData?: CustomData;
}

/** TariffFixed of OCPP 2.1. */
export interface TariffFixed {
  readonly prices: readonly TariffFixedPrice[];
  readonly taxRates?: readonly TaxRate[];
  readonly customData?: CustomData;
}

/** TariffFixedPrice of OCPP 2.1. */
export interface TariffFixedPrice {
  readonly conditions?: TariffConditionsFixed;
  readonly priceFixed: number;
  readonly customData?: CustomData;
}

/** TariffGetStatusEnum of OCPP 2.1. */
export type TariffGetStatusEnum = "Accepted" | "Rejected" | "NoTariff";

/** TariffKindEnum of OCPP 2.1. */
export type TariffKindEnum = "DefaultTariff" | "DriverTariff";

/** TariffSetStatusEnum of OCPP 2.1. */
export type TariffSetStatusEnum =
  | "Accepted"
  | "Rejected"
  | "TooManyElements"
  | "ConditionNotSupported"
  | "DuplicateTariffId";

/** TariffTime of OCPP 2.1. */
export interface TariffTime {
  readonly prices: readonly TariffTimePrice[];
  readonly taxRates?: readonly TaxRate[];
  readonly customData?: CustomData;
}

/** TariffTimePrice of OCPP 2.1. */
export interface TariffTimePrice {
  readonly priceMinute: number;
  readonly conditions?: TariffConditions;
  readonly customData?: CustomData;
}

/** TaxRate of OCPP 2.1. */
export interface TaxRate {
  readonly type: string;
  readonly tax: number;
  readonly stack?: number;
  readonly customData?: CustomData;
}

/** TaxRule of OCPP 2.1. */
export interface TaxRule {
  readonly taxRuleID: number;
  readonly taxRuleName?: string;
  readonly taxIncludedInPrice?: boolean;
  readonly appliesToEnergyFee: boolean;
  readonly appliesToParkingFee: boolean;
  readonly appliesToOverstayFee: boolean;
  readonly appliesToMinimumMaximumCost: boolean;
  readonly taxRate: RationalNumber;
  readonly customData?: CustomData;
}

/** TotalCost of OCPP 2.1. */
export interface TotalCost {
  readonly currency: string;
  readonly typeOfCost: TariffCostEnum;
  readonly fixed?: Price;
  readonly energy?: Price;
  readonly chargingTime?: Price;
  readonly idleTime?: Price;
  readonly reservationTime?: Price;
  readonly reservationFixed?: Price;
  readonly total: TotalPrice;
  readonly customData?: CustomData;
}

/** TotalPrice of OCPP 2.1. */
export interface TotalPrice {
  readonly exclTax?: number;
  readonly inclTax?: number;
  readonly customData?: CustomData;
}

/** TotalUsage of OCPP 2.1. */
export interface TotalUsage {
  readonly energy: number;
  readonly chargingTime: number;
  readonly idleTime: number;
  readonly reservationTime?: number;
  readonly customData?: CustomData;
}

/** Transaction of OCPP 2.1. */
export interface Transaction {
  readonly transactionId: string;
  readonly chargingState?: ChargingStateEnum;
  readonly timeSpentCharging?: number;
  readonly stoppedReason?: ReasonEnum;
  readonly remoteStartId?: number;
  readonly operationMode?: OperationModeEnum;
  readonly tariffId?: string;
  readonly transactionLimit?: TransactionLimit;
  readonly customData?: CustomData;
}

/** TransactionEventEnum of OCPP 2.1. */
export type TransactionEventEnum = "Ended" | "Started" | "Updated";

/** TransactionEventRequest of OCPP 2.1. */
export interface TransactionEventRequest {
  readonly costDetails?: CostDetails;
  readonly eventType: TransactionEventEnum;
  readonly meterValue?: readonly MeterValue[];
  readonly timestamp: string;
  readonly triggerReason: TriggerReasonEnum;
  readonly seqNo: number;
  readonly offline?: boolean;
  readonly numberOfPhasesUsed?: number;
  readonly cableMaxCurrent?: number;
  readonly reservationId?: number;
  readonly preconditioningStatus?: PreconditioningStatusEnum;
  readonly evseSleep?: boolean;
  readonly transactionInfo: Transaction;
  readonly evse?: EVSE;
  readonly idToken?: IdToken;
  readonly customData?: CustomData;
}

/** TransactionEventResponse of OCPP 2.1. */
export interface TransactionEventResponse {
  readonly totalCost?: number;
  readonly chargingPriority?: number;
  readonly idTokenInfo?: IdTokenInfo;
  readonly transactionLimit?: TransactionLimit;
  readonly updatedPersonalMessage?: MessageContent;
  readonly updatedPersonalMessageExtra?: readonly MessageContent[];
  readonly customData?: CustomData;
}

/** TransactionLimit of OCPP 2.1. */
export interface TransactionLimit {
  readonly maxCost?: number;
  readonly maxEnergy?: number;
  readonly maxTime?: number;
  readonly maxSoC?: number;
  readonly customData?: CustomData;
}

/** TriggerMessageRequest of OCPP 2.1. */
export interface TriggerMessageRequest {
  readonly evse?: EVSE;
  readonly requestedMessage: MessageTriggerEnum;
  readonly customTrigger?: string;
  readonly customData?: CustomData;
}

/** TriggerMessageResponse of OCPP 2.1. */
export interface TriggerMessageResponse {
  readonly status: TriggerMessageStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** TriggerMessageStatusEnum of OCPP 2.1. */
export type TriggerMessageStatusEnum = "Accepted" | "Rejected" | "NotImplemented";

/** TriggerReasonEnum of OCPP 2.1. */
export type TriggerReasonEnum =
  | "AbnormalCondition"
  | "Authorized"
  | "CablePluggedIn"
  | "ChargingRateChanged"
  | "ChargingStateChanged"
  | "CostLimitReached"
  | "Deauthorized"
  | "EnergyLimitReached"
  | "EVCommunicationLost"
  | "EVConnectTimeout"
  | "EVDeparted"
  | "EVDetected"
  | "LimitSet"
  | "MeterValueClock"
  | "MeterValuePeriodic"
  | "OperationModeChanged"
  | "RemoteStart"
  | "RemoteStop"
  | "ResetCommand"
  | "RunningCost"
  | "SignedDataReceived"
  | "SoCLimitReached"
  | "StopAuthorized"
  | "TariffChanged"
  | "TariffNotAccepted"
  | "TimeLimitReached"
  | "Trigger"
  | "TxResumed"
  | "UnlockCommand";

/** UnitOfMeasure of OCPP 2.1. */
export interface UnitOfMeasure {
  readonly unit?: string;
  readonly multiplier?: number;
  readonly customData?: CustomData;
}

/** UnlockConnectorRequest of OCPP 2.1. */
export interface UnlockConnectorRequest {
  readonly evseId: number;
  readonly connectorId: number;
  readonly customData?: CustomData;
}

/** UnlockConnectorResponse of OCPP 2.1. */
export interface UnlockConnectorResponse {
  readonly status: UnlockStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** UnlockStatusEnum of OCPP 2.1. */
export type UnlockStatusEnum =
  | "Unlocked"
  | "UnlockFailed"
  | "OngoingAuthorizedTransaction"
  | "UnknownConnector";

/** UnpublishFirmwareRequest of OCPP 2.1. */
export interface UnpublishFirmwareRequest {
  readonly checksum: string;
  readonly customData?: CustomData;
}

/** UnpublishFirmwareResponse of OCPP 2.1. */
export interface UnpublishFirmwareResponse {
  readonly status: UnpublishFirmwareStatusEnum;
  readonly customData?: CustomData;
}

/** UnpublishFirmwareStatusEnum of OCPP 2.1. */
export type UnpublishFirmwareStatusEnum = "DownloadOngoing" | "NoFirmware" | "Unpublished";

/** UpdateDynamicScheduleRequest of OCPP 2.1. */
export interface UpdateDynamicScheduleRequest {
  readonly chargingProfileId: number;
  readonly scheduleUpdate: ChargingScheduleUpdate;
  readonly customData?: CustomData;
}

/** UpdateDynamicScheduleResponse of OCPP 2.1. */
export interface UpdateDynamicScheduleResponse {
  readonly status: ChargingProfileStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** UpdateEnum of OCPP 2.1. */
export type UpdateEnum = "Differential" | "Full";

/** UpdateFirmwareRequest of OCPP 2.1. */
export interface UpdateFirmwareRequest {
  readonly retries?: number;
  readonly retryInterval?: number;
  readonly requestId: number;
  readonly firmware: Firmware;
  readonly customData?: CustomData;
}

/** UpdateFirmwareResponse of OCPP 2.1. */
export interface UpdateFirmwareResponse {
  readonly status: UpdateFirmwareStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** UpdateFirmwareStatusEnum of OCPP 2.1. */
export type UpdateFirmwareStatusEnum =
  | "Accepted"
  | "Rejected"
  | "AcceptedCanceled"
  | "InvalidCertificate"
  | "RevokedCertificate";

/** UploadLogStatusEnum of OCPP 2.1. */
export type UploadLogStatusEnum =
  | "BadMessage"
  | "Idle"
  | "NotSupportedOperation"
  | "PermissionDenied"
  | "Uploaded"
  | "UploadFailure"
  | "Uploading"
  | "AcceptedCanceled";

/** UsePriorityChargingRequest of OCPP 2.1. */
export interface UsePriorityChargingRequest {
  readonly transactionId: string;
  readonly activate: boolean;
  readonly customData?: CustomData;
}

/** UsePriorityChargingResponse of OCPP 2.1. */
export interface UsePriorityChargingResponse {
  readonly status: PriorityChargingStatusEnum;
  readonly statusInfo?: StatusInfo;
  readonly customData?: CustomData;
}

/** V2XChargingParameters of OCPP 2.1. */
export interface V2XChargingParameters {
  readonly minChargePower?: number;
  readonly minChargePower_L2?: number;
  readonly minChargePower_L3?: number;
  readonly maxChargePower?: number;
  readonly maxChargePower_L2?: number;
  readonly maxChargePower_L3?: number;
  readonly minDischargePower?: number;
  readonly minDischargePower_L2?: number;
  readonly minDischargePower_L3?: number;
  readonly maxDischargePower?: number;
  readonly maxDischargePower_L2?: number;
  readonly maxDischargePower_L3?: number;
  readonly minChargeCurrent?: number;
  readonly maxChargeCurrent?: number;
  readonly minDischargeCurrent?: number;
  readonly maxDischargeCurrent?: number;
  readonly minVoltage?: number;
  readonly maxVoltage?: number;
  readonly evTargetEnergyRequest?: number;
  readonly evMinEnergyRequest?: number;
  readonly evMaxEnergyRequest?: number;
  readonly evMinV2XEnergyRequest?: number;
  readonly evMaxV2XEnergyRequest?: number;
  readonly targetSoC?: number;
  readonly customData?: CustomData;
}

/** V2XFreqWattPoint of OCPP 2.1. */
export interface V2XFreqWattPoint {
  readonly frequency: number;
  readonly power: number;
  readonly customData?: CustomData;
}

/** V2XSignalWattPoint of OCPP 2.1. */
export interface V2XSignalWattPoint {
  readonly signal: number;
  readonly power: number;
  readonly customData?: CustomData;
}

/** VPN of OCPP 2.1. */
export interface VPN {
  readonly server: string;
  readonly user: string;
  readonly group?: string;
  readonly password: string;
  readonly key: string;
  readonly type: VPNEnum;
  readonly customData?: CustomData;
}

/** VPNEnum of OCPP 2.1. */
export type VPNEnum = "IKEv2" | "IPSec" | "L2TP" | "PPTP";

/** Variable of OCPP 2.1. */
export interface Variable {
  readonly name: string;
  readonly instance?: string;
  readonly customData?: CustomData;
}

/** VariableAttribute of OCPP 2.1. */
export interface VariableAttribute {
  readonly type?: AttributeEnum;
  readonly value?: string;
  readonly mutability?: MutabilityEnum;
  readonly persistent?: boolean;
  readonly constant?: boolean;
  readonly customData?: CustomData;
}

/** VariableCharacteristics of OCPP 2.1. */
export interface VariableCharacteristics {
  readonly unit?: string;
  readonly dataType: DataEnum;
  readonly minLimit?: number;
  readonly maxLimit?: number;
  readonly maxElements?: number;
  readonly valuesList?: string;
  readonly supportsMonitoring: boolean;
  readonly customData?: CustomData;
}

/** VariableMonitoring of OCPP 2.1. */
export interface VariableMonitoring {
  readonly id: number;
  readonly transaction: boolean;
  readonly value: number;
  readonly type: MonitorEnum;
  readonly severity: number;
  readonly eventNotificationType: EventNotificationEnum;
  readonly customData?: CustomData;
}

/** VatNumberValidationRequest of OCPP 2.1. */
export interface VatNumberValidationRequest {
  readonly vatNumber: string;
  readonly evseId?: number;
  readonly customData?: CustomData;
}

/** VatNumberValidationResponse of OCPP 2.1. */
export interface VatNumberValidationResponse {
  readonly company?: Address;
  readonly statusInfo?: StatusInfo;
  readonly vatNumber: string;
  readonly evseId?: number;
  readonly status: GenericStatusEnum;
  readonly customData?: CustomData;
}

/** VoltageParams of OCPP 2.1. */
export interface VoltageParams {
  readonly hv10MinMeanValue?: number;
  readonly hv10MinMeanTripDelay?: number;
  readonly powerDuringCessation?: PowerDuringCessationEnum;
  readonly customData?: CustomData;
}

/** Makes the payloads of AFRRSignal. */
export const AFRRSignal: MessageMaker<AFRRSignalRequest, AFRRSignalResponse> = messageMaker<
  AFRRSignalRequest,
  AFRRSignalResponse
>("2.1", "AFRRSignal");

/** Makes the payloads of AdjustPeriodicEventStream. */
export const AdjustPeriodicEventStream: MessageMaker<
  AdjustPeriodicEventStreamRequest,
  AdjustPeriodicEventStreamResponse
> = messageMaker<AdjustPeriodicEventStreamRequest, AdjustPeriodicEventStreamResponse>(
  "2.1",
  "AdjustPeriodicEventStream",
);

/** Makes the payloads of Authorize. */
export const Authorize: MessageMaker<AuthorizeRequest, AuthorizeResponse> = messageMaker<
  AuthorizeRequest,
  AuthorizeResponse
>("2.1", "Authorize");

/** Makes the payloads of BatterySwap. */
export const BatterySwap: MessageMaker<BatterySwapRequest, BatterySwapResponse> = messageMaker<
  BatterySwapRequest,
  BatterySwapResponse
>("2.1", "BatterySwap");

/** Makes the payloads of BootNotification. */
export const BootNotification: MessageMaker<BootNotificationRequest, BootNotificationResponse> = messageMaker<
  BootNotificationRequest,
  BootNotificationResponse
>("2.1", "BootNotification");

/** Makes the payloads of CancelReservation. */
export const CancelReservation: MessageMaker<CancelReservationRequest, CancelReservationResponse> =
  messageMaker<CancelReservationRequest, CancelReservationResponse>("2.1", "CancelReservation");

/** Makes the payloads of CertificateSigned. */
export const CertificateSigned: MessageMaker<CertificateSignedRequest, CertificateSignedResponse> =
  messageMaker<CertificateSignedRequest, CertificateSignedResponse>("2.1", "CertificateSigned");

/** Makes the payloads of ChangeAvailability. */
export const ChangeAvailability: MessageMaker<ChangeAvailabilityRequest, ChangeAvailabilityResponse> =
  messageMaker<ChangeAvailabilityRequest, ChangeAvailabilityResponse>("2.1", "ChangeAvailability");

/** Makes the payloads of ChangeTransactionTariff. */
export const ChangeTransactionTariff: MessageMaker<
  ChangeTransactionTariffRequest,
  ChangeTransactionTariffResponse
> = messageMaker<ChangeTransactionTariffRequest, ChangeTransactionTariffResponse>(
  "2.1",
  "ChangeTransactionTariff",
);

/** Makes the payloads of ClearCache. */
export const ClearCache: MessageMaker<ClearCacheRequest, ClearCacheResponse> = messageMaker<
  ClearCacheRequest,
  ClearCacheResponse
>("2.1", "ClearCache");

/** Makes the payloads of ClearChargingProfile. */
export const ClearChargingProfile: MessageMaker<ClearChargingProfileRequest, ClearChargingProfileResponse> =
  messageMaker<ClearChargingProfileRequest, ClearChargingProfileResponse>("2.1", "ClearChargingProfile");

/** Makes the payloads of ClearDERControl. */
export const ClearDERControl: MessageMaker<ClearDERControlRequest, ClearDERControlResponse> = messageMaker<
  ClearDERControlRequest,
  ClearDERControlResponse
>("2.1", "ClearDERControl");

/** Makes the payloads of ClearDisplayMessage. */
export const ClearDisplayMessage: MessageMaker<ClearDisplayMessageRequest, ClearDisplayMessageResponse> =
  messageMaker<ClearDisplayMessageRequest, ClearDisplayMessageResponse>("2.1", "ClearDisplayMessage");

/** Makes the payloads of ClearTariffs. */
export const ClearTariffs: MessageMaker<ClearTariffsRequest, ClearTariffsResponse> = messageMaker<
  ClearTariffsRequest,
  ClearTariffsResponse
>("2.1", "ClearTariffs");

/** Makes the payloads of ClearVariableMonitoring. */
export const ClearVariableMonitoring: MessageMaker<
  ClearVariableMonitoringRequest,
  ClearVariableMonitoringResponse
> = messageMaker<ClearVariableMonitoringRequest, ClearVariableMonitoringResponse>(
  "2.1",
  "ClearVariableMonitoring",
);

/** Makes the payloads of ClearedChargingLimit. */
export const ClearedChargingLimit: MessageMaker<ClearedChargingLimitRequest, ClearedChargingLimitResponse> =
  messageMaker<ClearedChargingLimitRequest, ClearedChargingLimitResponse>("2.1", "ClearedChargingLimit");

/** Makes the payloads of ClosePeriodicEventStream. */
export const ClosePeriodicEventStream: MessageMaker<
  ClosePeriodicEventStreamRequest,
  ClosePeriodicEventStreamResponse
> = messageMaker<ClosePeriodicEventStreamRequest, ClosePeriodicEventStreamResponse>(
  "2.1",
  "ClosePeriodicEventStream",
);

/** Makes the payloads of CostUpdated. */
export const CostUpdated: MessageMaker<CostUpdatedRequest, CostUpdatedResponse> = messageMaker<
  CostUpdatedRequest,
  CostUpdatedResponse
>("2.1", "CostUpdated");

/** Makes the payloads of CustomerInformation. */
export const CustomerInformation: MessageMaker<CustomerInformationRequest, CustomerInformationResponse> =
  messageMaker<CustomerInformationRequest, CustomerInformationResponse>("2.1", "CustomerInformation");

/** Makes the payloads of DataTransfer. */
export const DataTransfer: MessageMaker<DataTransferRequest, DataTransferResponse> = messageMaker<
  DataTransferRequest,
  DataTransferResponse
>("2.1", "DataTransfer");

/** Makes the payloads of DeleteCertificate. */
export const DeleteCertificate: MessageMaker<DeleteCertificateRequest, DeleteCertificateResponse> =
  messageMaker<DeleteCertificateRequest, DeleteCertificateResponse>("2.1", "DeleteCertificate");

/** Makes the payloads of FirmwareStatusNotification. */
export const FirmwareStatusNotification: MessageMaker<
  FirmwareStatusNotificationRequest,
  FirmwareStatusNotificationResponse
> = messageMaker<FirmwareStatusNotificationRequest, FirmwareStatusNotificationResponse>(
  "2.1",
  "FirmwareStatusNotification",
);

/** Makes the payloads of Get15118EVCertificate. */
export const Get15118EVCertificate: MessageMaker<
  Get15118EVCertificateRequest,
  Get15118EVCertificateResponse
> = messageMaker<Get15118EVCertificateRequest, Get15118EVCertificateResponse>("2.1", "Get15118EVCertificate");

/** Makes the payloads of GetBaseReport. */
export const GetBaseReport: MessageMaker<GetBaseReportRequest, GetBaseReportResponse> = messageMaker<
  GetBaseReportRequest,
  GetBaseReportResponse
>("2.1", "GetBaseReport");

/** Makes the payloads of GetCertificateChainStatus. */
export const GetCertificateChainStatus: MessageMaker<
  GetCertificateChainStatusRequest,
  GetCertificateChainStatusResponse
> = messageMaker<GetCertificateChainStatusRequest, GetCertificateChainStatusResponse>(
  "2.1",
  "GetCertificateChainStatus",
);

/** Makes the payloads of GetCertificateStatus. */
export const GetCertificateStatus: MessageMaker<GetCertificateStatusRequest, GetCertificateStatusResponse> =
  messageMaker<GetCertificateStatusRequest, GetCertificateStatusResponse>("2.1", "GetCertificateStatus");

/** Makes the payloads of GetChargingProfiles. */
export const GetChargingProfiles: MessageMaker<GetChargingProfilesRequest, GetChargingProfilesResponse> =
  messageMaker<GetChargingProfilesRequest, GetChargingProfilesResponse>("2.1", "GetChargingProfiles");

/** Makes the payloads of GetCompositeSchedule. */
export const GetCompositeSchedule: MessageMaker<GetCompositeScheduleRequest, GetCompositeScheduleResponse> =
  messageMaker<GetCompositeScheduleRequest, GetCompositeScheduleResponse>("2.1", "GetCompositeSchedule");

/** Makes the payloads of GetDERControl. */
export const GetDERControl: MessageMaker<GetDERControlRequest, GetDERControlResponse> = messageMaker<
  GetDERControlRequest,
  GetDERControlResponse
>("2.1", "GetDERControl");

/** Makes the payloads of GetDisplayMessages. */
export const GetDisplayMessages: MessageMaker<GetDisplayMessagesRequest, GetDisplayMessagesResponse> =
  messageMaker<GetDisplayMessagesRequest, GetDisplayMessagesResponse>("2.1", "GetDisplayMessages");

/** Makes the payloads of GetInstalledCertificateIds. */
export const GetInstalledCertificateIds: MessageMaker<
  GetInstalledCertificateIdsRequest,
  GetInstalledCertificateIdsResponse
> = messageMaker<GetInstalledCertificateIdsRequest, GetInstalledCertificateIdsResponse>(
  "2.1",
  "GetInstalledCertificateIds",
);

/** Makes the payloads of GetLocalListVersion. */
export const GetLocalListVersion: MessageMaker<GetLocalListVersionRequest, GetLocalListVersionResponse> =
  messageMaker<GetLocalListVersionRequest, GetLocalListVersionResponse>("2.1", "GetLocalListVersion");

/** Makes the payloads of GetLog. */
export const GetLog: MessageMaker<GetLogRequest, GetLogResponse> = messageMaker<
  GetLogRequest,
  GetLogResponse
>("2.1", "GetLog");

/** Makes the payloads of GetMonitoringReport. */
export const GetMonitoringReport: MessageMaker<GetMonitoringReportRequest, GetMonitoringReportResponse> =
  messageMaker<GetMonitoringReportRequest, GetMonitoringReportResponse>("2.1", "GetMonitoringReport");

/** Makes the payloads of GetPeriodicEventStream. */
export const GetPeriodicEventStream: MessageMaker<
  GetPeriodicEventStreamRequest,
  GetPeriodicEventStreamResponse
> = messageMaker<GetPeriodicEventStreamRequest, GetPeriodicEventStreamResponse>(
  "2.1",
  "GetPeriodicEventStream",
);

/** Makes the payloads of GetReport. */
export const GetReport: MessageMaker<GetReportRequest, GetReportResponse> = messageMaker<
  GetReportRequest,
  GetReportResponse
>("2.1", "GetReport");

/** Makes the payloads of GetTariffs. */
export const GetTariffs: MessageMaker<GetTariffsRequest, GetTariffsResponse> = messageMaker<
  GetTariffsRequest,
  GetTariffsResponse
>("2.1", "GetTariffs");

/** Makes the payloads of GetTransactionStatus. */
export const GetTransactionStatus: MessageMaker<GetTransactionStatusRequest, GetTransactionStatusResponse> =
  messageMaker<GetTransactionStatusRequest, GetTransactionStatusResponse>("2.1", "GetTransactionStatus");

/** Makes the payloads of GetVariables. */
export const GetVariables: MessageMaker<GetVariablesRequest, GetVariablesResponse> = messageMaker<
  GetVariablesRequest,
  GetVariablesResponse
>("2.1", "GetVariables");

/** Makes the payloads of Heartbeat. */
export const Heartbeat: MessageMaker<HeartbeatRequest, HeartbeatResponse> = messageMaker<
  HeartbeatRequest,
  HeartbeatResponse
>("2.1", "Heartbeat");

/** Makes the payloads of InstallCertificate. */
export const InstallCertificate: MessageMaker<InstallCertificateRequest, InstallCertificateResponse> =
  messageMaker<InstallCertificateRequest, InstallCertificateResponse>("2.1", "InstallCertificate");

/** Makes the payloads of LogStatusNotification. */
export const LogStatusNotification: MessageMaker<
  LogStatusNotificationRequest,
  LogStatusNotificationResponse
> = messageMaker<LogStatusNotificationRequest, LogStatusNotificationResponse>("2.1", "LogStatusNotification");

/** Makes the payloads of MeterValues. */
export const MeterValues: MessageMaker<MeterValuesRequest, MeterValuesResponse> = messageMaker<
  MeterValuesRequest,
  MeterValuesResponse
>("2.1", "MeterValues");

/** Makes the payloads of NotifyAllowedEnergyTransfer. */
export const NotifyAllowedEnergyTransfer: MessageMaker<
  NotifyAllowedEnergyTransferRequest,
  NotifyAllowedEnergyTransferResponse
> = messageMaker<NotifyAllowedEnergyTransferRequest, NotifyAllowedEnergyTransferResponse>(
  "2.1",
  "NotifyAllowedEnergyTransfer",
);

/** Makes the payloads of NotifyChargingLimit. */
export const NotifyChargingLimit: MessageMaker<NotifyChargingLimitRequest, NotifyChargingLimitResponse> =
  messageMaker<NotifyChargingLimitRequest, NotifyChargingLimitResponse>("2.1", "NotifyChargingLimit");

/** Makes the payloads of NotifyCustomerInformation. */
export const NotifyCustomerInformation: MessageMaker<
  NotifyCustomerInformationRequest,
  NotifyCustomerInformationResponse
> = messageMaker<NotifyCustomerInformationRequest, NotifyCustomerInformationResponse>(
  "2.1",
  "NotifyCustomerInformation",
);

/** Makes the payloads of NotifyDERAlarm. */
export const NotifyDERAlarm: MessageMaker<NotifyDERAlarmRequest, NotifyDERAlarmResponse> = messageMaker<
  NotifyDERAlarmRequest,
  NotifyDERAlarmResponse
>("2.1", "NotifyDERAlarm");

/** Makes the payloads of NotifyDERStartStop. */
export const NotifyDERStartStop: MessageMaker<NotifyDERStartStopRequest, NotifyDERStartStopResponse> =
  messageMaker<NotifyDERStartStopRequest, NotifyDERStartStopResponse>("2.1", "NotifyDERStartStop");

/** Makes the payloads of NotifyDisplayMessages. */
export const NotifyDisplayMessages: MessageMaker<
  NotifyDisplayMessagesRequest,
  NotifyDisplayMessagesResponse
> = messageMaker<NotifyDisplayMessagesRequest, NotifyDisplayMessagesResponse>("2.1", "NotifyDisplayMessages");

/** Makes the payloads of NotifyEVChargingNeeds. */
export const NotifyEVChargingNeeds: MessageMaker<
  NotifyEVChargingNeedsRequest,
  NotifyEVChargingNeedsResponse
> = messageMaker<NotifyEVChargingNeedsRequest, NotifyEVChargingNeedsResponse>("2.1", "NotifyEVChargingNeeds");

/** Makes the payloads of NotifyEVChargingSchedule. */
export const NotifyEVChargingSchedule: MessageMaker<
  NotifyEVChargingScheduleRequest,
  NotifyEVChargingScheduleResponse
> = messageMaker<NotifyEVChargingScheduleRequest, NotifyEVChargingScheduleResponse>(
  "2.1",
  "NotifyEVChargingSchedule",
);

/** Makes the payloads of NotifyEvent. */
export const NotifyEvent: MessageMaker<NotifyEventRequest, NotifyEventResponse> = messageMaker<
  NotifyEventRequest,
  NotifyEventResponse
>("2.1", "NotifyEvent");

/** Makes the payloads of NotifyMonitoringReport. */
export const NotifyMonitoringReport: MessageMaker<
  NotifyMonitoringReportRequest,
  NotifyMonitoringReportResponse
> = messageMaker<NotifyMonitoringReportRequest, NotifyMonitoringReportResponse>(
  "2.1",
  "NotifyMonitoringReport",
);

/** Makes the payloads of NotifyPeriodicEventStream. */
export const NotifyPeriodicEventStream: SendMaker<NotifyPeriodicEventStreamRequest> =
  sendMaker<NotifyPeriodicEventStreamRequest>("2.1", "NotifyPeriodicEventStream");

/** Makes the payloads of NotifyPriorityCharging. */
export const NotifyPriorityCharging: MessageMaker<
  NotifyPriorityChargingRequest,
  NotifyPriorityChargingResponse
> = messageMaker<NotifyPriorityChargingRequest, NotifyPriorityChargingResponse>(
  "2.1",
  "NotifyPriorityCharging",
);

/** Makes the payloads of NotifyReport. */
export const NotifyReport: MessageMaker<NotifyReportRequest, NotifyReportResponse> = messageMaker<
  NotifyReportRequest,
  NotifyReportResponse
>("2.1", "NotifyReport");

/** Makes the payloads of NotifySettlement. */
export const NotifySettlement: MessageMaker<NotifySettlementRequest, NotifySettlementResponse> = messageMaker<
  NotifySettlementRequest,
  NotifySettlementResponse
>("2.1", "NotifySettlement");

/** Makes the payloads of NotifyWebPaymentStarted. */
export const NotifyWebPaymentStarted: MessageMaker<
  NotifyWebPaymentStartedRequest,
  NotifyWebPaymentStartedResponse
> = messageMaker<NotifyWebPaymentStartedRequest, NotifyWebPaymentStartedResponse>(
  "2.1",
  "NotifyWebPaymentStarted",
);

/** Makes the payloads of OpenPeriodicEventStream. */
export const OpenPeriodicEventStream: MessageMaker<
  OpenPeriodicEventStreamRequest,
  OpenPeriodicEventStreamResponse
> = messageMaker<OpenPeriodicEventStreamRequest, OpenPeriodicEventStreamResponse>(
  "2.1",
  "OpenPeriodicEventStream",
);

/** Makes the payloads of PublishFirmware. */
export const PublishFirmware: MessageMaker<PublishFirmwareRequest, PublishFirmwareResponse> = messageMaker<
  PublishFirmwareRequest,
  PublishFirmwareResponse
>("2.1", "PublishFirmware");

/** Makes the payloads of PublishFirmwareStatusNotification. */
export const PublishFirmwareStatusNotification: MessageMaker<
  PublishFirmwareStatusNotificationRequest,
  PublishFirmwareStatusNotificationResponse
> = messageMaker<PublishFirmwareStatusNotificationRequest, PublishFirmwareStatusNotificationResponse>(
  "2.1",
  "PublishFirmwareStatusNotification",
);

/** Makes the payloads of PullDynamicScheduleUpdate. */
export const PullDynamicScheduleUpdate: MessageMaker<
  PullDynamicScheduleUpdateRequest,
  PullDynamicScheduleUpdateResponse
> = messageMaker<PullDynamicScheduleUpdateRequest, PullDynamicScheduleUpdateResponse>(
  "2.1",
  "PullDynamicScheduleUpdate",
);

/** Makes the payloads of ReportChargingProfiles. */
export const ReportChargingProfiles: MessageMaker<
  ReportChargingProfilesRequest,
  ReportChargingProfilesResponse
> = messageMaker<ReportChargingProfilesRequest, ReportChargingProfilesResponse>(
  "2.1",
  "ReportChargingProfiles",
);

/** Makes the payloads of ReportDERControl. */
export const ReportDERControl: MessageMaker<ReportDERControlRequest, ReportDERControlResponse> = messageMaker<
  ReportDERControlRequest,
  ReportDERControlResponse
>("2.1", "ReportDERControl");

/** Makes the payloads of RequestBatterySwap. */
export const RequestBatterySwap: MessageMaker<RequestBatterySwapRequest, RequestBatterySwapResponse> =
  messageMaker<RequestBatterySwapRequest, RequestBatterySwapResponse>("2.1", "RequestBatterySwap");

/** Makes the payloads of RequestStartTransaction. */
export const RequestStartTransaction: MessageMaker<
  RequestStartTransactionRequest,
  RequestStartTransactionResponse
> = messageMaker<RequestStartTransactionRequest, RequestStartTransactionResponse>(
  "2.1",
  "RequestStartTransaction",
);

/** Makes the payloads of RequestStopTransaction. */
export const RequestStopTransaction: MessageMaker<
  RequestStopTransactionRequest,
  RequestStopTransactionResponse
> = messageMaker<RequestStopTransactionRequest, RequestStopTransactionResponse>(
  "2.1",
  "RequestStopTransaction",
);

/** Makes the payloads of ReservationStatusUpdate. */
export const ReservationStatusUpdate: MessageMaker<
  ReservationStatusUpdateRequest,
  ReservationStatusUpdateResponse
> = messageMaker<ReservationStatusUpdateRequest, ReservationStatusUpdateResponse>(
  "2.1",
  "ReservationStatusUpdate",
);

/** Makes the payloads of ReserveNow. */
export const ReserveNow: MessageMaker<ReserveNowRequest, ReserveNowResponse> = messageMaker<
  ReserveNowRequest,
  ReserveNowResponse
>("2.1", "ReserveNow");

/** Makes the payloads of Reset. */
export const Reset: MessageMaker<ResetRequest, ResetResponse> = messageMaker<ResetRequest, ResetResponse>(
  "2.1",
  "Reset",
);

/** Makes the payloads of SecurityEventNotification. */
export const SecurityEventNotification: MessageMaker<
  SecurityEventNotificationRequest,
  SecurityEventNotificationResponse
> = messageMaker<SecurityEventNotificationRequest, SecurityEventNotificationResponse>(
  "2.1",
  "SecurityEventNotification",
);

/** Makes the payloads of SendLocalList. */
export const SendLocalList: MessageMaker<SendLocalListRequest, SendLocalListResponse> = messageMaker<
  SendLocalListRequest,
  SendLocalListResponse
>("2.1", "SendLocalList");

/** Makes the payloads of SetChargingProfile. */
export const SetChargingProfile: MessageMaker<SetChargingProfileRequest, SetChargingProfileResponse> =
  messageMaker<SetChargingProfileRequest, SetChargingProfileResponse>("2.1", "SetChargingProfile");

/** Makes the payloads of SetDERControl. */
export const SetDERControl: MessageMaker<SetDERControlRequest, SetDERControlResponse> = messageMaker<
  SetDERControlRequest,
  SetDERControlResponse
>("2.1", "SetDERControl");

/** Makes the payloads of SetDefaultTariff. */
export const SetDefaultTariff: MessageMaker<SetDefaultTariffRequest, SetDefaultTariffResponse> = messageMaker<
  SetDefaultTariffRequest,
  SetDefaultTariffResponse
>("2.1", "SetDefaultTariff");

/** Makes the payloads of SetDisplayMessage. */
export const SetDisplayMessage: MessageMaker<SetDisplayMessageRequest, SetDisplayMessageResponse> =
  messageMaker<SetDisplayMessageRequest, SetDisplayMessageResponse>("2.1", "SetDisplayMessage");

/** Makes the payloads of SetMonitoringBase. */
export const SetMonitoringBase: MessageMaker<SetMonitoringBaseRequest, SetMonitoringBaseResponse> =
  messageMaker<SetMonitoringBaseRequest, SetMonitoringBaseResponse>("2.1", "SetMonitoringBase");

/** Makes the payloads of SetMonitoringLevel. */
export const SetMonitoringLevel: MessageMaker<SetMonitoringLevelRequest, SetMonitoringLevelResponse> =
  messageMaker<SetMonitoringLevelRequest, SetMonitoringLevelResponse>("2.1", "SetMonitoringLevel");

/** Makes the payloads of SetNetworkProfile. */
export const SetNetworkProfile: MessageMaker<SetNetworkProfileRequest, SetNetworkProfileResponse> =
  messageMaker<SetNetworkProfileRequest, SetNetworkProfileResponse>("2.1", "SetNetworkProfile");

/** Makes the payloads of SetVariableMonitoring. */
export const SetVariableMonitoring: MessageMaker<
  SetVariableMonitoringRequest,
  SetVariableMonitoringResponse
> = messageMaker<SetVariableMonitoringRequest, SetVariableMonitoringResponse>("2.1", "SetVariableMonitoring");

/** Makes the payloads of SetVariables. */
export const SetVariables: MessageMaker<SetVariablesRequest, SetVariablesResponse> = messageMaker<
  SetVariablesRequest,
  SetVariablesResponse
>("2.1", "SetVariables");

/** Makes the payloads of SignCertificate. */
export const SignCertificate: MessageMaker<SignCertificateRequest, SignCertificateResponse> = messageMaker<
  SignCertificateRequest,
  SignCertificateResponse
>("2.1", "SignCertificate");

/** Makes the payloads of StatusNotification. */
export const StatusNotification: MessageMaker<StatusNotificationRequest, StatusNotificationResponse> =
  messageMaker<StatusNotificationRequest, StatusNotificationResponse>("2.1", "StatusNotification");

/** Makes the payloads of TransactionEvent. */
export const TransactionEvent: MessageMaker<TransactionEventRequest, TransactionEventResponse> = messageMaker<
  TransactionEventRequest,
  TransactionEventResponse
>("2.1", "TransactionEvent");

/** Makes the payloads of TriggerMessage. */
export const TriggerMessage: MessageMaker<TriggerMessageRequest, TriggerMessageResponse> = messageMaker<
  TriggerMessageRequest,
  TriggerMessageResponse
>("2.1", "TriggerMessage");

/** Makes the payloads of UnlockConnector. */
export const UnlockConnector: MessageMaker<UnlockConnectorRequest, UnlockConnectorResponse> = messageMaker<
  UnlockConnectorRequest,
  UnlockConnectorResponse
>("2.1", "UnlockConnector");

/** Makes the payloads of UnpublishFirmware. */
export const UnpublishFirmware: MessageMaker<UnpublishFirmwareRequest, UnpublishFirmwareResponse> =
  messageMaker<UnpublishFirmwareRequest, UnpublishFirmwareResponse>("2.1", "UnpublishFirmware");

/** Makes the payloads of UpdateDynamicSchedule. */
export const UpdateDynamicSchedule: MessageMaker<
  UpdateDynamicScheduleRequest,
  UpdateDynamicScheduleResponse
> = messageMaker<UpdateDynamicScheduleRequest, UpdateDynamicScheduleResponse>("2.1", "UpdateDynamicSchedule");

/** Makes the payloads of UpdateFirmware. */
export const UpdateFirmware: MessageMaker<UpdateFirmwareRequest, UpdateFirmwareResponse> = messageMaker<
  UpdateFirmwareRequest,
  UpdateFirmwareResponse
>("2.1", "UpdateFirmware");

/** Makes the payloads of UsePriorityCharging. */
export const UsePriorityCharging: MessageMaker<UsePriorityChargingRequest, UsePriorityChargingResponse> =
  messageMaker<UsePriorityChargingRequest, UsePriorityChargingResponse>("2.1", "UsePriorityCharging");

/** Makes the payloads of VatNumberValidation. */
export const VatNumberValidation: MessageMaker<VatNumberValidationRequest, VatNumberValidationResponse> =
  messageMaker<VatNumberValidationRequest, VatNumberValidationResponse>("2.1", "VatNumberValidation");
