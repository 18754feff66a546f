// Starts the processes of the bench and talks to them, each over a channel; they end with this process.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

const recording = (checkout) => (csmsPort, folder) => [
  join(checkout, "bin", "ocpp-vcr.js"),
  ...["record", "--csms", `ws://127.0.0.1:${csmsPort}`, "--listen", "0", "--out", folder],
];

/** The variants in the order in which they are measured: what stands between the chargers and the CSMS. */
export const variants = [
  { key: "a", name: "nothing" },
  { key: "b", name: "net pipe", args: (csmsPort) => [here("net-pipe.mjs"), csmsPort] },
  { key: "c", name: "http-proxy", args: (csmsPort) => [here("http-proxy.mjs"), csmsPort] },
  {
    key: "d",
    name: "ws + JSON + NDJSON",
    args: (csmsPort, folder) => [here("ws-relay.mjs"), csmsPort, folder],
  },
  { key: "e", name: "ocpp-vcr record", args: recording(here("../..")) },
];

/** Another checkout of ocpp-vcr (built), to compare with this one. */
export function otherCheckout(folder) {
  return { key: "f", name: "ocpp-vcr record (other)", args: recording(folder) };
}

const start = (args) => {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe", "ipc"] });
  let printed = "";
  child.stderr.on("data", (chunk) => {
    printed += chunk;
  });
  child.stdout.on("data", (chunk) => {
    if (printed.length < 10_000) printed += chunk;
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const over = once(child, "exit");
    child.kill("SIGKILL");
    await over;
  };
  const gone = once(child, "exit").then(([code]) => {
    throw new Error(`${args.join(" ")} ended with ${code}: ${printed}`);
  });
  gone.catch(() => undefined);
  const ask = async (question) => {
    const answer = once(child, "message");
    child.send(question);
    const [reply] = await Promise.race([answer, gone]);
    if (reply.failed !== undefined) throw new Error(reply.failed);
    return reply;
  };
  const port = async () => {
    for (;;) {
      const found = /Listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(printed)?.[1];
      if (found !== undefined) return Number(found);
      await Promise.race([once(child.stdout, "data"), gone]);
    }
  };
  return { stop, ask, port };
};

/** Starts the CSMS and returns its port. */
export async function startCsms() {
  const child = start([here("csms-side.mjs")]);
  return { port: await child.port(), stop: child.stop };
}

/** Starts the chargers; `task` opens, drives or closes them. */
export function startChargers() {
  const child = start([here("charger-side.mjs")]);
  return { task: async (task) => (await child.ask(task)).done, stop: child.stop };
}

/** Starts the proxy of a variant; `usage` returns its CPU seconds so far and its RSS. */
export async function startProxy(variant, csmsPort, folder) {
  const child = start([
    "--expose-gc",
    "--import",
    new URL("probe.mjs", import.meta.url).href,
    ...variant.args(`${csmsPort}`, folder),
  ]);
  return { port: await child.port(), usage: async () => (await child.ask("usage")).usage, stop: child.stop };
}
