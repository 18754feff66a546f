// Why a TLS handshake failed, in one sentence with the mend: from what the TLS library and the wire told. Where the
// wire cannot tell a clock from a trust problem the sentence says "likely", the clock first while our certificate is
// young. A table of causes, the first that fits counts; times and facts are arguments.

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
  /** On which leg: towards the charger, who is the TLS client there, or towards the CSMS. */
  readonly leg: Side;
  /** What the charger offered; undefined where none could be read. */
  readonly hello: ClientHello | undefined;
  /** The reason's code: OpenSSL's, the system's, or a word of ours (`PLAIN_HTTP`, `NO_TLS_HERE` ...). */
  readonly reason: string;
  readonly alert: Alert | undefined;
  /** Validity of the certificate that was shown to the side that refused: ours, or the CSMS's; undefined if none. */
  readonly validity: { readonly notBefore: string; readonly notAfter: string } | undefined;
  /** How old our certificate is, in days; undefined where there is none. */
  readonly ageDays: number | undefined;
  /** The name that the CSMS's certificate has to carry. */
  readonly wantedName: string | undefined;
  /** The names that it carries. */
  readonly names: readonly string[];
  /** The kinds of key that we showed, or could have. */
  readonly keys: readonly string[];
  /** Whether a client certificate was shown to the CSMS. */
  readonly showedClient: boolean;
}

/** Up to this age, a certificate may lie in the future of a charger whose clock runs behind. */
const youngDays = 30;

const tls12 = 0x0303;

interface Cause {
  readonly fits: (failure: HandshakeFailure) => boolean;
  readonly say: (failure: HandshakeFailure) => string;
}

const reasonIs =
  (...codes: readonly string[]) =>
  ({ reason }: HandshakeFailure): boolean =>
    codes.includes(reason);

const alertIs =
  (...names: readonly string[]) =>
  ({ alert }: HandshakeFailure): boolean =>
    alert !== undefined && alert.by !== "us" && names.includes(alertName(alert.number));

const both =
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
  `its clock stands before ${from(failure)}, where our certificate begins (set it, or ocpp-vcr certs init --not-before)`;

const trust =
  "it does not trust our root certificate (install it: ocpp-vcr certs export root --der, or --install-certificate)";

