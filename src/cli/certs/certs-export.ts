// `ocpp-vcr certs export`: writes a certificate of the store in a format for other programs or for chargers.

import { type Command, Option } from "commander";
import { VcrError } from "../../base/errors.js";
import { assumedVersion, type OcppVersion, ocppVersions } from "../../ocpp/version.js";
import type { FiledCertificate } from "../../pki/filed-certificates.js";
import { findFiled, keyOfFiled, wholeChain } from "../../pki/find-filed.js";
import { installCertificate } from "../../pki/install-certificate.js";
import type { KeyKind } from "../../pki/key.js";
import { certificatesOf, toPem } from "../../pki/pem.js";
import { makePkcs12 } from "../../pki/pkcs12.js";
import { openStore } from "../../pki/store.js";
import { createNewFile } from "../../pki/store-folder.js";
import { readPassword } from "../common/password.js";
import type { CliSession } from "../common/session.js";
import { keyOption, passwordOption, storeOption } from "../options/store-options.js";

interface Options {
  readonly certs: string;
  readonly key: KeyKind;
  readonly p12?: string;
  readonly chain?: true;
  readonly der?: true;
  readonly installCertificate?: true;
  readonly version: OcppVersion;
  readonly output?: string;
  readonly passwordFile?: string;
}

const usage = (message: string, hint: string): VcrError => new VcrError("USAGE", message, hint);

const print = (session: CliSession, output: string | undefined, text: string): void => {
  if (output === undefined) session.out(text.trimEnd());
  else createNewFile(output, text, 0o644);
};

const leafOf = ({ pem }: FiledCertificate): Uint8Array => certificatesOf(pem)[0] ?? new Uint8Array(0);

const exportPkcs12 = async (
  filed: FiledCertificate,
  path: string,
  { certs, passwordFile }: Options,
): Promise<void> => {
  if (filed.facts.authority)
    throw usage(
      "the key of a root or intermediate cannot be exported",
      "Export the certificate with --chain.",
    );
  const key = keyOfFiled(certs, filed);
  if (key === undefined)
    throw new VcrError(
      "CERTIFICATE_UNFIT",
      `the key of ${filed.file} is not in the store`,
      "Export the certificate with --chain.",
    );
  const chain = wholeChain(certs, filed).flatMap((pem) => certificatesOf(pem));
  const password = await readPassword(passwordFile, path, true);
  createNewFile(path, makePkcs12(key, chain, password, filed.facts.commonName ?? "ocpp-vcr"), 0o600);
};

const run = async (session: CliSession, what: string, options: Options): Promise<void> => {
  const { certs, key, p12, chain, der, installCertificate: install, version, output } = options;
  const formats = [p12, chain, der, install].filter((format) => format !== undefined);
  if (formats.length !== 1)
    throw usage(
      formats.length === 0 ? "the format of the export is missing" : "an export has only one format",
      "Choose one of --p12 FILE, --chain, --der, --install-certificate.",
    );
  openStore(certs);
  const filed = findFiled(certs, what, key, new Date());
  if (p12 !== undefined) await exportPkcs12(filed, p12, options);
  else if (chain === true) print(session, output, wholeChain(certs, filed).join(""));
  else if (install === true) {
    if (!filed.facts.authority)
      throw usage(`${filed.file} is not a root`, "InstallCertificate is for roots.");
    print(session, output, JSON.stringify(installCertificate(toPem("CERTIFICATE", leafOf(filed)), version)));
  } else {
    if (output === undefined) throw usage("DER cannot be printed", "Add -o FILE.");
    createNewFile(output, leafOf(filed), 0o644);
  }
  const written = p12 ?? output;
  if (written !== undefined)
    session.err(`${written}: ${filed.facts.subject}, SHA-256 ${filed.facts.fingerprint256}`);
};

/** Adds `certs export`. */
export function registerCertsExport(certs: Command, session: CliSession): void {
  certs
    .command("export")
    .description("Write a certificate of the store in another format.")
    .argument("[what]", "root, server, a host name, an identity, or a file of the store", "root")
    .addOption(storeOption())
    .addOption(keyOption("the certificate with this kind of key").default("rsa"))
    .option("--p12 <file>", "PKCS#12: key, certificate and chain, with a password")
    .option("--chain", "PEM: the certificate and its issuers, up to the root")
    .option("--der", "the certificate alone as DER")
    .option("--install-certificate", "the payload of OCPP's InstallCertificate, one line of JSON")
    .addOption(
      new Option("--version <version>", "OCPP version of the payload")
        .choices(ocppVersions)
        .default(assumedVersion),
    )
    .addOption(passwordOption())
    .option("-o, --output <file>", "write there instead of stdout")
    .action((what: string, options: Options) => run(session, what, options));
}
