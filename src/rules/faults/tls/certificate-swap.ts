// certificate-swap: presents another valid certificate: another key, another serial number, the same root. With `nth: 2`
// the certificate changes between two connections.

import { defineFault, type Fault } from "../../contract/fault.js";

/** Presents another valid certificate. */
export const certificateSwap: Fault = defineFault({
  name: "certificate-swap",
  layer: "tls",
  points: ["tls"],
  summary:
    "Presents another valid certificate than before, from the same root but with a new key, like a CSMS that renews its certificate. Counted per address, because the charge point is not known yet.",
  goodPeer: "Connects, because it trusts the root and has not pinned the certificate.",
  example: "certificate-swap: {}",
  settings: {},
  apply: (_settings, { copies }) => ({
    outcome: "certificate swapped",
    copies,
    draw: null,
    actions: [{ kind: "tls", tls: { kind: "certificate-swap" } }],
  }),
  explain: (_settings, { words }) => `presents another valid certificate in ${words}`,
});
