// What a capture file holds, whatever its format: packets, their times, and what could not be read.
// Knows nothing of what packets hold.

/** One captured packet. */
export interface CapturedPacket {
  /** Nanoseconds since 1970; null where the file has none. */
  readonly at: bigint | null;
  /** Which link-layer header it begins with: a LINKTYPE_ number of tcpdump.org. */
  readonly link: number;
  readonly octets: Uint8Array;
  /** Octets that it had on the wire. */
  readonly length: number;
}

/** What a capture file holds. */
export interface Capture {
  readonly packets: readonly CapturedPacket[];
  /** What is broken or left out, in sentences. */
  readonly findings: readonly string[];
  /** Whether it carries the secrets of TLS sessions. */
  readonly hasSecrets: boolean;
}
