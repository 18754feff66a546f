// refuse: the upgrade is answered by us with another status than 101, and never reaches the CSMS (RFC 6455 section
// 4.2.2 allows any). Final.

import { integer, optional, text } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { headersField } from "../edit/header-fields.js";

/** Refuses upgrades. */
export const refuse: Fault = defineFault({
  name: "refuse",
  layer: "transport",
  points: ["upgrade"],
  final: true,
  summary: "The upgrade is answered with this HTTP status in place of the CSMS, which hears nothing of it.",
  goodPeer:
    "Tries again after the time of Retry-After, else with pauses that grow; does not give up for good, and keeps its transaction messages.",
  example: 'refuse: { status: 503, retryAfter: 120, headers: { X-Reason: maintenance }, body: "later" }',
  settings: {
    status: integer("the HTTP status", { min: 200, max: 599 }, 503),
    headers: headersField("header fields of the answer; those of ours with the same name give way"),
    retryAfter: optional(
      integer("seconds for Retry-After; left out, the field is", { min: 0, max: 31_536_000 }),
    ),
    body: text("the body", ""),
  },
  short: "status",
  sweep: { then: "refuse: { status: 503 }" },
  apply: ({ status, headers, retryAfter, body }, { copies }) => ({
    outcome: `refused ${status}`,
    copies,
    draw: null,
    actions: [{ kind: "upgrade", upgrade: { kind: "refuse", status, headers, retryAfter, body } }],
  }),
  explain: ({ status, retryAfter }) =>
    `refused with ${status}${retryAfter === undefined ? "" : ` and Retry-After ${retryAfter}`}`,
});
