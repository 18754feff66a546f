// oversized-control: sends a control frame of more than 125 bytes before the message.

import { encodeFrame, opcodes } from "../../../wire/websocket/frame.js";
import { integer, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { reframe, usualMask } from "../edit/frames.js";

/** Sends a control frame that is too large. */
export const oversizedControl: Fault = defineFault({
  name: "oversized-control",
  layer: "frame",
  risksBilling: true,
  summary: "Sends a ping, pong or close frame with more than 125 bytes before the message.",
  breaks: "RFC 6455 section 5.5: a control frame has at most 125 bytes of payload",
  goodPeer:
    "Closes the connection with code 1002. The charger connects again and repeats its transaction messages.",
  example: "oversized-control: { frame: ping, size: 126 }",
  settings: {
    frame: word("which control frame", ["ping", "pong", "close"], "ping"),
    size: integer("size of its payload in bytes", { min: 126, max: 1_000_000 }, 126),
  },
  short: "size",
  sweep: { mustClose: true },
  apply: ({ frame, size }, input) => {
    const mask = usualMask(input.message.direction);
    // A close frame starts with a valid code, so that only its size is wrong.
    const payload = new Uint8Array(size).fill(0x2e);
    if (frame === "close") payload.set([0x03, 0xe8]);
    const control = encodeFrame({ opcode: opcodes[frame], payload, mask });
    return reframe(input, `preceded ${frame} of ${size} bytes`, null, ({ frames }) => [
      control,
      ...frames.map(({ raw }) => raw),
    ]);
  },
  explain: ({ frame, size }, { words }) => `sends a ${frame} frame of ${size} bytes before ${words}`,
});
