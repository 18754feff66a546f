// `ocpp-vcr doctor`: checks this machine before a charger is connected to it.

import { type Command, Option } from "commander";
import type { ListenPlace } from "../../app/addresses.js";
import { csmsTlsOf, dialAddress } from "../../app/tls-plan.js";
import { startClock } from "../../io/platform/clock.js";
import { addressSteps, certificateSteps, csmsClockStep, diskStep, portStep } from "../../io/probe/doctor.js";
import type { ProbeStep } from "../../io/probe/probe-step.js";
import type { CliSession } from "../common/session.js";
import { csmsUrl, listenPlaces } from "../common/values.js";
import { storeOption } from "../options/store-options.js";
import { usualPlace } from "../record/record-options.js";
import { printSteps } from "./print-steps.js";

interface Options {
  readonly csms?: URL | "embedded";
  readonly csmsCa?: readonly string[];
  readonly listen?: readonly ListenPlace[];
  readonly certs: string;
  readonly out: string;
  readonly json?: boolean;
}

const clockMs = 5000;

async function* steps(session: CliSession, options: Options): AsyncGenerator<ProbeStep> {
  yield* addressSteps();
  for (const { host, port } of options.listen ?? [usualPlace]) yield await portStep(host, port);
  yield* certificateSteps(options.certs);
  const { csms, csmsCa } = options;
  if (csms instanceof URL) {
    const tls = csmsTlsOf(
      { certs: options.certs, ...(csmsCa === undefined ? {} : { csmsCa }) },
      csms,
      session.env,
      undefined,
    );
    yield await csmsClockStep(
      { ...dialAddress(csms, undefined), tls },
      csms.host,
      csms.pathname,
      startClock(),
      clockMs,
    );
  } else yield { step: "clock", result: "skipped", message: "not compared: give the CSMS with --csms URL" };
  yield await diskStep(options.out);
}

/** Adds `doctor` to the program. */
export function registerDoctor(program: Command, session: CliSession): void {
  program
    .command("doctor")
    .description(
      "Check this machine before a charger is connected to it: addresses, ports, certificates, clock, disk.",
    )
    .addOption(new Option("-c, --csms <url>", "compare the clock with that of this CSMS").argParser(csmsUrl))
    .addOption(
      new Option(
        "--csms-ca <file>",
        "trust this root besides those of the system; repeat for more",
      ).argParser((value: string, before: readonly string[] = []) => [...before, value]),
    )
    .addOption(
      new Option(
        "-l, --listen <address>",
        "the address that record will listen on; repeat for more (default: 127.0.0.1:9310)",
      ).argParser(listenPlaces),
    )
    .addOption(storeOption())
    .option("-o, --out <folder>", "the folder for the cassettes", "recordings")
    .option("--json", "one JSON object per step on stdout")
    .addHelpText(
      "after",
      `
Examples:
  ocpp-vcr doctor --listen 0.0.0.0:9310
  ocpp-vcr doctor --listen :443 --csms wss://csms.example/ocpp

Exit codes: 0 (no problem), 2 (usage), 3 (a problem).`,
    )
    .action((options: Options) => printSteps(session, steps(session, options), options.json === true));
}
