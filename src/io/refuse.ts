// Upgrades that do not come about: the answer the charger gets, and the entry on the tape. An answer of the
// CSMS is passed on octet for octet, whatever it is (design 4.2).

import type { Socket } from "node:net";
import type { RefusedEntry } from "../cassette/entry.js";
import { hideSecrets } from "../cassette/hide-secrets.js";
import { printable } from "../base/printable.js";
import { bodyEnd, ownAnswer, statusOf } from "../wire/response-head.js";
import type { Head } from "../wire/head.js";
import { keyedHash } from "./digests.js";
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
  408: "Request Timeout",
  431: "Request Header Fields Too Large",
  502: "Bad Gateway",
  504: "Gateway Timeout",
};

const bodyLimit = 65_536;

type Facts = Pick<RefusedEntry, "by" | "status" | "reason" | "response" | "body" | "bodyLength">;

const record = (context: ProxyContext, asker: Asker, facts: Facts): void => {
  const { identity, from, url, head } = asker;
  const request = head === undefined ? null : hideSecrets(head.raw, keyedHash);
  const at = context.clock.now();
  context.shelf.ofRefused(identity).record({ kind: "refused", at, identity: identity ?? null, from, url, request, ...facts });
  const who = facts.by === "csms" ? "the CSMS answered" : facts.by === "us" ? "refused by ocpp-vcr with" : "network:";
  context.say(`${printable(identity ?? "?", 60)} from ${from}: ${who} ${facts.status ?? ""} ${printable(facts.reason, 200)}`);
};

const lingerMs = 2000;

/** Answers a charger ourselves and closes; `octets` is what came instead of a head, if that is so. */
export function refuse(
  context: ProxyContext,
  asker: Asker,
  answer: { readonly status: number; readonly reason: string; readonly by: "us" | "network"; readonly octets?: Uint8Array },
): void {
  const { status, reason, by, octets } = answer;
  const { socket } = asker;
  socket.on("error", () => undefined);
  socket.end(ownAnswer(status, phrases[status] ?? "Error", reason));
  // Octets left unread would turn the close into a reset that takes the answer along.
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once("end", () => socket.destroySoon()).once("close", () => clearTimeout(timer));
  const body = octets === undefined ? null : octets.subarray(0, bodyLimit);
  record(context, asker, { by, status, reason, response: null, body, bodyLength: octets?.length ?? 0 });
}

/** Notes a charger that went away before it got an answer. */
export function noteGone(context: ProxyContext, asker: Asker, reason: string, octets: Uint8Array | undefined): void {
  asker.socket.on("error", () => undefined);
  asker.socket.destroy();
  const body = octets === undefined ? null : octets.subarray(0, bodyLimit);
  record(context, asker, { by: "network", status: null, reason, response: null, body, bodyLength: octets?.length ?? 0 });
}

/** How the CSMS's answer begins: its head, or octets that are none. */
export interface CsmsRefusal {
  readonly head: Head | undefined;
  /** Everything that came so far, the head included. */
  readonly octets: Buffer;
}

/** Passes the CSMS's answer to the charger octet for octet until one of them is done, and records it. */
export function passRefusal(context: ProxyContext, asker: Asker, csms: Socket, refusal: CsmsRefusal): void {
  const { socket } = asker;
  const { head, octets } = refusal;
  const kept: Buffer[] = [];
  let bodyLength = 0;
  const keep = (chunk: Buffer): void => {
    const room = bodyLimit - kept.reduce((sum, part) => sum + part.length, 0);
    if (room > 0) kept.push(chunk.subarray(0, room));
    bodyLength += chunk.length;
  };
  let noted = false;
  const note = (): void => {
    if (noted) return;
    noted = true;
    const status = head === undefined ? null : (statusOf(head) ?? null);
    const response = head === undefined ? null : hideSecrets(head.raw, keyedHash);
    const reason = head === undefined ? "what came back is no HTTP" : head.startLine;
    record(context, asker, { by: "csms", status, reason, response, body: Buffer.concat(kept), bodyLength });
  };
  const end = head === undefined ? { kind: "until-close" as const } : bodyEnd(head);
  const noteIfWhole = (): void => {
    if (end.kind === "none" || (end.kind === "length" && bodyLength >= end.octets)) note();
  };
  keep(octets.subarray(head?.raw.length ?? 0));
  csms.on("data", (chunk: Buffer) => {
    keep(chunk);
    noteIfWhole();
    if (!socket.write(chunk)) csms.pause();
  });
  socket.on("drain", () => csms.resume());
  csms.on("end", () => {
    note();
    socket.end();
  });
  socket.on("data", (chunk: Buffer) => csms.write(chunk));
  socket.on("end", () => csms.end());
  for (const [one, other] of [[csms, socket], [socket, csms]] as const) {
    one.on("error", () => undefined);
    one.on("close", () => {
      note();
      other.destroySoon();
    });
  }
  socket.write(octets);
  noteIfWhole();
  csms.resume();
  socket.resume();
}

