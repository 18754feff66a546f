// The charger's configuration as exchanges read or set it: configuration keys of 1.6, variables of 2.x.

import { listAt, textAt, valueAt } from "../../ocpp/payload.js";
import type { Exchange } from "./events.js";

const word = (value: unknown): string | undefined =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;

const hasName = (name: string | undefined, key: string): boolean => name?.toLowerCase() === key.toLowerCase();

/** The value of a key or variable that an exchange read or successfully set; undefined if it did neither. */
export function configured({ action, payload, answer }: Exchange, key: string): string | undefined {
  if (answer?.kind !== "result") return undefined;
  const { payload: result } = answer;
  switch (action) {
    case "GetConfiguration": {
      const item = listAt(result, "configurationKey").find((one) => hasName(textAt(one, "key"), key));
      return word(valueAt(item, "value"));
    }
    case "ChangeConfiguration":
      return hasName(textAt(payload, "key"), key) && textAt(result, "status") === "Accepted"
        ? word(valueAt(payload, "value"))
        : undefined;
    case "SetVariables": {
      const index = listAt(payload, "setVariableData").findIndex((one) =>
        hasName(textAt(one, "variable", "name"), key),
      );
      return textAt(result, "setVariableResult", index, "attributeStatus") === "Accepted"
        ? textAt(payload, "setVariableData", index, "attributeValue")
        : undefined;
    }
    case "GetVariables": {
      const item = listAt(result, "getVariableResult").find((one) =>
        hasName(textAt(one, "variable", "name"), key),
      );
      return textAt(item, "attributeValue");
    }
    default:
      return undefined;
  }
}

/** The value as a number; undefined if there is none or it is not a number. */
export function configuredNumber(exchange: Exchange, key: string): number | undefined {
  const value = configured(exchange, key);
  return value === undefined || value.trim() === "" || !Number.isFinite(Number(value))
    ? undefined
    : Number(value);
}
