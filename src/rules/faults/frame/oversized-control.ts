// oversized-control: a control frame with more than 125 bytes goes out before the message.

import { encodeFrame, opcodes } from "../../../wire/websocket/frame.js";
import { integer, word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { lawfulMask, reframe } from "../edit/frames.js";

/** Sends a control frame that is too large. */
export const oversizedControl: Fault = defineFault({
  name: "oversized-control",
  layer: "frame",
  risksBilling: true,
  summary: "A ping, pong or close with more than 125 bytes goes out before the message.",
  breaks: "RFC 6455 section 5.5: a control frame has at most 125 bytes of payload",
  goodPeer: "Fails the connection with code 1002, dials again and repeats its transaction messages.",
  example: "oversized-control: { frame: ping, size: 126 }",
  settings: {
    frame: word("which control frame", ["ping", "pong", "close"], "ping"),
    size: integer("bytes of its payload", { min: 126, max: 1_000_000 }, 126),
  },
  short: "size",
  sweep: { mustClose: true },
  apply: ({ frame, size }, input) => {
    const mask = lawfulMask(input.message.direction);
    // A close begins with a lawful code: its size alone is wrong.
    const payload = new Uint8Array(size).fill(0x2e);
    if (frame === "close") payload.set([0x03, 0xe8]);
    const control = encodeFrame({ opcode: opcodes[frame], payload, mask });
    return reframe(input, `preceded ${frame} of ${size} bytes`, null, ({ frames }) => [
      control,
      ...frames.map(({ raw }) => raw),
    ]);
  },
  explain: ({ frame, size }) => `preceded by a ${frame} of ${size} bytes`,
});
