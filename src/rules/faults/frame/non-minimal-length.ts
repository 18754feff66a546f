// non-minimal-length: writes the length of a payload with more bytes than necessary.

import { integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { altered, reframe } from "../edit/frames.js";

/** Writes lengths with more bytes than necessary. */
export const nonMinimalLength: Fault = defineFault({
  name: "non-minimal-length",
  layer: "frame",
  risksBilling: true,
  summary:
    "Writes the payload length of the message's frames in 16 or 64 bits although fewer would do. Many receivers do not check this.",
  breaks: "RFC 6455 section 5.2: the minimal number of bytes must be used to encode the length",
  goodPeer: "Closes the connection with code 1002, or accepts the message.",
  example: "non-minimal-length: { bits: 64 }",
  settings: { bits: integer("size of the length: 16 or 64", { min: 16, max: 64 }, 64) },
  short: "bits",
  check: (settings, value, report) => {
    if (settings.bits === 16 || settings.bits === 64) return true;
    report(value.where, "bits", `bits must be 16 or 64, found ${settings.bits}`);
    return false;
  },
  apply: ({ bits }, input) => {
    const lengthForm = bits === 16 ? 16 : 64;
    // A length of the next form up needs those bits.
    const needed = bits === 16 ? 126 : 65_536;
    return reframe(input, `lengthened ${bits} bits`, null, ({ frames }) => {
      const isLonger = frames.map((frame) => frame.declaredLength < needed && frame.lengthForm < lengthForm);
      if (!isLonger.includes(true)) return { cannot: `its length needs ${bits} bits or has them already` };
      return frames.map((frame, i) => (isLonger[i] === true ? altered(frame, { lengthForm }) : frame.raw));
    });
  },
  explain: ({ bits }, { words }) => `writes an unnecessary ${bits}-bit length in ${words}`,
});
