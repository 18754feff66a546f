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
    throw new InvalidArgumentError(`"${value}" is not HOST[:PORT].`);
  return { host: (found[1] ?? "").replace(/^\[|\]$/g, ""), port };
};

/** Adds the options about TLS towards chargers. */
const addChargerTlsOptions = (command: Command): Command =>
  command
    .addOption(storeOption())
    .addOption(
      new Option(
        "--tls [mode]",
        "TLS towards chargers; auto also accepts plain connections on the same port (default: auto if a store exists)",
      )
        .choices(["auto", "on", "off"])
        .preset("on"),
    )
    .addOption(
      new Option(
        "--tls-cert <file>",
        "server certificate with its chain, instead of the store's; repeat for RSA and ECDSA",
      ).argParser(eachValue),
    )
    .addOption(new Option("--tls-key <file>", "key of --tls-cert, in the same order").argParser(eachValue))
    .addOption(
      new Option(
        "--tls-min <version>",
        "lowest TLS version for chargers; 1.0 is for old OCPP 1.6 chargers",
      ).choices(["1.0", "1.2"]),
    )
    .addOption(
      new Option("--mtls <how>", "require or request a client certificate of chargers (profile 3)").choices([
        "require",
        "request",
      ]),
    )
    .addOption(
      new Option(
        "--client-ca <file>",
        "root certificates of chargers (default: those of the store); repeat for more",
      ).argParser(eachValue),
    )
    .addOption(
      new Option(
        "--bind-identity <how>",
        "check that a charger's certificate names its identity or serial number, and the store's organisation",
      )
        .choices(["off", "warn", "strict"])
        .default("warn"),
    )
    .option("--basic-auth <file>", "check chargers' passwords against this file of identity:password lines")
    .addOption(
      new Option("--handshake-timeout <time>", "time limit of a charger's TLS handshake")
        .argParser(durationMs)
        .default(10_000, "10s"),
    )
    .addOption(
      new Option("--max-handshakes <n>", "most TLS handshakes at the same time")
        .argParser(wholeNumber(1))
        .default(200),
    );

/** Adds the options about TLS towards the CSMS. */
export function addCsmsTlsOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--csms-ca <file>",
        "trust this root certificate in addition to the system's; repeat for more",
      ).argParser(eachValue),
    )
    .option("--csms-insecure", "accept any certificate of the CSMS")
    .option("--csms-cert <file>", "client certificate for the CSMS (profile 3)")
    .option("--csms-key <file>", "key of --csms-cert (default: in the same file)")
    .option("--csms-cert-dir <folder>", "client certificates by identity: <identity>.pem and <identity>.key")
    .option("--csms-mint", "make a client certificate for each identity, signed by the root of the store")
    .option("--csms-mint-ca <folder>", "like --csms-mint, signed by the root of this other store")
    .addOption(
      new Option(
        "--csms-connect <address>",
        "dial HOST[:PORT] instead; Host, SNI and certificate check use --csms",
      ).argParser(hostAndPort),
    );
}

/** Adds all options of the recording proxy about TLS and passwords. */
export function addTlsOptions(command: Command): Command {
  return addCsmsTlsOptions(addChargerTlsOptions(command))
    .option("--csms-basic <file>", "send the CSMS the passwords of this file of identity:password lines")
    .option("--keylog <file>", "write the TLS secrets to this file, for Wireshark (or set SSLKEYLOGFILE)");
}
