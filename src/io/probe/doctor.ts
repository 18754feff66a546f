// Checks this machine before a charger is connected to it: its addresses, its ports and the right to use them, the
// certificates for its addresses, its clock compared with the CSMS's, and free disk space. Changes nothing.

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
import { listenRightHint, thisSystem } from "../sockets/listen-right.js";
import { readHeadFrom } from "../sockets/read-head.js";
import { type CsmsEndpoint, dialLeg } from "../tls/tls-dial.js";
import { clockStep } from "./probe.js";
import type { ProbeStep } from "./probe-step.js";

const step = (name: string, result: ProbeStep["result"], message: string): ProbeStep => ({
  step: name,
  result,
  message,
});

const scopeWords = {
  network: "other machines can reach it, unless a firewall blocks them",
  containers: "only containers on this machine can reach it",
  machine: "only programs on this machine can reach it",
} as const;

/** Checks the addresses of this machine. */
export function addressSteps(): readonly ProbeStep[] {
  const all = machineAddresses();
  const steps = all.map(({ on, address, within }) =>
    step("address", within === "network" ? "yes" : "note", `${address} (${on}): ${scopeWords[within]}`),
  );
  if (all.some(({ within }) => within === "network")) return steps;
  return [...steps, step("address", "note", "no network is up: chargers cannot reach this machine")];
}

/** Checks whether it is possible to listen on this port now. */
export function portStep(host: string, port: number): Promise<ProbeStep> {
  const address = `${host}:${port}`;
  const isReachable = addressesOf(host).some(({ within }) => within === "network");
  return new Promise((resolveStep) => {
    const server = createServer();
    server.once("error", ({ code = "" }: NodeJS.ErrnoException) => {
      const reasons: Readonly<Record<string, string>> = {
        EADDRINUSE: "another program uses this port",
        EACCES: `this user has no right to listen there. ${listenRightHint(port, thisSystem())}`,
        EADDRNOTAVAIL: "this machine has no such address",
      };
      resolveStep(step("port", "no", `${address}: ${reasons[code] ?? code}`));
    });
    server.listen({ host, port }, () => {
      const message = isReachable
        ? `${address} is free`
        : `${address} is free, but chargers cannot reach it; to change that: --listen 0.0.0.0:${port}`;
      server.close(() => resolveStep(step("port", isReachable ? "yes" : "note", message)));
    });
  });
}

const namesOf = (certificate: X509Certificate): string =>
  printable(certificate.subjectAltName ?? "none", 300);

/** Checks the store's server certificates, and whether they name the addresses of this machine. */
export function certificateSteps(folder: string, now: Date = new Date()): readonly ProbeStep[] {
  if (holdsNoStore(folder))
    return [
      step(
        "certs",
        "skipped",
        `there is no certificate store at ${folder}, so chargers can use only ws:// (ocpp-vcr certs init makes a store)`,
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
        const title = `${kind.toUpperCase()} certificate for ${namesOf(certificate)}`;
        if (Date.parse(certificate.validTo) < now.getTime())
          return step(
            "certs",
            "no",
            `${title} expired on ${certificate.validTo}; make a new one: ocpp-vcr certs issue server`,
          );
        if (missing.length === 0) return step("certs", "yes", `${title} names every address of this machine`);
        const addresses = missing.map(({ address }) => address).join(", ");
        return step(
          "certs",
          "note",
          `${title} does not name ${addresses}; record makes a certificate for these when a charger connects`,
        );
      });
  } catch (error) {
    if (error instanceof VcrError) return [step("certs", "no", `${error.message}. ${error.hint}`)];
    throw error;
  }
}

const bytesPerGib = 1024 ** 3;

/** Checks the free disk space for cassettes, in the folder or the nearest existing one above it. */
export async function diskStep(folder: string): Promise<ProbeStep> {
  let existing = resolve(folder);
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  try {
    const { bavail, bsize } = await statfs(existing);
    const free = bavail * bsize;
    const message = `${(free / bytesPerGib).toFixed(1)} GiB free for ${folder}`;
    return step("disk", free < bytesPerGib ? "note" : "yes", message);
  } catch (error) {
    return step("disk", "note", `${folder}: ${errorText(error)}`);
  }
}

/** Compares this machine's clock with the Date header of the CSMS's answer to a plain request. */
export async function csmsClockStep(
  csms: CsmsEndpoint,
  hostField: string,
  path: string,
  clock: Clock,
  timeoutMs: number,
): Promise<ProbeStep> {
  const outcome = await dialLeg(csms, undefined, timeoutMs);
  if (outcome.kind !== "leg")
    return step("clock", "note", `the CSMS was not reached; ocpp-vcr probe shows why`);
  const { stream, raw } = outcome.leg;
  stream.on("error", () => undefined);
  stream.write(fromLatin1(`GET ${path} HTTP/1.1\r\nHost: ${hostField}\r\nConnection: close\r\n\r\n`));
  const arrival = await readHeadFrom(stream, { bytes: 65_536, fields: 300 }, timeoutMs, Buffer.alloc(0));
  raw.destroy();
  return clockStep(arrival.kind === "head" ? fieldValue(arrival.head, "date") : undefined, clock);
}
