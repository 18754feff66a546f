// Single measurements -> medians, and ratios: a ratio is taken within one round and its median over the rounds,
// so that whatever slows the machine for a while affects both sides.

const median = (values) => {
  const sorted = values
    .filter((value) => value !== undefined && Number.isFinite(value))
    .sort((x, y) => x - y);
  if (sorted.length === 0) return undefined;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** The ratios: numerator and denominator. */
const pairs = [
  ["e", "b"],
  ["e", "c"],
  ["e", "d"],
  ["e", "f"],
  ["g", "e"],
  ["h", "e"],
  ["h", "d"],
];

const ratios = (runs, field) => {
  const out = {};
  for (const [over, under] of pairs) {
    const values = runs
      .filter((run) => run.variant === over)
      .map(
        (run) =>
          run[field] / runs.find((other) => other.variant === under && other.round === run.round)?.[field],
      );
    const middle = median(values);
    if (middle !== undefined) out[`${over}/${under}`] = middle;
  }
  return out;
};

const medians = (runs, chosen, fields) =>
  chosen.map(({ key, name }) => {
    const own = runs.filter((run) => run.variant === key);
    return {
      key,
      name,
      ...Object.fromEntries(fields.map((field) => [field, median(own.map((run) => run[field]))])),
    };
  });

/** Medians and ratios of everything measured. */
export function summarise({ idle, runs }, chosen, loads) {
  return {
    loads: loads.map(({ name }) => {
      const own = runs.filter((run) => run.workload === name);
      const figures = medians(own, chosen, ["perSecond", "p50Ms", "p99Ms", "cpu"]);
      return {
        name,
        variants: figures,
        cpuRatios: ratios(own, "cpu"),
        speedRatios: ratios(own, "perSecond"),
      };
    }),
    idle: { variants: medians(idle, chosen, ["idleKiB"]), ratios: ratios(idle, "idleKiB") },
  };
}

const shown = (value, digits, width) => (value === undefined ? "-" : value.toFixed(digits)).padStart(width);
const shownRatios = (of) =>
  Object.entries(of)
    .map(([pair, value]) => `${pair} ${value.toFixed(2)}`)
    .join("   ");

const loadLines = (loads, size) => {
  const lines = [];
  for (const load of loads) {
    lines.push(`${load.name}, ${size.chargers} chargers`);
    lines.push(
      `  ${"".padEnd(26)}${"messages/s".padStart(12)}${"p50 ms".padStart(9)}${"p99 ms".padStart(9)}${"CPU s/100k".padStart(12)}`,
    );
    for (const { key, name, perSecond, p50Ms, p99Ms, cpu } of load.variants)
      lines.push(
        `  ${key} ${name.padEnd(24)}${shown(perSecond, 0, 12)}${shown(p50Ms, 2, 9)}${shown(p99Ms, 2, 9)}${shown(cpu, 2, 12)}`,
      );
    lines.push(`  CPU per message: ${shownRatios(load.cpuRatios)}`, "");
  }
  return lines;
};

/** The loads as text. */
export function cpuTable(loads, size) {
  return loadLines(loads, size).join("\n").trimEnd();
}

/** The figures as text. */
export function table({ loads, idle }, size) {
  const lines = loadLines(loads, size);
  lines.push(`Idle, ${size.idle} connections`);
  for (const { key, name, idleKiB } of idle.variants)
    lines.push(`  ${key} ${name.padEnd(24)}${shown(idleKiB, 1, 12)} KiB each`);
  lines.push(`  KiB per connection: ${shownRatios(idle.ratios)}`);
  return lines.join("\n");
}
