// Actions whose answer may take as long as the work that they start.

/** The charger may answer these only when the work is done: no detector judges the time until their answer. */
export const slowActions: ReadonlySet<string> = new Set([
  "GetDiagnostics",
  "UnlockConnector",
  "UpdateFirmware",
]);
