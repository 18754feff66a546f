// What the tests of lanes share.
import type { Outgoing } from "../../../src/relay/lane/outgoing.js";

/** Two bytes that go out at once, or what `parts` says. */
export const outgoing = (parts: Partial<Outgoing> = {}): Outgoing => ({
  writes: [Uint8Array.of(1, 2)],
  actions: [],
  message: undefined,
  waitsFor: undefined,
  delayMs: 0,
  holdsLane: false,
  ...parts,
});