const chargerCauses: readonly Cause[] = [
  {
    fits: reasonIs("RULE"),
    say: () => "a rule of this run wanted it so: its decision stands before this entry on the cassette",
  },
  {
    fits: reasonIs("PLAIN_HTTP"),
    say: () =>
      "the charger speaks plain HTTP where only TLS is taken: write wss:// into the charger, or start with --tls auto to take both",
  },
  {
    fits: reasonIs("NO_TLS_HERE"),
    say: () =>
      "the charger speaks TLS where it is switched off: write ws:// into the charger, or make certificates (ocpp-vcr certs init) and start with --tls",
  },
  {
    fits: reasonIs("NOT_TLS"),
    say: () =>
      "what the charger sent is neither TLS nor HTTP: something else dials this port, or a device in between changes the bytes",
  },
  {
    fits: reasonIs("CLOSED_BEFORE_HELLO"),
    say: () =>
      "the charger closed the connection before its ClientHello: a test of the port, a charger that speaks plain ws:// and waits, or a device in between",
  },
  {
    fits: reasonIs("CLOSED_IN_HELLO"),
    say: () =>
      "the charger closed the connection in the middle of its ClientHello: likely a device in between or a bad link cut it (large packets lost, try a smaller MTU), or the charger gave up",
  },
  {
    fits: reasonIs("TIMEOUT", "ERR_TLS_HANDSHAKE_TIMEOUT"),
    say: () =>
      "the handshake stalled and was cut: a slow link loses large packets (try a smaller MTU), or the charger computes longer than --handshake-timeout",
  },
  {
    fits: reasonIs("TOO_MANY"),
    say: () =>
      "more connections wait for their handshake than --max-handshakes allows, and those that stall make room: something floods this port, or chargers cannot finish their handshakes",
  },
  {
    fits: reasonIs("NO_CERTIFICATE"),
    say: (failure) =>
      `there is no certificate to show for ${failure.wantedName ?? "this address"}: check --tls-cert and the store given with --certs`,
  },
  {
    fits: (failure) => isOld(failure) && (failure.alert === undefined || failure.alert.by === "us"),
    say: (failure) =>
      `the charger offers no more than ${offered(failure)}, and TLS 1.2 is the least here: update the charger, or allow it with --tls-min 1.0 (OCPP 1.6 alone permits that)`,
  },
  {
    fits: reasonIs("ERR_SSL_NO_SHARED_CIPHER", "ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM"),
    say: ({ keys }) =>
      keys.length === 1
        ? `no cipher suite in common: only a certificate with ${keys[0]} key can be shown, and the charger takes the other kind; give both kinds (--tls-cert twice, or a store)`
        : "no cipher suite in common: the charger offers none of OCPP's four and none of TLS 1.3; its list stands in the entry",
  },
  {
    fits: reasonIs("ERR_SSL_UNSUPPORTED_PROTOCOL", "ERR_SSL_VERSION_TOO_LOW"),
    say: (failure) =>
      `no version of TLS in common: the charger offers ${offered(failure)}; --tls-min 1.0 allows the old ones`,
  },
  {
    fits: alertIs("unknown_ca"),
    say: () =>
      "the charger does not trust our root certificate: install it there (ocpp-vcr certs export root --der, or --install-certificate)",
  },
  {
    fits: alertIs("certificate_expired"),
    say: (failure) =>
      isYoung(failure)
        ? `the charger takes our certificate for out of date, which begins at ${from(failure)}: likely its clock is wrong (set it, or ocpp-vcr certs init --not-before)`
        : `the charger takes our certificate for out of date, which ends at ${failure.validity?.notAfter ?? "?"}: renew it with ocpp-vcr certs issue server, or set the charger's clock`,
  },
  {
    fits: alertIs("bad_certificate", "certificate_unknown", "unsupported_certificate", "access_denied"),
    say: (failure) =>
      isYoung(failure)
        ? `the charger refused our certificate; likely ${clock(failure)}, else ${trust}, else the name in it is not the one it dials`
        : `the charger refused our certificate; likely ${trust}, else the name in it is not the one it dials, else ${clock(failure)}`,
  },
  {
    fits: alertIs("handshake_failure", "insufficient_security", "protocol_version"),
    say: (failure) =>
      `the charger found nothing in common with what we chose (it offered ${offered(failure)}): its list stands in the entry`,
  },
  {
    fits: alertIs("unrecognized_name"),
    say: () => "the charger did not like the name of our certificate",
  },
  {
    fits: (failure) => failure.alert?.by === "charger",
    say: ({ alert }) => `the charger ended the handshake with alert ${alertName(alert?.number ?? 0)}`,
  },
  {
    fits: reasonIs("ECONNRESET", "EPIPE", "CLOSED"),
    say: (failure) =>
      isYoung(failure)
        ? `the charger hung up without a word after it saw our certificate; likely ${trust}, or ${clock(failure)}`
        : `the charger hung up without a word after it saw our certificate; likely ${trust}, or the name in it is not the one it dials`,
  },
];

