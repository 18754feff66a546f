// The cost of armed rules that match nothing: the same load through a two-leg relay on ws with JSON (d), ocpp-vcr without
// rules (e), with 20 rules about type and action (g), and with 20 about values, so that every message is
// parsed (h). As in the bench of the relay, the variants take turns within every round.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { variants } from "./relay/children.mjs";
import { cpuTable, summarise } from "./relay/figures.mjs";
import { measure } from "./relay.mjs";

const bare = { rounds: 9, chargers: 100, warmMs: 300, driveMs: 1200, idle: 0, idleRounds: 0 };
const quick = { rounds: 3, chargers: 100, warmMs: 250, driveMs: 650, idle: 0, idleRounds: 0 };

const workloads = [
  { name: "Heartbeat", action: "Heartbeat", outstanding: 1 },
  { name: "MeterValues 800 B", action: "MeterValues", outstanding: 1 },
  { name: "MeterValues 800 B, bursts of 64", action: "MeterValues", outstanding: 64 },
];

const count = 20;
const twenty = (when) =>
  Array.from({ length: count }, (_, i) => `  - { id: r${i}, when: ${when(i)}, then: [ drop: ] }\n`).join("");

/** Types and actions that do not occur, in both directions. */
const byAction = twenty((i) =>
  i % 2 === 0
    ? `{ type: CALLERROR, action: [ Heartbeat, MeterValues, Rare${i} ] }`
    : `{ type: CALL, action: "*Transaction${i}" }`,
);

/** Values that do not occur, looked up in every message. */
const byValue = twenty((i) =>
  i % 2 === 0
    ? `{ path: { /connectorId: { gt: ${1000 + i} } } }`
    : `{ path: { /meterValue/0/sampledValue/0/value: { equals: "${i}" } } }`,
);

const withRules = (key, name, rules) => {
  const plain = variants.find((variant) => variant.key === "e");
  const args = (csmsPort, folder) => {
    const path = join(folder, "rules");
    mkdirSync(path);
    writeFileSync(join(path, "rules.yaml"), `version: 1\nrules:\n${rules}`);
    return [...plain.args(csmsPort, folder), "--rules", join(path, "rules.yaml")];
  };
  return { key, name, args };
};

/** The variants in the order in which they are measured. */
export const ruleVariants = [
  ...variants.filter(({ key }) => key === "d" || key === "e"),
  withRules("g", "20 rules, type, action", byAction),
  withRules("h", "20 rules, values", byValue),
];

/** The bench as `npm run bench` runs it. */
export async function run({ quick: isQuick, json }) {
  const size = isQuick ? quick : bare;
  const start = performance.now();
  const say = (line) => process.stderr.write(`bench rules: ${line}\n`);
  const { loads } = summarise(await measure(size, ruleVariants, workloads, say), ruleVariants, workloads);
  const seconds = Math.round((performance.now() - start) / 1000);
  if (json) console.log(JSON.stringify({ bench: "rules", node: process.version, seconds, size, loads }));
  else
    console.log(`${cpuTable(loads, size)}\n\n${size.rounds} rounds, ${seconds} s, Node ${process.version}`);
}
