// What a server or a client shows of itself in TLS.

/** A private key and its certificate chain, leaf first, both PEM. */
export interface Credentials {
  /** The kind of the key. */
  readonly kind: "rsa" | "ec";
  readonly key: string;
  readonly cert: string;
}
