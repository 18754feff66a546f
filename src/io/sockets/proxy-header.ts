// Takes the PROXY header from the beginning of a raw connection, before TLS and before HTTP. What came behind it is put
// back. Read only where the peer in front is trusted.

import type { Socket } from "node:net";
import { readProxyHeader } from "../../wire/http/proxy-protocol.js";
import { startTimer } from "../platform/timers.js";

/** What a connection began with. */
export type HeaderOutcome =
  /** `from` is undefined where there was no header, or it does not say whose the connection is. */
  | { readonly kind: "taken"; readonly from: string | undefined }
  | { readonly kind: "bad"; readonly why: string; readonly bytes: Buffer }
  /** It ended before anything could be told. */
  | { readonly kind: "ended"; readonly bytes: Buffer };

/** What is next in a paused socket; undefined where nothing is. */
const nextOf = (socket: Socket): Buffer | undefined => (socket.read() as Buffer | null) ?? undefined;

/** Waits for the first bytes of a paused socket; what is no header stays in it. */
export function takeProxyHeader(socket: Socket, timeoutMs: number): Promise<HeaderOutcome> {
  return new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0);
    const settle = (outcome: HeaderOutcome, length: number): void => {
      timer.stop();
      socket.off("readable", take).off("end", ended).off("error", ended).off("close", ended);
      socket.pause();
      if (bytes.length > length) socket.unshift(bytes.subarray(length));
      resolve(outcome);
    };
    const look = (): boolean => {
      const header = readProxyHeader(bytes);
      if (header.kind === "incomplete") return false;
      const why = `the PROXY header cannot be read: ${header.kind === "bad" ? header.why : ""}`;
      if (header.kind === "header") settle({ kind: "taken", from: header.from }, header.length);
      else if (header.kind === "none") settle({ kind: "taken", from: undefined }, 0);
      else settle({ kind: "bad", why, bytes }, bytes.length);
      return true;
    };
    const take = (): void => {
      for (let chunk = nextOf(socket); chunk !== undefined; chunk = nextOf(socket)) {
        bytes = Buffer.concat([bytes, chunk]);
        if (look()) return;
      }
    };
    const ended = (): void => settle({ kind: "ended", bytes }, bytes.length);
    // Whoever reads next waits as long as it likes.
    const timer = startTimer(() => settle({ kind: "taken", from: undefined }, 0), timeoutMs);
    socket.on("readable", take).on("end", ended).on("error", ended).on("close", ended);
  });
}
