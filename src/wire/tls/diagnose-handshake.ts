// Explains a failed TLS handshake in one sentence: what happened, the likely cause, what to do. A wrong clock and a
// missing root look the same on the wire: the sentence then says "likely", and names the clock first while our
// certificate is young. A table of causes for each leg; the first that matches is used.

import type { Side } from "../../base/direction.js";
import type { ClientHello } from "./client-hello.js";
import { alertName, versionNamesOf } from "./tls-names.js";

/** An alert and who sent it. */
export interface Alert {
  readonly number: number;
  readonly by: Side | "us";
}

/** What is known of a handshake that failed. */
export interface HandshakeFailure {
  /** The failed leg: to the charger, which is the TLS client there, or to the CSMS. */
  readonly leg: Side;
  /** The charger's ClientHello; undefined if none could be read. */
  readonly hello: ClientHello | undefined;
  /** The error code: from OpenSSL, from the system, or our own (`PLAIN_HTTP`, `NO_TLS_HERE` ...). */
  readonly reason: string;
  readonly alert: Alert | undefined;
  /** Validity of the certificate that was refused, ours or the CSMS's (ISO 8601); undefined if there is none. */
  readonly validity: { readonly notBefore: string; readonly notAfter: string } | undefined;
  /** Age of our certificate in days; undefined if there is none. */
  readonly ageDays: number | undefined;
  /** The name that the CSMS's certificate must contain. */
  readonly wantedName: string | undefined;
  /** The names in that certificate. */
  readonly names: readonly string[];
  /** The key types of our certificates (`RSA`, `ECDSA`). */
  readonly keys: readonly string[];
  /** Whether we showed the CSMS a client certificate. */
  readonly showedClient: boolean;
}

/** Up to this age in days, a charger whose clock is slow may see our certificate as not yet valid. */
const youngDays = 30;

const tls12 = 0x0303;

interface Cause {
  readonly matches: (failure: HandshakeFailure) => boolean;
  readonly explain: (failure: HandshakeFailure) => string;
}

const reasonIs =
  (...codes: readonly string[]) =>
  ({ reason }: HandshakeFailure): boolean =>
    codes.includes(reason);

const alertIs =
  (...names: readonly string[]) =>
  ({ alert }: HandshakeFailure): boolean =>
    alert !== undefined && alert.by !== "us" && names.includes(alertName(alert.number));

const allOf =
  (...tests: readonly ((failure: HandshakeFailure) => boolean)[]) =>
  (failure: HandshakeFailure): boolean =>
    tests.every((test) => test(failure));

const isOld = ({ hello }: HandshakeFailure): boolean =>
  hello?.versions.every((version) => version < tls12) === true;

const offered = ({ hello }: HandshakeFailure): string =>
  hello === undefined ? "something else" : versionNamesOf(hello.versions).join(", ");

const isYoung = ({ ageDays }: HandshakeFailure): boolean => ageDays !== undefined && ageDays < youngDays;

const from = ({ validity }: HandshakeFailure): string => validity?.notBefore ?? "?";

const clock = (failure: HandshakeFailure): string =>
  `its clock is before ${from(failure)}, when our certificate becomes valid (set the clock, or ocpp-vcr certs init --not-before)`;

const trust =
  "it does not trust our root certificate (install it: ocpp-vcr certs export root --der, or --install-certificate)";

const wrongName = "the name in it is not the one the charger connects to";

