// no-op: leaves the message as it is and says so. The beginning of every fault.

import { defineFault, type Fault } from "../../../src/rules/contract/fault.js";

/** Nothing can be set. */
export type NoOpSettings = Readonly<Record<string, never>>;

/** Does nothing to the message. */
export const noOp: Fault<NoOpSettings> = defineFault<NoOpSettings>({
  name: "no-op",
  layer: "message",
  final: false,
  loses: false,
  summary: "The message goes out as it came.",
  goodPeer: "Notices nothing.",
  example: "no-op: {}",
  fields: {},
  apply: (_settings, { copies }) => ({ outcome: "left alone", copies, draw: null }),
  explain: () => "left alone",
});
