// Looks at this machine before a charger is pointed at it: addresses, ports and the right to them, the certificate
// against those addresses, the clock against the CSMS's, room for cassettes. Changes nothing.

import { X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { createServer, isIP } from "node:net";
import { dirname, resolve } from "node:path";
import { fromLatin1 } from "../../base/bytes.js";
import { errorText, VcrError } from "../../base/errors.js";
import { openStore } from "../../pki/store.js";
import { holdsNoStore } from "../../pki/store-folder.js";
import { printable } from "../../text/printable.js";
import { fieldValue } from "../../wire/http/head.js";
import type { Clock } from "../platform/clock.js";
import { addressesOf, machineAddresses } from "../sockets/addresses.js";
import { rightToListen, thisSystem } from "../sockets/listen-right.js";
import { readHeadFrom } from "../sockets/read-head.js";
import { type CsmsWay, dialLeg } from "../tls/tls-dial.js";
import { clockStep } from "./probe.js";
import type { ProbeStep } from "./probe-step.js";

const step = (name: string, result: ProbeStep["result"], message: string): ProbeStep => ({
  step: name,
  result,
  message,
});

const withinWords = {
  network: "from the network, as far as no firewall is in between",
  containers: "from containers on this machine alone",
  machine: "from this machine alone",
} as const;

/** Every address of this machine, and who can reach it. */
export function addressSteps(): readonly ProbeStep[] {
  const all = machineAddresses();
  const steps = all.map(({ on, address, within }) =>
    step("address", within === "network" ? "yes" : "note", `${address} (${on}): ${withinWords[within]}`),
  );
  if (all.some(({ within }) => within === "network")) return steps;
  return [...steps, step("address", "note", "no network is up: chargers cannot reach this machine")];
}

/** Whether a place can be listened on now, and what is in the way where it cannot. */
export function portStep(host: string, port: number): Promise<ProbeStep> {
  const place = `${host}:${port}`;
  const outside = addressesOf(host).some(({ within }) => within === "network");
  return new Promise((resolveStep) => {
    const server = createServer();
    server.once("error", ({ code = "" }: NodeJS.ErrnoException) => {
      const why: Readonly<Record<string, string>> = {
        EADDRINUSE: "another program listens there",
        EACCES: `the right is missing. ${rightToListen(port, thisSystem())}`,
        EADDRNOTAVAIL: "this machine has no such address",
      };
      resolveStep(step("port", "no", `${place}: ${why[code] ?? code}`));
    });
    server.listen({ host, port }, () => {
      const message = outside
        ? `${place} can be listened on`
        : `${place} can be listened on, but chargers cannot reach it: --listen 0.0.0.0:${port}`;
      server.close(() => resolveStep(step("port", outside ? "yes" : "note", message)));
    });
  });
}

const namesOf = (certificate: X509Certificate): string =>
  printable(certificate.subjectAltName ?? "none", 300);

/** The store's server certificate against the addresses of this machine. */
export function certificateSteps(folder: string, now: Date = new Date()): readonly ProbeStep[] {
  if (holdsNoStore(folder))
    return [
      step(
        "certs",
        "skipped",
        `there is no certificate store ${folder}: chargers come by ws:// (ocpp-vcr certs init makes one)`,
      ),
    ];
  try {
    return openStore(folder)
      .serverCredentials()
      .map(({ kind, cert }) => {
        const certificate = new X509Certificate(cert);
        const missing = machineAddresses()
          .filter(({ within, address }) => within === "network" && isIP(address) !== 0)
          .filter(({ address }) => certificate.checkIP(address) === undefined);
        const what = `${kind.toUpperCase()} certificate for ${namesOf(certificate)}`;
        if (Date.parse(certificate.validTo) < now.getTime())
          return step(
            "certs",
            "no",
            `${what} has expired on ${certificate.validTo}: ocpp-vcr certs issue server`,
          );
        if (missing.length === 0) return step("certs", "yes", `${what} names every address of this machine`);
        const addresses = missing.map(({ address }) => address).join(", ");
        return step(
          "certs",
          "note",
          `${what} does not name ${addresses}; record shows one made for the address that is dialled`,
        );
      });
  } catch (error) {
    if (error instanceof VcrError) return [step("certs", "no", `${error.message}. ${error.hint}`)];
    throw error;
  }
}

const leastRoom = 1024 ** 3;

/** Room on the disk for cassettes; of the nearest folder that is there. */
export async function diskStep(folder: string): Promise<ProbeStep> {
  let there = resolve(folder);
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  try {
    const { bavail, bsize } = await statfs(there);
    const free = bavail * bsize;
    const message = `${(free / leastRoom).toFixed(1)} GiB free for ${folder}`;
    return step("disk", free < leastRoom ? "note" : "yes", message);
  } catch (error) {
    return step("disk", "note", `${folder}: ${errorText(error)}`);
  }
}

/** This machine's clock against the Date field of the CSMS's answer to a plain request. */
export async function csmsClockStep(
  way: CsmsWay,
  hostField: string,
  path: string,
  clock: Clock,
  timeoutMs: number,
): Promise<ProbeStep> {
  const outcome = await dialLeg(way, undefined, timeoutMs);
  if (outcome.kind !== "leg")
    return step("clock", "note", `the CSMS was not reached: ocpp-vcr probe says where the way ends`);
  const { stream, raw } = outcome.leg;
  stream.on("error", () => undefined);
  stream.write(fromLatin1(`GET ${path} HTTP/1.1\r\nHost: ${hostField}\r\nConnection: close\r\n\r\n`));
  const arrival = await readHeadFrom(stream, { bytes: 65_536, fields: 300 }, timeoutMs, Buffer.alloc(0));
  raw.destroy();
  return clockStep(arrival.kind === "head" ? fieldValue(arrival.head, "date") : undefined, clock);
}
