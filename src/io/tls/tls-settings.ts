// How TLS is spoken on the two legs, and what a leg is: the stream that carries bytes and the raw socket under it,
// which alone can be reset (design 4.1). Data and types only.

import type { Socket } from "node:net";
import type { TlsFacts } from "../../cassette/format/entry.js";
import type { Credentials } from "../../pki/credentials.js";
import type { Flaw } from "../../pki/flaws.js";

/** One side of a proxied connection. */
export interface Leg {
  /** Where bytes are read and written: a TLSSocket, or the raw socket itself. */
  readonly stream: Socket;
  readonly raw: Socket;
  readonly tls: TlsLeg | undefined;
}

/** What is known of a leg's TLS. */
export interface TlsLeg {
  readonly facts: TlsFacts;
  /** CN and alternative names of the peer's certificate. */
  readonly peerNames: readonly string[];
  /** O of the peer's certificate. */
  readonly peerOrganization: string | undefined;
}

/** A leg without TLS. */
export function plainLeg(socket: Socket): Leg {
  return { stream: socket, raw: socket, tls: undefined };
}

/** The oldest version of TLS that chargers may use. */
export type LeastVersion = "TLSv1" | "TLSv1.2";

/** TLS towards chargers. */
export interface ChargerTls {
  /** `auto`: the first byte tells TLS from plain on one port. */
  readonly mode: "auto" | "on" | "off";
  /** The certificates to show for this name (SNI), or for the local address where none was asked for. */
  readonly credentials: (name: string | undefined, address: string | undefined) => readonly Credentials[];
  /** Certificates that rules want: with a flaw, or another good one. Missing where there is no store to make them. */
  readonly serverVariants?: ServerVariants | undefined;
  /** Whether chargers are asked for a certificate, and refused without a good one. */
  readonly clientCertificate: "off" | "request" | "require";
  /** Roots of chargers' certificates, PEM. */
  readonly clientCa: readonly string[];
  /** O that chargers' certificates must carry; undefined where the roots trusted are not our own store's. */
  readonly organization: string | undefined;
  /** What becomes of a charger whose certificate names another organisation, or neither its identity nor its serial number. */
  readonly bindIdentity: "off" | "warn" | "strict";
  readonly leastVersion: LeastVersion;
  /** For a handshake from the first byte to its end. */
  readonly handshakeMs: number;
  /** Handshakes under way at one time. */
  readonly maxHandshakes: number;
  readonly keylog: KeyLog | undefined;
}

/** Certificates of a server for this name or address: with this flaw, or another than usual. Throws VcrError. */
export type ServerVariants = (
  variant: Flaw | "swap",
  name: string | undefined,
  address: string | undefined,
) => readonly Credentials[];

/** TLS towards the CSMS. */
export interface CsmsTls {
  /** The name that its certificate must carry, and that SNI asks for. */
  readonly name: string;
  /** The roots trusted, PEM; undefined for Node's own. */
  readonly ca: readonly string[] | undefined;
  /** Go on where the certificate is not good. */
  readonly insecure: boolean;
  /** The client certificate for this charger, none where the list is empty. Throws VcrError. */
  readonly credentials: (identity: string | undefined) => readonly Credentials[];
  readonly keylog: KeyLog | undefined;
}

/** Takes the secrets of connections, one line each, in NSS's format. */
export type KeyLog = (line: Buffer) => void;

/** TLS switched off: a ClientHello is still told from a request. */
export const noTls: ChargerTls = {
  mode: "off",
  credentials: () => [],
  clientCertificate: "off",
  clientCa: [],
  organization: undefined,
  bindIdentity: "off",
  leastVersion: "TLSv1.2",
  handshakeMs: 10_000,
  maxHandshakes: 200,
  keylog: undefined,
};
