// The checks of a charger after the TLS handshake: its certificate, the names in it against its identity, and its password.
// The reason of a refusal begins with "closed by us".

import { BootReader, type BootReading } from "../../analyse/watch/boot-reader.js";
import { assertNever } from "../../base/assert-never.js";
import type { Entry } from "../../cassette/format/entry.js";
import { printable } from "../../text/printable.js";
import { fieldValue, type Head } from "../../wire/http/head.js";
import { inflate } from "../platform/inflate.js";
import { type Leg, noTls } from "../tls/tls-settings.js";
import type { ProxyContext } from "./upgrade-context.js";

/** An answer of this program instead of the CSMS's. */
export interface Denial {
  readonly status: 401 | 403;
  readonly reason: string;
}

const findings: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "it has expired",
  CERT_NOT_YET_VALID: "it is not valid yet",
  SELF_SIGNED_CERT_IN_CHAIN: "its root is not in --client-ca",
  DEPTH_ZERO_SELF_SIGNED_CERT: "it is self-signed",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its issuer is neither sent with it nor in --client-ca",
  UNABLE_TO_GET_ISSUER_CERT: "its issuer is neither sent with it nor in --client-ca",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its issuer is neither sent with it nor in --client-ca",
  INVALID_PURPOSE: "it is for another purpose",
};

/** Why a leg is refused because of its certificate; undefined if it is accepted. */
export function certificateRefusal(context: ProxyContext, { tls }: Leg): string | undefined {
  if ((context.tls ?? noTls).clientCertificate !== "require") return undefined;
  if (tls === undefined)
    return "closed by us: a client certificate is required (--mtls require), but this connection is not TLS; use wss:// in the charger";
  const { verdict, finding } = tls.facts;
  if (verdict === "none-shown")
    return "closed by us: a client certificate is required (--mtls require), but the charger sent none";
  if (verdict === "verified") return undefined;
  const cause = findings[finding ?? ""] ?? finding ?? "unknown";
  return `closed by us: the client certificate is not valid: ${cause} (${finding})`;
}

/** Why a charger is refused because of its password; undefined if it is accepted. */
export function passwordDenial(context: ProxyContext, identity: string, head: Head): Denial | undefined {
  const { basicAuth } = context;
  if (basicAuth === undefined) return undefined;
  const authorization = fieldValue(head, "authorization");
  if (basicAuth.accepts(identity, authorization)) return undefined;
  const reason =
    authorization === undefined
      ? "closed by us: the charger sent no password (--basic-auth)"
      : "closed by us: the password file of --basic-auth has no such identity with this password";
  return { status: 401, reason };
}

/** What is wrong with the O of a charger's certificate; undefined if nothing is. */
export function organizationMismatch(context: ProxyContext, { tls }: Leg): string | undefined {
  const { bindIdentity, organization } = context.tls ?? noTls;
  if (bindIdentity === "off" || organization === undefined || tls === undefined) return undefined;
  const { facts, peerOrganization } = tls;
  if (facts.verdict === "none-shown" || peerOrganization === organization) return undefined;
  const named =
    peerOrganization === undefined
      ? "no organisation"
      : `the organisation ${printable(peerOrganization, 64)}`;
  return `the client certificate names ${named} (O), but the certificate store has ${printable(organization, 64)}`;
}

/** Why a charger is refused because of the O of its certificate; undefined if it is accepted. */
export function organizationDenial(context: ProxyContext, leg: Leg): Denial | undefined {
  if ((context.tls ?? noTls).bindIdentity !== "strict") return undefined;
  const mismatch = organizationMismatch(context, leg);
  return mismatch === undefined ? undefined : { status: 403, reason: `closed by us: ${mismatch}` };
}

/** Checks the names in a certificate against the charger's identity and serial number. */
export interface IdentityWatch {
  /** Takes every entry of the connection, from `connection-opened` on. */
  onEntry(entry: Entry): void;
}

const shownNames = (names: readonly string[]): string => names.map((name) => printable(name, 60)).join(", ");

/** The serial numbers in the BootNotifications of this run, by identity. A run is identified by its RunCassettes. */
const serialsOf = new WeakMap<object, Map<string, readonly string[]>>();

/**
 * Compares the names in a charger's certificate with its identity, and with its serial number once it has booted. Calls
 * `onMismatch` once if neither is among them.
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
  let isOpen =
    bindIdentity !== "off" &&
    names.length > 0 &&
    !isBound(identity) &&
    !(known.get(identity) ?? []).some(isBound);
  const reader = new BootReader(inflate);
  const isStrict = bindIdentity === "strict";
  const mismatch = (serials: string): void => {
    isOpen = false;
    onMismatch(
      `the client certificate is for ${shownNames(names)}, which is neither the identity ${printable(identity, 60)} nor ${serials}`,
    );
  };
  const judge = (reading: BootReading): void => {
    switch (reading.kind) {
      case "boot": {
        const { serials } = reading;
        isOpen = false;
        if (serials.some(isBound)) known.set(identity, serials);
        else mismatch(serials.length === 0 ? "a serial number" : `the serial number ${shownNames(serials)}`);
        return;
      }
      case "other":
        // Without a BootNotification there is no serial number to compare.
        if (!isStrict) return;
        mismatch(
          `a known serial number: ${reading.isOcpp ? "the first message is not a BootNotification" : "the first message is not OCPP"}`,
        );
        return;
      case "unreadable":
        mismatch(
          `a known serial number: a message that may be the BootNotification ${reading.why}, so its serial number cannot be read`,
        );
        return;
      default:
        assertNever(reading);
    }
  };
  return {
    onEntry: (entry) => {
      const reading = isOpen ? reader.read(entry) : undefined;
      if (reading !== undefined) judge(reading);
    },
  };
}
