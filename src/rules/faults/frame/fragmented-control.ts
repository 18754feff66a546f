// fragmented-control: a ping or pong in two fragments goes out before the message.

import { utf8 } from "../../../base/bytes.js";
import { encodeFrame, opcodes } from "../../../wire/websocket/frame.js";
import { word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { lawfulMask, reframe } from "../edit/frames.js";

/** Which frame. */
export interface FragmentedControlSettings {
  readonly frame: "ping" | "pong";
}

/** Sends a control frame in fragments. */
export const fragmentedControl: Fault<FragmentedControlSettings> = defineFault<FragmentedControlSettings>({
  name: "fragmented-control",
  layer: "frame",
  final: false,
  loses: true,
  summary: "A ping or pong in two fragments goes out before the message.",
  breaks: "RFC 6455 section 5.5: control frames are not fragmented",
  goodPeer: "Fails the connection with code 1002, dials again and repeats its transaction messages.",
  example: "fragmented-control: { frame: ping }",
  fields: { frame: word("which control frame", ["ping", "pong"], "ping") },
  short: "frame",
  apply: ({ frame }, input) => {
    const mask = lawfulMask(input.message.direction);
    const begin = encodeFrame({ fin: false, opcode: opcodes[frame], payload: utf8("fragm"), mask });
    const rest = encodeFrame({ opcode: opcodes.continuation, payload: utf8("ented"), mask });
    return reframe(input, `preceded fragmented ${frame}`, null, ({ frames }) => [
      begin,
      rest,
      ...frames.map(({ raw }) => raw),
    ]);
  },
  explain: ({ frame }) => `preceded by a ${frame} in two fragments`,
});
