// masked-from-server: what the CSMS says goes out with a masking key, a drawn one.

import { defineFault, type Fault } from "../../contract/fault.js";
import { altered, drawnBytes, notApplied, reframe } from "../edit/frames.js";

/** Puts masks on. */
export const maskedFromServer: Fault = defineFault({
  name: "masked-from-server",
  layer: "frame",
  onlyDirection: "csms-to-cp",
  risksBilling: true,
  summary: "The frames of a message from the CSMS go out masked, with a drawn key.",
  breaks: "RFC 6455 section 5.1: a server does not mask, and the client closes the connection where it does",
  goodPeer:
    "The charger fails the connection with code 1002, dials again and repeats its transaction messages.",
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
  explain: () => "sent masked (from the CSMS alone)",
});
