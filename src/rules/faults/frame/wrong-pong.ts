// wrong-pong: a pong comes back with other bytes than its ping had, drawn ones of the same length.

import { payloadOf } from "../../../wire/websocket/frame.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { altered, drawnBytes, notApplied, readFrames } from "../edit/frames.js";

/** What a pong to an empty ping gets. */
const someBytes = 4;

/** Changes what a pong carries. */
export const wrongPong: Fault = defineFault({
  name: "wrong-pong",
  layer: "frame",
  points: ["pong"],
  summary: `A pong carries drawn bytes in place of its own, as many as it had; ${someBytes} where it had none.`,
  breaks: "RFC 6455 section 5.5.3: a pong has the application data of the ping that it answers",
  goodPeer:
    "Does not take it for the answer to its ping, or does not compare; either way the connection lives on.",
  example: "wrong-pong: {}",
  settings: {},
  sweep: { on: "cp-to-csms" },
  apply: (_settings, input) => {
    const frames = input.copies.flatMap((copy) => readFrames(copy) ?? []);
    const [pong] = frames;
    if (pong === undefined || frames.length !== input.copies.length)
      return notApplied(input, "there is no pong");
    const before = payloadOf(pong);
    const payload = drawnBytes(input, "octet", before.length === 0 ? someBytes : before.length);
    // The dice may fall as the bytes lie.
    if (payload.every((byte, i) => byte === before[i])) payload[0] = (payload[0] ?? 0) ^ 0xff;
    return {
      outcome: `altered ${payload.length} bytes`,
      copies: frames.map((frame) => altered(frame, { payload, lengthForm: undefined })),
      draw: null,
    };
  },
  explain: () => "sent with other bytes than its ping had",
});
