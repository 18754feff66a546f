// `ocpp-vcr probe`: checks the connection to a CSMS without a charger.

import { type Command, InvalidArgumentError, Option } from "commander";
import type { HostAndPort } from "../../app/tls-options.js";
import { csmsTlsOf, dialAddress } from "../../app/tls-plan.js";
import { VcrError } from "../../base/errors.js";
import { startClock } from "../../io/platform/clock.js";
import { probe } from "../../io/probe/probe.js";
import { readCsmsProxy } from "../../io/sockets/connect-proxy.js";
import { readNamedFile } from "../../io/tls/tls-material.js";
import { readPasswords } from "../../io/tls/tls-passwords.js";
import type { CliSession } from "../common/session.js";
import { csmsUrl, durationMs } from "../common/values.js";
import { hostAndPort } from "../options/tls-options.js";
import { printSteps } from "./print-steps.js";

interface Options {
  readonly identity?: string;
  readonly basicAuth?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly ca?: readonly string[];
  readonly insecure?: boolean;
  readonly csmsConnect?: HostAndPort;
  readonly csmsProxy?: string;
  readonly timeout: number;
  readonly json?: boolean;
}

/** The time that the program needs to start and to end. */
const startupMs = 1000;
const minTimeoutMs = 500;

const realUrl = (value: string): URL => {
  const url = csmsUrl(value);
  if (url === "embedded") throw new InvalidArgumentError("write ws://host:port/base or wss://...");
  return url;
};

const run = async (session: CliSession, url: URL, options: Options): Promise<void> => {
  const identity = options.identity ?? "ocpp-vcr-probe";
  const proxy = options.csmsProxy === undefined ? undefined : readCsmsProxy(options.csmsProxy);
  if (options.csmsProxy !== undefined && proxy === undefined)
    throw new VcrError(
      "USAGE",
      "the value of --csms-proxy is not the URL of an HTTP proxy",
      "Write http://host:port.",
    );
  const passwords =
    options.basicAuth === undefined ? undefined : readPasswords(readNamedFile(options.basicAuth));
  if (passwords !== undefined && passwords.authorizationFor(identity, []) === undefined)
    throw new VcrError(
      "USAGE",
      `there is no password for ${identity} in ${options.basicAuth}`,
      "Add a line identity:password, and use --identity.",
    );
  const tls = csmsTlsOf(
    {
      certs: "certs",
      ...(options.ca === undefined ? {} : { csmsCa: options.ca }),
      ...(options.insecure === undefined ? {} : { csmsInsecure: options.insecure }),
      ...(options.cert === undefined ? {} : { csmsCert: options.cert }),
      ...(options.key === undefined ? {} : { csmsKey: options.key }),
    },
    url,
    session.env,
    undefined,
  );
  const steps = probe({
    url,
    ...dialAddress(url, options.csmsConnect),
    proxy,
    identity,
    tls,
    authorization: (subprotocol) =>
      passwords?.authorizationFor(identity, subprotocol === undefined ? [] : [subprotocol]),
    clock: startClock(),
    timeoutMs: Math.max(minTimeoutMs, options.timeout - startupMs),
  });
  await printSteps(session, steps, options.json === true);
};

/** Adds `probe` to the program. */
export function registerProbe(program: Command, session: CliSession): void {
  program
    .command("probe")
    .description(
      "Check the connection to a CSMS without a charger: host name, port, TLS, upgrade, each OCPP version.",
    )
    .argument("<url>", "the CSMS: ws[s]://host[:port][/base]", realUrl)
    .option(
      "--identity <id>",
      "connect as this charge point (default: ocpp-vcr-probe); the CSMS may disconnect the real one",
    )
    .option("--basic-auth <file>", "its password: a file of identity:password lines")
    .option("--cert <file>", "its client certificate (profile 3)")
    .option("--key <file>", "the certificate's key (default: in the same file)")
    .addOption(
      new Option("--ca <file>", "trust this root besides those of the system; repeat for more").argParser(
        (value: string, before: readonly string[] = []) => [...before, value],
      ),
    )
    .option("--insecure", "accept any certificate of the CSMS")
    .addOption(
      new Option(
        "--csms-connect <address>",
        "connect to HOST[:PORT] instead; SNI, Host and the certificate name stay those of the URL",
      ).argParser(hostAndPort),
    )
    .option("--csms-proxy <url>", "connect through this HTTP proxy: http://[user:password@]host:port")
    .addOption(
      new Option("--timeout <time>", "time for all checks together")
        .argParser(durationMs)
        .default(10_000, "10s"),
    )
    .option("--json", "one JSON object per step on stdout")
    .addHelpText(
      "after",
      `
Examples:
  ocpp-vcr probe wss://csms.example/ocpp
  ocpp-vcr probe wss://csms.example/ocpp --identity CP1 --basic-auth passwords --ca root.pem

Exit codes: 0 (the charge point can connect), 2 (usage), 3 (it cannot, or there is another problem).`,
    )
    .action((url: URL, options: Options) => run(session, url, options));
}
