// What an exchange tells of the charger's configuration: keys of 1.6, variables of 2.x, read or set.

import { listAt, textAt, valueAt } from "../../ocpp/payload.js";
import type { Exchange } from "./events.js";

const word = (value: unknown): string | undefined =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;

const isCalled = (name: string | undefined, key: string): boolean =>
  name?.toLowerCase() === key.toLowerCase();

/** The value of this key or variable that an answered exchange tells; undefined where it tells none. */
export function configured({ action, payload, answer }: Exchange, key: string): string | undefined {
  if (answer?.kind !== "result") return undefined;
  const { payload: told } = answer;
  switch (action) {
    case "GetConfiguration": {
      const found = listAt(told, "configurationKey").find((one) => isCalled(textAt(one, "key"), key));
      return word(valueAt(found, "value"));
    }
    case "ChangeConfiguration":
      return isCalled(textAt(payload, "key"), key) && textAt(told, "status") === "Accepted"
        ? word(valueAt(payload, "value"))
        : undefined;
    case "SetVariables": {
      const at = listAt(payload, "setVariableData").findIndex((one) =>
        isCalled(textAt(one, "variable", "name"), key),
      );
      return textAt(told, "setVariableResult", at, "attributeStatus") === "Accepted"
        ? textAt(payload, "setVariableData", at, "attributeValue")
        : undefined;
    }
    case "GetVariables": {
      const found = listAt(told, "getVariableResult").find((one) =>
        isCalled(textAt(one, "variable", "name"), key),
      );
      return textAt(found, "attributeValue");
    }
    default:
      return undefined;
  }
}

/** The same as a number. */
export function configuredNumber(exchange: Exchange, key: string): number | undefined {
  const value = configured(exchange, key);
  return value === undefined || value.trim() === "" || !Number.isFinite(Number(value))
    ? undefined
    : Number(value);
}
