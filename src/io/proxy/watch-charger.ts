// Keeps an eye on a charger whose upgrade is under way: what it sends meanwhile is kept, and its leaving is told.

import type { Leg } from "../tls/tls-settings.js";

/** A charger that is watched. */
export interface Waiting {
  /** Stops watching; gives what the charger has sent meanwhile. */
  stop(): Buffer;
  gone(): boolean;
  onGone(then: () => void): void;
}

/** Keeps what a charger sends before its answer is there, up to a limit, and sees it leave. */
export function watchCharger({ leg, rest }: { readonly leg: Leg; readonly rest: Buffer }): Waiting {
  const socket = leg.stream;
  const parts: Buffer[] = [rest];
  let size = rest.length;
  let gone = false;
  let tell: () => void = () => undefined;
  const take = (chunk: Buffer): void => {
    parts.push(chunk);
    size += chunk.length;
    if (size > earlyLimit) socket.pause();
  };
  const leave = (): void => {
    gone = true;
    tell();
  };
  socket.on("data", take).on("error", leave).on("close", leave);
  socket.resume();
  return {
    stop: () => {
      // Whoever takes over hears the rest; the one listener that stays keeps an error from being nobody's.
      tell = () => undefined;
      socket.off("data", take).off("close", leave);
      socket.pause();
      return Buffer.concat(parts);
    },
    gone: () => gone,
    onGone: (then) => {
      tell = then;
      if (gone) then();
    },
  };
}

const earlyLimit = 1024 * 1024;
