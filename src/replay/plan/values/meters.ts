// Readings of energy registers as decimals of any length: how a recorded reading continues from another one, in its own
// unit and with its own number of decimals. Texts in, texts out; no floating-point numbers.

/** A decimal: `units` times ten to the power of minus `decimals`. */
interface Decimal {
  readonly units: bigint;
  readonly decimals: number;
}

const longestNumber = 60;

const decimalOf = (text: string): Decimal | undefined => {
  const found = text.length > longestNumber ? null : /^(-?\d+)(?:\.(\d+))?$/.exec(text);
  if (found === null) return undefined;
  const [, whole = "", fraction = ""] = found;
  return { units: BigInt(whole + fraction), decimals: fraction.length };
};

const textOf = ({ units, decimals }: Decimal): string => {
  const sign = units < 0n ? "-" : "";
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, "0");
  return decimals === 0
    ? `${sign}${digits}`
    : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};

/** The number of units with this number of decimals, rounded down. */
const unitsWith = ({ units, decimals }: Decimal, wanted: number): bigint => {
  if (wanted >= decimals) return units * 10n ** BigInt(wanted - decimals);
  const by = 10n ** BigInt(decimals - wanted);
  return units >= 0n ? units / by : -((-units + by - 1n) / by);
};

/** A reading in Wh; `power` is the power of ten of its unit (3 for kWh). Undefined for what is no decimal number. */
export function inWh(reading: string, power: number): string | undefined {
  const read = decimalOf(reading);
  if (read === undefined) return undefined;
  const decimals = read.decimals - power;
  return decimals >= 0
    ? textOf({ units: read.units, decimals })
    : textOf({ units: read.units * 10n ** BigInt(-decimals), decimals: 0 });
}

/** The difference `later - earlier` of two readings in Wh. */
export function differenceWh(later: string, earlier: string): string | undefined {
  const [a, b] = [decimalOf(later), decimalOf(earlier)];
  if (a === undefined || b === undefined) return undefined;
  const decimals = Math.max(a.decimals, b.decimals);
  return textOf({ units: unitsWith(a, decimals) - unitsWith(b, decimals), decimals });
}

/** A reading plus an energy in Wh, with its own number of decimals. */
export function readingPlus(reading: string, power: number, wh: string): string {
  const [read, more] = [decimalOf(reading), decimalOf(wh)];
  if (read === undefined || more === undefined) return reading;
  const scaled = { units: more.units, decimals: more.decimals + power };
  return textOf({ units: read.units + unitsWith(scaled, read.decimals), decimals: read.decimals });
}

/** A reading in whole Wh, as OCPP 1.6 requires for meterStart and meterStop. */
export function wholeWh(wh: string): string {
  const read = decimalOf(wh);
  return read === undefined ? "0" : String(unitsWith(read, 0));
}
