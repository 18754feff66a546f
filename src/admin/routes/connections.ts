// The addresses below /v1/connections: the open connections, and what an operator can do to them. Each operator command
// is noted on the connection's cassette.

import { utf8 } from "../../base/bytes.js";
import { readDirection } from "../../base/direction.js";
import type { ConnectionControl } from "../../io/control/connection-registry.js";
import { fromBase64 } from "../../text/base64.js";
import { jsonBody } from "../http/body.js";
import { textParameter } from "../http/parameters.js";
import { AdminProblem, badValue, notFound } from "../http/problem.js";
import { json, type Route } from "../http/route.js";
import {
  anyNumber,
  anyObject,
  exact,
  type JsonShape,
  list,
  named,
  oneOf,
  orNull,
  partial,
  text,
  wholeNumber,
} from "../http/shape.js";
import type { LiveConnection } from "../live/live-traffic.js";
import { type AdminRun, bothDirections, direction, emptyBody, route } from "./run.js";

/** Bytes of the reason in a close frame (RFC 6455 section 5.5: 125 with its code). */
const maxReasonBytes = 123;
const maxInjectionLength = 1024 * 1024;

const connectionMembers = {
  id: text(),
  identity: text(),
  ordinal: wholeNumber(),
  from: orNull(text()),
  url: orNull(text()),
  since: text(),
  subprotocol: orNull(text()),
  state: oneOf("open", "paused", "closing"),
  frames: bothDirections(wholeNumber()),
  messages: bothDirections(wholeNumber()),
  faults: wholeNumber(),
  openCalls: bothDirections(wholeNumber()),
};

const directionWord: JsonShape<string> = {
  ...direction,
  matches: (value): value is string => typeof value === "string" && readDirection(value) !== undefined,
};

const injectionBody = jsonBody(
  named(
    "Injection",
    partial(
      {
        direction: directionWord,
        text: text(maxInjectionLength),
        base64: text(maxInjectionLength * 2),
        when: oneOf("idle", "now"),
      },
      ["direction"],
    ),
  ),
);

const find = ({ traffic }: AdminRun, id: string): LiveConnection => {
  const found = traffic.find(id);
  if (found === undefined) throw notFound("connection", id);
  return found;
};

const controlOf = ({ registry }: AdminRun, { opened }: LiveConnection): ConnectionControl | undefined =>
  registry.find(opened.identity, opened.connection);

const summaryOf = (run: AdminRun, connection: LiveConnection) => {
  const { id, opened, since, frames, messages, faults, openCalls } = connection;
  const { identity, ordinal, from, url, subprotocol } = opened;
  const control = controlOf(run, connection);
  const state: "open" | "paused" | "closing" =
    control === undefined ? "closing" : control.isPaused ? "paused" : "open";
  const [up, down] = [openCalls["cp-to-csms"].length, openCalls["csms-to-cp"].length];
  const counts = { frames, messages, faults, openCalls: { "cp-to-csms": up, "csms-to-cp": down } };
  return { id, identity, ordinal, from, url, since, subprotocol, state, ...counts };
};

/** What an operator command answers. It does not wait until the command is carried out. */
const outcomes = {
  answer: json(named("Accepted", exact({ id: text() })), 202),
  refusals: ["not-found", "closing"],
} as const;

/** Gives an operator command to a connection. Throws AdminProblem if the connection is closing, or not there. */
const command = (
  { run, path: { id } }: { readonly run: AdminRun; readonly path: { readonly id: string } },
  act: (control: ConnectionControl) => void,
) => {
  const control = controlOf(run, find(run, id));
  if (control === undefined)
    throw new AdminProblem("closing", "this connection is closing", "Choose another.");
  act(control);
  return { id };
};

const payloadOf = (words: string | undefined, base64: string | undefined): Uint8Array => {
  if ((words === undefined) === (base64 === undefined))
    throw new AdminProblem("bad-value", "an injection needs either text or base64", "Send one of the two.");
  const bytes = words === undefined ? fromBase64(base64 ?? "") : utf8(words);
  if (bytes === undefined) throw badValue("base64", base64, "Base64");
  return bytes;
};