const csmsCauses: readonly Cause[] = [
  {
    fits: reasonIs("TLS_ON_PLAIN"),
    say: () => "the CSMS answered with an alert of TLS; likely it speaks TLS there: write wss:// in --csms",
  },
  {
    fits: reasonIs("CLOSED_ON_PLAIN"),
    say: () =>
      "the CSMS closed the connection without an answer; likely it speaks TLS there: write wss:// in --csms, else it or a device in between does not take this charger",
  },
  {
    fits: reasonIs("CLOSED_BEHIND_HANDSHAKE"),
    say: ({ showedClient }) =>
      showedClient
        ? "the CSMS closed the connection without an answer, behind the handshake; likely it refused our client certificate (it trusts another CA: ocpp-vcr certs request, or wants this charger's identity in it: --csms-mint, --csms-cert-dir), else it does not take this charger"
        : "the CSMS closed the connection without an answer, behind the handshake; likely it wants a client certificate (--csms-cert and --csms-key, --csms-cert-dir, or --csms-mint), else it does not take this charger",
  },
  {
    fits: reasonIs("CERT_HAS_EXPIRED"),
    say: ({ validity }) =>
      `the CSMS's certificate has expired (${validity?.notAfter ?? "?"}) by this machine's clock: it must be renewed there; --csms-insecure goes on without`,
  },
  {
    fits: reasonIs("CERT_NOT_YET_VALID"),
    say: ({ validity }) =>
      `the CSMS's certificate begins at ${validity?.notBefore ?? "?"}, later than this machine's clock: check the clock here first`,
  },
  {
    fits: reasonIs("ERR_TLS_CERT_ALTNAME_INVALID", "HOSTNAME_MISMATCH"),
    say: ({ wantedName, names }) =>
      `the CSMS's certificate is not for ${wantedName ?? "the name asked for"} but for ${names.slice(0, 5).join(", ") || "no name at all"}: write that name in --csms, and where it must be dialled elsewhere --csms-connect`,
  },
  {
    fits: reasonIs("UNABLE_TO_VERIFY_LEAF_SIGNATURE", "UNABLE_TO_GET_ISSUER_CERT"),
    say: () =>
      "the CSMS does not send the certificates between its own and a root known here, or that root is not known: give the missing one with --csms-ca",
  },
  {
    fits: reasonIs(
      "SELF_SIGNED_CERT_IN_CHAIN",
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
      "CERT_UNTRUSTED",
      "INVALID_CA",
    ),
    say: () =>
      "the CSMS's certificate comes from a root that is not known here: give it with --csms-ca FILE; --csms-insecure goes on without",
  },
  {
    fits: alertIs("certificate_required"),
    say: () =>
      "the CSMS wants a client certificate (profile 3): --csms-cert and --csms-key, --csms-cert-dir, or --csms-mint",
  },
  {
    fits: both(alertIs("handshake_failure"), ({ showedClient }) => !showedClient),
    say: () =>
      "the CSMS ended the handshake; likely it wants a client certificate (--csms-cert, --csms-cert-dir, --csms-mint), else it has no cipher suite in common with us",
  },
  {
    fits: both(
      alertIs("bad_certificate", "unknown_ca", "certificate_unknown", "access_denied"),
      ({ showedClient }) => showedClient,
    ),
    say: (failure) =>
      isYoung(failure)
        ? `the CSMS refused our client certificate; likely its CA is not ours to sign for (ocpp-vcr certs request, certs accept), else its clock stands before ${from(failure)}`
        : "the CSMS refused our client certificate; likely it trusts another CA: ocpp-vcr certs request makes the request for that one",
  },
  {
    fits: alertIs("certificate_expired", "certificate_revoked", "unsupported_certificate"),
    say: ({ alert }) =>
      `the CSMS refused our client certificate (${alertName(alert?.number ?? 0)}): ocpp-vcr certs show tells its dates and usage`,
  },
  {
    fits: both(
      alertIs("bad_certificate", "unknown_ca", "certificate_unknown"),
      ({ showedClient }) => !showedClient,
    ),
    say: () =>
      "the CSMS ended the handshake; likely it wants a client certificate: --csms-cert and --csms-key, --csms-cert-dir, or --csms-mint",
  },
  {
    fits: alertIs("protocol_version"),
    say: () => "the CSMS takes no version of TLS from 1.2 up: it must be updated",
  },
  {
    fits: alertIs("unrecognized_name"),
    say: ({ wantedName }) =>
      `the CSMS does not know the name ${wantedName ?? "asked for"} (SNI): write its own name in --csms, and where it must be dialled elsewhere --csms-connect`,
  },
  {
    fits: (failure) => failure.alert?.by === "csms",
    say: ({ alert }) => `the CSMS ended the handshake with alert ${alertName(alert?.number ?? 0)}`,
  },
  {
    fits: reasonIs(
      "ERR_SSL_WRONG_VERSION_NUMBER",
      "ERR_SSL_PACKET_LENGTH_TOO_LONG",
      "ERR_SSL_HTTP_REQUEST",
      "ERR_SSL_RECORD_LAYER_FAILURE",
    ),
    say: () =>
      "what the CSMS sent is no TLS: likely it speaks plain HTTP on that port; write ws:// in --csms",
  },
  {
    fits: reasonIs("ERR_SSL_UNSUPPORTED_PROTOCOL"),
    say: () => "the CSMS chose a version of TLS below 1.2: it must be updated",
  },
  {
    fits: reasonIs("TIMEOUT"),
    say: () =>
      "the CSMS did not finish the handshake in time: likely something else listens there, or a firewall in between drops it",
  },
  {
    fits: reasonIs("ECONNRESET", "EPIPE", "CLOSED"),
    say: ({ showedClient }) =>
      showedClient
        ? "the CSMS hung up in the middle of the handshake: likely it does not want our client certificate, or nothing there speaks TLS"
        : "the CSMS hung up in the middle of the handshake: likely it wants a client certificate, or nothing there speaks TLS",
  },
];

/** The likely cause of a failed handshake and its mend, in one sentence. */
export function diagnoseHandshake(failure: HandshakeFailure): string {
  const causes = failure.leg === "charger" ? chargerCauses : csmsCauses;
  const found = causes.find(({ fits }) => fits(failure));
  const who = failure.leg === "charger" ? "charger" : "CSMS";
  return found?.say(failure) ?? `the handshake with the ${who} failed: ${failure.reason}`;
}
