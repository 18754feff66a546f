// Who is let in: our own judgement of a charger's certificate after the handshake, its identity against the names in
// that certificate, its password where we check it. A refusal is a sentence that begins with who closed.

import { BootReader, type BootReading } from "../../analyse/watch/boot-reader.js";
import { assertNever } from "../../base/assert-never.js";
import type { Entry } from "../../cassette/format/entry.js";
import { printable } from "../../text/printable.js";
import { fieldValue, type Head } from "../../wire/http/head.js";
import { inflate } from "../platform/inflate.js";
import { type Leg, noTls } from "../tls/tls-settings.js";
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

/** What is wrong with the organisation that a charger's certificate names; undefined where nothing is. */
export function organizationMismatch(context: ProxyContext, { tls }: Leg): string | undefined {
  const { bindIdentity, organization } = context.tls ?? noTls;
  if (bindIdentity === "off" || organization === undefined || tls === undefined) return undefined;
  const { facts, peerOrganization } = tls;
  if (facts.verdict === "none-shown" || peerOrganization === organization) return undefined;
  const named =
    peerOrganization === undefined
      ? "no organisation"
      : `the organisation ${printable(peerOrganization, 64)}`;
  return `the client certificate names ${named} (O), and not ${printable(organization, 64)}, which is that of our CA`;
}

/** Why a charger is refused for the organisation in its certificate; undefined where it is not. */
export function organizationDenial(context: ProxyContext, leg: Leg): Denial | undefined {
  if ((context.tls ?? noTls).bindIdentity !== "strict") return undefined;
  const mismatch = organizationMismatch(context, leg);
  return mismatch === undefined ? undefined : { status: 403, reason: `closed by us: ${mismatch}` };
}

/** What a connection's certificate says of the identity, watched until it is known. */
export interface IdentityWatch {
  /** Hears every entry of the connection, from `connection-opened` on. */
  hear(entry: Entry): void;
}

const shownNames = (names: readonly string[]): string => names.map((name) => printable(name, 60)).join(", ");

/** Serial numbers that chargers named when they booted in this run, on whichever listener: a run has one cassettes. */
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
  const known = serialsOf.get(context.cassettes) ?? new Map<string, readonly string[]>();
  serialsOf.set(context.cassettes, known);
  const isBound = (one: string): boolean => names.includes(one);
  let open =
    bindIdentity !== "off" &&
    names.length > 0 &&
    !isBound(identity) &&
    !(known.get(identity) ?? []).some(isBound);
  const reader = new BootReader(inflate);
  const isStrict = bindIdentity === "strict";
  const mismatch = (serials: string): void => {
    open = false;
    onMismatch(
      `the client certificate is for ${shownNames(names)}, which is neither the identity ${printable(identity, 60)} nor ${serials}`,
    );
  };
  const judge = (reading: BootReading): void => {
    switch (reading.kind) {
      case "boot": {
        const { serials } = reading;
        open = false;
        if (serials.some(isBound)) known.set(identity, serials);
        else mismatch(serials.length === 0 ? "a serial number" : `the serial number ${shownNames(serials)}`);
        return;
      }
      case "other":
        // Without a boot there is no serial number to hold against the certificate.
        if (!isStrict) return;
        mismatch(
          `a known serial number: ${reading.isOcpp ? "the connection began without a boot" : "the connection began with a message that is not OCPP"}`,
        );
        return;
      case "unreadable":
        mismatch(
          `a known serial number: a message that may be the boot ${reading.why}, so that no serial number can be read`,
        );
        return;
      default:
        assertNever(reading);
    }
  };
  return {
    hear: (entry) => {
      const reading = open ? reader.read(entry) : undefined;
      if (reading !== undefined) judge(reading);
    },
  };
}
