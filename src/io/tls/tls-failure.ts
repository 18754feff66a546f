// A failed handshake, as an entry of the cassette and as a line of text. The diagnosis comes from
// wire/tls/diagnose-handshake.

import type { Side } from "../../base/direction.js";
import type { HandshakeFailedEntry, StoredCertificate, StoredHello } from "../../cassette/format/entry.js";
import type { HideHead } from "../../cassette/hide-secrets.js";
import { printable } from "../../text/printable.js";
import type { ClientHello } from "../../wire/tls/client-hello.js";
import { type Alert, diagnoseHandshake, type HandshakeFailure } from "../../wire/tls/diagnose-handshake.js";
import {
  alertName,
  alertNumber,
  groupNamesOf,
  schemeNamesOf,
  suiteNamesOf,
  versionNamesOf,
} from "../../wire/tls/tls-names.js";
import type { Clock } from "../platform/clock.js";
import { hideHead } from "../platform/hide-heads.js";

/** What is known about a failed handshake. */
export interface FailureFacts {
  readonly leg: Side;
  /** The error of the TLS library or of the socket, or a code of this program. */
  readonly cause: Error | string;
  readonly identity?: string | undefined;
  readonly from?: string | undefined;
  readonly url?: string | undefined;
  readonly hello?: ClientHello | undefined;
  readonly bytes?: Uint8Array | undefined;
  readonly own?: StoredCertificate | null;
  readonly peer?: StoredCertificate | null;
  /** The kinds of key of the server's certificates. */
  readonly keys?: readonly string[];
  readonly wantedName?: string | undefined;
  /** An alert that was found in the bytes. */
  readonly alert?: Alert | undefined;
}

const maxStoredBytes = 16_384;
const dayMs = 86_400_000;

/** The code of a cause. */
export function causeCode(cause: Error | string): string {
  return typeof cause === "string" ? cause : ((cause as NodeJS.ErrnoException).code ?? "CLOSED");
}

/** The alert that the other side sent, according to an error; undefined if there was none. */
export function alertOf(cause: Error | string): number | undefined {
  // OpenSSL 3.2 and later write "ssl/tls alert" where older versions write a TLS version.
  const name = /(?:ALERT_|TLSV1_(?=UNRECOGNIZED))([A-Z_]+)$/.exec(causeCode(cause))?.[1];
  return name === undefined ? undefined : alertNumber(name.toLowerCase().replace("cancelled", "canceled"));
}

/** The alerts that OpenSSL, or this program, sends for its own errors. */
const ownAlerts: Readonly<Record<string, number>> = {
  ERR_SSL_NO_SHARED_CIPHER: 40,
  ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM: 40,
  ERR_SSL_UNSUPPORTED_PROTOCOL: 70,
  ERR_SSL_VERSION_TOO_LOW: 70,
  ERR_SSL_INAPPROPRIATE_FALLBACK: 86,
  NO_TLS_HERE: 40,
  NO_CERTIFICATE: 40,
};

const alertIn = ({ leg, cause, alert }: FailureFacts): Alert | undefined => {
  if (alert !== undefined) return alert;
  const theirs = alertOf(cause);
  if (theirs !== undefined) return { number: theirs, by: leg };
  const ours = ownAlerts[causeCode(cause)];
  return ours === undefined ? undefined : { number: ours, by: "us" };
};

const storedHello = (hello: ClientHello | undefined): StoredHello | null =>
  hello === undefined
    ? null
    : {
        versions: versionNamesOf(hello.versions),
        suites: suiteNamesOf(hello.suites),
        serverName: hello.serverName ?? null,
        alpn: hello.alpn,
        groups: groupNamesOf(hello.groups),
        signatures: schemeNamesOf(hello.signatureAlgorithms),
        maxFragmentLength: hello.maxFragmentLength ?? null,
      };

/** The failure as wire/tls/diagnose-handshake takes it. */
const described = (clock: Clock, facts: FailureFacts, alert: Alert | undefined): HandshakeFailure => {
  const { leg, hello, own = null, peer = null } = facts;
  const begun = Date.parse(own?.notBefore ?? "");
  // Without an alert, it was this program that refused the CSMS's certificate.
  const refusedCertificate = leg === "csms" && alert === undefined ? peer : own;
  return {
    leg,
    hello,
    reason: causeCode(facts.cause),
    alert,
    validity: refusedCertificate ?? undefined,
    ageDays: Number.isNaN(begun) ? undefined : (Date.parse(clock.wall()) - begun) / dayMs,
    wantedName: facts.wantedName ?? hello?.serverName,
    names: peer?.names ?? [],
    keys: facts.keys ?? [],
    showedClient: leg === "csms" && own !== null,
  };
};

/** The entry of a failed handshake. */
export function handshakeFailed(
  clock: Clock,
  facts: FailureFacts,
  hide: HideHead = hideHead,
): HandshakeFailedEntry {
  const { leg, bytes = new Uint8Array(0) } = facts;
  const alert = alertIn(facts);
  return {
    kind: "handshake-failed",
    leg,
    at: clock.now(),
    identity: facts.identity ?? null,
    from: facts.from ?? null,
    url: facts.url ?? null,
    hello: storedHello(facts.hello),
    alert: alert === undefined ? null : { ...alert, name: alertName(alert.number) },
    reason: causeCode(facts.cause),
    own: facts.own ?? null,
    peer: facts.peer ?? null,
    diagnosis: diagnoseHandshake(described(clock, facts, alert)),
    // Plain HTTP on a TLS port is a whole request head, which may hold a password.
    octets: bytes.length === 0 ? null : hide(bytes.subarray(0, maxStoredBytes)).raw,
  };
}

/** A failed handshake as a line of text. */
export function failureLine({ leg, identity, from, url, reason, diagnosis }: HandshakeFailedEntry): string {
  const who =
    leg === "charger"
      ? `TLS with the charger at ${from ?? "?"}`
      : `${printable(identity ?? "?", 60)}: ${url?.startsWith("ws:") === true ? "the upgrade" : "TLS"} with the CSMS at ${printable(url ?? "?", 200)}`;
  return `${who} failed (${printable(reason, 60)}): ${printable(diagnosis, 500)}`;
}
