// The sentence about a failed handshake: the cause and the fix, with "likely" if the bytes do not prove the cause.
import { describe, expect, test } from "vitest";
import type { ClientHello } from "../../../src/wire/tls/client-hello.js";
import { diagnoseHandshake, type HandshakeFailure } from "../../../src/wire/tls/diagnose-handshake.js";
import { alertNumber } from "../../../src/wire/tls/tls-names.js";

const hello: ClientHello = {
  versions: [0x0304, 0x0303],
  suites: [],
  serverName: "a.example",
  alpn: [],
  groups: [],
  signatureAlgorithms: [],
  maxFragmentLength: undefined,
};

const failure = (over: Partial<HandshakeFailure>): HandshakeFailure => ({
  leg: "charger",
  hello,
  reason: "",
  alert: undefined,
  validity: { notBefore: "2026-01-01T00:00:00Z", notAfter: "2026-07-01T00:00:00Z" },
  ageDays: 100,
  wantedName: "a.example",
  names: ["DNS:b.example"],
  keys: ["RSA", "ECDSA"],
  showedClient: false,
  ...over,
});

const alert = (name: string, by: "charger" | "csms" | "us") => ({
  alert: { number: alertNumber(name) ?? -1, by },
  reason: `ERR_SSL_ALERT_${name.toUpperCase()}`,
});

