// ping-flood: many pings, all at once or some time apart, behind a message or from the beginning of a connection. Each
// carries the same word, each goes out where a frame can stand, and each is on the cassette as injected.

import { utf8 } from "../../../base/bytes.js";
import { type Direction, opposite } from "../../../base/direction.js";
import { durationWords } from "../../../base/duration.js";
import { encodeFrame, opcodes } from "../../../wire/websocket/frame.js";
import { duration, integer, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import type { RuledMessage } from "../../contract/ruled-message.js";
import { lawfulMask } from "../edit/frames.js";

/** How many, how far apart, and to whom. */
export interface PingFloodSettings {
  readonly n: number;
  readonly gap: number;
  readonly to: "receiver" | "charger" | "csms";
}

/** Sends pings. */
export const pingFlood: Fault = defineFault({
  name: "ping-flood",
  layer: "frame",
  points: ["message", "connection"],
  summary:
    "Pings of our own go out behind the message, or from now on where there is none. The pongs to them pass to the other side, which never asked.",
  goodPeer:
    "Answers each ping with a pong or, where several came meanwhile, the last (RFC 6455 section 5.5.3); unasked pongs do no harm.",
  example: "ping-flood: { n: 100, gap: 10ms }",
  settings: {
    n: integer("how many", { min: 1, max: 10_000 }, 100),
    gap: duration("time between two; 0 sends them all at once", 0),
    to: word(
      "who gets them; `receiver` is who gets the message, and the charger where there is none",
      ["receiver", "charger", "csms"],
      "receiver",
    ),
  },
  short: "n",
  sweep: { then: "ping-flood: { n: 100, gap: 1ms }" },
  apply: ({ n, gap, to }, { copies, message }) => {
    const direction = wayTo(to, message);
    const payload = utf8("flood");
    const frame = encodeFrame({ opcode: opcodes.ping, payload, mask: lawfulMask(direction) });
    return {
      outcome: `flooded ${n} ${n === 1 ? "ping" : "pings"}`,
      copies,
      draw: null,
      actions: [{ kind: "send", direction, frame, times: n, gapMs: gap }],
    };
  },
  explain: ({ n, gap, to }) => {
    const whom = to === "receiver" ? "" : ` to the ${to === "csms" ? "CSMS" : to}`;
    return `followed by ${n === 1 ? "a ping" : `${n} pings`}${whom}${gap === 0 || n === 1 ? "" : `, ${durationWords(gap)} apart`}`;
  },
});

const wayTo = (to: PingFloodSettings["to"], { type, direction }: RuledMessage): Direction => {
  if (to === "charger") return "csms-to-cp";
  if (to === "csms") return "cp-to-csms";
  // A connection is seen as the charger's doing.
  return type === "connection" ? opposite(direction) : direction;
};
