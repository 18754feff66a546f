// The addresses below /v1/messages: the last messages, and waiting for messages.

import { durationParameter, wholeParameter } from "../http/parameters.js";
import { json, type Route, TimedOut } from "../http/route.js";
import { constant, exact, list, named, orNull, text, wholeNumber } from "../http/shape.js";
import { conditionsOf, filterParameters, matchesAll } from "../live/message-filter.js";
import { waitForMessages } from "../live/message-wait.js";
import { type AdminRun, message, route } from "./run.js";

const maxMessages = 10_000;
// Many HTTP clients give up on an answer after five minutes.
const maxTimeoutMs = 240_000;

const since = wholeParameter("Messages after this number.", 0);

const timedOut = named(
  "TimedOut",
  exact({
    code: constant("timeout"),
    message: text(),
    mend: text(),
    messages: list(message),
    nearMisses: list(exact({ wanted: text(), condition: text(), found: orNull(text()), message })),
    seen: wholeNumber(),
    last: wholeNumber(),
  }),
);

/** The addresses of messages. */
export const messageRoutes: readonly Route<AdminRun>[] = [
  route("GET /v1/messages", "listMessages", {
    summary: "Lists the last messages that came in.",
    ctl: "messages",
    query: {
      ...filterParameters,
      since,
      limit: wholeParameter("At most this many messages, the last ones (100).", 1, maxMessages),
    },
    answer: json(
      named("Messages", exact({ messages: list(message), first: wholeNumber(), last: wholeNumber() })),
    ),
    handle: ({ run: { traffic }, query }) => {
      const { since: after = 0, limit = 100 } = query;
      const conditions = conditionsOf(query);
      const found = traffic.messages().filter((one) => one.seq > after && matchesAll(conditions, one));
      return { messages: found.slice(-limit), first: traffic.firstSeq, last: traffic.lastSeq };
    },
  }),
  route("GET /v1/messages/wait", "waitForMessages", {
    summary: "Waits until this many messages have come.",
    details: "Counts messages that come after the request; with `since`, kept messages too.",
    ctl: "wait",
    query: {
      ...filterParameters,
      since,
      count: wholeParameter("How many messages to wait for (1).", 1, maxMessages),
      timeout: durationParameter("How long to wait (30s).", maxTimeoutMs),
    },
    answer: json(
      named("Waited", exact({ messages: list(message), seen: wholeNumber(), last: wholeNumber() })),
    ),
    timedOut: {
      description: "Too few messages came in time. nearMisses holds those that fail only one condition.",
      shape: timedOut,
    },
    handle: async ({ run: { traffic }, query, response }) => {
      const { count = 1, timeout: timeoutMs = 30_000 } = query;
      const gone = new AbortController();
      response.on("close", () => gone.abort());
      const wait = { conditions: conditionsOf(query), count, timeoutMs, since: query.since };
      const { isEnough, ...result } = await waitForMessages(traffic, wait, gone.signal);
      const { messages, nearMisses, seen } = result;
      const last = traffic.lastSeq;
      if (isEnough) return { messages, seen, last };
      return new TimedOut({
        code: "timeout",
        message: `${messages.length} of ${count} messages came in time; ${seen} were checked`,
        mend: "nearMisses lists messages that fail only one condition. Change that condition, or wait longer.",
        ...{ messages, nearMisses, seen, last },
      });
    },
  }),
];
