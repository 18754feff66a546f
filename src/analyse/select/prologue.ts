// The prologue of a selection: exchanges from before its first message that a CSMS needs to understand it. These are the
// last boot, the last status of each connector, and optionally the settings, lists, profiles and availability in force.
// Only whole exchanges, with their recorded bytes.

import { payloadIn } from "../../ocpp/envelope/parse-envelope.js";
import { connectorOf, idAt, listAt, outletOf, textAt, valueAt } from "../../ocpp/payload.js";
import { type IndexedMessage, isRequest, overlaps, type RecordingIndex } from "./recording-index.js";

/** How much a prologue contains. */
export type PrologueKind = "none" | "boot" | "full";

/** All kinds of prologues. */
export const prologueKinds: readonly PrologueKind[] = ["none", "boot", "full"];

/** The codes of the notes before and after a prologue. */
export const prologueCodes = { begin: "prologue", end: "prologue-end" } as const;

/** The code of the note at the end of a connection whose last messages were left out. */
export const cutCode = "cut";

/** What a prologue is made from. */
export interface PrologueSource {
  readonly indexed: RecordingIndex;
  /** Index of the first message of the selection. */
  readonly firstIndex: number;
  readonly kind: PrologueKind;
  /** Whether a connection has the version of the connection on which the selection begins. */
  readonly hasSameVersion: (connection: number) => boolean;
  /** Whether the user leaves out an action. */
  readonly isSkipped: (action: string) => boolean;
  /** Keys of the transactions that the selection names. */
  readonly transactions: ReadonlySet<string>;
  /** Keys of the transactions whose start must be in the prologue. */
  readonly starts: readonly string[];
}

/** A whole exchange before the selection, with both payloads. */
interface WholeExchange {
  readonly call: IndexedMessage;
  readonly answer: IndexedMessage;
  readonly request: unknown;
  readonly result: unknown;
}

const wholeBefore = ({
  indexed,
  firstIndex,
  hasSameVersion,
  isSkipped,
}: PrologueSource): readonly WholeExchange[] => {
  const answers = new Map<number, IndexedMessage>();
  for (const item of indexed)
    if (item.label.type === "CALLRESULT" && item.label.callIndex !== undefined)
      answers.set(item.label.callIndex, item);
  return indexed.slice(0, firstIndex).flatMap((call) => {
    const answer = answers.get(call.index);
    if (answer === undefined || !isRequest(call) || !call.message.complete || !answer.message.complete)
      return [];
    if (!hasSameVersion(call.message.connection) || isSkipped(call.label.action ?? "")) return [];
    return [{ call, answer, request: payloadIn(call.message.text), result: payloadIn(answer.message.text) }];
  });
};

const acceptedStatuses = new Set(["Accepted", "RebootRequired", "Scheduled"]);

const isAccepted = ({ result }: WholeExchange): boolean =>
  acceptedStatuses.has(textAt(result, "status") ?? "");

const outletKey = (payload: unknown): string => {
  const { evse, connector } = outletOf(payload);
  return [evse, connector].join("/");
};

/** The variables of a SetVariables that the charger accepted. */
const acceptedVariables = ({ request, result }: WholeExchange): readonly string[] =>
  listAt(request, "setVariableData").flatMap((data, i) => {
    const item = listAt(result, "setVariableResult")[i];
    if (!acceptedStatuses.has(textAt(item, "attributeStatus") ?? "")) return [];
    return [
      JSON.stringify([valueAt(data, "component"), valueAt(data, "variable"), valueAt(data, "attributeType")]),
    ];
  });

/** The keys of what an exchange puts in force; a later exchange with the same key replaces it. */
const keysOf = (whole: WholeExchange): readonly string[] => {
  const { call, request } = whole;
  const { action } = call.label;
  switch (action) {
    case "ChangeConfiguration":
      return isAccepted(whole) ? [`setting ${textAt(request, "key") ?? ""}`] : [];
    case "SetVariables":
      return acceptedVariables(whole).map((variable) => `variable ${variable}`);
    case "ChangeAvailability":
      return isAccepted(whole) ? [`availability ${outletKey(request)}`] : [];
    default:
      return [];
  }
};