const chargerCauses: readonly Cause[] = [
  {
    matches: reasonIs("RULE"),
    explain: () => "a rule of this run made the handshake fail: its decision is recorded before this entry",
  },
  {
    matches: reasonIs("PLAIN_HTTP"),
    explain: () =>
      "the charger sent plain HTTP, and only TLS is accepted here: set a wss:// URL in the charger, or start with --tls auto to accept both",
  },
  {
    matches: reasonIs("NO_TLS_HERE"),
    explain: () =>
      "the charger started TLS where it is switched off: set a ws:// URL in the charger, or make certificates (ocpp-vcr certs init) and start with --tls",
  },
  {
    matches: reasonIs("NOT_TLS"),
    explain: () =>
      "the charger sent neither TLS nor HTTP: likely another program connects to this port, or a device in between changes the bytes; check what runs at the address it comes from",
  },
  {
    matches: reasonIs("CLOSED_BEFORE_HELLO"),
    explain: () =>
      "the charger closed the connection before its ClientHello: likely a port check, a charger that speaks plain ws:// and waits, or a device in between; check the URL in the charger",
  },
  {
    matches: reasonIs("CLOSED_IN_HELLO"),
    explain: () =>
      "the charger closed the connection in the middle of its ClientHello: likely a device in between or a bad link cut it (large packets are lost: try a smaller MTU), or the charger gave up",
  },
  {
    matches: reasonIs("TIMEOUT", "ERR_TLS_HANDSHAKE_TIMEOUT"),
    explain: () =>
      "the handshake did not finish in time, so we closed the connection: likely a slow link loses large packets (try a smaller MTU), or the charger needs longer than --handshake-timeout (raise it)",
  },
  {
    matches: reasonIs("TOO_MANY"),
    explain: () =>
      "more connections wait for their handshake than --max-handshakes allows, so we closed one that had stalled: likely something floods this port, or chargers cannot finish their handshakes",
  },
  {
    matches: reasonIs("NO_CERTIFICATE"),
    explain: (failure) =>
      `there is no certificate to show for ${failure.wantedName ?? "this address"}: check --tls-cert and the store given with --certs`,
  },
  {
    matches: (failure) => isOld(failure) && (failure.alert === undefined || failure.alert.by === "us"),
    explain: (failure) =>
      `the charger offers only ${offered(failure)}, and the minimum here is TLS 1.2: update the charger, or allow the old version with --tls-min 1.0 (only OCPP 1.6 permits it)`,
  },
  {
    matches: reasonIs("ERR_SSL_NO_SHARED_CIPHER", "ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM"),
    explain: ({ keys }) =>
      keys.length === 1
        ? `no cipher suite in common: our only certificate has a key of type ${keys[0]}, and the charger accepts only the other type; give both types (--tls-cert twice, or a store)`
        : "no cipher suite in common: the charger offers none of OCPP's four suites and none of TLS 1.3; this entry lists what it offers; enable one of the missing suites in the charger",
  },
  {
    matches: reasonIs("ERR_SSL_UNSUPPORTED_PROTOCOL", "ERR_SSL_VERSION_TOO_LOW"),
    explain: (failure) =>
      `no TLS version in common: the charger offers ${offered(failure)}; --tls-min 1.0 allows the old versions`,
  },
  {
    matches: alertIs("unknown_ca"),
    explain: () =>
      "the charger does not trust our root certificate: install it on the charger (ocpp-vcr certs export root --der, or --install-certificate)",
  },
  {
    matches: alertIs("certificate_expired"),
    explain: (failure) =>
      isYoung(failure)
        ? `the charger reports that our certificate, valid from ${from(failure)}, is out of date: likely its clock is wrong (set it, or ocpp-vcr certs init --not-before)`
        : `the charger reports that our certificate, valid until ${failure.validity?.notAfter ?? "?"}, is out of date: renew it with ocpp-vcr certs issue server, or set the charger's clock`,
  },
  {
    matches: alertIs("bad_certificate", "certificate_unknown", "unsupported_certificate", "access_denied"),
    explain: (failure) =>
      isYoung(failure)
        ? `the charger refused our certificate; likely ${clock(failure)}, or ${trust}, or ${wrongName}`
        : `the charger refused our certificate; likely ${trust}, or ${wrongName}, or ${clock(failure)}`,
  },
  {
    matches: alertIs("handshake_failure", "insufficient_security", "protocol_version"),
    explain: (failure) =>
      `the charger rejected the TLS version or the cipher suite that we chose (it offered ${offered(failure)}): compare its settings with what this entry lists as offered`,
  },
  {
    matches: alertIs("unrecognized_name"),
    explain: () =>
      "the charger rejected the name in our certificate: make one for the name that it connects to (ocpp-vcr certs issue server)",
  },
  {
    matches: (failure) => failure.alert?.by === "charger",
    explain: ({ alert }) =>
      `the charger ended the handshake with the TLS alert ${alertName(alert?.number ?? 0)}`,
  },
  {
    matches: reasonIs("ECONNRESET", "EPIPE", "CLOSED"),
    explain: (failure) =>
      isYoung(failure)
        ? `the charger closed the connection without an alert after it saw our certificate; likely ${trust}, or ${clock(failure)}`
        : `the charger closed the connection without an alert after it saw our certificate; likely ${trust}, or ${wrongName}`,
  },
];

