// tls-suites: limits the handshake to some cipher suites, with their IANA names.

import { opensslSuites } from "../../../wire/tls/openssl-suites.js";
import type { Setting } from "../../../yaml/settings.js";
import { itemsOf, readWord } from "../../../yaml/value.js";
import { defineFault, type Fault } from "../../contract/fault.js";

const names = Object.keys(opensslSuites);

const suitesField: Setting<readonly string[]> = {
  read: (value, what, report) => {
    const items = itemsOf(value);
    const read = items.map((item) => readWord(item, what, names, report));
    if (items.length === 0)
      report(value.where, "empty-list", `${what} is empty, so that no handshake could succeed`);
    return read.length === 0 || read.includes(undefined)
      ? undefined
      : read.filter((one) => one !== undefined);
  },
  schema: { anyOf: [{ enum: names }, { type: "array", minItems: 1, items: { enum: names } }] },
  takes: `a list of suites: ${names.join(", ")}`,
  meaning: "the allowed suites; they also decide whether TLS 1.2, TLS 1.3 or both are possible",
  fallback: "required",
};

/** Limits the cipher suites. */
export const tlsSuites: Fault = defineFault({
  name: "tls-suites",
  layer: "tls",
  points: ["tls"],
  summary:
    "Limits the handshake to these cipher suites. A charger that supports none of them gets the alert handshake_failure.",
  breaks: "OCPP security profiles 2 and 3, if a required suite is missing (A00.FR.314-320)",
  goodPeer: "Supports the suites that its security profile requires, so that one of them always remains.",
  example: "tls-suites: { only: [TLS_RSA_WITH_AES_128_GCM_SHA256] }",
  settings: { only: suitesField },
  short: "only",
  apply: ({ only }, { copies }) => ({
    outcome: `tls-suites ${only.join(" ")}`,
    copies,
    draw: null,
    actions: [{ kind: "tls", tls: { kind: "suites", only } }],
  }),
  explain: ({ only }, { words }) => `limits ${words} to ${only.join(" or ")}`,
});
