// The hints of the admin API are for HTTP clients. `ctl` replaces them by hints for the command line.

import type { HintOf } from "../../admin/client.js";

const tokenHint =
  "Give the file with the token: --admin-token-file FILE. record prints where it is when it starts.";

const hints: Readonly<Record<string, string>> = {
  "no-token": tokenHint,
  "wrong-token": tokenHint,
  "needs-ttl": "Add --ttl, like ocpp-vcr ctl arm RULE --ttl 5m.",
  "no-such-address": "Use the version of ocpp-vcr that runs record.",
};

/** The command that lists what an address of the API lists. */
const lists: Readonly<Record<string, string>> = {
  connections: "connections",
  recordings: "recordings",
  rules: "rules list",
};

/** The hint for a refusal of the admin API, in the words of the command line. */
export const ctlHint: HintOf = (code, hint) =>
  hints[code] ??
  hint.replace(/GET \/v1\/(\w+)/g, (address, name: string) =>
    lists[name] === undefined ? address : `ocpp-vcr ctl ${lists[name]}`,
  );
