// Makes the sample cassettes in recordings/: a whole charging session of a real client (ocpp-rpc) through
// the recording proxy to the embedded CSMS. Run it after a change of the format: node scripts/make-samples.mjs
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RPCClient } from "ocpp-rpc";
import { root } from "./build.mjs";

const folder = mkdtempSync(join(tmpdir(), "ocpp-vcr-samples-"));
const proxy = spawn(
  process.execPath,
  ["bin/ocpp-vcr.js", "record", "--csms", "embedded", "--listen", "0", "--out", folder, "--json"],
  { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
);
const [first] = await once(proxy.stdout, "data");
const { url } = JSON.parse(String(first).split("\n")[0]);
proxy.stdout.resume();
await session16("SAMPLE-16");
await session201("SAMPLE-201");
proxy.kill("SIGINT");
await once(proxy, "close");
for (const [identity, version] of [
  ["SAMPLE-16", "1.6"],
  ["SAMPLE-201", "2.0.1"],
]) {
  const [cassette] = readdirSync(join(folder, identity));
  copyFileSync(join(folder, identity, cassette), join(root, `recordings/sample-${version}.cassette`));
}
rmSync(folder, { recursive: true });

async function connect(identity, protocol) {
  const station = new RPCClient({
    endpoint: `${url}/ocpp`,
    identity,
    protocols: [protocol],
    strictMode: true,
    reconnect: false,
    wsOpts: { perMessageDeflate: false },
  });
  await station.connect();
  return station;
}

async function session16(identity) {
  const station = await connect(identity, "ocpp1.6");
  const time = () => new Date().toISOString();
  const status = (connectorId, state) =>
    station.call("StatusNotification", {
      connectorId,
      errorCode: "NoError",
      status: state,
      timestamp: time(),
    });
  await station.call("BootNotification", {
    chargePointVendor: "Sample",
    chargePointModel: "Two sockets",
    chargePointSerialNumber: "S-0001",
    firmwareVersion: "1.4.2",
  });
  for (const connector of [0, 1, 2]) await status(connector, "Available");
  await station.call("Heartbeat", {});
  await status(1, "Preparing");
  await station.call("Authorize", { idTag: "DEADBEEF" });
  const { transactionId } = await station.call("StartTransaction", {
    connectorId: 1,
    idTag: "DEADBEEF",
    meterStart: 148_320,
    timestamp: time(),
  });
  await status(1, "Charging");
  for (const [energy, power] of [
    ["148320", "0.00"],
    ["149170.5", "10.21"],
    ["150893", "10.34"],
  ])
    await station.call("MeterValues", {
      connectorId: 1,
      transactionId,
      meterValue: [
        {
          timestamp: time(),
          sampledValue: [
            {
              value: energy,
              context: "Sample.Periodic",
              measurand: "Energy.Active.Import.Register",
              unit: "Wh",
            },
            { value: power, context: "Sample.Periodic", measurand: "Power.Active.Import", unit: "kW" },
          ],
        },
      ],
    });
  await status(1, "Finishing");
  await station.call("StopTransaction", {
    transactionId,
    idTag: "DEADBEEF",
    meterStop: 150_893,
    timestamp: time(),
    reason: "Local",
  });
  await status(1, "Available");
  await station.close({ code: 1000, reason: "" });
}

async function session201(identity) {
  const station = await connect(identity, "ocpp2.0.1");
  const time = () => new Date().toISOString();
  await station.call("BootNotification", {
    reason: "PowerUp",
    chargingStation: { vendorName: "Sample", model: "One cable", serialNumber: "S-0002" },
  });
  const status = (connectorStatus) =>
    station.call("StatusNotification", { timestamp: time(), connectorStatus, evseId: 1, connectorId: 1 });
  await status("Available");
  await station.call("Heartbeat", {});
  const transactionId = "3f6c1a52-7c1e-4b0a-9d53-0c6a52e1f001";
  const event = (eventType, triggerReason, seqNo, chargingState, more = {}) =>
    station.call("TransactionEvent", {
      eventType,
      timestamp: time(),
      triggerReason,
      seqNo,
      transactionInfo: { transactionId, chargingState },
      evse: { id: 1, connectorId: 1 },
      ...more,
    });
  const idToken = { idToken: "DEADBEEF", type: "ISO14443" };
  await status("Occupied");
  await station.call("Authorize", { idToken });
  await event("Started", "Authorized", 0, "EVConnected", { idToken });
  await event("Updated", "ChargingStateChanged", 1, "Charging");
  await event("Updated", "MeterValuePeriodic", 2, "Charging", {
    meterValue: [
      { timestamp: time(), sampledValue: [{ value: 850.5, measurand: "Energy.Active.Import.Register" }] },
    ],
  });
  await event("Ended", "EVCommunicationLost", 3, "Idle");
  await status("Available");
  await station.close({ code: 1000, reason: "" });
}
