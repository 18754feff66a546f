// The 2.x variables of a passive station (OCPP 2.0.1 part 2, B05 and B06): as the recording has them, and as they were set
// in the run.

import { listOf, memberOf, textOf } from "../../../ocpp/json-member.js";

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
    const named = memberOf(row, member);
    const evse = memberOf(named, "evse");
    return [
      textOf(named, "name"),
      textOf(named, "instance"),
      memberOf(evse, "id"),
      memberOf(evse, "connectorId"),
    ];
  });
  const shown = [...parts, textOf(row, "attributeType") ?? "Actual"].map((part) =>
    typeof part === "string" || typeof part === "number" ? String(part).toLowerCase() : "",
  );
  return shown.join(separator);
};

/** The members that an answer repeats from the request. */
const echo = (row: unknown): Record<string, unknown> => {
  const type = textOf(row, "attributeType");
  return {
    ...(type === undefined ? {} : { attributeType: type }),
    component: memberOf(row, "component"),
    variable: memberOf(row, "variable"),
  };
};

/** Makes an empty store. */
export function createVariables(): Variables {
  const known = new Map<string, string>();
  return {
    learn: (result) => {
      for (const row of listOf(result, "getVariableResult")) {
        const value = textOf(row, "attributeValue");
        if (memberOf(row, "attributeStatus") === "Accepted" && value !== undefined)
          known.set(nameOf(row), value);
      }
    },
    read: (call) => ({
      getVariableResult: listOf(call, "getVariableData").map((row) => {
        const value = known.get(nameOf(row));
        if (value === undefined) return { attributeStatus: "UnknownVariable", ...echo(row) };
        return { attributeStatus: "Accepted", attributeValue: value, ...echo(row) };
      }),
    }),
    change: (call) => ({
      setVariableResult: listOf(call, "setVariableData").map((row) => {
        const value = textOf(row, "attributeValue");
        const isKnown = known.has(nameOf(row)) && value !== undefined;
        if (isKnown) known.set(nameOf(row), value);
        return { attributeStatus: isKnown ? "Accepted" : "UnknownVariable", ...echo(row) };
      }),
    }),
  };
}