/** The keys of a profile: a later profile with the same id, or with the same purpose and level at the same connector, replaces it. */
const profileKeys = (request: unknown): readonly string[] => {
  const profile = valueAt(request, "csChargingProfiles") ?? valueAt(request, "chargingProfile");
  const place = connectorOf(request) ?? "";
  const id = idAt(profile, "chargingProfileId") ?? idAt(profile, "id");
  const level = idAt(profile, "stackLevel");
  const purpose = textAt(profile, "chargingProfilePurpose") ?? "";
  return [
    ...(id === undefined ? [] : [`profile ${id}`]),
    ...(level === undefined ? [] : [`level ${JSON.stringify([place, purpose, level])}`]),
  ];
};

/** Collects, from the last exchange to the first, what is in force when the selection begins. */
class InForce {
  readonly found: WholeExchange[] = [];
  private readonly keys = new Set<string>();
  private hasWholeList = false;
  private profilesAreCleared = false;
  private readonly transactions: ReadonlySet<string>;

  constructor(transactions: ReadonlySet<string>) {
    this.transactions = transactions;
  }

  take(whole: WholeExchange): void {
    const { action } = whole.call.label;
    if (whole.call.message.direction === "cp-to-csms") return;
    if (action === "SendLocalList") this.list(whole);
    else if (action === "SetChargingProfile" || action === "ClearChargingProfile") this.profile(whole);
    else {
      const fresh = keysOf(whole).filter((key) => !this.keys.has(key));
      for (const key of fresh) this.keys.add(key);
      if (fresh.length > 0) this.found.push(whole);
    }
  }

  private list(whole: WholeExchange): void {
    if (this.hasWholeList || !isAccepted(whole)) return;
    this.found.push(whole);
    this.hasWholeList = textAt(whole.request, "updateType") === "Full";
  }

  private profile(whole: WholeExchange): void {
    const { ids, label } = whole.call;
    if (this.profilesAreCleared || !isAccepted(whole)) return;
    const keys = profileKeys(whole.request);
    const isReplaced = keys.some((key) => this.keys.has(key));
    if (label.action === "ClearChargingProfile" && isEmpty(whole.request)) this.profilesAreCleared = true;
    // A profile of a transaction that is not selected has no effect.
    else if (ids.transactions.length === 0 || overlaps(ids.transactions, this.transactions)) {
      if (!isReplaced) this.found.push(whole);
      for (const key of keys) this.keys.add(key);
    }
  }
}

const isEmpty = (payload: unknown): boolean =>
  typeof payload === "object" && payload !== null && Object.keys(payload).length === 0;

const lastStatuses = (wholes: readonly WholeExchange[]): readonly WholeExchange[] => {
  const last = new Map<string, WholeExchange>();
  for (const whole of wholes)
    if (whole.call.label.action === "StatusNotification") last.set(outletKey(whole.request), whole);
  return [...last.values()];
};

const startsOf = (wholes: readonly WholeExchange[], wanted: readonly string[]): readonly WholeExchange[] =>
  wanted.flatMap((key) => {
    const start = wholes.findLast(
      ({ call, answer }) => call.label.action === "StartTransaction" && answer.ids.transactions.includes(key),
    );
    return start === undefined ? [] : [start];
  });

/** The exchanges of a prologue, each as its messages: first the boot, then the others in their order. */
export function prologueOf(source: PrologueSource): readonly (readonly IndexedMessage[])[] {
  const wholes = wholeBefore(source);
  const found = new Set<WholeExchange>(startsOf(wholes, source.starts));
  const boot = wholes.findLast(({ call }) => call.label.action === "BootNotification");
  if (source.kind !== "none") for (const whole of lastStatuses(wholes)) found.add(whole);
  if (source.kind === "full") {
    const inForce = new InForce(source.transactions);
    for (const whole of wholes.toReversed()) inForce.take(whole);
    for (const whole of inForce.found) found.add(whole);
  }
  const ordered = [...found].sort((a, b) => a.call.index - b.call.index);
  const all = source.kind === "none" || boot === undefined ? ordered : [boot, ...ordered];
  return all.map(({ call, answer }) => [call, answer]);
}
