// What a selection needs from before its first message so that a CSMS understands it: the last boot, the last status
// of each connector, and if wanted the settings, lists, profiles and availability that were in force. Whole
// exchanges only, with the bytes as they were recorded; nothing is made up.

import { payloadIn } from "../../ocpp/envelope/parse-envelope.js";
import { connectorOf, idAt, listAt, outletOf, textAt, valueAt } from "../../ocpp/payload.js";
import { type IndexedMessage, isRequest, overlaps, type RecordingIndex } from "./recording-index.js";

/** How much is taken over from before the cut. */
export type PrologueKind = "none" | "boot" | "full";

/** The kinds of prologues. */
export const prologueKinds: readonly PrologueKind[] = ["none", "boot", "full"];

/** The notes that stand before and behind a prologue on a recording. */
export const prologueCodes = { begin: "prologue", end: "prologue-end" } as const;

/** The note in front of the end of a connection from which messages before the end are left out. */
export const cutCode = "cut";

/** What a prologue is gathered from. */
export interface PrologueSource {
  readonly index: RecordingIndex;
  /** The place of the first message of the selection in the book. */
  readonly cut: number;
  readonly kind: PrologueKind;
  /** Whether messages of that connection may be said on the one where the selection begins. */
  readonly fits: (connection: number) => boolean;
  /** Whether an action is left out by wish. */
  readonly isSkipped: (action: string) => boolean;
  /** The transactions that the selection names. */
  readonly transactions: ReadonlySet<string>;
  /** The transactions whose start is wanted, too. */
  readonly starts: readonly string[];
}

/** An exchange before the cut, whole. */
interface Whole {
  readonly call: IndexedMessage;
  readonly answer: IndexedMessage;
  readonly asked: unknown;
  readonly answered: unknown;
}

const wholeBefore = ({ index, cut, fits, isSkipped }: PrologueSource): readonly Whole[] => {
  const answers = new Map<number, IndexedMessage>();
  for (const item of index)
    if (item.label.type === "CALLRESULT" && item.label.callIndex !== undefined)
      answers.set(item.label.callIndex, item);
  return index.slice(0, cut).flatMap((call) => {
    const answer = answers.get(call.index);
    if (answer === undefined || !isRequest(call) || !call.message.complete || !answer.message.complete)
      return [];
    if (!fits(call.message.connection) || isSkipped(call.label.action ?? "")) return [];
    return [{ call, answer, asked: payloadIn(call.message.text), answered: payloadIn(answer.message.text) }];
  });
};

const taken = new Set(["Accepted", "RebootRequired", "Scheduled"]);

const isTaken = ({ answered }: Whole): boolean => taken.has(textAt(answered, "status") ?? "");

const outletKey = (payload: unknown): string => {
  const { evse, connector } = outletOf(payload);
  return [evse, connector].join("/");
};

/** The variables of a SetVariables that the charger took. */
const variablesTaken = ({ asked, answered }: Whole): readonly string[] =>
  listAt(asked, "setVariableData").flatMap((data, i) => {
    const result = listAt(answered, "setVariableResult")[i];
    if (!taken.has(textAt(result, "attributeStatus") ?? "")) return [];
    return [
      JSON.stringify([valueAt(data, "component"), valueAt(data, "variable"), valueAt(data, "attributeType")]),
    ];
  });

/** What an exchange puts in force; a later one of the same key puts it out of force. */
const keysOf = (whole: Whole): readonly string[] => {
  const { call, asked } = whole;
  const { action } = call.label;
  switch (action) {
    case "ChangeConfiguration":
      return isTaken(whole) ? [`setting ${textAt(asked, "key") ?? ""}`] : [];
    case "SetVariables":
      return variablesTaken(whole).map((variable) => `variable ${variable}`);
    case "ChangeAvailability":
      return isTaken(whole) ? [`availability ${outletKey(asked)}`] : [];
    default:
      return [];
  }
};

/** A later profile of the same id, or of the same purpose and level at the same place, replaces it. */
const profileKeys = (asked: unknown): readonly string[] => {
  const profile = valueAt(asked, "csChargingProfiles") ?? valueAt(asked, "chargingProfile");
  const place = connectorOf(asked) ?? "";
  const id = idAt(profile, "chargingProfileId") ?? idAt(profile, "id");
  const level = idAt(profile, "stackLevel");
  const purpose = textAt(profile, "chargingProfilePurpose") ?? "";
  return [
    ...(id === undefined ? [] : [`profile ${id}`]),
    ...(level === undefined ? [] : [`level ${JSON.stringify([place, purpose, level])}`]),
  ];
};

/** From the last to the first: what is still in force at the cut. */
class InForce {
  readonly found: Whole[] = [];
  private readonly keys = new Set<string>();
  private hasWholeList = false;
  private profilesAreCleared = false;
  private readonly transactions: ReadonlySet<string>;

  constructor(transactions: ReadonlySet<string>) {
    this.transactions = transactions;
  }

  take(whole: Whole): void {
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

  private list(whole: Whole): void {
    if (this.hasWholeList || !isTaken(whole)) return;
    this.found.push(whole);
    this.hasWholeList = textAt(whole.asked, "updateType") === "Full";
  }

  private profile(whole: Whole): void {
    const { ids, label } = whole.call;
    if (this.profilesAreCleared || !isTaken(whole)) return;
    const keys = profileKeys(whole.asked);
    const isReplaced = keys.some((key) => this.keys.has(key));
    if (label.action === "ClearChargingProfile" && isEmpty(whole.asked)) this.profilesAreCleared = true;
    // A profile of a transaction that is left out means nothing.
    else if (ids.transactions.length === 0 || overlaps(ids.transactions, this.transactions)) {
      if (!isReplaced) this.found.push(whole);
      for (const key of keys) this.keys.add(key);
    }
  }
}

const isEmpty = (payload: unknown): boolean =>
  typeof payload === "object" && payload !== null && Object.keys(payload).length === 0;

const lastStatuses = (wholes: readonly Whole[]): readonly Whole[] => {
  const last = new Map<string, Whole>();
  for (const whole of wholes)
    if (whole.call.label.action === "StatusNotification") last.set(outletKey(whole.asked), whole);
  return [...last.values()];
};

const startsOf = (wholes: readonly Whole[], wanted: readonly string[]): readonly Whole[] =>
  wanted.flatMap((key) => {
    const start = wholes.findLast(
      ({ call, answer }) => call.label.action === "StartTransaction" && answer.ids.transactions.includes(key),
    );
    return start === undefined ? [] : [start];
  });

/** The exchanges of a prologue, each as its messages, the boot first and the others in their order. */
export function prologueOf(source: PrologueSource): readonly (readonly IndexedMessage[])[] {
  const wholes = wholeBefore(source);
  const found = new Set<Whole>(startsOf(wholes, source.starts));
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
