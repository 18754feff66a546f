// subprotocol: changes or removes the subprotocol in the answer to the upgrade (RFC 6455 section 4.2.2).

import type { Setting } from "../../../yaml/settings.js";
import { quote, readText } from "../../../yaml/value.js";
import { defineFault, type Fault } from "../../contract/fault.js";

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,128}$/;

const answerField: Setting<string> = {
  read: (value, what, report) => {
    const text = readText(value, what, report);
    if (text === undefined || token.test(text)) return text;
    report(
      value.where,
      "subprotocol",
      `${quote(text)} is not a subprotocol name: use one word without spaces`,
    );
    return undefined;
  },
  schema: { type: ["string", "number"] },
  takes: "a subprotocol like ocpp1.6, or none",
  meaning: "the subprotocol that the charger gets; none removes the header field",
  fallback: "required",
};

/** Changes the subprotocol in the answer to an upgrade. */
export const subprotocol: Fault = defineFault({
  name: "subprotocol",
  layer: "transport",
  points: ["upgrade"],
  summary:
    "Changes or removes the subprotocol in the answer to the upgrade. The CSMS does not know about it.",
  breaks:
    "RFC 6455 section 4.1 (a subprotocol that was not offered) or OCPP-J 1.6 section 3.2 (no subprotocol)",
  goodPeer: "Closes the connection if the subprotocol is not one that it offered, or if there is none.",
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
  explain: ({ answer }, { words }) =>
    `answers ${words} ${answer === "none" ? "without a subprotocol" : `with subprotocol ${answer}`} instead of the CSMS's choice`,
});
