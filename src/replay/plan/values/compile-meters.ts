// The energy registers in recorded messages: meterStart and meterStop, and sampled values of the measurand
// Energy.Active.Import.Register at the outlet (1.6 section 7.43, 2.0.1 part 2 section 2.50; in both it is the default).
// Signed values are left as they are.

import { writePointer } from "../../../ocpp/json/pointer.js";
import type { Leaf } from "../../../ocpp/json/spans.js";
import { unquote } from "../../../ocpp/json/string.js";
import type { MeterPlace } from "./places.js";

const register = "Energy.Active.Import.Register";

const powers: Readonly<Record<string, number>> = { Wh: 0, kWh: 3 };

/** The scalars of a message by their pointers; of a key given twice the last one. */
export function leavesByPointer(leaves: readonly Leaf[]): ReadonlyMap<string, Leaf> {
  return new Map(leaves.map((leaf) => [writePointer(leaf.path), leaf]));
}

/** The digits of a number, or of a text that is a number. */
const digitsAt = (leaf: Leaf): Pick<MeterPlace, "offset" | "length"> | undefined => {
  const isText = leaf.source.startsWith('"');
  const digits = isText ? leaf.source.slice(1, -1) : leaf.source;
  if (digits.length > 40 || !/^-?\d+(?:\.\d+)?$/.test(digits)) return undefined;
  return { offset: leaf.offset + (isText ? 1 : 0), length: digits.length };
};

const textAt = (leaves: ReadonlyMap<string, Leaf>, pointer: string): string | undefined => {
  const source = leaves.get(pointer)?.source;
  if (source === undefined || source === "null") return undefined;
  return source.startsWith('"') ? unquote(source) : source;
};

/** The power of ten of a sampled value's unit; undefined for what is no energy register. */
const powerOf = (leaves: ReadonlyMap<string, Leaf>, sample: string): number | undefined => {
  const member = (name: string): string | undefined => textAt(leaves, `${sample}/${name}`);
  if ((member("measurand") ?? register) !== register) return undefined;
  if ((member("location") ?? "Outlet") !== "Outlet" || member("format") === "SignedData") return undefined;
  const power = powers[member("unit") ?? member("unitOfMeasure/unit") ?? "Wh"];
  const multiplier = Number(member("unitOfMeasure/multiplier") ?? 0);
  return power === undefined || !Number.isInteger(multiplier) || Math.abs(multiplier) > 9
    ? undefined
    : power + multiplier;
};

const sampled = /^(\/3\/(?:meterValue|transactionData)\/\d+\/sampledValue\/\d+)\/value$/;

/** The sampled registers of a CALL. */
export function sampledRegisters(
  leaves: ReadonlyMap<string, Leaf>,
  connector: string,
): readonly MeterPlace[] {
  return [...leaves].flatMap(([pointer, leaf]): MeterPlace[] => {
    const sample = sampled.exec(pointer)?.[1];
    const power = sample === undefined ? undefined : powerOf(leaves, sample);
    const digits = digitsAt(leaf);
    if (power === undefined || digits === undefined) return [];
    return [{ kind: "meter", connector, power, role: "reading", ...digits }];
  });
}

/** meterStart or meterStop of a 1.6 CALL. */
export function ownRegister(
  leaves: ReadonlyMap<string, Leaf>,
  role: "start" | "stop",
  connector: string,
): readonly MeterPlace[] {
  const leaf = leaves.get(role === "start" ? "/3/meterStart" : "/3/meterStop");
  const digits = leaf === undefined ? undefined : digitsAt(leaf);
  return digits === undefined ? [] : [{ kind: "meter", connector, power: 0, role, ...digits }];
}
