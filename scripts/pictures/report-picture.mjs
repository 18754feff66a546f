// The picture of the report page: a charging session of forty minutes as a log, imported as a user would import it,
// shown by `show --html` in Chromium. Its times are fixed, so that the page is the same each time.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../build.mjs";
import { runCommand } from "../run-command.mjs";

const identity = "CP-0815";
const start = Date.parse("2026-03-01T07:58:00Z");

/** Writes the picture to this file. Throws where a command fails, Chromium's included. */
export async function makeReportPicture(file) {
  const folder = mkdtempSync(join(tmpdir(), "ocpp-vcr-report-"));
  const program = join(root, "bin", "ocpp-vcr.js");
  const pattern = join(root, "examples", "logs", "backend.yaml");
  try {
    writeFileSync(join(folder, "backend.log"), `${sessionLog().join("\n")}\n`);
    const importing = ["import", "--from", "lines", "--pattern", pattern, "backend.log", "-o", "imported"];
    await must(folder, process.execPath, program, ...importing);
    await must(folder, process.execPath, program, "show", "imported", "--html", "report.html");
    await must(
      folder,
      "chromium",
      ...["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1200,1000"],
      `--screenshot=${file}`,
      pathToFileURL(join(folder, "report.html")).href,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function must(cwd, command, ...args) {
  const { code, output } = await runCommand(command, args, { cwd });
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${output}`);
}

/** The lines of a backend's log. The first StopTransaction gets no answer; the charger sends it again. */
function sessionLog() {
  const lines = [];
  let id = 100;
  const time = (seconds) => new Date(start + seconds * 1000).toISOString().replace(".000Z", "Z");
  const call = (seconds, action, payload, answer, isRetry = false) => {
    if (!isRetry) id += 1;
    lines.push(`${time(seconds)} ${identity} <- ${JSON.stringify([2, String(id), action, payload])}`);
    if (answer !== undefined)
      lines.push(`${time(seconds + 0.182)} ${identity} -> ${JSON.stringify([3, String(id), answer])}`);
  };
  const status = (seconds, connectorId, state) =>
    call(
      seconds,
      "StatusNotification",
      { connectorId, errorCode: "NoError", status: state, timestamp: time(seconds) },
      {},
    );
  const accepted = { idTagInfo: { status: "Accepted" } };
  lines.push(`${time(0)} ${identity} connected`);
  call(
    1,
    "BootNotification",
    { chargePointVendor: "Example", chargePointModel: "Wallbox 22", firmwareVersion: "3.1.0" },
    { status: "Accepted", currentTime: time(2), interval: 900 },
  );
  status(3, 0, "Available");
  status(4, 1, "Available");
  status(110, 1, "Preparing");
  call(118, "Authorize", { idTag: "04A2B3C4" }, accepted);
  const begin = { connectorId: 1, idTag: "04A2B3C4", meterStart: 1_204_310, timestamp: time(120) };
  call(120, "StartTransaction", begin, { transactionId: 5011, ...accepted });
  status(122, 1, "Charging");
  let energy = 1_204_310;
  for (let minute = 1; minute <= 38; minute += 1) {
    const power = minute < 3 ? minute * 3.7 : Math.min(11.1, 11.1 - Math.max(0, minute - 24) * 0.62);
    energy += (power * 1000) / 60;
    const sampledValue = [
      { value: energy.toFixed(0), measurand: "Energy.Active.Import.Register", unit: "Wh" },
      { value: power.toFixed(2), measurand: "Power.Active.Import", unit: "kW" },
    ];
    const seconds = 120 + minute * 60;
    const meterValue = [{ timestamp: time(seconds), sampledValue }];
    call(seconds, "MeterValues", { connectorId: 1, transactionId: 5011, meterValue }, {});
  }
  const meterStop = Math.round(energy);
  const end = { transactionId: 5011, meterStop, timestamp: time(2420), reason: "EVDisconnected" };
  call(2420, "StopTransaction", end, undefined);
  call(2480, "StopTransaction", end, {}, true);
  status(2483, 1, "Available");
  return lines;
}
