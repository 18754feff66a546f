// bad-rsv: sets reserved bits that no extension uses.

import { word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { reframe, withFirst } from "../edit/frames.js";

/** Which bits. */
export interface BadRsvSettings {
  readonly bits: "rsv1" | "rsv2" | "rsv3" | "all";
}

const values: Readonly<Record<BadRsvSettings["bits"], number>> = { rsv1: 4, rsv2: 2, rsv3: 1, all: 7 };

/** Sets reserved bits of a frame. */
export const badRsv: Fault = defineFault({
  name: "bad-rsv",
  layer: "frame",
  risksBilling: true,
  summary: "Sets reserved bits in the first frame of the message, although no extension uses them.",
  breaks:
    "RFC 6455 section 5.2: RSV1, RSV2 and RSV3 are 0 unless an extension that defines them was negotiated",
  goodPeer:
    "Closes the connection with code 1002. The charger connects again and repeats its transaction messages.",
  example: "bad-rsv: { bits: rsv2 }",
  settings: { bits: word("which bits to set", ["rsv1", "rsv2", "rsv3", "all"], "rsv2") },
  short: "bits",
  sweep: { mustClose: true },
  apply: ({ bits }, input) =>
    reframe(input, `flagged ${bits}`, null, (data) =>
      withFirst(data, { rsv: data.first.rsv | values[bits] }),
    ),
  explain: ({ bits }, { words }) =>
    `sets ${bits === "all" ? "all reserved bits" : `the reserved bit ${bits}`} in ${words}`,
});
