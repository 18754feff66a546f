// The 2.x variables of a passive station (OCPP 2.0.1 part 2, B05 and B06): as the recording has them, and as they were set
// in the run.

import { listAt, textAt, valueAt } from "../../../ocpp/payload.js";

/** Variables of a 2.x station. */
export interface Variables {
  /** Learns from a recorded GetVariablesResponse. */
  learn(result: unknown): void;
  /** The payload of a GetVariablesResponse. */
  read(call: unknown): unknown;
  /** The payload of a SetVariablesResponse. */
  change(call: unknown): unknown;
}

const separator = "\u0000";

/** A key for a variable; the case of names makes no difference (2.0.1 part 2, section 2.5). */
const nameOf = (row: unknown): string => {
  const parts = ["component", "variable"].flatMap((member) => {
    const named = valueAt(row, member);
    const evse = valueAt(named, "evse");
    return [
      textAt(named, "name"),
      textAt(named, "instance"),
      valueAt(evse, "id"),
      valueAt(evse, "connectorId"),
    ];
  });
  const shown = [...parts, textAt(row, "attributeType") ?? "Actual"].map((part) =>
    typeof part === "string" || typeof part === "number" ? String(part).toLowerCase() : "",
  );
  return shown.join(separator);
};

/** The members that an answer repeats from the request. */
const echo = (row: unknown): Record<string, unknown> => {
  const type = textAt(row, "attributeType");
  return {
    ...(type === undefined ? {} : { attributeType: type }),
    component: valueAt(row, "component"),
    variable: valueAt(row, "variable"),
  };
};

/** Makes an empty store. */
export function createVariables(): Variables {
  const known = new Map<string, string>();
  return {
    learn: (result) => {
      for (const row of listAt(result, "getVariableResult")) {
        const value = textAt(row, "attributeValue");
        if (valueAt(row, "attributeStatus") === "Accepted" && value !== undefined)
          known.set(nameOf(row), value);
      }
    },
    read: (call) => ({
      getVariableResult: listAt(call, "getVariableData").map((row) => {
        const value = known.get(nameOf(row));
        if (value === undefined) return { attributeStatus: "UnknownVariable", ...echo(row) };
        return { attributeStatus: "Accepted", attributeValue: value, ...echo(row) };
      }),
    }),
    change: (call) => ({
      setVariableResult: listAt(call, "setVariableData").map((row) => {
        const value = textAt(row, "attributeValue");
        const isKnown = known.has(nameOf(row)) && value !== undefined;
        if (isKnown) known.set(nameOf(row), value);
        return { attributeStatus: isKnown ? "Accepted" : "UnknownVariable", ...echo(row) };
      }),
    }),
  };
}
