// Opens a TCP connection to the CSMS within a time limit.

import { connect, type Socket } from "node:net";
import { startTimer } from "../platform/timers.js";

/** A connected, paused socket, or the error. */
export type DialOutcome = { readonly socket: Socket } | { readonly error: NodeJS.ErrnoException };

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "the host name is not known",
  EAI_AGAIN: "the host name could not be looked up",
  ETIMEDOUT: "no answer in time",
  EHOSTUNREACH: "there is no route to that host",
  ENETUNREACH: "there is no route to that network",
  ECONNRESET: "the connection was reset",
};

/** The meaning of a network error, in words. */
export function dialReason(error: NodeJS.ErrnoException): string {
  const code = error.code ?? "";
  return reasons[code] === undefined ? error.message : `${reasons[code]} (${code})`;
}

/** Connects to host and port. Half-open connections are allowed, and small writes are sent at once. */
export function dial(host: string, port: number, timeoutMs: number): Promise<DialOutcome> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
    socket.pause();
    const timer = startTimer(() => {
      const error: NodeJS.ErrnoException = new Error(`no connection within ${timeoutMs} ms`);
      error.code = "ETIMEDOUT";
      socket.destroy();
      settle({ error });
    }, timeoutMs);
    const failed = (error: NodeJS.ErrnoException): void => settle({ error });
    const settle = (outcome: DialOutcome): void => {
      timer.stop();
      socket.off("error", failed);
      if ("error" in outcome) socket.on("error", () => undefined);
      resolve(outcome);
    };
    socket.once("error", failed);
    socket.once("connect", () => settle({ socket }));
  });
}
