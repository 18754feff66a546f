// The options about TLS and passwords, shared by the commands that serve chargers and those that dial a CSMS.

import { type Command, InvalidArgumentError, Option } from "commander";
import type { HostAndPort } from "../../app/tls-options.js";
import { durationMs, eachValue, wholeNumber } from "../common/values.js";
import { storeOption } from "./store-options.js";

/** Reads `HOST[:PORT]`. */
export const hostAndPort = (value: string): HostAndPort => {
  const found = /^(\[[0-9a-fA-F:.%]+\]|[^:[\]/\s]+)(?::(\d{1,5}))?$/.exec(value.trim());
  const port = found?.[2] === undefined ? undefined : Number(found[2]);
  if (found === null || (port !== undefined && port > 65_535))
    throw new InvalidArgumentError(`"${value}" is no HOST[:PORT].`);
  return { host: (found[1] ?? "").replace(/^\[|\]$/g, ""), port };
};

/** Adds the options about TLS towards chargers. */
const addChargerTlsOptions = (command: Command): Command =>
  command
    .addOption(storeOption())
    .addOption(
      new Option(
        "--tls [mode]",
        "TLS towards chargers; auto takes plain on the same port, too (default: auto where a store exists)",
      )
        .choices(["auto", "on", "off"])
        .preset("on"),
    )
    .addOption(
      new Option(
        "--tls-cert <file>",
        "own server certificate with its chain; repeat for RSA and ECDSA",
      ).argParser(eachValue),
    )
    .addOption(new Option("--tls-key <file>", "its key, in the order of --tls-cert").argParser(eachValue))
    .addOption(
      new Option(
        "--tls-min <version>",
        "least version of TLS for chargers; 1.0 is for old OCPP 1.6 ones",
      ).choices(["1.0", "1.2"]),
    )
    .addOption(
      new Option("--mtls <how>", "ask chargers for a certificate (profile 3)").choices([
        "require",
        "request",
      ]),
    )
    .addOption(
      new Option(
        "--client-ca <file>",
        "roots of chargers' certificates (default: ours); repeat for more",
      ).argParser(eachValue),
    )
    .addOption(
      new Option(
        "--bind-identity <how>",
        "a charger's certificate must name its identity or serial number, and our organisation",
      )
        .choices(["off", "warn", "strict"])
        .default("warn"),
    )
    .option("--basic-auth <file>", "check chargers' passwords here: a file of identity:password lines")
    .addOption(
      new Option("--handshake-timeout <time>", "for a charger's TLS handshake")
        .argParser(durationMs)
        .default(10_000, "10s"),
    )
    .addOption(
      new Option("--max-handshakes <n>", "handshakes under way at one time")
        .argParser(wholeNumber(1))
        .default(200),
    );

/** Adds the options about TLS towards the CSMS. */
export function addCsmsTlsOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--csms-ca <file>", "a root to trust besides the system's; repeat for more").argParser(
        eachValue,
      ),
    )
    .option("--csms-insecure", "take any certificate of the CSMS")
    .option("--csms-cert <file>", "client certificate for the CSMS (profile 3)")
    .option("--csms-key <file>", "its key (default: in the same file)")
    .option("--csms-cert-dir <folder>", "client certificates by identity: <identity>.pem and <identity>.key")
    .option("--csms-mint", "make a client certificate for each identity, signed by the store's root")
    .option("--csms-mint-ca <folder>", "another certificate store whose root signs them")
    .addOption(
      new Option(
        "--csms-connect <address>",
        "dial HOST[:PORT] instead; Host, SNI and certificate name stay those of --csms",
      ).argParser(hostAndPort),
    );
}

/** Adds all options of the recording proxy about TLS and passwords. */
export function addTlsOptions(command: Command): Command {
  return addCsmsTlsOptions(addChargerTlsOptions(command))
    .option("--csms-basic <file>", "passwords to show to the CSMS instead: a file of identity:password lines")
    .option("--keylog <file>", "write the secrets of TLS there, for Wireshark (or SSLKEYLOGFILE)");
}
