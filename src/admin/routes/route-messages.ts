// The addresses under /v1/messages: the last messages by conditions, and waiting for those to come.

import { durationOf, wholeParameter } from "../http/parameters.js";
import { answer, type Call, type Reply, type Route } from "../http/route.js";
import type { LiveBook } from "../live/live-book.js";
import { filterParameters, fits, readFilter } from "../live/message-filter.js";
import { waitForMessages } from "../live/message-wait.js";

const usualLimit = 100;
const mostMessages = 10_000;
const usualWait = "30s";
// Programs that ask give up on an answer after five minutes, most of them.
const longestWaitMs = 240_000;

const list = (book: LiveBook, { query }: Call): Reply => {
  const filter = readFilter(query);
  const since = wholeParameter(query, "since", 0) ?? 0;
  const limit = wholeParameter(query, "limit", 1, mostMessages) ?? usualLimit;
  const found = book.messages().filter((message) => message.seq > since && fits(filter, message));
  return answer({ messages: found.slice(-limit), first: book.firstSeq, last: book.lastSeq });
};

const wait = async (book: LiveBook, { query, response }: Call): Promise<Reply> => {
  const count = wholeParameter(query, "count", 1, mostMessages) ?? 1;
  const timeoutMs = durationOf("timeout", query.get("timeout") ?? usualWait, longestWaitMs);
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  const since = wholeParameter(query, "since", 0);
  const filter = readFilter(query);
  const { isEnough, ...waited } = await waitForMessages(
    book,
    { filter, count, timeoutMs, since },
    gone.signal,
  );
  const { messages, nearMisses, seen } = waited;
  if (isEnough) return answer({ messages, seen, last: book.lastSeq });
  const found = `${messages.length} of ${count} messages came, ${seen} were looked at`;
  const mend = "See nearMisses for messages that fit all conditions but one, or wait longer.";
  return answer(
    { code: "timeout", message: found, mend, messages, nearMisses, seen, last: book.lastSeq },
    408,
  );
};

/** The addresses of messages. */
export function messageRoutes(book: LiveBook): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/v1/messages",
      body: "none",
      query: [...filterParameters, "since", "limit"],
      handle: (call) => list(book, call),
    },
    {
      method: "GET",
      path: "/v1/messages/wait",
      body: "none",
      query: [...filterParameters, "since", "count", "timeout"],
      handle: (call) => wait(book, call),
    },
  ];
}
