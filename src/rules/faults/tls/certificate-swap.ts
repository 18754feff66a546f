// certificate-swap: the charger is shown another good certificate than usual: another key, another serial number, the
// same root. With `nth: 2` it changes between two connections.

import { defineFault, type Fault } from "../../contract/fault.js";

/** Shows another good certificate. */
export const certificateSwap: Fault = defineFault({
  name: "certificate-swap",
  layer: "tls",
  points: ["tls"],
  summary:
    "The charger is shown another certificate of the same root than usual, with another key: what a CSMS does when it renews its own. Counted per address, as nothing else is known yet.",
  goodPeer: "Connects: it trusts the root and has not pinned the certificate.",
  example: "certificate-swap: {}",
  settings: {},
  apply: (_settings, { copies }) => ({
    outcome: "certificate swapped",
    copies,
    draw: null,
    actions: [{ kind: "tls", tls: { kind: "certificate-swap" } }],
  }),
  explain: () => "shown another good certificate than usual",
});
