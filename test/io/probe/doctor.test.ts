// The checks of a machine before a charger is connected to it.
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startClock } from "../../../src/io/platform/clock.js";
import {
  addressSteps,
  certificateSteps,
  csmsClockStep,
  diskStep,
  portStep,
} from "../../../src/io/probe/doctor.js";
import { RawListener } from "../../support/peers/raw-peer.js";
import { makeStore } from "../../support/runs/certificate-stores.js";
import { temporaryFolder } from "../../support/runs/temporary-folder.js";

test("the doctor lists every address, and loopback ones as a note", () => {
  const steps = addressSteps();
  const loopback = steps.filter(({ message }) => /only programs on this machine/.test(message));
  expect(new Set(loopback.map(({ result }) => result))).toEqual(new Set(["note"]));
});

test("the doctor notes that chargers cannot reach a free port on loopback", async () => {
  const step = await portStep("127.0.0.1", 0);
  expect(step).toMatchObject({ result: "note", message: expect.stringContaining("--listen 0.0.0.0:") });
  expect((await portStep("0.0.0.0", 0)).message).toContain("is free");
});

test("a used port and an address of another machine are problems for the doctor", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  expect(await portStep("127.0.0.1", port)).toMatchObject({
    result: "no",
    message: expect.stringContaining("another program"),
  });
  expect(await portStep("203.0.113.1", 0)).toMatchObject({ result: "no" });
});

test("the doctor checks certificates against the addresses and the clock", () => {
  const folder = makeStore();
  const now = certificateSteps(folder);
  expect(now.map(({ message }) => message.slice(0, 20))).toEqual([
    "RSA certificate for ",
    "EC certificate for D",
  ]);
  expect(certificateSteps(folder, new Date("2100-01-01")).map(({ result }) => result)).toEqual(["no", "no"]);
});

test("the doctor skips a certificate store that is missing, empty or only a README, and reports any other folder that is no store", () => {
  const other = temporaryFolder();
  expect(certificateSteps(join(other, "none"))).toMatchObject([{ result: "skipped" }]);
  expect(certificateSteps(other)).toMatchObject([{ result: "skipped" }]);
  writeFileSync(join(other, "README.md"), "a folder of the sources");
  expect(certificateSteps(other)).toMatchObject([{ result: "skipped" }]);
  writeFileSync(join(other, "root-ec.pem"), "no certificate");
  expect(certificateSteps(other)).toMatchObject([{ result: "no" }]);
});

test("the doctor reports the free disk space of a folder that does not exist yet", async () => {
  const step = await diskStep(`${temporaryFolder()}/a/b`);
  expect(step).toMatchObject({ step: "disk", message: expect.stringMatching(/GiB free/) });
});

test("the doctor compares the clock with the CSMS's Date header", async () => {
  const csms = await new RawListener(
    (peer) =>
      void peer.head().then(() => peer.send("HTTP/1.1 404 X\r\nDate: Sat, 01 Jan 2000 00:00:00 GMT\r\n\r\n")),
  ).listen();
  const ask = () =>
    csmsClockStep({ host: "127.0.0.1", port: csms.port }, "csms.example", "/", startClock(), 5000);
  expect(await ask()).toMatchObject({
    step: "clock",
    result: "note",
    message: expect.stringContaining("ahead of"),
  });
  expect(csms.peers[0]?.text).toMatch(/^GET \/ HTTP\/1\.1\r\nHost: csms\.example\r\n/);
  await csms.close();
  expect(await ask()).toMatchObject({ result: "note", message: expect.stringContaining("not reached") });
});
