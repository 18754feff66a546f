// A recording proxy in a program: prints every message that passes, until it is interrupted.
//   node examples/library/record.mjs ws://127.0.0.1:9000/ocpp
import { record } from "ocpp-vcr";

const stop = new AbortController();
process.once("SIGINT", () => stop.abort());
const proxy = await record({ csms: process.argv[2] ?? "embedded", out: "recordings", signal: stop.signal });
console.log(`point the charger at ${proxy.url}`);
for await (const { identity, direction, type, action, latencyMs } of proxy.messages)
  console.log(identity, direction, type, action, latencyMs === null ? "" : `${latencyMs.toFixed(1)} ms`);
const { cassettes, entries } = await proxy.closed;
console.log(`${entries} entries in ${cassettes.join(", ")}`);
