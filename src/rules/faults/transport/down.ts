// down: for a while there is no CSMS: connections are cut, new ones as soon as they are there. The listener stays
// unless it is wanted closed, for what nobody accepts nobody can record. Final, for nothing is left that another fault could act on.

import { durationWords } from "../../../base/duration.js";
import { duration, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";

/** Takes the listener away. */
export const down: Fault = defineFault({
  name: "down",
  layer: "transport",
  points: ["upgrade", "connection", "message"],
  final: true,
  risksBilling: true,
  summary:
    "Open connections are reset, and so is every new one for as long as it lasts: those of all charge points, at once after they were accepted, or those of the one that the rule met, at their upgrade. The port stays open, so that every attempt stands on the cassette and a charge point sees `connection reset`; with `port: closed` nobody listens, and it sees `connection refused`. Rules are not asked meanwhile.",
  goodPeer:
    "Tries again with pauses that grow and differ from charger to charger, keeps its transaction messages, and sends them all once it is back.",
  example: "down: { for: 30s }",
  settings: {
    for: duration("how long"),
    scope: word("whose connections", ["all", "identity"], "all"),
    port: word("whether the ports are closed as well, with `scope: all` alone", ["open", "closed"], "open"),
  },
  short: "for",
  check: (settings, value, report) => {
    if (settings.port === "open" || settings.scope === "all") return true;
    report(value.where, "port", "port: closed closes it for all charge points, so scope must be all");
    return false;
  },
  sweep: { then: "down: { for: 500ms }", on: "running" },
  apply: ({ for: ms, scope, port }, { copies }) => ({
    outcome: `down ${ms} ms`,
    copies: copies.length === 0 ? copies : [],
    draw: null,
    actions: [{ kind: "down", ms, scope, port }],
  }),
  explain: ({ for: ms, scope, port }) =>
    `met by an outage of ${durationWords(ms)}, in which ${scope === "all" ? "all connections of all charge points" : "all connections of that charge point"} are reset, and new ones ${port === "open" ? "as well" : "refused"}`,
});
