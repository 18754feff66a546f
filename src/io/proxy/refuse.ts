// Refused upgrades: the answer to the charger, and the entry on the cassette. An answer of the CSMS is forwarded byte for
// byte.

import type { Socket } from "node:net";
import { assertNever } from "../../base/assert-never.js";
import type { RefusedEntry } from "../../cassette/format/entry.js";
import { printable } from "../../text/printable.js";
import { createChunkedEnd } from "../../wire/http/chunked-end.js";
import { type Head, parseHead } from "../../wire/http/head.js";
import { type BodyEnd, bodyEnd, ownAnswer, statusOf } from "../../wire/http/response-head.js";
import { startTimer } from "../platform/timers.js";
import { refusalWords } from "../sockets/refusal-words.js";
import type { ProxyContext } from "./upgrade-context.js";

/** A charger's request, as far as it is known. */
export interface ChargerRequest {
  readonly socket: Socket;
  readonly from: string;
  readonly identity: string | undefined;
  /** The URL at the CSMS that the request is for. */
  readonly url: string | null;
  /** Its head as it came; undefined if none could be read. */
  readonly head: Head | undefined;
}

const phrases: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  408: "Request Timeout",
  431: "Request Header Fields Too Large",
  502: "Bad Gateway",
  504: "Gateway Timeout",
  508: "Loop Detected",
};

const maxStoredBody = 65_536;

type Facts = Pick<RefusedEntry, "by" | "status" | "reason" | "response" | "body" | "bodyLength">;

/** Logs a refusal: the charger, the answer, the URL, the start of the body, and the likely reason. */
const logRefusal = (context: ProxyContext, request: ChargerRequest, facts: Facts): void => {
  const { identity, from, url, head } = request;
  const { by, status, reason, response, body } = facts;
  const who = `${printable(identity ?? "?", 60)} from ${printable(from, 80)}`;
  if (by === "csms") {
    const answer = response === null ? undefined : parseHead(response.raw);
    const more = refusalWords({ url, request: head, response: answer, body: body ?? new Uint8Array(0) });
    context.log(`${who}: the CSMS answered ${printable(reason, 200)}${more}`);
    return;
  }
  const refuser = by === "us" ? "refused by ocpp-vcr with" : "network:";
  const target = url === null ? "" : ` to ${printable(url, 300)}`;
  context.log(`${who}: ${refuser} ${status === null ? "" : `${status} `}${printable(reason, 400)}${target}`);
};

const record = (context: ProxyContext, request: ChargerRequest, facts: Facts): void => {
  const { identity, from, url, head } = request;
  const stored = head === undefined ? null : context.hideHead(head.raw);
  const at = context.clock.now();
  context.cassettes
    .ofRefused(identity)
    .record({ kind: "refused", at, identity: identity ?? null, from, url, request: stored, ...facts });
  logRefusal(context, request, facts);
};

const closeTimeoutMs = 2000;

/** Ends a charger's stream after an answer, and closes the socket once the charger has ended its own, or after a timeout. */
const endGently = (socket: Socket, answer = ""): void => {
  if (socket.destroyed) return;
  socket.end(answer);
  // Closing with unread bytes would send a reset, and the charger would lose the answer.
  socket.resume();
  const timer = startTimer(() => socket.destroy(), closeTimeoutMs);
  socket.once("end", () => socket.destroySoon()).once("close", () => timer.stop());
};

/** Refuses a charger with an answer of this program, closes, and records it. `bytes` is what came instead of a valid head. */
export function refuseCharger(
  context: ProxyContext,
  request: ChargerRequest,
  answer: {
    readonly status: number;
    readonly reason: string;
    readonly by: "us" | "network";
    readonly bytes?: Uint8Array;
    /** The complete answer, if it is not the standard one for this status. */
    readonly answer?: string;
  },
): void {
  const { status, reason, by, bytes } = answer;
  const { socket } = request;
  socket.on("error", () => undefined);
  endGently(socket, answer.answer ?? ownAnswer(status, phrases[status] ?? "Error", reason));
  const body = bytes === undefined ? null : bytes.subarray(0, maxStoredBody);
  record(context, request, { by, status, reason, response: null, body, bodyLength: bytes?.length ?? 0 });
}

/** Records a charger that disconnected before it got an answer. */
export function recordGone(
  context: ProxyContext,
  request: ChargerRequest,
  reason: string,
  bytes: Uint8Array | undefined,
): void {
  request.socket.on("error", () => undefined);
  request.socket.destroy();
  const body = bytes === undefined ? null : bytes.subarray(0, maxStoredBody);
  record(context, request, {
    by: "network",
    status: null,
    reason,
    response: null,
    body,
    bodyLength: bytes?.length ?? 0,
  });
}

/** Resets a charger's connection, and records it. */
export function resetCharger(
  context: ProxyContext,
  request: ChargerRequest,
  raw: Socket,
  reason: string,
): void {
  raw.on("error", () => undefined).resetAndDestroy();
  record(context, request, { by: "us", status: null, reason, response: null, body: null, bodyLength: 0 });
}

/** The beginning of the CSMS's answer. */
export interface CsmsRefusal {
  /** Its head; undefined if it is not HTTP. */
  readonly head: Head | undefined;
  /** Everything that came so far, with the head. */
  readonly bytes: Buffer;
}

/** Forwards the CSMS's answer to the charger byte for byte up to its end, and records it. */
export function forwardRefusal(
  context: ProxyContext,
  request: ChargerRequest,
  csms: Socket,
  refusal: CsmsRefusal,
): void {
  const { socket } = request;
  const { head, bytes } = refusal;
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let bodyLength = 0;
  let isOver = false;
  const isComplete = bodyWatch(head);
  const finish = (): void => {
    if (isOver) return;
    isOver = true;
    const status = head === undefined ? null : (statusOf(head) ?? null);
    const response = head === undefined ? null : context.hideHead(head.raw);
    const reason = head === undefined ? "the CSMS's answer is not HTTP" : head.startLine;
    record(context, request, { by: "csms", status, reason, response, body: Buffer.concat(kept), bodyLength });
    endGently(socket);
    csms.destroy();
  };
  const take = (chunk: Buffer): void => {
    if (keptBytes < maxStoredBody) kept.push(chunk.subarray(0, maxStoredBody - keptBytes));
    keptBytes = Math.min(maxStoredBody, keptBytes + chunk.length);
    bodyLength += chunk.length;
    // The connection ends after one answer, because a further request would reach the CSMS without being checked.
    if (isComplete(chunk)) finish();
  };
  for (const stream of [csms, socket]) stream.on("error", () => undefined).on("close", finish);
  csms.on("data", (chunk: Buffer) => {
    if (!isOver && !socket.write(chunk)) csms.pause();
    take(chunk);
  });
  csms.on("end", finish);
  socket.on("drain", () => csms.resume());
  socket.write(bytes);
  take(bytes.subarray(head?.raw.length ?? 0));
  if (isOver) return;
  csms.resume();
  socket.resume();
}

/** Gives a function that takes the chunks of a body, and returns true once the body is complete. */
const bodyWatch = (head: Head | undefined): ((chunk: Uint8Array) => boolean) => {
  const end: BodyEnd = head === undefined ? { kind: "until-close" } : bodyEnd(head);
  let left = end.kind === "length" ? end.bytes : 0;
  const chunked = createChunkedEnd();
  return (chunk) => {
    left -= chunk.length;
    switch (end.kind) {
      case "none":
        return true;
      case "length":
        return left <= 0;
      case "chunked":
        return chunked.push(chunk);
      case "until-close":
        return false;
      default:
        return assertNever(end);
    }
  };
};
