// meter-backwards: lowers the energy registers of a payload, so that a meter seems to run backwards. Numbers keep their digits.

import { replacement } from "../../../ocpp/json/edits.js";
import type { Edit } from "../../../ocpp/json/spans.js";
import type { JsonNode } from "../../../ocpp/json/tree.js";
import { integer } from "../../../yaml/settings.js";
import { defineFault, type Fault } from "../../contract/fault.js";
import { editPayload, valuesIn } from "../edit/edit-payload.js";

/** Lowers the energy registers of the payload. */
export const meterBackwards: Fault = defineFault({
  name: "meter-backwards",
  layer: "payload",
  risksBilling: true,
  summary:
    "Lowers every energy register of the payload (meterStart, meterStop, sampled values of Energy...Register), in its own unit. On one of several readings, the meter seems to run backwards.",
  goodPeer: "Notices that a register went down, bills no negative amount, and reports it.",
  example: "meter-backwards: { by: 1000 }",
  settings: {
    by: integer("how much lower, in the unit of the register", { min: 1, max: 1_000_000_000_000 }, 1000),
  },
  short: "by",
  sweep: { on: "metered" },
  apply: ({ by }, { copies }) => {
    const changed = editPayload(copies, (payload, { text }) => {
      const edits = valuesIn(payload).flatMap(({ node }) =>
        registersOf(node).flatMap((register) => lowered(register, text, by) ?? []),
      );
      if (edits.length === 0) return "there is no register in the payload";
      return {
        edits,
        outcome: `lessened ${edits.length === 1 ? "1 register" : `${edits.length} registers`} by ${by}`,
      };
    });
    return { outcome: changed.outcome, copies: changed.copies, draw: null };
  },
  explain: ({ by }, { words }) => `lowers every energy register by ${by} in ${words}`,
});

const registersOf = (node: JsonNode): readonly JsonNode[] => {
  const found = ["meterStart", "meterStop"].flatMap((key) => node.member(key)?.node ?? []);
  const value = node.member("value")?.node;
  if (value === undefined || node.member("key") !== undefined) return found;
  const measurand = node.member("measurand")?.node.value ?? "Energy.Active.Import.Register";
  return /^Energy\..*\.Register$/.test(String(measurand)) ? [...found, value] : found;
};

const lowered = (node: JsonNode, text: string, by: number): Edit | undefined => {
  const source = text.slice(node.start, node.end);
  const quote = source.startsWith('"') ? '"' : "";
  const less = subtracted(quote === "" ? source : source.slice(1, -1), by);
  return less === undefined ? undefined : replacement(node, `${quote}${less}${quote}`);
};

/** The difference, with the same number of decimals. Undefined if the text is not a plain decimal number. */
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