const csmsCauses: readonly Cause[] = [
  {
    matches: reasonIs("TLS_ON_PLAIN"),
    explain: () =>
      "the CSMS answered plain HTTP with a TLS alert; likely it speaks TLS there: write wss:// in --csms",
  },
  {
    matches: reasonIs("CLOSED_ON_PLAIN"),
    explain: () =>
      "the CSMS closed the connection without an answer; likely it speaks TLS there: write wss:// in --csms; or the CSMS or a device in between does not accept this charger",
  },
  {
    matches: reasonIs("CLOSED_BEHIND_HANDSHAKE"),
    explain: ({ showedClient }) =>
      showedClient
        ? "the CSMS finished the handshake, then closed the connection without an answer; likely it refused our client certificate (it trusts another CA: ocpp-vcr certs request, or it wants this charger's identity in it: --csms-mint, --csms-cert-dir), or it does not accept this charger"
        : "the CSMS finished the handshake, then closed the connection without an answer; likely it wants a client certificate (--csms-cert and --csms-key, --csms-cert-dir, or --csms-mint), or it does not accept this charger",
  },
  {
    matches: reasonIs("CERT_HAS_EXPIRED"),
    explain: ({ validity }) =>
      `the CSMS's certificate has expired (${validity?.notAfter ?? "?"}) by this machine's clock: check the clock here, then have the certificate renewed; --csms-insecure connects without the check`,
  },
  {
    matches: reasonIs("CERT_NOT_YET_VALID"),
    explain: ({ validity }) =>
      `the CSMS's certificate is valid from ${validity?.notBefore ?? "?"}, later than this machine's clock: check the clock here first`,
  },
  {
    matches: reasonIs("ERR_TLS_CERT_ALTNAME_INVALID", "HOSTNAME_MISMATCH"),
    explain: ({ wantedName, names }) =>
      `the CSMS's certificate is not for ${wantedName ?? "the name asked for"} but for ${names.slice(0, 5).join(", ") || "no name at all"}: write that name in --csms; if the CSMS is reached at another address, give that with --csms-connect`,
  },
  {
    matches: reasonIs("UNABLE_TO_VERIFY_LEAF_SIGNATURE", "UNABLE_TO_GET_ISSUER_CERT"),
    explain: () =>
      "the certificate chain of the CSMS is incomplete: the CSMS does not send an intermediate certificate, or its root is not known here; give the missing certificate with --csms-ca",
  },
  {
    matches: reasonIs(
      "SELF_SIGNED_CERT_IN_CHAIN",
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
      "CERT_UNTRUSTED",
      "INVALID_CA",
    ),
    explain: () =>
      "the CSMS's certificate comes from a root that is not known here: give it with --csms-ca FILE; --csms-insecure connects without the check",
  },
  {
    matches: alertIs("certificate_required"),
    explain: () =>
      "the CSMS wants a client certificate (security profile 3): give one with --csms-cert and --csms-key, --csms-cert-dir, or --csms-mint",
  },
  {
    matches: allOf(alertIs("handshake_failure"), ({ showedClient }) => !showedClient),
    explain: () =>
      "the CSMS ended the handshake; likely it wants a client certificate (--csms-cert, --csms-cert-dir, --csms-mint), or it has no cipher suite in common with us",
  },
  {
    matches: allOf(
      alertIs("bad_certificate", "unknown_ca", "certificate_unknown", "access_denied"),
      ({ showedClient }) => showedClient,
    ),
    explain: (failure) =>
      isYoung(failure)
        ? `the CSMS refused our client certificate; likely it trusts another CA (ocpp-vcr certs request, then certs accept), or its clock is before ${from(failure)}, when our certificate becomes valid`
        : "the CSMS refused our client certificate; likely it trusts another CA: make a request for that CA with ocpp-vcr certs request",
  },
  {
    matches: alertIs("certificate_expired", "certificate_revoked", "unsupported_certificate"),
    explain: ({ alert }) =>
      `the CSMS refused our client certificate (${alertName(alert?.number ?? 0)}): ocpp-vcr certs show prints its dates and usage`,
  },
  {
    matches: allOf(
      alertIs("bad_certificate", "unknown_ca", "certificate_unknown"),
      ({ showedClient }) => !showedClient,
    ),
    explain: () =>
      "the CSMS ended the handshake; likely it wants a client certificate: give one with --csms-cert and --csms-key, --csms-cert-dir, or --csms-mint",
  },
  {
    matches: alertIs("protocol_version"),
    explain: () => "the CSMS accepts no TLS version from 1.2 up: it must be updated",
  },
  {
    matches: alertIs("unrecognized_name"),
    explain: ({ wantedName }) =>
      `the CSMS does not know the name ${wantedName ?? "that we sent"} (SNI): write its own name in --csms; if the CSMS is reached at another address, give that with --csms-connect`,
  },
  {
    matches: (failure) => failure.alert?.by === "csms",
    explain: ({ alert }) =>
      `the CSMS ended the handshake with the TLS alert ${alertName(alert?.number ?? 0)}`,
  },
  {
    matches: reasonIs(
      "ERR_SSL_WRONG_VERSION_NUMBER",
      "ERR_SSL_PACKET_LENGTH_TOO_LONG",
      "ERR_SSL_HTTP_REQUEST",
      "ERR_SSL_RECORD_LAYER_FAILURE",
    ),
    explain: () =>
      "the CSMS did not answer with TLS: likely it speaks plain HTTP on that port; write ws:// in --csms",
  },
  {
    matches: reasonIs("ERR_SSL_UNSUPPORTED_PROTOCOL"),
    explain: () => "the CSMS chose a TLS version below 1.2: it must be updated",
  },
  {
    matches: reasonIs("TIMEOUT"),
    explain: () =>
      "the CSMS did not finish the handshake in time: likely another service listens there, or a firewall in between drops packets; check host and port in --csms",
  },
  {
    matches: reasonIs("ECONNRESET", "EPIPE", "CLOSED"),
    explain: ({ showedClient }) =>
      showedClient
        ? "the CSMS closed the connection during the handshake: likely it does not accept our client certificate, or it does not speak TLS on that port"
        : "the CSMS closed the connection during the handshake: likely it wants a client certificate, or it does not speak TLS on that port",
  },
];

/** What happened, the likely cause and what to do, in one sentence without a full stop. */
export function diagnoseHandshake(failure: HandshakeFailure): string {
  const causes = failure.leg === "charger" ? chargerCauses : csmsCauses;
  const found = causes.find(({ matches }) => matches(failure));
  const who = failure.leg === "charger" ? "charger" : "CSMS";
  return found?.explain(failure) ?? `the handshake with the ${who} failed: ${failure.reason}`;
}
