// What rules would have done to the TLS handshakes and upgrades of a recording, before there were connections. What a charge
// point would have done next is not guessed: one that is turned away is not taken to dial again.

import { noBytes } from "../../base/bytes.js";
import { nsPerMs } from "../../base/time.js";
import type {
  ConnectionOpenedEntry,
  DecisionEntry,
  Entry,
  HandshakeFailedEntry,
  NoteEntry,
  RefusedEntry,
  StoredHead,
} from "../../cassette/format/entry.js";
import type { DownScope } from "../../rules/contract/action.js";
import type { Applied, Decision } from "../../rules/contract/decision.js";
import type { TlsAction, UpgradeAction } from "../../rules/contract/handshake-action.js";
import { connectionEvent } from "../../rules/contract/ruled-message.js";
import type { Decider } from "../../rules/deciding/decide.js";
import { addressOf } from "../../wire/http/forwarded.js";
import { parseHead } from "../../wire/http/head.js";
import { withSubprotocol } from "../../wire/http/response-head.js";

/** Writes the HTTP answer of a refusal, as the proxy would. */
export type WriteRefusal = (refusal: Extract<UpgradeAction, { kind: "refuse" }>) => Uint8Array;

/** A rule that takes the listener away. */
interface Outage {
  readonly rule: string;
  readonly untilNs: number;
}

type Dialling = ConnectionOpenedEntry | RefusedEntry | HandshakeFailedEntry;

/** Whether an entry shows that a charge point dialled. */
export function isDialling(entry: Entry): entry is Dialling {
  return (
    entry.kind === "connection-opened" ||
    (entry.kind === "refused" && entry.request !== null) ||
    (entry.kind === "handshake-failed" && entry.leg === "charger")
  );
}

/** The handshakes and upgrades of one recording. */
export class HandshakeRehearsal {
  private readonly decider: Decider;
  private readonly writeRefusal: WriteRefusal;
  private everyone: Outage | undefined;
  private readonly identities = new Map<string, Outage>();

  constructor(decider: Decider, writeRefusal: WriteRefusal) {
    this.decider = decider;
    this.writeRefusal = writeRefusal;
  }

  /** Asks the rules about a dialling; returns whether it would have become a connection. */
  *dial(entry: Dialling, atNs: number): Generator<DecisionEntry | NoteEntry, boolean> {
    // So the proxy calls a charge point that has not given its identity.
    const address = `unknown-${entry.from === null ? "" : addressOf(entry.from)}`;
    const isThrough = yield* this.handshake(entry, address, atNs);
    if (!isThrough || entry.kind === "handshake-failed") return false;
    return yield* this.upgrade(entry, entry.identity ?? address, atNs);
  }

  private *handshake(
    entry: Dialling,
    address: string,
    atNs: number,
  ): Generator<DecisionEntry | NoteEntry, boolean> {
    if (!speaksTls(entry) || !this.has("tls")) return true;
    const connection = connectionOf(entry);
    const decision = this.ask("tls", address, atNs);
    for (const applied of decision.applied)
      yield decisionEntry("tls", applied, connection, atNs, helloOf(entry), applied.sent);
    const end = endOfHandshake(decision);
    return end === undefined ? true : yield* turnedAway(end, connection, atNs);
  }

  private *upgrade(
    entry: ConnectionOpenedEntry | RefusedEntry,
    identity: string,
    atNs: number,
  ): Generator<DecisionEntry | NoteEntry, boolean> {
    const connection = connectionOf(entry);
    const outage = this.outage(identity, atNs);
    if (outage !== undefined)
      return yield* turnedAway(`the listener is still down by rule ${outage.rule}`, connection, atNs);
    if (!this.has("upgrade")) return true;
    const decision = this.ask("upgrade", identity, atNs);
    const response = entry.kind === "connection-opened" ? entry.response : null;
    const original = entry.request?.raw ?? noBytes;
    for (const applied of decision.applied)
      yield decisionEntry(
        "upgrade",
        applied,
        connection,
        atNs,
        original,
        this.answers(applied, decision, response),
      );
    for (const { action, rule } of decision.actions)
      if (action.kind === "down") this.down(action, rule, identity, atNs);
    const end = endOfUpgrade(decision);
    return end === undefined ? true : yield* turnedAway(end, connection, atNs);
  }

