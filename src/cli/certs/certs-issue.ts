// `ocpp-vcr certs issue`, `request` and `accept`: certificates that this store signs, and those of the operator's CA.

import { Argument, type Command, Option } from "commander";
import { readNamedFile } from "../../io/tls/tls-material.js";
import { describeCertificate } from "../../pki/certificate-facts.js";
import { type Flaw, flawsOf } from "../../pki/flaws.js";
import { type IssuedCertificate, issueCertificate } from "../../pki/issue.js";
import { judgeCertificate } from "../../pki/judge-certificate.js";
import { type KeyKind, keyKinds } from "../../pki/key.js";
import { readRequest } from "../../pki/signing-request.js";
import { acceptCertificate, requestCertificate } from "../../pki/station-request.js";
import { openStore } from "../../pki/store.js";
import { jsonLine } from "../../text/printable.js";
import type { CliSession } from "../common/session.js";
import {
  addressOption,
  jsonOption,
  keyOption,
  nameOption,
  notBeforeOption,
  organizationOption,
  storeOption,
} from "../options/store-options.js";

interface IssueOptions {
  readonly certs: string;
  readonly org?: string;
  readonly name?: readonly string[];
  readonly ip?: readonly string[];
  readonly identity?: string;
  readonly serial?: string;
  readonly key?: KeyKind;
  readonly csr?: string;
  readonly flaw?: Flaw;
  readonly notBefore?: Date;
  readonly json?: true;
}

const flaws: readonly string[] = [...new Set([...flawsOf.server, ...flawsOf.client])];

const printIssued = (session: CliSession, issued: IssuedCertificate, flaw: Flaw | undefined): void => {
  const { certificate, key, facts, missing } = issued;
  session.out(`${session.paint.bold(certificate)}: ${facts.subject}`);
  if (facts.san.length > 0) session.out(`  for ${facts.san.join(", ")}`);
  session.out(`  valid from ${facts.notBefore} to ${facts.notAfter}`);
  session.out(`  SHA-256 ${facts.fingerprint256}`);
  session.out(`  key: ${key ?? "held by the maker of the signing request"}`);
  if (flaw !== undefined) session.out(`  flaw: ${flaw}; a strict peer refuses the certificate only for this`);
  if (missing !== undefined) session.out(`  its issuer, which is not sent: ${missing}`);
};

const issue = (session: CliSession, part: "server" | "client", options: IssueOptions): void => {
  const { certs, org, name = [], ip = [], identity, serial, flaw, notBefore, csr, json } = options;
  const store = openStore(certs);
  const request = csr === undefined ? undefined : readRequest(readNamedFile(csr));
  const now = new Date();
  const kinds =
    request !== undefined ? keyKinds.slice(0, 1) : options.key === undefined ? keyKinds : [options.key];
  for (const kind of kinds) {
    const issued = issueCertificate(
      certs,
      {
        part,
        kind,
        organization: org ?? request?.subject.organization ?? store.organization,
        names: name,
        addresses: ip,
        identity,
        serial,
        flaw,
        notBefore,
        request,
      },
      now,
    );
    if (json === true) session.out(jsonLine({ event: "issued", flaw, ...issued }));
    else printIssued(session, issued, flaw);
    if (flaw !== undefined) continue;
    for (const { code, message } of judgeCertificate(issued.facts, part, now))
      session.err(`  note: ${message} (${code})`);
  }
};

/** Adds `certs issue`. */
export function registerCertsIssue(certs: Command, session: CliSession): void {
  certs
    .command("issue")
    .description("Issue a certificate for a server or a station, RSA and ECDSA unless --key names one.")
    .addArgument(new Argument("<part>", "server or client").choices(["server", "client"]))
    .addOption(storeOption())
    .addOption(nameOption())
    .addOption(addressOption())
    .option("--identity <id>", "identity of the station, its CN unless --serial is given")
    .option("--serial <number>", "serial number of the charge point, for CN")
    .addOption(organizationOption("the store's, or the signing request's"))
    .addOption(keyOption("only this kind of key"))
    .option("--csr <file>", "certify the key of this signing request, PEM or DER")
    .addOption(
      new Option("--flaw <flaw>", "make a certificate with this flaw, for negative tests").choices(flaws),
    )
    .addOption(notBeforeOption())
    .addOption(jsonOption())
    .action((part: "server" | "client", options: IssueOptions) => issue(session, part, options));
}

interface RequestOptions {
  readonly certs: string;
  readonly identity: string;
  readonly serial?: string;
  readonly org?: string;
  readonly key: KeyKind;
  readonly json?: true;
}

const request = (session: CliSession, options: RequestOptions): void => {
  const { certs, identity, serial, org, key: kind, json } = options;
  const store = openStore(certs);
  const { key, csr } = requestCertificate(certs, {
    identity,
    serial,
    organization: org ?? store.organization,
    kind,
  });
  if (json === true) {
    session.out(jsonLine({ event: "requested", identity, csr, key }));
    return;
  }
  session.out(`Signing request: ${session.paint.bold(csr)}`);
  session.out(`  O = ${org ?? store.organization}, CN = ${serial ?? identity}; its key stays in ${key}`);
  session.out("When the operator's CA has signed it, run: ocpp-vcr certs accept CERTIFICATE.pem");
};

/** Adds `certs request`. */
export function registerCertsRequest(certs: Command, session: CliSession): void {
  certs
    .command("request")
    .description("Make a station's key and a signing request for the operator's own CA.")
    .addOption(storeOption())
    .requiredOption("--identity <id>", "identity of the station")
    .option("--serial <number>", "serial number of the charge point, for CN (default: the identity)")
    .addOption(organizationOption("the store's; operators require their own name"))
    .addOption(keyOption("kind of key").default("ec"))
    .addOption(jsonOption())
    .action((options: RequestOptions) => request(session, options));
}

interface AcceptOptions {
  readonly certs: string;
  readonly json?: true;
}

const accept = (session: CliSession, file: string, { certs, json }: AcceptOptions): void => {
  openStore(certs);
  const accepted = acceptCertificate(certs, readNamedFile(file));
  if (json === true) session.out(jsonLine({ event: "accepted", ...accepted }));
  else {
    const { facts, chain } = accepted;
    session.out(`${session.paint.bold(accepted.file)}: ${facts.subject}`);
    session.out(`  issued by ${facts.issuer}, valid from ${facts.notBefore} to ${facts.notAfter}`);
    session.out(`  certificates of its chain in the file: ${chain}`);
    session.out(`This certificate is sent to CSMSs for the station ${accepted.name} from now on.`);
  }
  const facts = describeCertificate(readNamedFile(accepted.file));
  for (const { code, message } of facts === undefined ? [] : judgeCertificate(facts, "client", new Date()))
    session.err(`  note: ${message} (${code})`);
};

/** Adds `certs accept`. */
export function registerCertsAccept(certs: Command, session: CliSession): void {
  certs
    .command("accept")
    .description("File the certificate that the operator's CA issued for a signing request, with its chain.")
    .argument("<file>", "the certificate, PEM or DER")
    .addOption(storeOption())
    .addOption(jsonOption())
    .action((file: string, options: AcceptOptions) => accept(session, file, options));
}
