// meter-backwards: the registers of energy in a payload count less than they did, so that a meter seems to run
// backwards. Figures are taken as they are written, with all their digits.

import { replacement } from "../../../ocpp/json/edits.js";
import type { Edit } from "../../../ocpp/json/spans.js";
import type { JsonNode } from "../../../ocpp/json/tree.js";
import { integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editPayload, valuesIn } from "../edit/edit-payload.js";

/** Lets the meter count less. */
export const meterBackwards: Fault = defineFault({
  name: "meter-backwards",
  layer: "payload",
  risksBilling: true,
  summary:
    "Every register of energy in the payload (meterStart, meterStop, sampled values of Energy...Register) counts less than it did, in the unit that stands there. On one of several readings, the meter runs backwards.",
  goodPeer: "Notices that a register went down, bills nothing negative, and tells somebody.",
  example: "meter-backwards: { by: 1000 }",
  settings: { by: integer("by how much", { min: 1, max: 1_000_000_000_000 }, 1000) },
  short: "by",
  sweep: { on: "metered" },
  apply: ({ by }, { copies }) => {
    const changed = editPayload(copies, (payload, { text }) => {
      const edits = valuesIn(payload).flatMap(({ node }) =>
        registersOf(node).flatMap((register) => lessened(register, text, by) ?? []),
      );
      if (edits.length === 0) return "there is no register in the payload";
      return {
        edits,
        outcome: `lessened ${edits.length === 1 ? "1 register" : `${edits.length} registers`} by ${by}`,
      };
    });
    return { outcome: changed.outcome, copies: changed.copies, draw: null };
  },
  explain: ({ by }) => `sent with registers that count ${by} less`,
});

const registersOf = (node: JsonNode): readonly JsonNode[] => {
  const found = ["meterStart", "meterStop"].flatMap((key) => node.member(key)?.node ?? []);
  const value = node.member("value")?.node;
  if (value === undefined || node.member("key") !== undefined) return found;
  const measurand = node.member("measurand")?.node.value ?? "Energy.Active.Import.Register";
  return /^Energy\..*\.Register$/.test(String(measurand)) ? [...found, value] : found;
};

const lessened = (node: JsonNode, text: string, by: number): Edit | undefined => {
  const source = text.slice(node.start, node.end);
  const quote = source.startsWith('"') ? '"' : "";
  const less = subtracted(quote === "" ? source : source.slice(1, -1), by);
  return less === undefined ? undefined : replacement(node, `${quote}${less}${quote}`);
};

/** The difference with as many decimals as there were; undefined where the text is no plain number. */
const subtracted = (figures: string, by: number): string | undefined => {
  const [, sign = "", whole = "", decimals = ""] =
    /^(-?)([0-9]{1,40})(?:\.([0-9]{1,40}))?$/.exec(figures) ?? [];
  if (whole === "") return undefined;
  const scale = 10n ** BigInt(decimals.length);
  const value = BigInt(`${sign}${whole}${decimals}`) - BigInt(by) * scale;
  const digits = String(value < 0n ? -value : value).padStart(decimals.length + 1, "0");
  const cut = digits.length - decimals.length;
  const rest = decimals === "" ? "" : `.${digits.slice(cut)}`;
  return `${value < 0n ? "-" : ""}${digits.slice(0, cut)}${rest}`;
};
