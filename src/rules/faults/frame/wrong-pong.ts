// wrong-pong: replaces the payload of a pong with random bytes of the same length.

import { payloadOf } from "../../../wire/websocket/frame.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { altered, drawnBytes, notApplied, readFrames } from "../edit/frames.js";

/** Payload bytes of the answer to an empty ping. */
const someBytes = 4;

/** Changes the payload of a pong. */
export const wrongPong: Fault = defineFault({
  name: "wrong-pong",
  layer: "frame",
  points: ["pong"],
  summary: `Replaces the payload of a pong with random bytes of the same length, or with ${someBytes} bytes if it was empty.`,
  breaks: "RFC 6455 section 5.5.3: a pong has the payload of the ping that it answers",
  goodPeer:
    "Does not accept it as the answer to its ping, or does not compare. The connection stays open in both cases.",
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
    // The random bytes may equal the original ones.
    if (payload.every((byte, i) => byte === before[i])) payload[0] = (payload[0] ?? 0) ^ 0xff;
    return {
      outcome: `altered ${payload.length} bytes`,
      copies: frames.map((frame) => altered(frame, { payload, lengthForm: undefined })),
      draw: null,
    };
  },
  explain: (_settings, { words }) => `replaces the payload of ${words} with random bytes`,
});
