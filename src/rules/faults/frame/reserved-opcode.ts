// reserved-opcode: gives the first frame of the message an opcode that has no meaning yet.

import { integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { reframe, withFirst } from "../edit/frames.js";

/** Opcodes in this range that RFC 6455 section 11.8 defines. */
const known: ReadonlySet<number> = new Set([8, 9, 10]);

/** Sends a message with a reserved opcode. */
export const reservedOpcode: Fault = defineFault({
  name: "reserved-opcode",
  layer: "frame",
  risksBilling: true,
  summary:
    "Gives the first frame of the message a reserved opcode: 3 to 7 for data frames, 11 to 15 for control frames.",
  breaks:
    "RFC 6455 section 5.2: opcodes 3 to 7 and 11 to 15 are reserved; a receiver must close the connection on an unknown one",
  goodPeer:
    "Closes the connection with code 1002. The charger connects again and repeats its transaction messages.",
  example: "reserved-opcode: { opcode: 3 }",
  settings: { opcode: integer("the opcode; 8, 9 and 10 are not reserved", { min: 3, max: 15 }, 3) },
  short: "opcode",
  check: (settings, value, report) => {
    if (!known.has(settings.opcode)) return true;
    report(value.where, "opcode", `opcode ${settings.opcode} is not reserved; valid: 3 to 7, 11 to 15`);
    return false;
  },
  sweep: { mustClose: true },
  apply: ({ opcode }, input) =>
    reframe(input, `renumbered ${opcode}`, null, (data) => withFirst(data, { opcode })),
  explain: ({ opcode }, { words }) => `sets the reserved opcode ${opcode} in ${words}`,
});
