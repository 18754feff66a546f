// The options about certificates, and the readers of their values.

import { InvalidArgumentError, Option } from "commander";
import { keyKinds } from "../../pki/key.js";
import { dnsName, ipBytes } from "../../pki/subject.js";

const each =
  (read: (value: string) => string) =>
  (value: string, before: readonly string[] = []): readonly string[] => [...before, read(value)];

const readName = (value: string): string => {
  const name = dnsName(value);
  if (name === undefined)
    throw new InvalidArgumentError(`"${value}" is not a host name; give addresses with --ip.`);
  return name;
};

const readAddress = (value: string): string => {
  if (ipBytes(value) === undefined) throw new InvalidArgumentError(`"${value}" is not an IP address.`);
  return value.replace(/^\[|\]$/g, "");
};

const readMoment = (value: string): Date => {
  const moment = /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/.test(value) ? new Date(value) : new Date(Number.NaN);
  if (Number.isNaN(moment.getTime()))
    throw new InvalidArgumentError(`"${value}" is not a date; write 1970-01-01 or 1970-01-01T00:00:00Z.`);
  return moment;
};

/** `--certs DIR`. */
export function storeOption(): Option {
  return new Option("--certs <folder>", "folder of the certificate store").default("certs");
}

/** `--org NAME`. */
export function organizationOption(fallback: string): Option {
  return new Option("--org <name>", `owner, the O of the certificates (default: ${fallback})`);
}

/** `--name NAME`, any number of times. */
export function nameOption(): Option {
  return new Option(
    "--name <host>",
    "host name of the server, the first one is the CN; repeat for more",
  ).argParser(each(readName));
}

/** `--ip ADDRESS`, any number of times. */
export function addressOption(): Option {
  return new Option("--ip <address>", "address of the server; repeat for more").argParser(each(readAddress));
}

/** `--key rsa|ec`. */
export function keyOption(description: string): Option {
  return new Option("--key <kind>", description).choices(keyKinds);
}

/** `--not-before DATE`. */
export function notBeforeOption(): Option {
  return new Option(
    "--not-before <date>",
    "start of validity, for chargers whose clock is behind (default: two days ago)",
  ).argParser(readMoment);
}

/** `--json`. */
export function jsonOption(): Option {
  return new Option("--json", "one JSON object per line on stdout");
}

/** `--password-file FILE`. */
export function passwordOption(): Option {
  return new Option(
    "--password-file <file>",
    "password of the PKCS#12 container (default: ask at the terminal)",
  );
}
