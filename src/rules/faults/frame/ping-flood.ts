// ping-flood: sends many pings, at once or with a pause between them, after a message or from the start of a connection. They
// are recorded as injected frames.

import { utf8 } from "../../../base/bytes.js";
import { type Direction, opposite } from "../../../base/direction.js";
import { durationWords } from "../../../base/duration.js";
import { encodeFrame, opcodes } from "../../../wire/websocket/frame.js";
import { duration, integer, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import type { RuledMessage } from "../../contract/ruled-message.js";
import { usualMask } from "../edit/frames.js";

/** How many pings, the time between them in milliseconds, and who gets them. */
export interface PingFloodSettings {
  readonly n: number;
  readonly gap: number;
  readonly to: "receiver" | "charger" | "csms";
}

/** Sends many pings. */
export const pingFlood: Fault = defineFault({
  name: "ping-flood",
  layer: "frame",
  points: ["message", "connection"],
  summary:
    "Sends extra pings after the message, or from the start of the connection. The pongs are forwarded to the other side, which did not ask for them.",
  goodPeer:
    "Answers each ping with a pong, or only the last of several (RFC 6455 section 5.5.3). Ignores pongs that it did not ask for.",
  example: "ping-flood: { n: 100, gap: 10ms }",
  settings: {
    n: integer("how many pings", { min: 1, max: 10_000 }, 100),
    gap: duration("time between two pings; 0 sends all at once", 0),
    to: word(
      "who gets the pings; `receiver` is the receiver of the message, or the charger if there is none",
      ["receiver", "charger", "csms"],
      "receiver",
    ),
  },
  short: "n",
  sweep: { then: "ping-flood: { n: 100, gap: 1ms }" },
  apply: ({ n, gap, to }, { copies, message }) => {
    const direction = wayTo(to, message);
    const payload = utf8("flood");
    const frame = encodeFrame({ opcode: opcodes.ping, payload, mask: usualMask(direction) });
    return {
      outcome: `flooded ${n} ${n === 1 ? "ping" : "pings"}`,
      copies,
      draw: null,
      actions: [{ kind: "send", direction, frame, times: n, gapMs: gap }],
    };
  },
  explain: ({ n, gap, to }, { point, words }) => {
    const pings = n === 1 ? "a ping" : `${n} pings`;
    const whom = to === "receiver" ? "" : ` to the ${to === "csms" ? "CSMS" : "charge point"}`;
    const apart = gap === 0 || n === 1 ? "" : `, ${durationWords(gap)} apart,`;
    return `sends ${pings}${whom}${apart} ${point === "message" ? "after" : "on"} ${words}`;
  },
});

const wayTo = (to: PingFloodSettings["to"], { type, direction }: RuledMessage): Direction => {
  if (to === "charger") return "csms-to-cp";
  if (to === "csms") return "cp-to-csms";
  // The charger opens the connection, so the direction of that event is cp-to-csms.
  return type === "connection" ? opposite(direction) : direction;
};
