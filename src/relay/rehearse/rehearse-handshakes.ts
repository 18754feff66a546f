// What rules would have made of the TLS handshakes and upgrades that a recording knows of, before there were connections.
// Decides nothing of what a charge point would have done next: who is turned away is not supposed to dial again.

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
import type { Applied, Decision } from "../../rules/contract/effect.js";
import type { TlsAction, UpgradeAction } from "../../rules/contract/handshake-action.js";
import type { Decider } from "../../rules/deciding/decide.js";
import { addressOf } from "../../wire/http/forwarded.js";
import { parseHead } from "../../wire/http/head.js";
import { withSubprotocol } from "../../wire/http/response-head.js";

/** The answer of a refusal as it would be written. */
export type WriteRefusal = (refusal: Extract<UpgradeAction, { kind: "refuse" }>) => Uint8Array;

/** What is told of a door. */
export type DoorEntry = DecisionEntry | NoteEntry;

/** A listener that is taken away. */
interface Outage {
  readonly rule: string;
  readonly until: number;
}

type Dialling = ConnectionOpenedEntry | RefusedEntry | HandshakeFailedEntry;

/** Whether an entry is a charge point's dialling. */
export function isDialling(entry: Entry): entry is Dialling {
  return (
    entry.kind === "connection-opened" ||
    (entry.kind === "refused" && entry.request !== null) ||
    (entry.kind === "handshake-failed" && entry.leg === "charger")
  );
}

/** The doors of one recording. */
export class Doors {
  private readonly decider: Decider;
  private readonly write: WriteRefusal;
  private everyone: Outage | undefined;
  private readonly identities = new Map<string, Outage>();

  constructor(decider: Decider, write: WriteRefusal) {
    this.decider = decider;
    this.write = write;
  }

  /** Asks the rules; the end says whether whoever dialled would have come through. */
  *meet(entry: Dialling, at: number): Generator<DoorEntry, boolean> {
    // Whoever has no name is called so by the proxy.
    const address = `unknown-${entry.from === null ? "" : addressOf(entry.from)}`;
    const isThrough = yield* this.handshake(entry, address, at);
    if (!isThrough || entry.kind === "handshake-failed") return false;
    return yield* this.upgrade(entry, entry.identity ?? address, at);
  }

  private *handshake(entry: Dialling, address: string, at: number): Generator<DoorEntry, boolean> {
    if (!speaksTls(entry) || !this.has("tls")) return true;
    const connection = connectionOf(entry);
    const decision = this.ask("tls", address, at);
    for (const applied of decision.applied)
      yield told("tls", applied, connection, at, helloOf(entry), applied.sent);
    const end = endOfHandshake(decision);
    return end === undefined ? true : yield* turnedAway(end, connection, at);
  }

  private *upgrade(
    entry: ConnectionOpenedEntry | RefusedEntry,
    identity: string,
    at: number,
  ): Generator<DoorEntry, boolean> {
    const connection = connectionOf(entry);
    const outage = this.outage(identity, at);
    if (outage !== undefined) return yield* turnedAway(`rule ${outage.rule} is down still`, connection, at);
    if (!this.has("upgrade")) return true;
    const decision = this.ask("upgrade", identity, at);
    const response = entry.kind === "connection-opened" ? entry.response : null;
    const original = entry.request?.raw ?? noBytes;
    for (const applied of decision.applied)
      yield told("upgrade", applied, connection, at, original, this.answers(applied, decision, response));
    for (const { action, rule } of decision.effect.actions)
      if (action.kind === "down") this.down(action, rule, identity, at);
    const end = endOfUpgrade(decision);
    return end === undefined ? true : yield* turnedAway(end, connection, at);
  }

  /** Takes the listener away. */
  down(
    action: { readonly ms: number; readonly scope: DownScope },
    rule: string,
    identity: string,
    at: number,
  ): void {
    const outage = { rule, until: at + action.ms * nsPerMs };
    if (action.scope === "all") this.everyone = outage;
    else this.identities.set(identity, outage);
  }

  private has(point: "tls" | "upgrade"): boolean {
    return this.decider.rules.active.some(({ rule }) => rule.point === point);
  }

  private outage(identity: string, at: number): Outage | undefined {
    return [this.everyone, this.identities.get(identity)].find((one) => one !== undefined && at < one.until);
  }

  private ask(type: "tls" | "upgrade", identity: string, at: number): Decision {
    const about = { direction: "cp-to-csms", version: undefined, id: undefined, action: undefined } as const;
    return this.decider.meet({ at, identity, ordinal: 0, type, ...about, payload: () => undefined });
  }

  private answers(
    { fault, sent }: Applied,
    { effect }: Decision,
    response: StoredHead | null,
  ): readonly Uint8Array[] {
    for (const { action, fault: by } of effect.actions) {
      if (by !== fault || action.kind !== "upgrade") continue;
      if (action.upgrade.kind === "refuse") return [this.write(action.upgrade)];
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

const told = (
  type: "tls" | "upgrade",
  applied: Applied,
  connection: number,
  at: number,
  original: Uint8Array,
  sent: readonly Uint8Array[],
): DecisionEntry => ({
  kind: "decision",
  connection,
  at,
  direction: "cp-to-csms",
  type,
  action: null,
  original,
  ...applied,
  sent,
});

function* turnedAway(why: string, connection: number, at: number): Generator<NoteEntry, boolean> {
  const message =
    connection === 0
      ? `would not have come through: ${why}`
      : `would not have come about: ${why}; what it holds is not asked about`;
  yield { kind: "note", connection, at, code: "would-not-connect", message };
  return false;
}

/** Why a handshake comes to nothing; undefined where it goes on, or nobody knows. */
const endOfHandshake = ({ effect, applied }: Decision): string | undefined => {
  const ends = ({ action }: (typeof effect.actions)[number]): boolean =>
    action.kind === "tls" && endsHandshake(action.tls);
  const found = effect.actions.find(ends);
  return found === undefined ? undefined : reason(found, applied);
};

const endsHandshake = (action: TlsAction): boolean =>
  action.kind === "alert" ||
  action.kind === "client-certificate" ||
  (action.kind === "stall" && action.ms === 0);

const endOfUpgrade = ({ effect, applied }: Decision): string | undefined => {
  const found = effect.actions.find(
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
