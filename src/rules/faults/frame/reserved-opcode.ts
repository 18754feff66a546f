// reserved-opcode: the message's first frame has an opcode that means nothing (yet).

import { integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { reframe, withFirst } from "../edit/frames.js";

/** Those that RFC 6455 section 11.8 gives a meaning. */
const known: ReadonlySet<number> = new Set([8, 9, 10]);

/** Gives the message an unknown opcode. */
export const reservedOpcode: Fault = defineFault({
  name: "reserved-opcode",
  layer: "frame",
  risksBilling: true,
  summary:
    "The message's first frame has a reserved opcode: 3 to 7 are data frames, 11 to 15 control frames.",
  breaks:
    "RFC 6455 section 5.2: opcodes 3 to 7 and 11 to 15 are reserved; an unknown one fails the connection",
  goodPeer: "Fails the connection with code 1002, dials again and repeats its transaction messages.",
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
  explain: ({ opcode }) => `sent with the reserved opcode ${opcode}`,
});