describe("diagnoseHandshake on the charger's leg", () => {
  test.each<[string, Partial<HandshakeFailure>, RegExp]>([
    ["an unknown root", alert("unknown_ca", "charger"), /does not trust our root.*install it/],
    [
      "a young certificate refused",
      { ...alert("bad_certificate", "charger"), ageDays: 2 },
      /likely its clock is before 2026-01-01.*or it does not trust/,
    ],
    [
      "an old certificate refused",
      alert("bad_certificate", "charger"),
      /likely it does not trust.*or its clock/,
    ],
    [
      "a young certificate out of date",
      { ...alert("certificate_expired", "charger"), ageDays: 2 },
      /likely its clock is wrong/,
    ],
    [
      "an old certificate out of date",
      alert("certificate_expired", "charger"),
      /valid until 2026-07-01.*renew it/,
    ],
    [
      "only TLS 1.0",
      { hello: { ...hello, versions: [0x0301] }, ...alert("protocol_version", "us") },
      /offers only TLS 1\.0.*--tls-min 1\.0/,
    ],
    [
      "no suite for our one key",
      { reason: "ERR_SSL_NO_SHARED_CIPHER", keys: ["ECDSA"] },
      /type ECDSA.*give both types/,
    ],
    ["no suite at all", { reason: "ERR_SSL_NO_SHARED_CIPHER" }, /none of OCPP's four/],
    ["no version in common", { reason: "ERR_SSL_UNSUPPORTED_PROTOCOL" }, /no TLS version in common/],
    [
      "an alert about what we chose",
      alert("handshake_failure", "charger"),
      /rejected the TLS version or the cipher suite/,
    ],
    ["an alert about the name", alert("unrecognized_name", "charger"), /name in our certificate/],
    ["any other alert", alert("internal_error", "charger"), /alert internal_error/],
    [
      "a hang-up with a young certificate",
      { reason: "ECONNRESET", ageDays: 1 },
      /likely it does not trust.*or its clock/,
    ],
    ["a hang-up", { reason: "CLOSED" }, /likely it does not trust.*or the name/],
    ["plain HTTP", { reason: "PLAIN_HTTP", hello: undefined }, /set a wss:\/\//],
    ["TLS where there is none", { reason: "NO_TLS_HERE" }, /set a ws:\/\//],
    ["something else", { reason: "NOT_TLS", hello: undefined }, /neither TLS nor HTTP/],
    ["an early end", { reason: "CLOSED_BEFORE_HELLO", hello: undefined }, /before its ClientHello/],
    [
      "an end in the ClientHello",
      { reason: "CLOSED_IN_HELLO", hello: undefined },
      /closed the connection in the middle of its ClientHello/,
    ],
    ["a stall", { reason: "TIMEOUT" }, /--handshake-timeout/],
    ["a flood", { reason: "TOO_MANY" }, /--max-handshakes/],
    ["no certificate", { reason: "NO_CERTIFICATE" }, /no certificate to show for a\.example/],
    ["an unknown code", { reason: "ERR_SSL_ODD" }, /^the handshake with the charger failed: ERR_SSL_ODD$/],
  ])("%s: the sentence names the cause and the fix", (_name, over, sentence) => {
    expect(diagnoseHandshake(failure(over))).toMatch(sentence);
  });
});

describe("diagnoseHandshake on the CSMS's leg", () => {
  test.each<[string, Partial<HandshakeFailure>, RegExp]>([
    ["an expired certificate", { reason: "CERT_HAS_EXPIRED" }, /has expired \(2026-07-01.*--csms-insecure/],
    ["one that begins later", { reason: "CERT_NOT_YET_VALID" }, /check the clock here first/],
    ["another name", { reason: "ERR_TLS_CERT_ALTNAME_INVALID" }, /not for a\.example but for DNS:b\.example/],
    ["no name at all", { reason: "ERR_TLS_CERT_ALTNAME_INVALID", names: [] }, /for no name at all/],
    [
      "an incomplete chain",
      { reason: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" },
      /give the missing certificate with --csms-ca/,
    ],
    ["an unknown root", { reason: "SELF_SIGNED_CERT_IN_CHAIN" }, /--csms-ca FILE/],
    ["a wanted certificate, TLS 1.3", alert("certificate_required", "csms"), /profile 3.*--csms-mint/],
    [
      "a wanted certificate, TLS 1.2",
      alert("handshake_failure", "csms"),
      /likely it wants a client certificate/,
    ],
    [
      "a wanted certificate, otherwise",
      alert("bad_certificate", "csms"),
      /likely it wants a client certificate/,
    ],
    [
      "a refused young certificate",
      { ...alert("unknown_ca", "csms"), showedClient: true, ageDays: 1 },
      /certs request.*or its clock is before/,
    ],
    [
      "a refused certificate",
      { ...alert("unknown_ca", "csms"), showedClient: true },
      /likely it trusts another CA/,
    ],
    [
      "a certificate out of date",
      { ...alert("certificate_expired", "csms"), showedClient: true },
      /certs show/,
    ],
    ["old TLS", alert("protocol_version", "csms"), /must be updated/],
    ["an unknown name", alert("unrecognized_name", "csms"), /\(SNI\).*--csms-connect/],
    ["any other alert", alert("internal_error", "csms"), /alert internal_error/],
    [
      "TLS where it was asked in plain",
      { reason: "TLS_ON_PLAIN", ...{ alert: alert("protocol_version", "csms").alert } },
      /TLS alert; likely it speaks TLS there: write wss:\/\//,
    ],
    [
      "a close where it was asked in plain",
      { reason: "CLOSED_ON_PLAIN" },
      /without an answer; likely it speaks TLS there: write wss:\/\//,
    ],
    [
      "a close after the handshake",
      { reason: "CLOSED_BEHIND_HANDSHAKE" },
      /without an answer.*likely it wants a client certificate \(--csms-cert .*--csms-mint/,
    ],
    [
      "a close after the handshake with ours",
      { reason: "CLOSED_BEHIND_HANDSHAKE", showedClient: true },
      /without an answer.*likely it refused our client certificate/,
    ],
    ["plain where TLS was asked", { reason: "ERR_SSL_WRONG_VERSION_NUMBER" }, /write ws:\/\//],
    ["a version that it chose", { reason: "ERR_SSL_UNSUPPORTED_PROTOCOL" }, /below 1\.2/],
    ["a stall", { reason: "TIMEOUT" }, /did not finish/],
    ["a hang-up", { reason: "ECONNRESET" }, /likely it wants a client certificate/],
    [
      "a hang-up after ours",
      { reason: "CLOSED", showedClient: true },
      /does not accept our client certificate/,
    ],
    ["an unknown code", { reason: "ODD" }, /^the handshake with the CSMS failed: ODD$/],
  ])("%s: the sentence names the cause and the fix", (_name, over, sentence) => {
    expect(diagnoseHandshake(failure({ leg: "csms", hello: undefined, ...over }))).toMatch(sentence);
  });
});
