// tls-version: the handshake is held to some versions of TLS.

import type { Setting } from "../../../yaml/settings.js";
import { readText, show, validNames } from "../../../yaml/value.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { type TlsVersion, tlsVersions } from "../../contract/handshake-action.js";

/** A version needs no quotes: YAML reads 1.2 as a number. */
const versionField = (meaning: string): Setting<TlsVersion | undefined> => ({
  read: (value, what, report) => {
    const said = value.kind === "scalar" ? readText(value, what, report) : undefined;
    const version = tlsVersions.find((one) => one === said);
    if (version === undefined && (said !== undefined || value.kind !== "scalar"))
      report(
        value.where,
        "unknown-name",
        `${what} cannot be ${show(value)}; ${validNames(said ?? "", tlsVersions)}`,
      );
    return version;
  },
  schema: { enum: [...tlsVersions, ...tlsVersions.map(Number)] },
  takes: tlsVersions.join(", "),
  meaning,
  fallback: { value: undefined },
});

/** Caps the version. */
export const tlsVersion: Fault = defineFault({
  name: "tls-version",
  layer: "tls",
  points: ["tls"],
  summary:
    "The handshake is held to versions of TLS within these bounds. A charger that speaks none of them gets the alert protocol_version.",
  breaks: "OCPP security profiles 2 and 3, where a version before 1.2 is the newest (A00.FR.312)",
  goodPeer: "Speaks TLS 1.2 and, better, 1.3; takes nothing older, whatever the CSMS wants.",
  example: "tls-version: { max: 1.1 }",
  settings: { min: versionField("the oldest version"), max: versionField("the newest version") },
  check: (settings, value, report) => {
    const { min, max } = settings;
    if (min === undefined && max === undefined)
      report(value.where, "missing-key", "tls-version must say min, max or both, like { max: 1.2 }");
    else if (min !== undefined && max !== undefined && Number(min) > Number(max))
      report(value.where, "tls-version", `min ${min} is newer than max ${max}, so nothing would be left`);
    else return true;
    return false;
  },
  apply: ({ min, max }, { copies }) => ({
    outcome: `tls-version ${words(min, max)}`,
    copies,
    draw: null,
    actions: [{ kind: "tls", tls: { kind: "version", min, max } }],
  }),
  explain: ({ min, max }) => `held to TLS ${words(min, max)}`,
});

const words = (min: TlsVersion | undefined, max: TlsVersion | undefined): string => {
  if (min === max) return `${min}`;
  if (max === undefined) return `${min} or newer`;
  return min === undefined ? `${max} or older` : `${min} to ${max}`;
};
