// `record --mtls require --bind-identity strict` with chargers whose certificates have a flaw that TLS libraries do not
// check. Each is refused for that flaw, with and without compression.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import type { Flaw } from "../../../src/pki/flaws.js";
import { issueCertificate } from "../../../src/pki/issue.js";
import { openStore } from "../../../src/pki/store.js";
import { madeAt, makeStore } from "../../support/runs/certificate-stores.js";
import { ownFolder, startProgram } from "../../support/runs/record-process.js";

const organization = "Test CPO";
const store = makeStore(organization);
const boot = JSON.stringify([2, "1", "BootNotification", { chargePointSerialNumber: "SN-1" }]);

/** A CSMS that accepts compression and answers BootNotifications. */
const startCsms = async (): Promise<number> => {
  const csms = new WebSocketServer({
    port: 0,
    host: "127.0.0.1",
    perMessageDeflate: { threshold: 0 },
    handleProtocols: () => "ocpp1.6",
  });
  csms.on("connection", (socket) =>
    socket.on("error", () => undefined).on("message", () => socket.send('[3,"1",{}]')),
  );
  onTestFinished(() => {
    for (const one of csms.clients) one.terminate();
    csms.close();
  });
  await once(csms, "listening");
  const address = csms.address();
  return typeof address === "object" && address !== null ? address.port : 0;
};

/** The result for a charger that sends a certificate with this flaw and boots. */
const outcomeOf = async (flaw: Flaw | undefined, compressed: boolean) => {
  const folder = await ownFolder();
  const wish = { part: "client", kind: "ec", organization, names: [], addresses: [], flaw } as const;
  const { certificate, key = "" } = issueCertificate(store, { ...wish, identity: "SN-1" }, madeAt);
  const towards = ["--csms", `ws://127.0.0.1:${await startCsms()}`, "-l", "127.0.0.1:0"];
  const strict = ["--certs", store, "--tls", "--mtls", "require", "--bind-identity", "strict"];
  const record = startProgram(folder, "record", "--json", ...towards, ...strict);
  const { url } = JSON.parse(await record.line('"listening"')) as { url: string };
  const charger = new WebSocket(`wss://127.0.0.1:${new URL(url).port}/CP1`, ["ocpp1.6"], {
    perMessageDeflate: compressed ? { threshold: 0 } : false,
    cert: readFileSync(certificate),
    key: readFileSync(key),
    ca: [...openStore(store).rootCertificates()],
  });
  charger.on("open", () => charger.send(boot)).on("error", () => undefined);
  const extensions = once(charger, "open").then(
    () => charger.extensions,
    () => "",
  );
  const ended = await new Promise<"closed" | "answered">((resolve) => {
    charger.on("message", () => resolve("answered")).on("close", () => resolve("closed"));
  });
  charger.terminate();
  if (flaw !== undefined) await record.line("closed by us: ");
  record.child.kill("SIGINT");
  expect(await record.ended).toBe(0);
  const reasons = record.stdout().match(/closed by us: [^"]*/g) ?? [];
  return { ended, reasons: [...new Set(reasons)], extensions: await extensions };
};

describe.each([
  ["without compression", false],
  ["with compression", true],
] as const)("%s", (_name, compressed) => {
  test("a valid certificate is accepted because of the serial number in the BootNotification", async () => {
    const { ended, reasons, extensions } = await outcomeOf(undefined, compressed);
    expect({ ended, reasons }).toEqual({ ended: "answered", reasons: [] });
    expect(extensions).toBe(compressed ? "permessage-deflate" : "");
  });

  test.each<[Flaw, string]>([
    [
      "wrong-org",
      "closed by us: the client certificate names the organisation Wrong Organization (O), but the certificate store has Test CPO",
    ],
    [
      "wrong-identity",
      "closed by us: the client certificate is for WRONG-IDENTITY, which is neither the identity CP1 nor the serial number SN-1",
    ],
  ])("a certificate with the flaw %s is refused only for that", async (flaw, reason) => {
    expect((await outcomeOf(flaw, compressed)).reasons).toEqual([reason]);
  });
});
