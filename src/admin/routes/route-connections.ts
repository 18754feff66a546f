// The addresses under /v1/connections: what runs, and what can be done to it by hand. Every act is noted on its cassette.

import { utf8 } from "../../base/bytes.js";
import type { Direction } from "../../base/direction.js";
import { readDirection } from "../../base/direction.js";
import type { ConnectionControl, ConnectionRegistry } from "../../io/control/connection-registry.js";
import { fromBase64 } from "../../text/base64.js";
import { membersOf, textMember, wholeMember, wordMember } from "../http/body.js";
import { AdminProblem, badValue, notThere } from "../http/problem.js";
import { answer, type Call, type Reply, type Route } from "../http/route.js";
import type { BookConnection, LiveBook } from "../live/live-book.js";

const longestReason = 123;
const longestInjection = 1024 * 1024;

/** What these addresses work on. */
export interface ConnectionParts {
  readonly book: LiveBook;
  readonly registry: ConnectionRegistry;
}

/** Who did it, as cassettes say. */
export function byWhom({ by }: Call): string {
  return `the admin API (${by})`;
}

const summary = (
  { id, opened, since, frames, messages, faults, openCalls }: BookConnection,
  control: ConnectionControl | undefined,
): object => ({
  id,
  identity: opened.identity,
  ordinal: opened.ordinal,
  from: opened.from,
  url: opened.url,
  since,
  subprotocol: opened.subprotocol,
  state: control === undefined ? "closing" : control.isPaused ? "paused" : "open",
  frames,
  messages,
  faults,
  openCalls: { "cp-to-csms": openCalls["cp-to-csms"].length, "csms-to-cp": openCalls["csms-to-cp"].length },
});

const readPayload = (text: string | undefined, base64: string | undefined): Uint8Array => {
  if ((text === undefined) === (base64 === undefined))
    throw new AdminProblem(400, "bad-value", "an injection is either text or base64", "Send one of them.");
  if (text !== undefined) return utf8(text);
  const bytes = fromBase64(base64 ?? "");
  if (bytes === undefined) throw badValue("base64", base64, "Base64");
  return bytes;
};

class Connections {
  private readonly parts: ConnectionParts;

  constructor(parts: ConnectionParts) {
    this.parts = parts;
  }

  list(call: Call): Reply {
    const identity = call.query.get("identity");
    const { book } = this.parts;
    const open = book
      .connectionsOpen()
      .filter(({ opened }) => identity === null || opened.identity === identity);
    return answer({ connections: open.map((one) => summary(one, this.controlOf(one))) });
  }

  detail(call: Call): Reply {
    const one = this.find(call);
    return answer({
      ...summary(one, this.controlOf(one)),
      openCallsList: one.openCalls,
      tls: one.opened.tls ?? null,
    });
  }

  close(call: Call): Reply {
    const members = membersOf(call.body, ["code", "reason"]);
    const reason = textMember(members, "reason") ?? "";
    if (utf8(reason).length > longestReason)
      throw badValue("reason", reason, `at most ${longestReason} bytes in UTF-8`);
    this.control(call).close(wholeMember(members, "code", 1000, 4999) ?? 1000, reason, byWhom(call));
    return this.done(call);
  }

  reset(call: Call): Reply {
    membersOf(call.body, []);
    this.control(call).reset(byWhom(call));
    return this.done(call);
  }

  pause(call: Call): Reply {
    membersOf(call.body, []);
    this.control(call).pause(byWhom(call));
    return this.done(call);
  }

  resume(call: Call): Reply {
    membersOf(call.body, []);
    this.control(call).resume(byWhom(call));
    return this.done(call);
  }

  release(call: Call): Reply {
    membersOf(call.body, []);
    this.control(call).release(byWhom(call));
    return this.done(call);
  }

  inject(call: Call): Reply {
    const members = membersOf(call.body, ["direction", "text", "base64", "when"]);
    const direction = this.direction(textMember(members, "direction"));
    const text = textMember(members, "text", longestInjection);
    const payload = readPayload(text, textMember(members, "base64", longestInjection * 2));
    const when = wordMember(members, "when", ["idle", "now"]) ?? "idle";
    this.control(call).inject({ direction, payload, isText: text !== undefined, when }, byWhom(call));
    return this.done(call);
  }

  private direction(word: string | undefined): Direction {
    const direction = word === undefined ? undefined : readDirection(word);
    if (direction === undefined) throw badValue("direction", word, "cp-to-csms or csms-to-cp");
    return direction;
  }

  private done({ places }: Call): Reply {
    return answer({ id: places.id ?? "" }, 202);
  }

  private find({ places }: Call): BookConnection {
    const found = this.parts.book.find(places.id ?? "");
    if (found === undefined) throw notThere("connection", places.id ?? "");
    return found;
  }

  private controlOf({ opened }: BookConnection): ConnectionControl | undefined {
    return this.parts.registry.find(opened.identity, opened.connection);
  }

  private control(call: Call): ConnectionControl {
    const control = this.controlOf(this.find(call));
    if (control !== undefined) return control;
    throw new AdminProblem(409, "closing", "this connection is closing", "Choose another.");
  }
}

/** The addresses of connections. */
export function connectionRoutes(parts: ConnectionParts): readonly Route[] {
  const connections = new Connections(parts);
  const act = (word: string, body: Route["body"], handle: Route["handle"]): Route => ({
    method: "POST",
    path: `/v1/connections/{id}/${word}`,
    body,
    handle,
  });
  return [
    {
      method: "GET",
      path: "/v1/connections",
      body: "none",
      query: ["identity"],
      handle: (call) => connections.list(call),
    },
    { method: "GET", path: "/v1/connections/{id}", body: "none", handle: (call) => connections.detail(call) },
    act("close", "json", (call) => connections.close(call)),
    act("reset", "json", (call) => connections.reset(call)),
    act("pause", "json", (call) => connections.pause(call)),
    act("resume", "json", (call) => connections.resume(call)),
    act("release", "json", (call) => connections.release(call)),
    act("inject", "json", (call) => connections.inject(call)),
  ];
}
