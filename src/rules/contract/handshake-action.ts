// What rules do to an upgrade or to a TLS handshake, as data; the parts of the proxy that speak HTTP and TLS carry it out.

/** What is done to an upgrade. */
export type UpgradeAction =
  /** We answer it, and it never reaches the CSMS. */
  | {
      readonly kind: "refuse";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly retryAfter: number | undefined;
      readonly body: string;
    }
  /** The answer names this subprotocol, or none for undefined. */
  | { readonly kind: "subprotocol"; readonly answer: string | undefined }
  /** It waits for `ms` milliseconds, or for ever for 0. */
  | { readonly kind: "stall"; readonly ms: number };

/** What can be wrong with the certificate that a charger gets. */
export type CertificateFlaw = (typeof certificateFlaws)[number];

/** Every flaw of a certificate. */
export const certificateFlaws = [
  "expired",
  "not-yet-valid",
  "wrong-host",
  "untrusted-ca",
  "no-chain",
  "self-signed",
] as const;

/** A version of TLS. */
export type TlsVersion = (typeof tlsVersions)[number];

/** The versions of TLS that a rule can name, from the oldest to the newest. */
export const tlsVersions = ["1.0", "1.1", "1.2", "1.3"] as const;

/** What is done to a charger's TLS handshake. */
export type TlsAction =
  | { readonly kind: "certificate"; readonly flaw: CertificateFlaw }
  /** The charger gets a good certificate with another key and another serial number. */
  | { readonly kind: "certificate-swap" }
  /** It waits for `ms` milliseconds, or for ever for 0. */
  | { readonly kind: "stall"; readonly ms: number }
  /** A fatal alert instead of the ServerHello. */
  | { readonly kind: "alert"; readonly number: number }
  | { readonly kind: "version"; readonly min: TlsVersion | undefined; readonly max: TlsVersion | undefined }
  /** Only these cipher suites, by their IANA names. */
  | { readonly kind: "suites"; readonly only: readonly string[] }
  /** This alert answers the charger's own certificate. */
  | { readonly kind: "client-certificate"; readonly alert: number };
