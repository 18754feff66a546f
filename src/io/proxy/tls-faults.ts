// Applies rules to a charger's TLS handshake: another certificate, limits for versions and cipher suites, a stall, an alert.
// The identity is not known yet, so rules count handshakes for each address.

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
import type { HandshakeOverrides } from "../tls/tls-server.js";
import type { ChargerTls } from "../tls/tls-settings.js";
import type { ProxyContext } from "./upgrade-context.js";

/** What rules want of one handshake. */
export interface RuledHandshake {
  /** How long to stall, in milliseconds; Infinity: until the rule is disarmed. */
  readonly stallMs: number;
  /** Calls back once the rule of the stall is disarmed, unless the function that it returns is called. */
  readonly onceDisarmed: (over: () => void) => () => void;
  /** The alert to send instead of a ServerHello. */
  readonly alert: number | undefined;
  /** The alert to answer the charger's certificate with. */
  readonly clientAlert: number | undefined;
  readonly overrides: HandshakeOverrides;
  /** The certificates to use instead of the normal ones. */
  readonly credentials: readonly Credentials[] | undefined;
}

const versions: Readonly<Record<TlsVersion, NonNullable<HandshakeOverrides["minVersion"]>>> = {
  "1.0": "TLSv1",
  "1.1": "TLSv1.1",
  "1.2": "TLSv1.2",
  "1.3": "TLSv1.3",
};

/** TLS below 1.2 signs with SHA-1, which OpenSSL allows only at this security level. */
const legacyCiphers = "DEFAULT:AES128-SHA:AES256-SHA:@SECLEVEL=0";

const flaws: Readonly<Record<CertificateFlaw, Flaw>> = {
  expired: "expired",
  "not-yet-valid": "not-yet-valid",
  "wrong-host": "wrong-host",
  "untrusted-ca": "foreign-ca",
  "no-chain": "no-chain",
  "self-signed": "self-signed",
};

/** Asks the rules about a handshake; undefined if none acts. `hello` are the bytes of the ClientHello. */
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
  const { rules, clock, cassettes, addressing } = context;
  if (rules?.rules.active.some(({ rule }) => rule.point === "tls") !== true) return undefined;
  const atNs = clock.now();
  // There is no connection yet, so rules count for the address.
  const decider = rules.beforeConnection(addressing.unknownIdentity(dialled.from));
  const decision = decider.decide(connectionEvent(decider, "tls", atNs));
  if (decision.applied.length === 0) return undefined;
  const actions = decision.actions.flatMap(({ action }) => (action.kind === "tls" ? [action.tls] : []));
  const variant = credentialsFor(actions, tls, dialled.name, dialled.address);
  for (const applied of decision.applied) {
    const isCredentials = actionsBy(decision, applied).some(
      (action) => action.kind === "tls" && isCertificate(action.tls),
    );
    const outcome =
      isCredentials && variant.problem !== undefined ? `not applied: ${variant.problem}` : applied.outcome;
    const about = { direction: "cp-to-csms", type: "tls", action: null } as const;
    const base = { kind: "decision", connection: 0, at: atNs, ...about, original: dialled.hello } as const;
    const entry: DecisionEntry = { ...base, ...applied, outcome };
    cassettes.ofRefused(undefined).record(entry);
  }
  const by = decision.actions.find(({ action }) => action.kind === "tls" && action.tls.kind === "stall");
  const onceDisarmed = (over: () => void): (() => void) => rules.rules.onceDisarmed(by?.rule ?? "", over);
  return { ...settingsFor(actions), onceDisarmed, credentials: variant.credentials };
}

type CertificateAction = Extract<TlsAction, { kind: "certificate" | "certificate-swap" }>;

const isCertificate = (action: TlsAction): action is CertificateAction =>
  action.kind === "certificate" || action.kind === "certificate-swap";

