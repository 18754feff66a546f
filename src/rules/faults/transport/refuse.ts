// refuse: the proxy answers the upgrade itself with an HTTP status other than 101. The CSMS never gets it (RFC 6455
// section 4.2.2 allows any status).

import { integer, optional, text } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { headersField } from "../edit/header-fields.js";

/** Refuses an upgrade with an HTTP status. */
export const refuse: Fault = defineFault({
  name: "refuse",
  layer: "transport",
  points: ["upgrade"],
  final: true,
  summary: "Answers the upgrade with this HTTP status. The CSMS never receives the request.",
  goodPeer:
    "Tries again after the time in Retry-After, otherwise with growing pauses; never gives up for good, and keeps its transaction messages.",
  example: 'refuse: { status: 503, retryAfter: 120, headers: { X-Reason: maintenance }, body: "later" }',
  settings: {
    status: integer("the HTTP status", { min: 200, max: 599 }, 503),
    headers: headersField("header fields of the answer; they replace the default ones of the same name"),
    retryAfter: optional(
      integer("seconds for the Retry-After field; without it there is no such field", {
        min: 0,
        max: 31_536_000,
      }),
    ),
    body: text("the body of the answer", ""),
  },
  short: "status",
  sweep: { then: "refuse: { status: 503 }" },
  apply: ({ status, headers, retryAfter, body }, { copies }) => ({
    outcome: `refused ${status}`,
    copies,
    draw: null,
    actions: [{ kind: "upgrade", upgrade: { kind: "refuse", status, headers, retryAfter, body } }],
  }),
  explain: ({ status, retryAfter }, { words }) =>
    `refuses ${words} with HTTP status ${status}${retryAfter === undefined ? "" : ` and Retry-After: ${retryAfter}`}`,
});
