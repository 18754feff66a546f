// The OCPP versions this project speaks, and their WebSocket subprotocols (OCPP-J 1.6 section 3.1.2, 2.0.1 part 4).

/** A version of OCPP-J. */
export type OcppVersion = "1.6" | "2.0.1" | "2.1";

/** All versions, oldest first. */
export const ocppVersions: readonly OcppVersion[] = ["1.6", "2.0.1", "2.1"];

/** The subprotocol name of a version, as it stands in Sec-WebSocket-Protocol. */
export function subprotocolOf(version: OcppVersion): string {
  return `ocpp${version}`;
}

/** The version that a subprotocol (in any case) or a plain version number names; undefined for others. */
export function versionOf(subprotocol: string | null | undefined): OcppVersion | undefined {
  const word = (subprotocol ?? "").trim().toLowerCase().replace(/^ocpp/, "");
  return ocppVersions.find((version) => version === word) ?? (word === "2.0" ? "2.0.1" : undefined);
}
