// The versions of OCPP-J, one row each. A new version needs a row here, its schemas in schema/schemas.ts, and the types that
// `npm run generate` writes from them; test/ocpp/version.test.ts lists what else belongs to a row.

import { type ActionNames, actions16, actions21, actions201 } from "./actions.js";

/** A version of OCPP-J. */
export type OcppVersion = "1.6" | "2.0.1" | "2.1";

/** The versions that share data types, error codes and the model of transactions. */
export type OcppFamily = "1.6" | "2.x";

/** The facts of a version. */
export interface VersionRow {
  /** Its name in Sec-WebSocket-Protocol (OCPP-J 1.6 section 3.1.2, 2.x part 4 section 3.1.2). */
  readonly subprotocol: string;
  /** Other numbers in subprotocols that are read as this version. */
  readonly aliases: readonly string[];
  readonly family: OcppFamily;
  /** The numbers of its message types (OCPP-J 1.6 section 4.2, 2.1 part 4 section 4.2). */
  readonly messageTypes: readonly number[];
  readonly actions: ActionNames;
  /** The most characters that the certificate of InstallCertificate may have. */
  readonly rootLength: number;
  /** The file of its JSON schemas in the package ocpp-rpc, without `.json`. */
  readonly schemas: string;
}

/** All versions, oldest first. */
export const versionTable: Readonly<Record<OcppVersion, VersionRow>> = {
  "1.6": {
    subprotocol: "ocpp1.6",
    aliases: [],
    family: "1.6",
    messageTypes: [2, 3, 4],
    actions: actions16,
    rootLength: 5500,
    schemas: "ocpp1_6",
  },
  "2.0.1": {
    subprotocol: "ocpp2.0.1",
    // OCPP 2.0 was withdrawn.
    aliases: ["2.0"],
    family: "2.x",
    messageTypes: [2, 3, 4],
    actions: actions201,
    rootLength: 5500,
    schemas: "ocpp2_0_1",
  },
  "2.1": {
    subprotocol: "ocpp2.1",
    aliases: [],
    family: "2.x",
    messageTypes: [2, 3, 4, 5, 6],
    actions: actions21,
    rootLength: 10_000,
    schemas: "ocpp2_1",
  },
};

/** All versions, oldest first. */
export const ocppVersions: readonly OcppVersion[] = Object.keys(versionTable) as OcppVersion[];

/** The version that is assumed if no subprotocol and no message shows one. */
export const assumedVersion: OcppVersion = "1.6";

/** The version that is assumed if only the family 2.x is known. */
export const assumed2x: OcppVersion = "2.0.1";

/** The subprotocol of a version, as it is written in Sec-WebSocket-Protocol. */
export function subprotocolOf(version: OcppVersion): string {
  return versionTable[version].subprotocol;
}

/** The subprotocol for the version or subprotocol that a log names, also an unknown one; without a name, that of the assumed version. */
export function subprotocolNamed(word: unknown): string {
  const name = typeof word === "string" && word !== "" ? word : assumedVersion;
  return `ocpp${name.toLowerCase().replace(/^ocpp/, "")}`;
}

/** The family of a version. */
export function familyOf(version: OcppVersion): OcppFamily {
  return versionTable[version].family;
}

/** The version that a subprotocol (in any case) or a version number names; undefined for others. */
export function versionOf(subprotocol: string | null | undefined): OcppVersion | undefined {
  const word = (subprotocol ?? "").trim().toLowerCase().replace(/^ocpp/, "");
  return ocppVersions.find((version) => version === word || versionTable[version].aliases.includes(word));
}
