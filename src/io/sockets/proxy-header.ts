// Takes the PROXY header from the beginning of a raw connection, before TLS and HTTP. The bytes after it are put back. This is
// used only if the proxy in front is trusted.

import type { Socket } from "node:net";
import { readProxyHeader } from "../../wire/http/proxy-protocol.js";
import { startTimer } from "../platform/timers.js";

/** What a connection begins with. */
export type HeaderOutcome =
  /** `from` is undefined if there was no header, or if the header has no address. */
  | { readonly kind: "taken"; readonly from: string | undefined }
  | { readonly kind: "bad"; readonly reason: string; readonly bytes: Buffer }
  /** It ended before that was known. */
  | { readonly kind: "ended"; readonly bytes: Buffer };

/** The next bytes in a paused socket; undefined if there are none. */
const nextOf = (socket: Socket): Buffer | undefined => (socket.read() as Buffer | null) ?? undefined;

/** Waits for the first bytes of a paused socket, and takes the header if there is one. */
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
    const check = (): boolean => {
      const header = readProxyHeader(bytes);
      if (header.kind === "incomplete") return false;
      const reason = `the PROXY header cannot be read: ${header.kind === "bad" ? header.why : ""}`;
      if (header.kind === "header") settle({ kind: "taken", from: header.from }, header.length);
      else if (header.kind === "none") settle({ kind: "taken", from: undefined }, 0);
      else settle({ kind: "bad", reason, bytes }, bytes.length);
      return true;
    };
    const take = (): void => {
      for (let chunk = nextOf(socket); chunk !== undefined; chunk = nextOf(socket)) {
        bytes = Buffer.concat([bytes, chunk]);
        if (check()) return;
      }
    };
    const ended = (): void => settle({ kind: "ended", bytes }, bytes.length);
    // The next reader has a timeout of its own.
    const timer = startTimer(() => settle({ kind: "taken", from: undefined }, 0), timeoutMs);
    socket.on("readable", take).on("end", ended).on("error", ended).on("close", ended);
  });
}
