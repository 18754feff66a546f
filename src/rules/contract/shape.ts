// What a transport fault does to a stream of bytes, as data: the relay's shaper carries it out. The words are those of
// Toxiproxy and netem. Durations in milliseconds.

import type { Side } from "../../base/direction.js";

/** One thing that is done to the bytes of a direction from now on. */
export type StreamShape =
  /** Delays every piece by `ms`, plus or minus `jitter`; pieces keep their order. */
  | {
      readonly kind: "latency";
      readonly ms: number;
      readonly jitter: number;
      readonly distribution: Distribution;
    }
  /** Limits the rate, in kilobytes (1000 bytes) a second. */
  | { readonly kind: "bandwidth"; readonly rate: number }
  /** Cuts the stream into pieces of about this size, in bytes, with a pause between them. */
  | {
      readonly kind: "slicer";
      readonly averageSize: number;
      readonly sizeVariation: number;
      readonly delay: number;
    }
  /** Delays the end of the stream. */
  | { readonly kind: "slow-close"; readonly delay: number }
  /** Swallows everything, the end of the stream as well; both connections are reset after `timeout`, or never for 0. */
  | { readonly kind: "blackhole"; readonly timeout: number }
  /** Swallows everything, for good. */
  | { readonly kind: "half-open" }
  /** Ends both connections after so many bytes. */
  | { readonly kind: "limit-data"; readonly bytes: number }
  /** Resets connections after a time. */
  | { readonly kind: "reset-peer"; readonly after: number; readonly to: Side | "both" };

/** How jitter is spread: evenly within its bounds, or normally with it as the standard deviation. */
export type Distribution = "uniform" | "normal";
