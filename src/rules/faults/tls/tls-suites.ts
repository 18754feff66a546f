// tls-suites: the handshake is held to some cipher suites, named as IANA has them.

import { opensslSuites } from "../../../wire/tls/openssl-suites.js";
import type { Setting } from "../../../yaml/settings.js";
import { itemsOf, readWord } from "../../../yaml/value.js";
import { defineFault, type Fault } from "../../contract/fault.js";

const names = Object.keys(opensslSuites);

const suitesField: Setting<readonly string[]> = {
  read: (value, what, report) => {
    const items = itemsOf(value);
    const read = items.map((item) => readWord(item, what, names, report));
    if (items.length === 0) report(value.where, "empty-list", `${what} is empty, so nothing would be left`);
    return read.length === 0 || read.includes(undefined)
      ? undefined
      : read.filter((one) => one !== undefined);
  },
  schema: { anyOf: [{ enum: names }, { type: "array", minItems: 1, items: { enum: names } }] },
  takes: `a list of suites: ${names.join(", ")}`,
  meaning: "the suites that are left; without one of TLS 1.3 it is TLS 1.2, and the other way round",
  fallback: "required",
};

/** Caps the suites. */
export const tlsSuites: Fault = defineFault({
  name: "tls-suites",
  layer: "tls",
  points: ["tls"],
  summary:
    "The handshake is held to these cipher suites. A charger that speaks none of them gets the alert handshake_failure.",
  breaks: "OCPP security profiles 2 and 3, where one that they ask for is left out (A00.FR.314-320)",
  goodPeer: "Speaks the suites that its security profile asks for, so that one of them is always left.",
  example: "tls-suites: { only: [TLS_RSA_WITH_AES_128_GCM_SHA256] }",
  settings: { only: suitesField },
  short: "only",
  apply: ({ only }, { copies }) => ({
    outcome: `tls-suites ${only.join(" ")}`,
    copies,
    draw: null,
    actions: [{ kind: "tls", tls: { kind: "suites", only } }],
  }),
  explain: ({ only }) => `held to ${only.join(" or ")}`,
});
