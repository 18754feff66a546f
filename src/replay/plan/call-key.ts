// What a CSMS call is about, as a key: a call gets the answer of the recorded call of the same action about the same
// thing.

import { valueAt } from "../../ocpp/payload.js";

const members = ["key", "requestedMessage", "connectorId", "evseId", "messageId"];

const lists = ["getVariableData", "setVariableData", "setMonitoringData", "componentVariable"];

/** Payloads may be hostile: only short scalars and short lists of them are used. */
const plain = (value: unknown): string => {
  if (Array.isArray(value)) return value.slice(0, 200).map(scalar).sort().join(",");
  return scalar(value);
};

const scalar = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value).slice(0, 200) : "";

const variables = (value: unknown): string => {
  if (!Array.isArray(value)) return "";
  const names = value.slice(0, 200).map((one) => {
    const component = scalar(valueAt(one, "component", "name"));
    return `${component}.${scalar(valueAt(one, "variable", "name"))}`;
  });
  return names.sort().join(",");
};

/** The key of a CSMS call's payload, equal for calls about the same thing. */
export function keyOfCall(payload: unknown): string {
  const parts = members.map((name) => `${name}=${plain(valueAt(payload, name))}`);
  parts.push(`evse=${scalar(valueAt(payload, "evse", "id"))}`);
  for (const name of lists) parts.push(`${name}=${variables(valueAt(payload, name))}`);
  return parts.join(" ");
}
