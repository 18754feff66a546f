// The payloads of the embedded CSMS's answers: one row for every action that a charge point can call. Each payload is valid
// by the schema of its version, whatever the charge point sent, and has only the required members.

import { isKnownAction } from "../ocpp/catalogue.js";
import { familyOf, type OcppFamily, type OcppVersion, ocppVersions } from "../ocpp/version.js";

/** The payload of a CALL: an object, not validated. */
export type CallPayload = Readonly<Record<string, unknown>>;

/** The counter of 1.6 transaction ids. */
export interface TransactionIds {
  /** The id for the next StartTransaction. */
  next: number;
}

/** What an answer is made from, besides the CALL. */
export interface AnswerContext {
  /** An RFC 3339 date-time. */
  readonly now: string;
  /** The heartbeat interval, in seconds. */
  readonly interval: number;
  readonly transactionIds: TransactionIds;
}

/** Makes the payload of an answer. */
export type AnswerMaker = (payload: CallPayload, context: AnswerContext) => object;

const constant =
  (payload: object): AnswerMaker =>
  () =>
    payload;
const empty = constant({});
const accepted = constant({ status: "Accepted" });
const rejected = constant({ status: "Rejected" });
const failed = constant({ status: "Failed" });

const boot: AnswerMaker = (_, { now, interval }) => ({ status: "Accepted", currentTime: now, interval });
const heartbeat: AnswerMaker = (_, { now }) => ({ currentTime: now });

const emptyFor = (actions: string): readonly (readonly [string, AnswerMaker])[] =>
  actions
    .split(/\s+/)
    .filter((action) => action !== "")
    .map((action) => [action, empty]);

const shared: readonly (readonly [string, AnswerMaker])[] = [
  ["BootNotification", boot],
  ["Heartbeat", heartbeat],
  ["DataTransfer", accepted],
  // This CSMS signs nothing, and Accepted would promise a CertificateSigned.
  ["SignCertificate", rejected],
  ...emptyFor(`FirmwareStatusNotification LogStatusNotification MeterValues SecurityEventNotification
    StatusNotification`),
];

const idTagInfo = { status: "Accepted" };
const idTokenInfo = { status: "Accepted" };

const answers16: readonly (readonly [string, AnswerMaker])[] = [
  ...shared,
  ["Authorize", constant({ idTagInfo })],
  ["StartTransaction", (_, { transactionIds }) => ({ transactionId: transactionIds.next++, idTagInfo })],
  ["StopTransaction", ({ idTag }) => (idTag === undefined ? {} : { idTagInfo })],
  ...emptyFor("DiagnosticsStatusNotification SignedFirmwareStatusNotification"),
];

const answers2x: readonly (readonly [string, AnswerMaker])[] = [
  ...shared,
  ["Authorize", constant({ idTokenInfo })],
  ["TransactionEvent", ({ idToken }) => (idToken === undefined ? {} : { idTokenInfo })],
  ["Get15118EVCertificate", constant({ status: "Failed", exiResponse: "" })],
  ["GetCertificateStatus", failed],
  // A CSMS without smart charging answers Rejected (K15); the station may report any schedule.
  ["NotifyEVChargingNeeds", rejected],
  ["NotifyEVChargingSchedule", accepted],
  ...emptyFor(`ClearedChargingLimit NotifyChargingLimit NotifyCustomerInformation NotifyDisplayMessages
    NotifyEvent NotifyMonitoringReport NotifyReport PublishFirmwareStatusNotification
    ReportChargingProfiles ReservationStatusUpdate`),
  // From here on OCPP 2.1.
  ["GetCertificateChainStatus", ({ certificateStatusRequests: wanted }, { now }) => chainStatus(wanted, now)],
  ["OpenPeriodicEventStream", accepted],
  ["PullDynamicScheduleUpdate", rejected],
  ["VatNumberValidation", ({ vatNumber }) => ({ vatNumber: vatNumberOf(vatNumber), status: "Rejected" })],
  ...emptyFor(`BatterySwap ClosePeriodicEventStream NotifyDERAlarm NotifyDERStartStop NotifyPriorityCharging
    NotifySettlement ReportDERControl`),
];

const vatNumberOf = (value: unknown): string =>
  typeof value === "string" ? [...value].slice(0, 20).join("") : "";

const noCertificate = { hashAlgorithm: "SHA256", issuerNameHash: "", issuerKeyHash: "", serialNumber: "" };

/** The status of every requested certificate: it could not be found out. */
const chainStatus = (wanted: unknown, now: string): object => {
  const requests = (Array.isArray(wanted) && wanted.length > 0 ? wanted.slice(0, 4) : [{}]) as unknown[];
  return { certificateStatus: requests.map((request) => failedStatus(membersOf(request), now)) };
};

const failedStatus = ({ certificateHashData, source }: CallPayload, now: string): object => ({
  certificateHashData: hashDataOf(membersOf(certificateHashData)),
  source: source === "CRL" ? "CRL" : "OCSP",
  status: "Failed",
  nextUpdate: now,
});

const hashDataOf = (data: CallPayload): object => {
  const { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber } = data;
  const isOne =
    (hashAlgorithm === "SHA256" || hashAlgorithm === "SHA384" || hashAlgorithm === "SHA512") &&
    isTextOf(issuerNameHash, 128) &&
    isTextOf(issuerKeyHash, 128) &&
    isTextOf(serialNumber, 40);
  return isOne ? { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber } : noCertificate;
};

const isTextOf = (value: unknown, longest: number): boolean =>
  typeof value === "string" && value.length <= longest;

const membersOf = (value: unknown): CallPayload =>
  typeof value === "object" && value !== null ? (value as CallPayload) : {};

const rows: Readonly<Record<OcppFamily, readonly (readonly [string, AnswerMaker])[]>> = {
  "1.6": answers16,
  "2.x": answers2x,
};

const tables = new Map(
  ocppVersions.map((version) => [
    version,
    new Map(rows[familyOf(version)].filter(([action]) => isKnownAction(version, action))),
  ]),
);

/** The makers of a version's answers, by action. */
export function answersOf(version: OcppVersion): ReadonlyMap<string, AnswerMaker> {
  return tables.get(version) ?? new Map();
}
