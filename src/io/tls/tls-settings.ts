// The TLS settings of both legs of a proxied connection, and what a leg is: the stream that carries the bytes, and the raw
// socket under it, which is needed to send a TCP reset.

import type { Socket } from "node:net";
import type { TlsFacts } from "../../cassette/format/entry.js";
import type { Credentials } from "../../pki/credentials.js";
import type { Flaw } from "../../pki/flaws.js";

/** One of the two sides of a proxied connection. */
export interface Leg {
  /** Where bytes are read and written: a TLSSocket, or the raw socket itself. */
  readonly stream: Socket;
  readonly raw: Socket;
  readonly tls: TlsLeg | undefined;
}

/** The TLS of a leg. */
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

/** The lowest TLS version that chargers may use. */
export type MinTlsVersion = "TLSv1" | "TLSv1.2";

/** TLS with chargers. */
export interface ChargerTls {
  /** `auto`: TLS and plain on one port; the first byte tells which. */
  readonly mode: "auto" | "on" | "off";
  /** The certificates for a server name (SNI), or for the local address if there was none. */
  readonly credentials: (name: string | undefined, address: string | undefined) => readonly Credentials[];
  /** Certificates that rules ask for: flawed ones, or a valid one with another key. Undefined without a certificate store. */
  readonly serverVariants?: ServerVariants | undefined;
  /** `request`: chargers are asked for a certificate; `require`: those without a valid one are refused. */
  readonly clientCertificate: "off" | "request" | "require";
  /** The roots of chargers' certificates, PEM. */
  readonly clientCa: readonly string[];
  /** The O that chargers' certificates must have; undefined if the trusted roots are not those of the certificate store. */
  readonly organization: string | undefined;
  /** What to do if a charger's certificate has another O, or neither its identity nor its serial number. */
  readonly bindIdentity: "off" | "warn" | "strict";
  readonly minVersion: MinTlsVersion;
  /** The timeout of a handshake, from the first byte to its end. */
  readonly handshakeMs: number;
  /** The most handshakes at the same time. */
  readonly maxHandshakes: number;
  readonly keylog: KeyLog | undefined;
}

/** Gives server certificates for a name or address, with a flaw or with another key (`swap`). Throws VcrError. */
export type ServerVariants = (
  variant: Flaw | "swap",
  name: string | undefined,
  address: string | undefined,
) => readonly Credentials[];

/** TLS with the CSMS. */
export interface CsmsTls {
  /** The name for SNI, which must be in the CSMS's certificate. */
  readonly name: string;
  /** The trusted roots, PEM; undefined for Node's own. */
  readonly ca: readonly string[] | undefined;
  /** Accept any certificate. */
  readonly insecure: boolean;
  /** The client certificate for a charger; an empty list: none. Throws VcrError. */
  readonly credentials: (identity: string | undefined) => readonly Credentials[];
  readonly keylog: KeyLog | undefined;
}

/** Takes the secrets of TLS connections, one line each, in NSS key log format. */
export type KeyLog = (line: Buffer) => void;

/** TLS switched off. A ClientHello is still recognised, and refused. */
export const noTls: ChargerTls = {
  mode: "off",
  credentials: () => [],
  clientCertificate: "off",
  clientCa: [],
  organization: undefined,
  bindIdentity: "off",
  minVersion: "TLSv1.2",
  handshakeMs: 10_000,
  maxHandshakes: 200,
  keylog: undefined,
};
