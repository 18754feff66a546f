// down: simulates an outage of the CSMS. Resets open and new connections; the listening port stays open by default, so
// that each attempt is recorded.

import { durationWords } from "../../../base/duration.js";
import { duration, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";

/** Simulates an outage of the CSMS. */
export const down: Fault = defineFault({
  name: "down",
  layer: "transport",
  points: ["upgrade", "connection", "message"],
  final: true,
  risksBilling: true,
  summary:
    "Simulates an outage: resets open connections and, for a time, every new one. With `scope: all` all charge points are affected, right after TCP connects; with `scope: identity` only the charge point that triggered the rule, at its upgrade. The port stays open, so that each attempt is recorded and a charge point gets `connection reset`; with `port: closed` it gets `connection refused`. Other rules do not run meanwhile.",
  goodPeer:
    "Tries again with growing pauses that differ between chargers, keeps its transaction messages, and sends them all afterwards.",
  example: "down: { for: 30s }",
  settings: {
    for: duration("how long the outage lasts"),
    scope: word("whose connections are affected", ["all", "identity"], "all"),
    port: word(
      "whether the listening ports stay open; closed needs `scope: all`",
      ["open", "closed"],
      "open",
    ),
  },
  short: "for",
  check: (settings, value, report) => {
    if (settings.port === "open" || settings.scope === "all") return true;
    report(value.where, "port", "port: closed affects all charge points, so scope must be all");
    return false;
  },
  sweep: { then: "down: { for: 500ms }", on: "running" },
  apply: ({ for: ms, scope, port }, { copies }) => ({
    outcome: `down ${ms} ms`,
    copies: copies.length === 0 ? copies : [],
    draw: null,
    actions: [{ kind: "down", ms, scope, port }],
  }),
  explain: ({ for: ms, scope, port }, { point, words }) => {
    const whose = scope === "all" ? "all charge points" : "that charge point";
    const rest = port === "open" ? "and every new one during that time" : "refuses new ones";
    const when = point === "message" ? "instead of forwarding" : "on";
    return `starts an outage of ${durationWords(ms)} (resets the connections of ${whose}, ${rest}) ${when} ${words}`;
  },
});
