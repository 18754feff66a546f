// What a transport fault makes of a stream of bytes, as data: the relay's shaper carries it out. The words are
// Toxiproxy's and netem's. Durations in milliseconds; knows neither sockets nor timers.

import type { Side } from "../../base/direction.js";

/** One thing that is done to the bytes of a direction, from when a rule asks for it. */
export type Shape =
  /** Every piece comes later, in its order: `ms`, give or take `jitter`. */
  | {
      readonly kind: "latency";
      readonly ms: number;
      readonly jitter: number;
      readonly distribution: Distribution;
    }
  /** So many kilobytes (1000 bytes) a second. */
  | { readonly kind: "bandwidth"; readonly rate: number }
  /** Pieces of about this size, with a pause between them. */
  | {
      readonly kind: "slicer";
      readonly averageSize: number;
      readonly sizeVariation: number;
      readonly delay: number;
    }
  /** The end of the stream is handed on later. */
  | { readonly kind: "slow-close"; readonly delay: number }
  /** Nothing gets through, the end of the stream neither; behind `timeout` both legs are reset, 0 is never. */
  | { readonly kind: "blackhole"; readonly timeout: number }
  /** This direction is dead and nobody is told. */
  | { readonly kind: "half-open" }
  /** Both legs are ended behind so many bytes. */
  | { readonly kind: "limit-data"; readonly bytes: number }
  /** Legs are reset then. */
  | { readonly kind: "reset-peer"; readonly after: number; readonly to: Side | "both" };

/** How jitter is spread: evenly within its bounds, or around the middle with it as the standard deviation. */
export type Distribution = "uniform" | "normal";
