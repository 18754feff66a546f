// `ocpp-vcr certs show`: shows the certificates in a file and checks them against OCPP's rules. The file may come from
// anyone, so its texts are printed without control characters for the terminal.

import { type Command, Option } from "commander";
import { VcrError } from "../../base/errors.js";
import type { Issue } from "../../base/issue.js";
import { readNamedFile } from "../../io/tls/tls-material.js";
import { type CertificateFacts, describeCertificate } from "../../pki/certificate-facts.js";
import { type CertificatePart, certificatePartOf, judgeCertificate } from "../../pki/judge-certificate.js";
import { certificatesOf, fromPem } from "../../pki/pem.js";
import { isPkcs12, readPkcs12 } from "../../pki/pkcs12.js";
import { jsonLine, printable } from "../../text/printable.js";
import { readPassword } from "../common/password.js";
import type { CliSession } from "../common/session.js";
import { jsonOption, passwordOption } from "../options/store-options.js";

interface Options {
  readonly as?: CertificatePart;
  readonly passwordFile?: string;
  readonly json?: true;
}

interface Content {
  readonly format: "pem" | "der" | "pkcs12";
  readonly certificates: readonly Uint8Array[];
  readonly hasKey: boolean;
}

const maxNameLength = 500;

const read = async (file: string, { passwordFile }: Options): Promise<Content> => {
  const bytes = readNamedFile(file);
  if (isPkcs12(bytes))
    return { format: "pkcs12", ...readPkcs12(bytes, await readPassword(passwordFile, file, false)) };
  const blocks = fromPem(Buffer.from(bytes).toString("latin1"));
  return {
    format: blocks.length > 0 ? "pem" : "der",
    certificates: certificatesOf(bytes),
    hasKey: blocks.some(({ label }) => label.endsWith("PRIVATE KEY")),
  };
};

const keyWords = ({ key }: CertificateFacts): string =>
  key.kind === "ec"
    ? `ECDSA ${key.curve ?? ""} (${key.bits} bits)`
    : `${key.kind.toUpperCase()} ${key.bits} bits`;

const lines = (facts: CertificateFacts, part: CertificatePart): readonly (readonly [string, string])[] => [
  ["subject", facts.subject],
  ["issuer", facts.selfIssued ? "the same" : facts.issuer],
  ["serial", facts.serial],
  ["valid", `${facts.notBefore} to ${facts.notAfter}`],
  ["names", facts.san.join(", ") || "only the CN"],
  ["key", keyWords(facts)],
  ["signature", facts.signature],
  ["usage", facts.keyUsage?.join(", ") ?? "not given"],
  ["SHA-256", facts.fingerprint256],
  ["checked as", part],
];

const print = (
  session: CliSession,
  facts: CertificateFacts,
  part: CertificatePart,
  findings: readonly Issue[],
): void => {
  const { paint } = session;
  for (const [what, value] of lines(facts, part))
    session.out(`${paint.dim(what.padEnd(10))}${printable(value, maxNameLength)}`);
  for (const { code, message } of findings)
    session.out(`${paint.yellow("finding".padEnd(10))}${printable(message, maxNameLength)} (${code})`);
  if (findings.length === 0) session.out(`${paint.dim("finding".padEnd(10))}none, by OCPP's rules`);
};

const show = async (session: CliSession, file: string, options: Options): Promise<void> => {
  const { format, certificates, hasKey } = await read(file, options);
  const now = new Date();
  const known = certificates.flatMap((der) => describeCertificate(der) ?? []);
  if (known.length === 0)
    throw new VcrError(
      "FILE_UNREADABLE",
      `there is no certificate in ${file}`,
      "Use a PEM, DER or PKCS#12 file.",
    );
  for (const [i, facts] of known.entries()) {
    const part = options.as ?? certificatePartOf(facts);
    const findings = judgeCertificate(facts, facts.authority ? "authority" : part, now);
    if (options.json === true) {
      const shown = findings.map(({ code, message }) => ({ code, message }));
      session.out(jsonLine({ file, format, index: i + 1, hasKey, part, ...facts, findings: shown }));
      continue;
    }
    const keyNote = hasKey ? ", with a private key" : "";
    session.out(
      `${i > 0 ? "\n" : ""}${session.paint.bold(file)}, ${i + 1} of ${known.length} (${format}${keyNote})`,
    );
    print(session, facts, part, findings);
  }
};

/** Adds `certs show`. */
export function registerCertsShow(certs: Command, session: CliSession): void {
  certs
    .command("show")
    .description("Show the certificates in a file (PEM, DER, PKCS#12) and check them against OCPP's rules.")
    .argument("<file>", "the file")
    .addOption(
      new Option("--as <part>", "check them for this part (default: the probable one)").choices([
        "authority",
        "server",
        "client",
      ]),
    )
    .addOption(passwordOption())
    .addOption(jsonOption())
    .action((file: string, options: Options) => show(session, file, options));
}
