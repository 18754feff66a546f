// fragmented-control: sends a ping or pong in two fragments before the message.

import { utf8 } from "../../../base/bytes.js";
import { encodeFrame, opcodes } from "../../../wire/websocket/frame.js";
import { word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { reframe, usualMask } from "../edit/frames.js";

/** Sends a control frame in fragments. */
export const fragmentedControl: Fault = defineFault({
  name: "fragmented-control",
  layer: "frame",
  risksBilling: true,
  summary: "Sends a ping or pong in two fragments before the message.",
  breaks: "RFC 6455 section 5.5: control frames are not fragmented",
  goodPeer:
    "Closes the connection with code 1002. The charger connects again and repeats its transaction messages.",
  example: "fragmented-control: { frame: ping }",
  settings: { frame: word("which control frame", ["ping", "pong"], "ping") },
  short: "frame",
  sweep: { mustClose: true },
  apply: ({ frame }, input) => {
    const mask = usualMask(input.message.direction);
    const begin = encodeFrame({ fin: false, opcode: opcodes[frame], payload: utf8("fragm"), mask });
    const rest = encodeFrame({ opcode: opcodes.continuation, payload: utf8("ented"), mask });
    return reframe(input, `preceded fragmented ${frame}`, null, ({ frames }) => [
      begin,
      rest,
      ...frames.map(({ raw }) => raw),
    ]);
  },
  explain: ({ frame }, { words }) => `sends a ${frame} in two fragments before ${words}`,
});
