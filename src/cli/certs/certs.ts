// `ocpp-vcr certs`: the certificate store on the command line. This file has `init`.

import { hostname, networkInterfaces } from "node:os";
import type { Command } from "commander";
import { describeCertificate } from "../../pki/certificate-facts.js";
import { readFiled } from "../../pki/filed-certificates.js";
import { judgeCertificate } from "../../pki/judge-certificate.js";
import { type KeyKind, keyKinds } from "../../pki/key.js";
import { initStore, openStore } from "../../pki/store.js";
import { dnsName } from "../../pki/subject.js";
import { certificatePath } from "../../pki/vault.js";
import { jsonLine } from "../../text/printable.js";
import { addExamples, type Examples } from "../common/examples.js";
import type { CliSession } from "../common/session.js";
import {
  addressOption,
  jsonOption,
  nameOption,
  notBeforeOption,
  organizationOption,
  storeOption,
} from "../options/store-options.js";
import { registerCertsExport } from "./certs-export.js";
import { registerCertsAccept, registerCertsIssue, registerCertsRequest } from "./certs-issue.js";
import { registerCertsShow } from "./certs-show.js";

interface InitOptions {
  readonly certs: string;
  readonly org?: string;
  readonly name?: readonly string[];
  readonly ip?: readonly string[];
  readonly notBefore?: Date;
  readonly json?: true;
}

const standardOwner = "ocpp-vcr test";

/** The names and addresses by which chargers can reach this machine. */
const thisMachine = (): { names: readonly string[]; addresses: readonly string[] } => {
  const own = dnsName(hostname());
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ address }) => !/^fe80:/i.test(address))
    .map(({ address }) => address);
  return {
    names: [...new Set([...(own === undefined ? [] : [own]), "localhost"])],
    addresses: [...new Set(addresses)],
  };
};

interface ShownCertificate {
  readonly key: KeyKind;
  readonly file: string;
  readonly fingerprint256: string;
  readonly subject: string;
  readonly san: readonly string[];
  readonly notBefore: string;
  readonly notAfter: string;
}

const shown = (folder: string, role: "root" | "server"): readonly ShownCertificate[] =>
  keyKinds.flatMap((key) => {
    const file = certificatePath(folder, role, key);
    const facts = describeCertificate(readFiled(file)?.pem ?? "");
    if (facts === undefined) return [];
    const { fingerprint256, subject, san, notBefore, notAfter } = facts;
    return [{ key, file, fingerprint256, subject, san, notBefore, notAfter }];
  });

const title: Readonly<Record<KeyKind, string>> = { rsa: "RSA", ec: "ECDSA" };

const print = (session: CliSession, folder: string, organization: string): void => {
  const { paint } = session;
  session.out(`Made the certificate store ${paint.bold(folder)} (O = ${organization}).`);
  for (const role of ["root", "server"] as const)
    for (const { key, file, fingerprint256, notAfter } of shown(folder, role)) {
      session.out(`\n${role} certificate ${title[key]}: ${paint.bold(file)}, until ${notAfter.slice(0, 10)}`);
      session.out(`  SHA-256 ${fingerprint256}`);
    }
  const [server] = shown(folder, "server");
  session.out(`\nThe server certificates are for ${(server?.san ?? []).join(", ")}.`);
  session.out("For other names: ocpp-vcr certs issue server --name HOST");
  const roots = shown(folder, "root").map(({ file }) => file);
  session.out(`\nInstall in the charger, as the root of its CSMS: ${roots.join(" and ")}`);
  session.out(
    "(both, or the one whose kind of key it can use). Compare the fingerprint there. Other formats:",
  );
  session.out("  ocpp-vcr certs export root --der -o root.der");
  session.out("  ocpp-vcr certs export root --install-certificate --version 1.6");
};

const init = (session: CliSession, options: InitOptions): void => {
  const { certs, org = standardOwner, name, ip, notBefore, json } = options;
  const machine = thisMachine();
  const isNamed = name !== undefined || ip !== undefined;
  const names = isNamed ? (name ?? []) : machine.names;
  const addresses = isNamed ? (ip ?? []) : machine.addresses;
  initStore(certs, { organization: org, names, addresses, notBefore }, new Date());
  const { organization } = openStore(certs);
  if (json === true)
    session.out(
      jsonLine({
        event: "store",
        folder: certs,
        organization,
        roots: shown(certs, "root"),
        servers: shown(certs, "server"),
      }),
    );
  else print(session, certs, organization);
  const facts = describeCertificate(readFiled(certificatePath(certs, "server", "rsa"))?.pem ?? "");
  const findings = facts === undefined ? [] : judgeCertificate(facts, "server", new Date());
  for (const { code, message } of findings.filter((one) => one.code === "common-name-not-fqdn"))
    session.err(
      `  note: ${message} (${code}) For a full name: ocpp-vcr certs issue server --name HOST.DOMAIN`,
    );
};

const examples: Examples = {
  certs: ["certs init", "certs issue server --name csms.example.com", "certs export root --der -o root.der"],
  "certs init": ["certs init", 'certs init --org "Example CPO" --name csms.example.com --ip 192.0.2.1'],
  "certs issue": [
    "certs issue server --name csms.example.com",
    "certs issue client --identity CP1",
    "certs issue server --name csms.example.com --flaw expired",
  ],
  "certs request": ["certs request --identity CP1"],
  "certs accept": ["certs accept CP1.pem"],
  "certs export": ["certs export root --der -o root.der", "certs export root --install-certificate"],
  "certs show": ["certs show certs/root-rsa.pem", "certs show charger.pem --as client"],
};

/** Adds `certs` with its commands to the program. */
export function registerCerts(program: Command, session: CliSession): void {
  const certs = program
    .command("certs")
    .description(
      "Certificates for TLS with chargers and CSMSs, signed by a certificate authority of your own.",
    );
  certs
    .command("init")
    .description("Make the store: an RSA and an ECDSA root, and a server certificate of each.")
    .addOption(storeOption())
    .addOption(organizationOption(standardOwner))
    .addOption(nameOption())
    .addOption(addressOption())
    .addOption(notBeforeOption())
    .addOption(jsonOption())
    .action((options: InitOptions) => init(session, options));
  registerCertsIssue(certs, session);
  registerCertsRequest(certs, session);
  registerCertsAccept(certs, session);
  registerCertsExport(certs, session);
  registerCertsShow(certs, session);
  addExamples(program, examples);
}
