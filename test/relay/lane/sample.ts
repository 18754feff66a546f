// What the tests of lanes share.
import type { OutgoingMessage } from "../../../src/relay/lane/outgoing-message.js";

/** Two bytes that go out at once, or what `parts` says. */
export const outgoing = (parts: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  writes: [Uint8Array.of(1, 2)],
  actions: [],
  message: undefined,
  waitsFor: undefined,
  delayMs: 0,
  holdsLane: false,
  ...parts,
});
