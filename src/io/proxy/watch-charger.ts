// Watches a charger while the CSMS is asked: keeps what it sends meanwhile, and notices when it disconnects.

import type { Leg } from "../tls/tls-settings.js";

/** A charger that waits for its answer. */
export interface WatchedCharger {
  /** Stops watching. Gives what the charger has sent meanwhile. */
  stop(): Buffer;
  gone(): boolean;
  onGone(then: () => void): void;
}

/** Watches a charger, and keeps what it sends up to a limit. */
export function watchCharger({ leg, rest }: { readonly leg: Leg; readonly rest: Buffer }): WatchedCharger {
  const socket = leg.stream;
  const parts: Buffer[] = [rest];
  let size = rest.length;
  let isGone = false;
  let onLeave: () => void = () => undefined;
  const take = (chunk: Buffer): void => {
    parts.push(chunk);
    size += chunk.length;
    if (size > maxEarlyBytes) socket.pause();
  };
  const leave = (): void => {
    isGone = true;
    onLeave();
  };
  socket.on("data", take).on("error", leave).on("close", leave);
  socket.resume();
  return {
    stop: () => {
      // The error listener stays, because an error without a listener would end the program.
      onLeave = () => undefined;
      socket.off("data", take).off("close", leave);
      socket.pause();
      return Buffer.concat(parts);
    },
    gone: () => isGone,
    onGone: (then) => {
      onLeave = then;
      if (isGone) then();
    },
  };
}

const maxEarlyBytes = 1024 * 1024;
