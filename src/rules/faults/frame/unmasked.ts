// unmasked: what the charger says goes out without a masking key.

import { defineFault, type Fault } from "../../contract/fault.js";
import { altered, notApplied, reframe } from "../edit/frames.js";

/** Takes the masks off. */
export const unmasked: Fault = defineFault({
  name: "unmasked",
  layer: "frame",
  onlyDirection: "cp-to-csms",
  risksBilling: true,
  summary: "The frames of a message from the charger go out without masks.",
  breaks:
    "RFC 6455 section 5.1: frames to the server are masked, and it closes the connection where one is not",
  goodPeer: "The CSMS fails the connection with code 1002; the charger dials again and repeats what it said.",
  example: "unmasked: {}",
  settings: {},
  sweep: { mustClose: true },
  apply: (_settings, input) => {
    if (input.message.direction !== "cp-to-csms") return notApplied(input, "it acts on cp-to-csms alone");
    return reframe(input, "unmasked", null, ({ frames }) =>
      frames.every(({ mask }) => mask === undefined)
        ? { cannot: "the message is not masked" }
        : frames.map((frame) => altered(frame, { mask: undefined })),
    );
  },
  explain: () => "sent without masks (from the charger alone)",
});
