// What rules want of an upgrade or of a TLS handshake, as data; carried out by whoever speaks HTTP and TLS. Knows
// neither of them.

/** What shall become of an upgrade. */
export type UpgradeAction =
  /** It is answered by us, and never reaches the CSMS. */
  | {
      readonly kind: "refuse";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly retryAfter: number | undefined;
      readonly body: string;
    }
  /** The answer names this subprotocol, or none. */
  | { readonly kind: "subprotocol"; readonly answer: string | undefined }
  /** It waits for so many milliseconds; 0 is for ever. */
  | { readonly kind: "stall"; readonly ms: number };

/** What can be wrong with the certificate that a charger is shown. */
export type CertificateFlaw = (typeof certificateFlaws)[number];

/** All of them. */
export const certificateFlaws = [
  "expired",
  "not-yet-valid",
  "wrong-host",
  "untrusted-ca",
  "no-chain",
  "self-signed",
] as const;

/** The versions of TLS that can be asked for. */
export type TlsVersion = (typeof tlsVersions)[number];

/** From the oldest to the newest. */
export const tlsVersions = ["1.0", "1.1", "1.2", "1.3"] as const;

/** What shall become of a charger's TLS handshake. */
export type TlsAction =
  | { readonly kind: "certificate"; readonly flaw: CertificateFlaw }
  /** A good certificate with another key and another serial number. */
  | { readonly kind: "certificate-swap" }
  /** Nothing is said for so many milliseconds; 0 is for ever. */
  | { readonly kind: "stall"; readonly ms: number }
  /** A fatal alert in place of the ServerHello. */
  | { readonly kind: "alert"; readonly number: number }
  | { readonly kind: "version"; readonly min: TlsVersion | undefined; readonly max: TlsVersion | undefined }
  /** Only these suites, by their names at IANA. */
  | { readonly kind: "suites"; readonly only: readonly string[] }
  /** This alert answers the charger's own certificate. */
  | { readonly kind: "client-certificate"; readonly alert: number };
