// delay: forwards the message later, by `ms` plus a random whole number of milliseconds up to `jitter`. Several delays of one
// message add up.

import { rangeWords } from "../../../base/duration.js";
import { duration, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";

/** Forwards a message later. */
export const delay: Fault = defineFault({
  name: "delay",
  layer: "message",
  takesCompressed: true,
  summary:
    "Forwards the message later. Later messages overtake it, unless `holds: lane`; delayed messages keep their order. Pings and pongs always overtake it, a close frame never does.",
  goodPeer: "Waits until its timeout, sends no other CALL meanwhile, and accepts the late answer.",
  example: "delay: { ms: 2s, jitter: 500ms }",
  settings: {
    ms: duration("the delay"),
    jitter: duration("upper limit of an additional random delay", 0),
    holds: word("what is held: only this message, or all later ones as well", ["message", "lane"], "message"),
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
  explain: ({ ms, jitter, holds }, { words }) =>
    `delays ${words} by ${rangeWords(ms, ms + jitter)}${holds === "lane" ? ", together with all later messages" : ""}`,
});
