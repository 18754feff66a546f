// Upgrades that do not come about: the answer the charger gets, and the entry on the cassette. An answer of the
// CSMS is passed on byte for byte, whatever it is (design 4.2).

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

/** The charger whose upgrade is refused. */
export interface Asker {
  readonly socket: Socket;
  readonly from: string;
  readonly identity: string | undefined;
  /** The URL that the CSMS was or would be asked for. */
  readonly url: string | null;
  /** Its head as it came; undefined where none could be read. */
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

const bodyLimit = 65_536;

type Facts = Pick<RefusedEntry, "by" | "status" | "reason" | "response" | "body" | "bodyLength">;

/** What a person is told of a refusal: who, the answer, the URL, the start of its body, and the likely reason. */
const sayRefusal = (context: ProxyContext, asker: Asker, facts: Facts): void => {
  const { identity, from, url, head } = asker;
  const { by, status, reason, response, body } = facts;
  const who = `${printable(identity ?? "?", 60)} from ${printable(from, 80)}`;
  if (by === "csms") {
    const answer = response === null ? undefined : parseHead(response.raw);
    const more = refusalWords({ url, request: head, response: answer, body: body ?? new Uint8Array(0) });
    context.say(`${who}: the CSMS answered ${printable(reason, 200)}${more}`);
    return;
  }
  const word = by === "us" ? "refused by ocpp-vcr with" : "network:";
  const asked = url === null ? "" : ` to ${printable(url, 300)}`;
  context.say(`${who}: ${word} ${status === null ? "" : `${status} `}${printable(reason, 400)}${asked}`);
};

const record = (context: ProxyContext, asker: Asker, facts: Facts): void => {
  const { identity, from, url, head } = asker;
  const request = head === undefined ? null : context.hideHead(head.raw);
  const at = context.clock.now();
  context.cassettes
    .ofRefused(identity)
    .record({ kind: "refused", at, identity: identity ?? null, from, url, request, ...facts });
  sayRefusal(context, asker, facts);
};

const lingerMs = 2000;

/** Ends a charger's stream behind an answer, and closes once the charger has ended its own, or soon. */
const endGently = (socket: Socket, answer = ""): void => {
  if (socket.destroyed) return;
  socket.end(answer);
  // Bytes left unread would turn the close into a reset that takes the answer along.
  socket.resume();
  const timer = startTimer(() => socket.destroy(), lingerMs);
  socket.once("end", () => socket.destroySoon()).once("close", () => timer.stop());
};

/** Answers a charger ourselves and closes; `bytes` is what came instead of a head, if that is so. */
export function refuse(
  context: ProxyContext,
  asker: Asker,
  answer: {
    readonly status: number;
    readonly reason: string;
    readonly by: "us" | "network";
    readonly bytes?: Uint8Array;
    /** The whole answer, where it is not the usual one for this status. */
    readonly answer?: string;
  },
): void {
  const { status, reason, by, bytes } = answer;
  const { socket } = asker;
  socket.on("error", () => undefined);
  endGently(socket, answer.answer ?? ownAnswer(status, phrases[status] ?? "Error", reason));
  const body = bytes === undefined ? null : bytes.subarray(0, bodyLimit);
  record(context, asker, { by, status, reason, response: null, body, bodyLength: bytes?.length ?? 0 });
}

/** Notes a charger that went away before it got an answer. */
export function noteGone(
  context: ProxyContext,
  asker: Asker,
  reason: string,
  bytes: Uint8Array | undefined,
): void {
  asker.socket.on("error", () => undefined);
  asker.socket.destroy();
  const body = bytes === undefined ? null : bytes.subarray(0, bodyLimit);
  record(context, asker, {
    by: "network",
    status: null,
    reason,
    response: null,
    body,
    bodyLength: bytes?.length ?? 0,
  });
}

/** Resets a charger's connection without a word. */
export function cutOff(context: ProxyContext, asker: Asker, raw: Socket, reason: string): void {
  raw.on("error", () => undefined).resetAndDestroy();
  record(context, asker, { by: "us", status: null, reason, response: null, body: null, bodyLength: 0 });
}

/** How the CSMS's answer begins: its head, or bytes that are none. */
export interface CsmsRefusal {
  readonly head: Head | undefined;
  /** Everything that came so far, the head included. */
  readonly bytes: Buffer;
}

/** Passes the CSMS's answer to the charger byte for byte up to its end, and records it. */
export function passRefusal(context: ProxyContext, asker: Asker, csms: Socket, refusal: CsmsRefusal): void {
  const { socket } = asker;
  const { head, bytes } = refusal;
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let bodyLength = 0;
  let over = false;
  const isWhole = bodyWatch(head);
  const finish = (): void => {
    if (over) return;
    over = true;
    const status = head === undefined ? null : (statusOf(head) ?? null);
    const response = head === undefined ? null : context.hideHead(head.raw);
    const reason = head === undefined ? "what came back is no HTTP" : head.startLine;
    record(context, asker, { by: "csms", status, reason, response, body: Buffer.concat(kept), bodyLength });
    endGently(socket);
    csms.destroy();
  };
  const take = (chunk: Buffer): void => {
    if (keptBytes < bodyLimit) kept.push(chunk.subarray(0, bodyLimit - keptBytes));
    keptBytes = Math.min(bodyLimit, keptBytes + chunk.length);
    bodyLength += chunk.length;
    // A request that came behind this one would reach the CSMS unread: one answer, and the connection ends.
    if (isWhole(chunk)) finish();
  };
  for (const stream of [csms, socket]) stream.on("error", () => undefined).on("close", finish);
  csms.on("data", (chunk: Buffer) => {
    if (!over && !socket.write(chunk)) csms.pause();
    take(chunk);
  });
  csms.on("end", finish);
  socket.on("drain", () => csms.resume());
  socket.write(bytes);
  take(bytes.subarray(head?.raw.length ?? 0));
  if (over) return;
  csms.resume();
  socket.resume();
}

/** Tells, chunk by chunk, whether the body of an answer is whole. */
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