const credentialsFor = (
  actions: readonly TlsAction[],
  tls: ChargerTls,
  name: string | undefined,
  address: string | undefined,
): { readonly credentials: readonly Credentials[] | undefined; readonly problem?: string } => {
  const wanted = actions.find(isCertificate);
  if (wanted === undefined) return { credentials: undefined };
  if (tls.serverVariants === undefined)
    return {
      credentials: undefined,
      problem: "there is no certificate store to make the certificate (certs init, --certs)",
    };
  try {
    const kind = wanted.kind === "certificate" ? flaws[wanted.flaw] : "swap";
    return { credentials: tls.serverVariants(kind, name, address) };
  } catch (error) {
    return { credentials: undefined, problem: errorText(error) };
  }
};

const settingsFor = (actions: readonly TlsAction[]): Omit<RuledHandshake, "credentials" | "onceDisarmed"> => {
  const one = <Kind extends TlsAction["kind"]>(kind: Kind): Extract<TlsAction, { kind: Kind }> | undefined =>
    actions.find((action): action is Extract<TlsAction, { kind: Kind }> => action.kind === kind);
  const stalled = one("stall");
  const client = one("client-certificate");
  const suites = one("suites");
  return {
    stallMs: stalled === undefined ? 0 : stalled.ms === 0 ? Number.POSITIVE_INFINITY : stalled.ms,
    alert: one("alert")?.number,
    clientAlert: client?.alert,
    overrides: {
      ...suiteOverrides(suites?.only),
      ...versionOverrides(one("version"), suites !== undefined),
      // New ticket keys, because a resumed session would use no certificate.
      ...(client !== undefined || actions.some(isCertificate) ? { ticketKeys: randomBytes(48) } : {}),
      // TLS 1.2 does not encrypt this alert.
      ...(client === undefined ? {} : { minVersion: "TLSv1.2", maxVersion: "TLSv1.2", requestCert: true }),
    },
  };
};

const versionOverrides = (
  action: Extract<TlsAction, { kind: "version" }> | undefined,
  hasSuites: boolean,
): HandshakeOverrides => {
  if (action === undefined) return {};
  const { min, max } = action;
  const isOld = max === "1.0" || max === "1.1" || min === "1.0" || min === "1.1";
  // A maximum below the default minimum needs a lower minimum.
  const least = min ?? (max === "1.0" || max === "1.1" ? "1.0" : undefined);
  return {
    ...(least === undefined ? {} : { minVersion: versions[least] }),
    ...(max === undefined ? {} : { maxVersion: versions[max] }),
    ...(isOld && !hasSuites ? { ciphers: legacyCiphers } : {}),
  };
};

/** Without suites of TLS 1.3, that version is not used; with only such suites, no older version is. */
const suiteOverrides = (names: readonly string[] | undefined): HandshakeOverrides => {
  if (names === undefined) return {};
  const list = names.map((name) => opensslSuites[name] ?? name).join(":");
  const newest = names.filter((name) => !name.includes("_WITH_")).length;
  return {
    ciphers: names.some((name) => name.endsWith("_SHA")) ? `${list}:@SECLEVEL=0` : list,
    ...(newest === 0 ? { maxVersion: "TLSv1.2" } : {}),
    ...(newest === names.length ? { minVersion: "TLSv1.3" } : {}),
  };
};

type StallSettings = Pick<RuledHandshake, "stallMs" | "onceDisarmed">;

/** Waits for the time of a stall, or until its rule is disarmed. Gives false if the charger disconnected meanwhile. */
export function stall(raw: Socket, { stallMs: ms, onceDisarmed }: StallSettings): Promise<boolean> {
  return new Promise((resolve) => {
    let stopWatching = (): void => undefined;
    const settle = (isThere: boolean): void => {
      timer?.stop();
      stopWatching();
      raw.off("data", keep).off("end", leave).off("close", leave);
      raw.pause();
      if (early.length > 0 && isThere) raw.unshift(Buffer.concat(early));
      resolve(isThere);
    };
    // The socket must be read, or its end is not noticed.
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
    stopWatching = onceDisarmed(() => settle(true));
  });
}
