// Who is let in: our own judgement of a charger's certificate after the handshake, its identity against the names in
// that certificate, its password where we check it. A refusal is a sentence that begins with who closed.

import { bootSerials } from "../analyse/boot-serial.js";
import { text } from "../base/bytes.js";
import { printable } from "../base/printable.js";
import type { Entry } from "../cassette/entry.js";
import { payloadOf, readFrame } from "../wire/frame.js";
import { fieldValue, type Head } from "../wire/head.js";
import { type Leg, noTls } from "./tls-settings.js";
import type { ProxyContext } from "./upgrade-context.js";

/** An answer of ours instead of the CSMS's. */
export interface Denial {
  readonly status: 401 | 403;
  readonly reason: string;
}

const findings: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "it has expired",
  CERT_NOT_YET_VALID: "it is not valid yet",
  SELF_SIGNED_CERT_IN_CHAIN: "its root is not in --client-ca",
  DEPTH_ZERO_SELF_SIGNED_CERT: "it is signed by itself",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its issuer is neither sent along nor in --client-ca",
  UNABLE_TO_GET_ISSUER_CERT: "its issuer is neither sent along nor in --client-ca",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its issuer is neither sent along nor in --client-ca",
  INVALID_PURPOSE: "it was made for another purpose",
};

/** Why a leg is refused for its certificate; undefined where it is not. */
export function certificateRefusal(context: ProxyContext, { tls }: Leg): string | undefined {
  if ((context.tls ?? noTls).clientCertificate !== "require") return undefined;
  if (tls === undefined)
    return "closed by us: a client certificate is required (--mtls require), and this connection is plain: dial wss://";
  const { verdict, finding } = tls.facts;
  if (verdict === "none-shown")
    return "closed by us: a client certificate is required (--mtls require), and none was shown";
  if (verdict === "verified") return undefined;
  const why = findings[finding ?? ""] ?? finding ?? "unknown";
  return `closed by us: the client certificate is not good: ${why} (${finding})`;
}

/** Why a charger is refused for its password; undefined where it is not. */
export function passwordDenial(context: ProxyContext, identity: string, head: Head): Denial | undefined {
  const { basicAuth } = context;
  if (basicAuth === undefined) return undefined;
  const shown = fieldValue(head, "authorization");
  if (basicAuth.proves(identity, shown)) return undefined;
  const reason =
    shown === undefined
      ? "closed by us: no password was sent (--basic-auth)"
      : "closed by us: identity and password are not those of --basic-auth";
  return { status: 401, reason };
}

/** What a connection's certificate says of the identity, watched until it is known. */
export interface IdentityWatch {
  /** Hears every entry of the connection. */
  hear(entry: Entry): void;
}

const shownNames = (names: readonly string[]): string => names.map((name) => printable(name, 60)).join(", ");

/** Serial numbers that chargers named when they booted in this run, on whichever listener: a run has one shelf. */
const serialsOf = new WeakMap<object, Map<string, readonly string[]>>();

/**
 * Holds the names in a charger's certificate against its identity, and against its serial number once it has booted.
 * `onMismatch` is told once where neither is among them.
 */
export function watchIdentity(
  context: ProxyContext,
  { tls }: Leg,
  identity: string,
  onMismatch: (message: string) => void,
): IdentityWatch {
  const { bindIdentity } = context.tls ?? noTls;
  const names = tls?.peerNames ?? [];
  const known = serialsOf.get(context.shelf) ?? new Map<string, readonly string[]>();
  serialsOf.set(context.shelf, known);
  const isBound = (one: string): boolean => names.includes(one);
  let open =
    bindIdentity !== "off" &&
    names.length > 0 &&
    !isBound(identity) &&
    !(known.get(identity) ?? []).some(isBound);
  const mismatch = (serials: string): void => {
    open = false;
    onMismatch(
      `the client certificate is for ${shownNames(names)}, which is neither the identity ${printable(identity, 60)} nor ${serials}`,
    );
  };
  const judge = (serials: readonly string[] | undefined): void => {
    // Without a boot there is no serial number to hold against the certificate.
    if (serials === undefined && bindIdentity === "strict")
      mismatch("a serial number, since the connection began without a boot");
    if (serials === undefined) return;
    open = false;
    if (serials.some(isBound)) known.set(identity, serials);
    else mismatch(serials.length === 0 ? "a serial number" : `the serial number ${shownNames(serials)}`);
  };
  return {
    hear: (entry) => {
      if (!open || entry.kind !== "frame" || entry.direction !== "cp-to-csms") return;
      const frame = readFrame(entry.raw);
      if (frame?.opcode === 1) judge(bootSerials(text(payloadOf(frame))));
    },
  };
}
