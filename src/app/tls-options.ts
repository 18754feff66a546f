// The options about TLS and passwords.

/** TLS and passwords towards chargers. */
export interface ChargerTlsOptions {
  /** Folder of the certificate store; `certs` unless given. */
  readonly certs?: string | undefined;
  /** `auto` accepts TLS and plain connections on one port. The default is `auto` if there is a certificate, else `off`. */
  readonly tls?: "auto" | "on" | "off" | undefined;
  /** Files with server certificates and their chains, used instead of the store's. */
  readonly tlsCert?: readonly string[] | undefined;
  /** Files with the keys, in the order of `tlsCert`; a key may also be in the file of its certificate. */
  readonly tlsKey?: readonly string[] | undefined;
  /** The lowest version of TLS that is accepted; `1.2` unless given. */
  readonly tlsMin?: "1.0" | "1.2" | undefined;
  /** Whether chargers must, or may, show a client certificate (security profile 3); not requested unless given. */
  readonly mtls?: "require" | "request" | undefined;
  /** Files with the root certificates of chargers; the store's roots unless given. */
  readonly clientCa?: readonly string[] | undefined;
  /** What happens when a charger's certificate names another identity; `warn` unless given. */
  readonly bindIdentity?: "off" | "warn" | "strict" | undefined;
  /** A file of `identity:password` lines that chargers are checked against. */
  readonly basicAuth?: string | undefined;
  /** Time limit of a charger's TLS handshake, in milliseconds; 10 000 unless given. */
  readonly handshakeTimeoutMs?: number | undefined;
  /** How many TLS handshakes may run at the same time; 200 unless given. */
  readonly maxHandshakes?: number | undefined;
}

/** TLS towards the CSMS. */
export interface CsmsTlsOptions {
  /** Folder of the certificate store, for `csmsMint`; `certs` unless given. */
  readonly certs?: string | undefined;
  /** Files with root certificates that are trusted in addition to the system's. */
  readonly csmsCa?: readonly string[] | undefined;
  /** Accepts any certificate of the CSMS. */
  readonly csmsInsecure?: boolean | undefined;
  /** A file with the client certificate for the CSMS (security profile 3). */
  readonly csmsCert?: string | undefined;
  /** A file with its key; the file of `csmsCert` unless given. */
  readonly csmsKey?: string | undefined;
  /** A folder with client certificates by identity: `<identity>.pem` and `<identity>.key`. */
  readonly csmsCertDir?: string | undefined;
  /** Makes a client certificate for each identity, signed by the root of the store. */
  readonly csmsMint?: boolean | undefined;
  /** Another certificate store whose root signs these client certificates. */
  readonly csmsMintCa?: string | undefined;
  /** Dials this address instead of the one in the URL; Host, SNI and the certificate check use the URL. */
  readonly csmsConnect?: HostAndPort | undefined;
}

/** An address to dial instead of the one in the URL; without a port, the port of the URL. */
export interface HostAndPort {
  readonly host: string;
  readonly port?: number | undefined;
}

/** TLS and passwords of a recording proxy. */
export interface TlsOptions extends ChargerTlsOptions, CsmsTlsOptions {
  /** A file of `identity:password` lines; these passwords go to the CSMS instead of the chargers' own. */
  readonly csmsBasic?: string | undefined;
  /** The file that the TLS secrets are written to, for Wireshark; the variable SSLKEYLOGFILE unless given. */
  readonly keylog?: string | undefined;
}
