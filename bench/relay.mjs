// The cost of recording: the same closed-loop load through nothing (a), a bare pipe (b), http-proxy (c), a two-leg
// relay on ws with JSON (d) and ocpp-vcr (e), each a process of its own. The variants take turns within every
// round, because other work on the machine shifts all figures; only ratios of one round are compared.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { otherCheckout, startChargers, startCsms, startProxy, variants } from "./relay/children.mjs";
import { summarise, table } from "./relay/figures.mjs";

/** The loads: `outstanding` CALLs wait for their answers on each charger. */
const workloads = [
  { name: "Heartbeat", action: "Heartbeat", outstanding: 1 },
  { name: "MeterValues 800 B", action: "MeterValues", outstanding: 1 },
  { name: "MeterValues 800 B, bursts of 64", action: "MeterValues", outstanding: 64 },
];

const bare = { rounds: 9, chargers: 100, warmMs: 300, driveMs: 1200, idle: 1000, idleRounds: 3 };
const quick = { rounds: 3, chargers: 100, warmMs: 250, driveMs: 650, idle: 1000, idleRounds: 1 };

/** The wait after the last answer, so that what a recorder still writes is counted. */
const settleMs = 60;

/** Idle connections cost memory: the growth of the RSS of a fresh process, per connection. */
async function measureIdle(bench, variant) {
  if (variant.args === undefined) return undefined;
  const proxy = await startProxy(variant, bench.csms.port, bench.folder("idle"));
  try {
    await bench.chargers.task({ kind: "open", port: proxy.port, count: 20, prefix: "WARM" });
    await bench.chargers.task({ kind: "close" });
    const before = await proxy.usage();
    await bench.chargers.task({ kind: "open", port: proxy.port, count: bench.size.idle, prefix: "IDLE" });
    await sleep(settleMs);
    const after = await proxy.usage();
    await bench.chargers.task({ kind: "close" });
    return { variant: variant.key, idleKiB: (after.rss - before.rss) / 1024 / bench.size.idle };
  } finally {
    await proxy.stop();
  }
}

/** One load through one variant; CPU is read when nothing is under way, so that every message is counted once. */
async function measureLoad(bench, variant, proxy, workload) {
  const { size, chargers } = bench;
  const { action, outstanding } = workload;
  await chargers.task({
    kind: "open",
    port: proxy?.port ?? bench.csms.port,
    count: size.chargers,
    prefix: "CP",
  });
  await chargers.task({ kind: "drive", ms: size.warmMs, action, outstanding });
  await sleep(settleMs);
  const before = await proxy?.usage();
  const { messages, seconds, p50Ms, p99Ms } = await chargers.task({
    kind: "drive",
    ms: size.driveMs,
    action,
    outstanding,
  });
  await sleep(settleMs);
  const after = await proxy?.usage();
  await chargers.task({ kind: "close" });
  const cpu = after === undefined ? undefined : (after.cpuSeconds - before.cpuSeconds) / (messages / 100_000);
  return { variant: variant.key, perSecond: messages / seconds, p50Ms, p99Ms, cpu };
}

/** Runs all rounds and returns the single measurements; `say` gets lines about the progress. */
export async function measure(size, chosen, loads, say) {
  const scratch = mkdtempSync(join(tmpdir(), "ocpp-vcr-bench-"));
  let folders = 0;
  const folder = (name) => {
    const path = join(scratch, `${name}-${folders++}`);
    mkdirSync(path);
    return path;
  };
  const children = [];
  const own = (child) => {
    children.push(child);
    return child;
  };
  try {
    const bench = { size, folder, csms: own(await startCsms()), chargers: own(startChargers()) };
    const idle = [];
    for (let round = 0; round < size.idleRounds; round++)
      for (const variant of chosen) idle.push({ round, ...(await measureIdle(bench, variant)) });
    const proxies = new Map();
    for (const variant of chosen)
      if (variant.args !== undefined)
        proxies.set(variant, own(await startProxy(variant, bench.csms.port, folder(variant.key))));
    const runs = [];
    for (let round = 0; round < size.rounds; round++) {
      say(`round ${round + 1} of ${size.rounds}`);
      for (const workload of loads)
        for (const variant of chosen)
          runs.push({
            round,
            workload: workload.name,
            ...(await measureLoad(bench, variant, proxies.get(variant), workload)),
          });
    }
    return { idle, runs };
  } finally {
    await Promise.all(children.map((child) => child.stop()));
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The bench as `npm run bench` runs it. */
export async function run({ quick: isQuick, json, against }) {
  const size = isQuick ? quick : bare;
  const chosen = against === undefined ? variants : [...variants, otherCheckout(against)];
  const start = performance.now();
  const say = (line) => process.stderr.write(`bench relay: ${line}\n`);
  const figures = summarise(await measure(size, chosen, workloads, say), chosen, workloads);
  const seconds = Math.round((performance.now() - start) / 1000);
  if (json) console.log(JSON.stringify({ bench: "relay", node: process.version, seconds, size, ...figures }));
  else console.log(`${table(figures, size)}\n\n${size.rounds} rounds, ${seconds} s, Node ${process.version}`);
}
