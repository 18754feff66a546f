// subprotocol: the charger is told of another subprotocol than the CSMS chose, or of none (RFC 6455 section 4.2.2).

import type { Setting } from "../../../yaml/settings.js";
import { quote, readText } from "../../../yaml/value.js";
import { defineFault, type Fault } from "../../contract/fault.js";

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,128}$/;

const answerField: Setting<string> = {
  read: (value, what, report) => {
    const said = readText(value, what, report);
    if (said === undefined || token.test(said)) return said;
    report(value.where, "subprotocol", `${quote(said)} cannot be a subprotocol: one word without blanks`);
    return undefined;
  },
  schema: { type: ["string", "number"] },
  takes: "a subprotocol like ocpp1.6, or none",
  meaning: "what the charger is told in place of the CSMS's choice; none takes the field out",
  fallback: "required",
};

/** Changes the subprotocol in the answer. */
export const subprotocol: Fault = defineFault({
  name: "subprotocol",
  layer: "transport",
  points: ["upgrade"],
  summary:
    "The answer to the upgrade names another subprotocol than the CSMS chose, or none. The CSMS believes in its own choice.",
  breaks: "RFC 6455 section 4.1: a subprotocol that was not offered, or OCPP-J 1.6 section 3.2: none at all",
  goodPeer:
    "Fails the connection where the subprotocol is none it offered; where none is named, a charge point closes it as well.",
  example: "subprotocol: { answer: ocpp9.9 }",
  settings: { answer: answerField },
  short: "answer",
  sweep: { leftOut: "it changes only what the charger receives, so the CSMS does not notice it" },
  apply: ({ answer }, { copies }) => ({
    outcome: `subprotocol ${answer}`,
    copies,
    draw: null,
    actions: [
      {
        kind: "upgrade",
        upgrade: { kind: "subprotocol", answer: answer === "none" ? undefined : answer },
      },
    ],
  }),
  explain: ({ answer }) => `answered with ${answer === "none" ? "no subprotocol" : `subprotocol ${answer}`}`,
});