  /** Takes the listener away. */
  down(
    action: { readonly ms: number; readonly scope: DownScope },
    rule: string,
    identity: string,
    atNs: number,
  ): void {
    const outage = { rule, untilNs: atNs + action.ms * nsPerMs };
    if (action.scope === "all") this.everyone = outage;
    else this.identities.set(identity, outage);
  }

  private has(point: "tls" | "upgrade"): boolean {
    return this.decider.rules.active.some(({ rule }) => rule.point === point);
  }

  private outage(identity: string, atNs: number): Outage | undefined {
    return [this.everyone, this.identities.get(identity)].find(
      (one) => one !== undefined && atNs < one.untilNs,
    );
  }

  private ask(type: "tls" | "upgrade", identity: string, atNs: number): Decision {
    const decider = this.decider.beforeConnection(identity);
    return decider.decide(connectionEvent(decider, type, atNs));
  }

  private answers(
    { fault, sent }: Applied,
    { actions }: Decision,
    response: StoredHead | null,
  ): readonly Uint8Array[] {
    for (const { action, fault: by } of actions) {
      if (by !== fault || action.kind !== "upgrade") continue;
      if (action.upgrade.kind === "refuse") return [this.writeRefusal(action.upgrade)];
      if (action.upgrade.kind === "subprotocol" && response !== null)
        return [withSubprotocol(parseHead(response.raw), action.upgrade.answer)];
    }
    return sent;
  }
}

const connectionOf = (entry: Dialling): number => ("connection" in entry ? entry.connection : 0);

const speaksTls = (entry: Dialling): boolean =>
  entry.kind === "handshake-failed" ||
  (entry.kind === "connection-opened" && entry.tls !== undefined && entry.tls.charger !== null);

const helloOf = (entry: Dialling): Uint8Array =>
  entry.kind === "handshake-failed" ? (entry.octets ?? noBytes) : noBytes;

const decisionEntry = (
  type: "tls" | "upgrade",
  applied: Applied,
  connection: number,
  atNs: number,
  original: Uint8Array,
  sent: readonly Uint8Array[],
): DecisionEntry => ({
  kind: "decision",
  connection,
  at: atNs,
  direction: "cp-to-csms",
  type,
  action: null,
  original,
  ...applied,
  sent,
});

function* turnedAway(why: string, connection: number, atNs: number): Generator<NoteEntry, boolean> {
  const message =
    connection === 0
      ? `would not have become a connection: ${why}`
      : `would not have opened: ${why}; its messages are not checked`;
  yield { kind: "note", connection, at: atNs, code: "would-not-connect", message };
  return false;
}

/** Why a handshake ends; undefined where it goes on, or where that is not known. */
const endOfHandshake = ({ actions, applied }: Decision): string | undefined => {
  const ends = ({ action }: (typeof actions)[number]): boolean =>
    action.kind === "tls" && endsHandshake(action.tls);
  const found = actions.find(ends);
  return found === undefined ? undefined : reason(found, applied);
};

const endsHandshake = (action: TlsAction): boolean =>
  action.kind === "alert" ||
  action.kind === "client-certificate" ||
  (action.kind === "stall" && action.ms === 0);

const endOfUpgrade = ({ actions, applied }: Decision): string | undefined => {
  const found = actions.find(
    ({ action }) => action.kind === "down" || (action.kind === "upgrade" && endsUpgrade(action.upgrade)),
  );
  return found === undefined ? undefined : reason(found, applied);
};

const endsUpgrade = (action: UpgradeAction): boolean =>
  action.kind === "refuse" || (action.kind === "stall" && action.ms === 0);

const reason = (
  { rule, fault }: { readonly rule: string; readonly fault: string },
  applied: readonly Applied[],
): string => {
  const outcome = applied.find((one) => one.rule === rule && one.fault === fault)?.outcome ?? fault;
  return `rule ${rule} ${outcome}`;
};
