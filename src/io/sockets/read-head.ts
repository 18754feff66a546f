// Reads an HTTP head from the beginning of a raw socket, bounded in bytes, fields and time. The bytes after the head are
// given to the caller.

import type { Socket } from "node:net";
import { type Head, type HeadLimits, readHead } from "../../wire/http/head.js";
import { startTimer } from "../platform/timers.js";

/** The result of reading a head. `bytes` is everything that came. */
export type HeadArrival =
  | { readonly kind: "head"; readonly head: Head; readonly rest: Buffer }
  | { readonly kind: "bad"; readonly reason: string; readonly bytes: Buffer; readonly tooLarge: boolean }
  | { readonly kind: "timeout"; readonly bytes: Buffer }
  | { readonly kind: "ended"; readonly bytes: Buffer; readonly error: Error | undefined };

/**
 * Waits for a head. The socket is paused when the promise settles, so that the next listener misses nothing. `first` are
 * bytes that were read before.
 */
export function readHeadFrom(
  socket: Socket,
  limits: HeadLimits,
  timeoutMs: number,
  first: Buffer,
): Promise<HeadArrival> {
  return new Promise((resolve) => {
    let bytes = first;
    const settle = (arrival: HeadArrival): void => {
      timer.stop();
      socket.off("data", take).off("end", ended).off("error", failed).off("close", ended);
      socket.pause();
      resolve(arrival);
    };
    const check = (): boolean => {
      const result = readHead(bytes, limits);
      if (result.kind === "incomplete") return false;
      if (result.kind === "head") {
        settle({
          kind: "head",
          head: result.head,
          rest: bytes.subarray(bytes.length - result.rest.length),
        });
        return true;
      }
      const tooLarge = result.kind === "too-large";
      const reason = result.kind === "too-large" ? result.why : "the request is not HTTP";
      settle({ kind: "bad", reason, bytes, tooLarge });
      return true;
    };
    const take = (chunk: Buffer): void => {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      check();
    };
    const ended = (): void => settle({ kind: "ended", bytes, error: undefined });
    const failed = (error: Error): void => settle({ kind: "ended", bytes, error });
    const timer = startTimer(() => settle({ kind: "timeout", bytes }), timeoutMs);
    if (bytes.length > 0 && check()) return;
    socket.on("data", take).on("end", ended).on("error", failed).on("close", ended);
    socket.resume();
  });
}
