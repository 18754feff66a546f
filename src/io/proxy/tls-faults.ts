// What rules make of a charger's TLS handshake: another certificate, bounds for versions and suites, a stall, an alert.
// Rules decide; this asks them and says what is to be shown. Who dials is not known yet: all of one address are one.

import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { errorText } from "../../base/errors.js";
import type { DecisionEntry } from "../../cassette/format/entry.js";
import type { Credentials } from "../../pki/credentials.js";
import type { Flaw } from "../../pki/flaws.js";
import { actionsBy } from "../../rules/contract/decision.js";
import type { CertificateFlaw, TlsAction, TlsVersion } from "../../rules/contract/handshake-action.js";
import { connectionEvent } from "../../rules/contract/ruled-message.js";
import { opensslSuites } from "../../wire/tls/openssl-suites.js";
import { startTimer } from "../platform/timers.js";
import type { HandshakeCaps } from "../tls/tls-server.js";
import type { ChargerTls } from "../tls/tls-settings.js";
import type { ProxyContext } from "./upgrade-context.js";

/** What rules made of one handshake. */
export interface RuledHandshake {
  /** Milliseconds of silence; Infinity is for ever. */
  readonly stallMs: number;
  /** Calls back once the rule that wants the silence acts no more; what comes back forgets that. */
  readonly onceDisarmed: (over: () => void) => () => void;
  /** The alert that takes the place of a ServerHello. */
  readonly alert: number | undefined;
  /** The alert that answers the charger's certificate. */
  readonly clientAlert: number | undefined;
  readonly caps: HandshakeCaps;
  /** In place of the usual certificates. */
  readonly credentials: readonly Credentials[] | undefined;
}

const versions: Readonly<Record<TlsVersion, NonNullable<HandshakeCaps["minVersion"]>>> = {
  "1.0": "TLSv1",
  "1.1": "TLSv1.1",
  "1.2": "TLSv1.2",
  "1.3": "TLSv1.3",
};

/** OpenSSL signs with SHA-1, as versions before 1.2 do, at this level alone. */
const legacyCiphers = "DEFAULT:AES128-SHA:AES256-SHA:@SECLEVEL=0";

const flaws: Readonly<Record<CertificateFlaw, Flaw>> = {
  expired: "expired",
  "not-yet-valid": "not-yet-valid",
  "wrong-host": "wrong-host",
  "untrusted-ca": "foreign-ca",
  "no-chain": "no-chain",
  "self-signed": "self-signed",
};

/** Asks the rules about a handshake; undefined where none acts. `hello` are the bytes of the ClientHello. */
export function ruleHandshake(
  context: ProxyContext,
  tls: ChargerTls,
  dialled: {
    readonly from: string;
    readonly name: string | undefined;
    readonly address: string | undefined;
    readonly hello: Uint8Array;
  },
): RuledHandshake | undefined {
  const { rules, clock, cassettes, reach } = context;
  if (rules?.rules.active.some(({ rule }) => rule.point === "tls") !== true) return undefined;
  const at = clock.now();
  // There is no connection yet: rules count for the address.
  const decider = rules.beforeConnection(reach.unknown(dialled.from));
  const decision = decider.decide(connectionEvent(decider, "tls", at));
  if (decision.applied.length === 0) return undefined;
  const actions = decision.actions.flatMap(({ action }) => (action.kind === "tls" ? [action.tls] : []));
  const shown = credentialsFor(actions, tls, dialled.name, dialled.address);
  for (const applied of decision.applied) {
    const isCredentials = actionsBy(decision, applied).some(
      (action) => action.kind === "tls" && isCertificate(action.tls),
    );
    const outcome = isCredentials && shown.why !== undefined ? `not applied: ${shown.why}` : applied.outcome;
    const about = { direction: "cp-to-csms", type: "tls", action: null } as const;
    const base = { kind: "decision", connection: 0, at, ...about, original: dialled.hello } as const;
    const entry: DecisionEntry = { ...base, ...applied, outcome };
    cassettes.ofRefused(undefined).record(entry);
  }
  const by = decision.actions.find(({ action }) => action.kind === "tls" && action.tls.kind === "stall");
  const onceDisarmed = (over: () => void): (() => void) => rules.rules.onceDisarmed(by?.rule ?? "", over);
  return { ...wishesOf(actions), onceDisarmed, credentials: shown.credentials };
}

type CertificateAction = Extract<TlsAction, { kind: "certificate" | "certificate-swap" }>;

