// One chart as SVG: energy on the left scale and power on the right scale, over the time of day in UTC. The colours
// come from the style of the page.

import { writeInstant } from "../../base/instant.js";
import { escapeHtml } from "./html.js";
import type { MeterPoint, MeterSeries } from "./meter-series.js";

const width = 640;
const height = 240;
const box = { left: 56, right: width - 48, top: 16, bottom: height - 32 };

/** A curve with more points is thinned out evenly; the last point stays. */
const mostPoints = 1500;

/** Larger readings, in Wh or W, are left out: they would flatten the curve. */
const largest = 1e12;

interface Scale {
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

const niceStep = (span: number, parts: number): number => {
  const raw = span / parts;
  const power = 10 ** Math.floor(Math.log10(raw));
  const fraction = raw / power;
  return (fraction <= 1 ? 1 : fraction <= 2 ? 2 : fraction <= 5 ? 5 : 10) * power;
};

const scaleOf = (values: readonly number[], fromZero: boolean): Scale => {
  let least = fromZero ? 0 : Number.POSITIVE_INFINITY;
  let most = fromZero ? 0 : Number.NEGATIVE_INFINITY;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const span = most - least || Math.max(Math.abs(most) * 0.01, 1);
  const step = niceStep(span, 4);
  return {
    low: Math.floor(least / step) * step,
    high: Math.max(Math.ceil(most / step) * step, Math.floor(least / step) * step + step),
    step,
  };
};

const timeSteps = [
  0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800,
  21_600, 43_200, 86_400,
].map((seconds) => seconds * 1000);

const thinned = (points: readonly MeterPoint[]): readonly MeterPoint[] => {
  const stride = Math.ceil(points.length / mostPoints);
  return stride <= 1 ? points : points.filter((_, i) => i % stride === 0 || i === points.length - 1);
};

const two = (number: number): string => String(number).padStart(2, "0");

/** The remainder, never negative, because times before 1970 occur. */
const remainder = (value: number, by: number): number => ((value % by) + by) % by;

const clock = (ms: number, step: number): string => {
  const s = Math.floor(ms / 1000);
  const base = `${two(remainder(Math.floor(s / 3600), 24))}:${two(remainder(Math.floor(s / 60), 60))}`;
  if (step >= 60_000) return base;
  const fraction = step >= 1000 ? "" : `.${String(remainder(Math.round(ms), 1000)).padStart(3, "0")}`;
  return `${base}:${two(remainder(s, 60))}${fraction}`;
};

const short = (value: number): string => String(Number(value.toPrecision(12)));

const coordinate = (value: number): string => String(Math.round(value * 10) / 10);

interface Axis {
  /** The x coordinate of a time in milliseconds since 1970. */
  readonly x: (epochMs: number) => number;
  readonly first: number;
  readonly last: number;
}

const axisOf = (points: readonly MeterPoint[]): Axis => {
  const times = points.map(({ epochMs }) => epochMs);
  const first = times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const last = times.reduce((a, b) => Math.max(a, b), first);
  const span = last - first || 1;
  const middle = last === first ? (box.right - box.left) / 2 : 0;
  return {
    first,
    last,
    x: (epochMs) => box.left + middle + ((epochMs - first) / span) * (box.right - box.left),
  };
};

const timeTicks = ({ first, last, x }: Axis): string => {
  const span = last - first;
  const step = timeSteps.find((candidate) => span / candidate <= 6) ?? niceStep(span, 5);
  const ticks: string[] = [];
  for (let ms = Math.ceil(first / step) * step; ms <= last && ticks.length < 12; ms += step)
    ticks.push(
      `<line class="grid" x1="${coordinate(x(ms))}" x2="${coordinate(x(ms))}" y1="${box.top}" y2="${box.bottom}"/>` +
        `<text class="tick" text-anchor="middle" x="${coordinate(x(ms))}" y="${box.bottom + 18}">${clock(ms, step)}</text>`,
    );
  return ticks.join("");
};

const valueTicks = (scale: Scale, side: "left" | "right"): string => {
  const x = side === "left" ? box.left - 8 : box.right + 8;
  const anchor = side === "left" ? "end" : "start";
  const ticks: string[] = [];
  for (let i = 0; i <= Math.round((scale.high - scale.low) / scale.step) && i < 12; i++) {
    const value = scale.low + i * scale.step;
    const y = yOf(scale, value);
    if (side === "left")
      ticks.push(
        `<line class="grid" x1="${box.left}" x2="${box.right}" y1="${coordinate(y)}" y2="${coordinate(y)}"/>`,
      );
    ticks.push(
      `<text class="tick ${side === "left" ? "energy" : "power"}" text-anchor="${anchor}" x="${x}" y="${coordinate(y + 4)}">${short(value)}</text>`,
    );
  }
  return ticks.join("");
};

const yOf = ({ low, high }: Scale, value: number): number =>
  box.bottom - ((value - low) / (high - low)) * (box.bottom - box.top);

const curve = (points: readonly MeterPoint[], kind: "energy" | "power", scale: Scale, axis: Axis): string => {
  const unit = kind === "energy" ? "kWh" : "kW";
  const places = points.map(
    ({ epochMs, value }) => `${coordinate(axis.x(epochMs))},${coordinate(yOf(scale, value))}`,
  );
  const dots = points.map(({ epochMs, value }, i) => {
    const [cx = "", cy = ""] = (places[i] ?? "").split(",");
    return `<circle class="dot" cx="${cx}" cy="${cy}" r="${points.length > 60 ? 1.5 : 3}"><title>${clock(epochMs, 1000)} ${short(value)} ${unit}</title></circle>`;
  });
  return `<g class="${kind}"><polyline class="curve" points="${places.join(" ")}"/>${dots.join("")}</g>`;
};

const inKilo = (points: readonly MeterPoint[]): readonly MeterPoint[] =>
  thinned(points.filter(({ value }) => Math.abs(value) <= largest)).map(({ epochMs, value }) => ({
    epochMs,
    value: value / 1000,
  }));

const titleOf = ({ transaction, connector }: MeterSeries): string => {
  const where = connector === undefined ? "" : `connector ${connector}`;
  if (transaction === undefined) return `${where || "no connector"}, outside of a transaction`;
  return `transaction ${transaction}${where === "" ? "" : `, ${where}`}`;
};

/** The chart of one transaction or connector with its caption, as HTML; "" if there is nothing to draw. */
export function meterChart(series: MeterSeries): string {
  const energy = inKilo(series.energy);
  const power = inKilo(series.power);
  if (energy.length + power.length === 0) return "";
  const axis = axisOf([...energy, ...power]);
  const energyScale = scaleOf(
    energy.map(({ value }) => value),
    false,
  );
  const powerScale = scaleOf(
    power.map(({ value }) => value),
    true,
  );
  const drawn = [
    timeTicks(axis),
    ...(energy.length > 0
      ? [valueTicks(energyScale, "left"), curve(energy, "energy", energyScale, axis)]
      : []),
    ...(power.length > 0 ? [valueTicks(powerScale, "right"), curve(power, "power", powerScale, axis)] : []),
  ];
  const day = writeInstant(BigInt(Math.round(axis.first)) * 1_000_000n).slice(0, 10);
  const first = energy[0]?.value;
  const last = energy.at(-1)?.value;
  const charged =
    first === undefined || last === undefined ? "" : ` · ${short(Number((last - first).toFixed(3)))} kWh`;
  const legend = [
    ...(energy.length > 0 ? ['<span class="energy">energy, kWh</span>'] : []),
    ...(power.length > 0 ? ['<span class="power">power, kW</span>'] : []),
  ].join(" ");
  return (
    `<figure class="meter"><figcaption><b>${escapeHtml(titleOf(series), 200)}</b>${charged} · ${escapeHtml(day)} UTC ${legend}</figcaption>` +
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="energy and power over time">${drawn.join("")}</svg></figure>`
  );
}
