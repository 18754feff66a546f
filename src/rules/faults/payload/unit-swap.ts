// unit-swap: changes the unit of a measured value to another unit of the same quantity and keeps the number: Wh and kWh, W and kW,
// Celsius and Fahrenheit.

import { memberAddition, replacement } from "../../../ocpp/json/edits.js";
import type { Edit } from "../../../ocpp/json/spans.js";
import type { JsonNode } from "../../../ocpp/json/tree.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editPayload, valuesIn } from "../edit/edit-payload.js";

const pairs = [
  ["Wh", "kWh"],
  ["varh", "kvarh"],
  ["VAh", "kVAh"],
  ["W", "kW"],
  ["VA", "kVA"],
  ["var", "kvar"],
  ["A", "mA"],
  ["V", "mV"],
  ["Celsius", "Fahrenheit"],
  ["Celcius", "Fahrenheit"],
] as const;

const otherUnit: ReadonlyMap<string, string> = new Map<string, string>([
  ...pairs.map(([a, b]) => [a, b] as const),
  ...pairs.map(([a, b]) => [b, a] as const).reverse(),
]);

/** Swaps the units of measured values. */
export const unitSwap: Fault = defineFault({
  name: "unit-swap",
  layer: "payload",
  risksBilling: true,
  summary:
    "Changes the unit of every measured value to another unit of the same quantity and keeps the number: Wh becomes kWh and the reverse. A value without a unit, which means Wh, gets kWh.",
  goodPeer: "Notices that a meter jumps by a factor of 1000, and checks before it bills.",
  example: "unit-swap: {}",
  settings: {},
  sweep: { on: "metered" },
  apply: (_settings, { copies }) => {
    const changed = editPayload(copies, (payload) => {
      const edits = valuesIn(payload).flatMap(({ node }) => editOf(node) ?? []);
      if (edits.length === 0) return "there is no unit in the payload";
      return { edits, outcome: `swapped ${edits.length === 1 ? "1 unit" : `${edits.length} units`}` };
    });
    return { outcome: changed.outcome, copies: changed.copies, draw: null };
  },
  explain: (_settings, { words }) => `swaps the units of measured values in ${words}`,
});

const editOf = (node: JsonNode): Edit | undefined => {
  const unit = node.member("unit")?.node;
  if (unit !== undefined) {
    const other = typeof unit.value === "string" ? otherUnit.get(unit.value) : undefined;
    return other === undefined ? undefined : replacement(unit, JSON.stringify(other));
  }
  // In OCPP 1.6, a sampled value of energy without a unit is in Wh.
  const value = node.member("value")?.node.value;
  const measurand = node.member("measurand")?.node.value ?? "Energy.Active.Import.Register";
  const isEnergy = String(measurand).startsWith("Energy.Active");
  if (typeof value !== "string" || !isEnergy || node.member("key") !== undefined) return undefined;
  return isSampled(node) ? memberAddition(node, "unit", '"kWh"') : undefined;
};

const sampledNames: ReadonlySet<string> = new Set([
  "value",
  "context",
  "format",
  "measurand",
  "phase",
  "location",
]);

const isSampled = (node: JsonNode): boolean => (node.members ?? []).every(({ key }) => sampledNames.has(key));
