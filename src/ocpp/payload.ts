// Reads values of payloads that may hold anything: own members only, and never with an exception. The result is undefined
// (or an empty list) if the value is missing or has another type. Values that OCPP 1.6 and 2.x name differently are
// read only here.

/** The member names and list indexes from a payload to a value in it. */
export type PayloadPath = readonly (string | number)[];

/** The value at the end of the path. */
export function valueAt(value: unknown, ...path: PayloadPath): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<string | number, unknown>)[step];
  }
  return found;
}

/** The text there. */
export function textAt(value: unknown, ...path: PayloadPath): string | undefined {
  const found = valueAt(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** The number there; also a text that is a number, because chargers write numbers as texts. */
export function numberAt(value: unknown, ...path: PayloadPath): number | undefined {
  const found = valueAt(value, ...path);
  const number = typeof found === "string" && /^\s*[-+]?\d/.test(found) ? Number(found) : found;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** The elements of the list there; empty if there is no list. */
export function listAt(value: unknown, ...path: PayloadPath): readonly unknown[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The text or number there, as a text. */
export function idAt(value: unknown, ...path: PayloadPath): string | undefined {
  const found = valueAt(value, ...path);
  return typeof found === "string" || typeof found === "number" ? String(found) : undefined;
}

/** Where a payload of OCPP 2.x names its EVSE. */
export const evsePaths: readonly PayloadPath[] = [["evse", "id"], ["evseId"]];

/** Where a payload names its connector in the sense of `connectorOf`; the first path with a value is used. */
export const connectorPaths: readonly PayloadPath[] = [...evsePaths, ["connectorId"]];

/** Where a payload names a tag or token. */
export const idTagPaths: readonly PayloadPath[] = [["idTag"], ["idToken", "idToken"], ["idToken"]];

/** Where a payload names its transaction. */
export const transactionIdPaths: readonly PayloadPath[] = [
  ["transactionId"],
  ["transactionInfo", "transactionId"],
];

/** The value on the first of these paths that has one. */
const firstOf = (
  payload: unknown,
  paths: readonly PayloadPath[],
  read: (value: unknown, ...path: PayloadPath) => string | undefined,
): string | undefined => {
  for (const path of paths) {
    const found = read(payload, ...path);
    if (found !== undefined) return found;
  }
  return undefined;
};

/**
 * The connector that a payload is about: `connectorId` in OCPP 1.6, the id of the EVSE in 2.x. Both are a place that charges one
 * vehicle at a time. Conditions of rules, selections and reports mean this one.
 */
export function connectorOf(payload: unknown): string | undefined {
  return firstOf(payload, connectorPaths, idAt);
}

/** The outlet that a payload is about: in 2.x an EVSE and one of its connectors, in 1.6 only a connector. */
export function outletOf(payload: unknown): {
  readonly evse: string | undefined;
  readonly connector: string | undefined;
} {
  return {
    evse: firstOf(payload, evsePaths, idAt),
    connector: idAt(payload, "connectorId") ?? idAt(payload, "evse", "connectorId"),
  };
}

/** The transaction that a payload names: 1.6 `transactionId`, 2.x also `transactionInfo.transactionId`. */
export function transactionIdOf(payload: unknown): string | undefined {
  return firstOf(payload, transactionIdPaths, idAt);
}

/** The tag or token that a payload names, as it is written: 1.6 `idTag`, 2.x `idToken.idToken`. */
export function idTagOf(payload: unknown): string | undefined {
  return firstOf(payload, idTagPaths, textAt);
}

/** The status of a tag or token in an answer: 1.6 `idTagInfo.status`, 2.x `idTokenInfo.status`. */
export function authorizationStatusOf(payload: unknown): string | undefined {
  return textAt(payload, "idTagInfo", "status") ?? textAt(payload, "idTokenInfo", "status");
}

/** The status that a StatusNotification reports: 1.6 `status`, 2.x `connectorStatus`. */
export function connectorStatusOf(payload: unknown): string | undefined {
  return textAt(payload, "connectorStatus") ?? textAt(payload, "status");
}
