// bad-rsv: a reserved bit is set that no extension has given a meaning.

import { word } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { reframe, withFirst } from "../edit/frames.js";

/** Which bits. */
export interface BadRsvSettings {
  readonly bits: "rsv1" | "rsv2" | "rsv3" | "all";
}

const values: Readonly<Record<BadRsvSettings["bits"], number>> = { rsv1: 4, rsv2: 2, rsv3: 1, all: 7 };

/** Sets reserved bits. */
export const badRsv: Fault = defineFault({
  name: "bad-rsv",
  layer: "frame",
  risksBilling: true,
  summary: "Reserved bits are set in the message's first frame, which no extension has given a meaning.",
  breaks:
    "RFC 6455 section 5.2: RSV1, RSV2 and RSV3 are 0 unless an extension is negotiated that defines them",
  goodPeer: "Fails the connection with code 1002, dials again and repeats its transaction messages.",
  example: "bad-rsv: { bits: rsv2 }",
  settings: { bits: word("which bits are set", ["rsv1", "rsv2", "rsv3", "all"], "rsv2") },
  short: "bits",
  sweep: { mustClose: true },
  apply: ({ bits }, input) =>
    reframe(input, `flagged ${bits}`, null, (data) =>
      withFirst(data, { rsv: data.first.rsv | values[bits] }),
    ),
  explain: ({ bits }) => `sent with ${bits === "all" ? "all reserved bits" : `the reserved bit ${bits}`} set`,
});
