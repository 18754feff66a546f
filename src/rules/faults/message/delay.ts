// delay: the message goes out later, by `ms` and up to `jitter` more, evenly spread over whole milliseconds.
// Several delays of a message add up. Holding it is the lane's work.

import { rangeWords } from "../../../base/duration.js";
import { duration, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";

/** Holds the message back. */
export const delay: Fault = defineFault({
  name: "delay",
  layer: "message",
  takesCompressed: true,
  summary:
    "The message goes out later. Those behind it pass, unless it holds the lane; delayed ones keep their order. Pings and pongs pass either way, a close goes behind it.",
  goodPeer:
    "Waits up to its timeout, sends no further CALL meanwhile, and takes the late answer for what it is.",
  example: "delay: { ms: 2s, jitter: 500ms }",
  settings: {
    ms: duration("how long"),
    jitter: duration("up to so much longer, drawn evenly over whole milliseconds", 0),
    holds: word("what waits: this message, or all behind it as well", ["message", "lane"], "message"),
  },
  short: "ms",
  check: (_settings, value, report) => {
    if (value.kind !== "scalar" || typeof value.value === "string") return true;
    report(value.where, "duration", `delay must be a duration like 200ms, 3s or 5m, found ${value.source}`);
    return false;
  },
  sweep: { then: "delay: { ms: 300ms }" },
  longestHoldMs: ({ ms, jitter }) => ms + jitter,
  apply: ({ ms, jitter, holds }, { copies, draw }) => {
    const drawn = jitter === 0 ? null : draw();
    const wait = ms + (drawn === null ? 0 : Math.floor(drawn * (jitter + 1)));
    return { outcome: `delayed ${wait} ms`, copies, draw: drawn, delay: { ms: wait, holds } };
  },
  explain: ({ ms, jitter, holds }) =>
    `delayed by ${rangeWords(ms, ms + jitter)}${holds === "lane" ? " with everything behind it" : ""}`,
});
