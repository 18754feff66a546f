// The result of a handshake as the cassette stores it, read from node:tls.

import type { PeerCertificate, TLSSocket } from "node:tls";
import { systemErrorCode } from "../../base/errors.js";
import type { StoredCertificate } from "../../cassette/format/entry.js";
import { type CertificateFacts, describeCertificate } from "../../pki/certificate-facts.js";
import type { TlsLeg } from "./tls-settings.js";

/** A certificate as cassettes store it; null if it cannot be read. */
export function storedCertificate(certificate: Uint8Array | string | undefined): StoredCertificate | null {
  const facts = certificate === undefined ? undefined : describeCertificate(certificate);
  if (facts === undefined) return null;
  const { subject, issuer, serial, fingerprint256, notBefore, notAfter, san } = facts;
  return { subject, issuer, serial, fingerprint: fingerprint256, notBefore, notAfter, names: san };
}

const namesIn = (facts: CertificateFacts | undefined): readonly string[] =>
  facts === undefined
    ? []
    : [
        ...(facts.commonName === undefined ? [] : [facts.commonName]),
        ...facts.san.map((name) => name.slice(name.indexOf(":") + 1)),
      ];

/** A certificate of node:tls as DER; undefined if there was none. */
const derOf = (certificate: PeerCertificate | object | null): Uint8Array | undefined =>
  certificate !== null && "raw" in certificate && certificate.raw instanceof Uint8Array
    ? certificate.raw
    : undefined;

/** The peer's certificate, DER; undefined if it sent none. */
export function peerDer(socket: TLSSocket): Uint8Array | undefined {
  return derOf(socket.getPeerCertificate());
}

/** The result of this socket's handshake. `serverName` is the name in SNI. */
export function tlsLegOf(socket: TLSSocket, serverName: string | undefined): TlsLeg {
  const peer = peerDer(socket);
  const described = peer === undefined ? undefined : describeCertificate(peer);
  const finding: unknown = socket.authorizationError;
  const isGood = peer !== undefined && socket.authorized;
  const suite = socket.getCipher();
  return {
    facts: {
      version: socket.getProtocol() ?? "unknown",
      suite: suite.standardName ?? suite.name,
      serverName: serverName ?? null,
      alpn: typeof socket.alpnProtocol === "string" ? socket.alpnProtocol : null,
      own: storedCertificate(derOf(socket.getCertificate())),
      peer: storedCertificate(peer),
      verdict: peer === undefined ? "none-shown" : isGood ? "verified" : "not-verified",
      finding: peer === undefined || isGood ? null : findingCode(finding),
    },
    peerNames: namesIn(described),
    peerOrganization: described?.organization,
  };
}

/** The code of why a certificate was not verified, which node:tls gives as a text or an error. */
export function findingCode(finding: unknown): string {
  if (finding instanceof Error) return systemErrorCode(finding) ?? finding.message;
  return typeof finding === "string" && finding !== "" ? finding : "NOT_ASKED";
}
