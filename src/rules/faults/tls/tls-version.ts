// tls-version: limits the TLS versions of the handshake.

import type { Setting } from "../../../yaml/settings.js";
import { readText, show, validNames } from "../../../yaml/value.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { type TlsVersion, tlsVersions } from "../../contract/handshake-action.js";

/** YAML reads 1.2 as a number, so the version needs no quotes. */
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

/** Limits the TLS versions. */
export const tlsVersion: Fault = defineFault({
  name: "tls-version",
  layer: "tls",
  points: ["tls"],
  summary:
    "Limits the handshake to a range of TLS versions. A charger that supports none of them gets the alert protocol_version.",
  breaks: "OCPP security profiles 2 and 3, if the newest version is older than 1.2 (A00.FR.312)",
  goodPeer: "Supports TLS 1.2 and preferably 1.3, and accepts nothing older whatever the CSMS offers.",
  example: "tls-version: { max: 1.1 }",
  settings: { min: versionField("the oldest version"), max: versionField("the newest version") },
  check: (settings, value, report) => {
    const { min, max } = settings;
    if (min === undefined && max === undefined)
      report(value.where, "missing-key", "tls-version needs min, max or both, like { max: 1.2 }");
    else if (min !== undefined && max !== undefined && Number(min) > Number(max))
      report(
        value.where,
        "tls-version",
        `min ${min} is newer than max ${max}, so that no handshake could succeed`,
      );
    else return true;
    return false;
  },
  apply: ({ min, max }, { copies }) => ({
    outcome: `tls-version ${words(min, max)}`,
    copies,
    draw: null,
    actions: [{ kind: "tls", tls: { kind: "version", min, max } }],
  }),
  explain: ({ min, max }, target) => `limits ${target.words} to TLS ${words(min, max)}`,
});

const words = (min: TlsVersion | undefined, max: TlsVersion | undefined): string => {
  if (min === max) return `${min}`;
  if (max === undefined) return `${min} or newer`;
  return min === undefined ? `${max} or older` : `${min} to ${max}`;
};