const isCertificate = (action: TlsAction): action is CertificateAction =>
  action.kind === "certificate" || action.kind === "certificate-swap";

const credentialsFor = (
  actions: readonly TlsAction[],
  tls: ChargerTls,
  name: string | undefined,
  address: string | undefined,
): { readonly credentials: readonly Credentials[] | undefined; readonly why?: string } => {
  const wanted = actions.find(isCertificate);
  if (wanted === undefined) return { credentials: undefined };
  if (tls.serverVariants === undefined)
    return { credentials: undefined, why: "there is no certificate store to make it (certs init, --certs)" };
  try {
    const variant = wanted.kind === "certificate" ? flaws[wanted.flaw] : "swap";
    return { credentials: tls.serverVariants(variant, name, address) };
  } catch (error) {
    return { credentials: undefined, why: errorText(error) };
  }
};

const wishesOf = (actions: readonly TlsAction[]): Omit<RuledHandshake, "credentials" | "onceDisarmed"> => {
  const one = <Kind extends TlsAction["kind"]>(kind: Kind): Extract<TlsAction, { kind: Kind }> | undefined =>
    actions.find((action): action is Extract<TlsAction, { kind: Kind }> => action.kind === kind);
  const stalled = one("stall");
  const client = one("client-certificate");
  const suites = one("suites");
  return {
    stallMs: stalled === undefined ? 0 : stalled.ms === 0 ? Number.POSITIVE_INFINITY : stalled.ms,
    alert: one("alert")?.number,
    clientAlert: client?.alert,
    caps: {
      ...suiteCaps(suites?.only),
      ...versionCaps(one("version"), suites !== undefined),
      // A session of before would be taken up again without any certificate.
      ...(client !== undefined || actions.some(isCertificate) ? { ticketKeys: randomBytes(48) } : {}),
      // Its alert is not encrypted there.
      ...(client === undefined ? {} : { minVersion: "TLSv1.2", maxVersion: "TLSv1.2", requestCert: true }),
    },
  };
};

const versionCaps = (
  action: Extract<TlsAction, { kind: "version" }> | undefined,
  hasSuites: boolean,
): HandshakeCaps => {
  if (action === undefined) return {};
  const { min, max } = action;
  const isOld = max === "1.0" || max === "1.1" || min === "1.0" || min === "1.1";
  // Where only the newest is named, the oldest that is usual may be newer than that.
  const least = min ?? (max === "1.0" || max === "1.1" ? "1.0" : undefined);
  return {
    ...(least === undefined ? {} : { minVersion: versions[least] }),
    ...(max === undefined ? {} : { maxVersion: versions[max] }),
    ...(isOld && !hasSuites ? { ciphers: legacyCiphers } : {}),
  };
};

/** Suites belong to a version: without any of TLS 1.3 it is not spoken, with nothing else nothing older. */
const suiteCaps = (names: readonly string[] | undefined): HandshakeCaps => {
  if (names === undefined) return {};
  const list = names.map((name) => opensslSuites[name] ?? name).join(":");
  const newest = names.filter((name) => !name.includes("_WITH_")).length;
  return {
    ciphers: names.some((name) => name.endsWith("_SHA")) ? `${list}:@SECLEVEL=0` : list,
    ...(newest === 0 ? { maxVersion: "TLSv1.2" } : {}),
    ...(newest === names.length ? { minVersion: "TLSv1.3" } : {}),
  };
};

type Silence = Pick<RuledHandshake, "stallMs" | "onceDisarmed">;

/** Says nothing for so long, or until the rule is disarmed; false where the charger left meanwhile. */
export function stall(raw: Socket, { stallMs: ms, onceDisarmed }: Silence): Promise<boolean> {
  return new Promise((resolve) => {
    let forget = (): void => undefined;
    const settle = (isThere: boolean): void => {
      timer?.stop();
      forget();
      raw.off("data", keep).off("end", leave).off("close", leave);
      raw.pause();
      if (early.length > 0 && isThere) raw.unshift(Buffer.concat(early));
      resolve(isThere);
    };
    // It has to be read from, or nobody would see it leave.
    const early: Buffer[] = [];
    const keep = (chunk: Buffer): void => void early.push(chunk);
    const leave = (): void => settle(false);
    const timer = Number.isFinite(ms) ? startTimer(() => settle(true), ms) : undefined;
    if (raw.destroyed || raw.readableEnded) {
      settle(false);
      return;
    }
    raw.on("data", keep).once("end", leave).once("close", leave);
    raw.resume();
    forget = onceDisarmed(() => settle(true));
  });
}
