// unmasked: removes the masking key from what the charger sends.

import { defineFault, type Fault } from "../../contract/fault.js";
import { altered, notApplied, reframe } from "../edit/frames.js";

/** Removes the mask from the charger's frames. */
export const unmasked: Fault = defineFault({
  name: "unmasked",
  layer: "frame",
  onlyDirection: "cp-to-csms",
  risksBilling: true,
  summary: "Removes the mask from the frames of a message from the charger.",
  breaks:
    "RFC 6455 section 5.1: a client masks its frames, and the server closes the connection if one is not masked",
  goodPeer:
    "The CSMS closes the connection with code 1002. The charger connects again and repeats its transaction messages.",
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
  explain: (_settings, { words }) => `removes the mask from ${words}`,
});
