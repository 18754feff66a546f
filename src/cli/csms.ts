// `ocpp-vcr csms`: runs the embedded CSMS and prints the messages it receives and sends. Their texts come from chargers,
// so control characters are escaped before they reach a terminal.

import { type Command, Option } from "commander";
import type { ListenAddress } from "../app/addresses.js";
import { csms as startCsms } from "../app/csms.js";
import { assertNever } from "../base/assert-never.js";
import type { CsmsEvent, EmbeddedTls } from "../io/csms/embedded-csms.js";
import { certificatesIn } from "../io/tls/tls-material.js";
import { ocppVersions } from "../ocpp/version.js";
import { openStore } from "../pki/store.js";
import { jsonLine, printable } from "../text/printable.js";
import type { CliSession } from "./common/session.js";
import { durationMs, eachValue, listenAddress } from "./common/values.js";
import { storeOption } from "./options/store-options.js";

interface Options {
  readonly listen: ListenAddress;
  readonly interval: number;
  readonly certs: string;
  readonly tls?: true;
  readonly mtls?: true;
  readonly clientCa?: readonly string[];
  readonly json?: true;
}

const longestLine = 2000;

const words = (event: CsmsEvent, { paint }: CliSession): string => {
  const who = paint.bold(printable(event.identity, 60));
  switch (event.kind) {
    case "connected":
      return `${who} connected on ${printable(event.target, 200)}, speaking ${event.subprotocol ?? `no subprotocol, taken for OCPP ${event.version}`}`;
    case "received":
      return `${who} ${paint.cyan(">")} ${printable(event.text, longestLine)}`;
    case "sent":
      return `${who} ${paint.green("<")} ${printable(event.text, longestLine)}`;
    case "ignored":
      return `${who} ${paint.cyan(">")} a binary message of ${event.octets} bytes, ignored`;
    case "closed":
      return `${who} left (${event.code}${event.why === "" ? "" : `, ${printable(event.why, 200)}`})`;
    default:
      return assertNever(event);
  }
};

const line = ({ kind, ...rest }: CsmsEvent): string => jsonLine({ event: kind, ...rest });

/** The TLS settings of the options; security profile 3 is TLS with client certificates. */
const tlsOf = ({ certs, tls, mtls, clientCa }: Options): EmbeddedTls | undefined => {
  if (tls !== true && mtls !== true) return undefined;
  const store = openStore(certs);
  const roots = clientCa?.flatMap(certificatesIn) ?? store.rootCertificates();
  return {
    credentials: (name) => store.serverCredentials(name),
    clientCa: mtls === true ? roots : undefined,
  };
};

const run = async (session: CliSession, options: Options): Promise<void> => {
  const { listen, interval, json } = options;
  const tls = tlsOf(options);
  // The address is printed before any connection: earlier events wait.
  const early: CsmsEvent[] = [];
  let show = (event: CsmsEvent): void => void early.push(event);
  const csms = await startCsms({
    listen,
    interval: Math.max(1, Math.round(interval / 1000)),
    ...(tls === undefined ? {} : { tls }),
    onEvent: (event) => show(event),
  });
  session.out(
    json === true
      ? jsonLine({ event: "listening", url: csms.url })
      : `The embedded CSMS listens on ${session.paint.bold(csms.url)} (OCPP ${ocppVersions.join(", ")}). Ctrl+C ends it.`,
  );
  show = (event) => session.out(json === true ? line(event) : words(event, session));
  for (const event of early) show(event);
  await session.untilStopped();
  await csms.close();
};

/** Adds `csms` to the program. */
export function registerCsms(program: Command, session: CliSession): void {
  program
    .command("csms")
    .description("Run the embedded CSMS: it accepts every charge point and answers every CALL.")
    .addOption(
      new Option("-l, --listen <address>", "[host:]port to listen on; port 0 takes a free one")
        .argParser(listenAddress)
        .default({ host: "127.0.0.1", port: 9310 }, "127.0.0.1:9310"),
    )
    .addOption(
      new Option("--interval <duration>", "heartbeat interval in the answers to BootNotification")
        .argParser(durationMs)
        .default(300_000, "300s"),
    )
    .addOption(storeOption())
    .option("--tls", "speak TLS (wss://) with the certificates of the store")
    .option("--mtls", "require a client certificate of chargers (profile 3)")
    .addOption(
      new Option(
        "--client-ca <file>",
        "root certificates of chargers (default: those of the store); repeat for more",
      ).argParser(eachValue),
    )
    .option("--json", "one JSON object per line on stdout")
    .action((options: Options) => run(session, options));
}
