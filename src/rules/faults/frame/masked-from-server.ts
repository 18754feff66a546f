// masked-from-server: adds a random masking key to what the CSMS sends.

import { defineFault, type Fault } from "../../contract/fault.js";
import { altered, drawnBytes, notApplied, reframe } from "../edit/frames.js";

/** Masks the CSMS's frames. */
export const maskedFromServer: Fault = defineFault({
  name: "masked-from-server",
  layer: "frame",
  onlyDirection: "csms-to-cp",
  risksBilling: true,
  summary: "Masks the frames of a message from the CSMS with a random key.",
  breaks:
    "RFC 6455 section 5.1: a server does not mask its frames, and the client closes the connection if one is masked",
  goodPeer:
    "The charger closes the connection with code 1002, connects again and repeats its transaction messages.",
  example: "masked-from-server: {}",
  settings: {},
  apply: (_settings, input) => {
    if (input.message.direction !== "csms-to-cp") return notApplied(input, "it acts on csms-to-cp alone");
    const key = drawnBytes(input, "key", 4);
    return reframe(input, "masked", null, ({ frames }) =>
      frames.some(({ mask }) => mask !== undefined)
        ? { cannot: "the message is masked already" }
        : frames.map((frame) => altered(frame, { mask: key })),
    );
  },
  explain: (_settings, { words }) => `masks ${words}`,
});