/** The addresses of connections. */
export const connectionRoutes: readonly Route<AdminRun>[] = [
  route("GET /v1/connections", "listConnections", {
    summary: "Lists the open connections, with their counts.",
    ctl: "connections",
    query: { identity: textParameter("Exactly this charge point.") },
    answer: json(
      named("Connections", exact({ connections: list(named("Connection", exact(connectionMembers))) })),
    ),
    handle: ({ run, query }) => ({
      connections: run.traffic
        .openConnections()
        .filter(({ opened }) => query.identity === undefined || opened.identity === query.identity)
        .map((connection) => summaryOf(run, connection)),
    }),
  }),
  route("GET /v1/connections/{id}", "getConnection", {
    summary: "Shows one connection, with its open CALLs and its TLS.",
    ctl: "connections CONNECTION",
    answer: json(
      named(
        "ConnectionDetail",
        exact({
          ...connectionMembers,
          openCallsList: bothDirections(list(exact({ id: text(), action: text(), ageMs: anyNumber }))),
          tls: orNull(anyObject),
        }),
      ),
    ),
    refusals: ["not-found"],
    handle: ({ run, path }) => {
      const connection = find(run, path.id);
      const { openCalls, opened } = connection;
      return { ...summaryOf(run, connection), openCallsList: openCalls, tls: opened.tls ?? null };
    },
  }),
  route("POST /v1/connections/{id}/close", "closeConnection", {
    summary: "Sends a close frame to both sides.",
    details: "`code` is 1000 unless given.",
    ctl: "close",
    body: jsonBody(named("Close", partial({ code: wholeNumber(1000, 4999), reason: text() }))),
    ...outcomes,
    handle: (call) => {
      const { code = 1000, reason = "" } = call.body;
      if (utf8(reason).length > maxReasonBytes)
        throw badValue("reason", reason, `at most ${maxReasonBytes} bytes in UTF-8`);
      return command(call, (control) => control.close(code, reason, call.by));
    },
  }),
  route("POST /v1/connections/{id}/reset", "resetConnection", {
    summary: "Resets both sides (TCP RST).",
    ctl: "reset-connection",
    body: emptyBody,
    ...outcomes,
    handle: (call) => command(call, (control) => control.reset(call.by)),
  }),
  route("POST /v1/connections/{id}/pause", "pauseConnection", {
    summary: "Stops reading from both sides. Their data waits in their own buffers; nothing is lost.",
    ctl: "pause",
    body: emptyBody,
    ...outcomes,
    handle: (call) => command(call, (control) => control.pause(call.by)),
  }),
  route("POST /v1/connections/{id}/resume", "resumeConnection", {
    summary: "Reads from both sides again.",
    ctl: "resume",
    body: emptyBody,
    ...outcomes,
    handle: (call) => command(call, (control) => control.resume(call.by)),
  }),
  route("POST /v1/connections/{id}/release", "releaseConnection", {
    summary: "Releases the messages that `hold: { until: command }` holds, in the order in which they came.",
    ctl: "release",
    body: emptyBody,
    ...outcomes,
    handle: (call) => command(call, (control) => control.release(call.by)),
  }),
  route("POST /v1/connections/{id}/inject", "inject", {
    summary: "Sends a message of your own. The answer to an injected CALL does not reach the other side.",
    details:
      "`text` or `base64`. `when: idle` (default) waits until no CALL of that direction is open; `now` waits only for the end of the current message.",
    ctl: "inject",
    body: injectionBody,
    ...outcomes,
    handle: (call) => {
      const { text: words, base64, when = "idle" } = call.body;
      const to = readDirection(call.body.direction) ?? "csms-to-cp";
      const injection = {
        direction: to,
        payload: payloadOf(words, base64),
        isText: words !== undefined,
        when,
      };
      return command(call, (control) => control.inject(injection, call.by));
    },
  }),
];
