// Reading payloads that may hold anything: own members only, nothing thrown, and undefined (or no elements) where the
// value is missing or of another kind. What OCPP 1.6 and 2.x call by different names is read here, and only here.

/** The names and places that lead from a payload to a value in it. */
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

/** The number there; a text that is one counts, since chargers write numbers as texts. */
export function numberAt(value: unknown, ...path: PayloadPath): number | undefined {
  const found = valueAt(value, ...path);
  const number = typeof found === "string" && /^\s*[-+]?\d/.test(found) ? Number(found) : found;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** The elements of the array there; none where it is no array. */
export function listAt(value: unknown, ...path: PayloadPath): readonly unknown[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The identifier there, a text or a number, as a text. */
export function idAt(value: unknown, ...path: PayloadPath): string | undefined {
  const found = valueAt(value, ...path);
  return typeof found === "string" || typeof found === "number" ? String(found) : undefined;
}

/** Where a payload of OCPP 2.x names its EVSE. */
export const evsePaths: readonly PayloadPath[] = [["evse", "id"], ["evseId"]];

/** Where a payload names its connector in the sense of `connectorOf`; the first path that leads to a value counts. */
export const connectorPaths: readonly PayloadPath[] = [...evsePaths, ["connectorId"]];

/** Where a payload names a tag or token. */
export const idTagPaths: readonly PayloadPath[] = [["idTag"], ["idToken", "idToken"], ["idToken"]];

/** Where a payload names its transaction. */
export const transactionIdPaths: readonly PayloadPath[] = [
  ["transactionId"],
  ["transactionInfo", "transactionId"],
];

/** The first value that is found on one of these paths. */
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
 * The connector that a payload is about: in OCPP 1.6 its `connectorId`, in 2.x the id of its EVSE, which is what 1.6 calls a
 * connector (one place that charges one vehicle at a time). All conditions, filters and reports mean this one.
 */
export function connectorOf(payload: unknown): string | undefined {
  return firstOf(payload, connectorPaths, idAt);
}

/** One outlet of the charge point: in 2.x an EVSE and the connector of it; in 1.6 the connector alone. */
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
