// `ocpp-vcr certs show`: what a certificate file holds, and what OCPP's rules find in it. The file may be a
// stranger's, so a person gets its text without anything a terminal could obey.

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

const longestName = 500;

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
  ["issuer", facts.selfIssued ? "itself" : facts.issuer],
  ["serial", facts.serial],
  ["valid", `${facts.notBefore} to ${facts.notAfter}`],
  ["names", facts.san.join(", ") || "none but CN"],
  ["key", keyWords(facts)],
  ["signature", facts.signature],
  ["usage", facts.keyUsage?.join(", ") ?? "not given"],
  ["SHA-256", facts.fingerprint256],
  ["judged as", part],
];

const tell = (
  session: CliSession,
  facts: CertificateFacts,
  part: CertificatePart,
  findings: readonly Issue[],
): void => {
  const { paint } = session;
  for (const [what, value] of lines(facts, part))
    session.out(`${paint.dim(what.padEnd(10))}${printable(value, longestName)}`);
  for (const { code, message } of findings)
    session.out(`${paint.yellow("finding".padEnd(10))}${printable(message, longestName)} (${code})`);
  if (findings.length === 0) session.out(`${paint.dim("finding".padEnd(10))}none against OCPP's rules`);
};

const show = async (session: CliSession, file: string, options: Options): Promise<void> => {
  const { format, certificates, hasKey } = await read(file, options);
  const now = new Date();
  const known = certificates.flatMap((der) => describeCertificate(der) ?? []);
  if (known.length === 0)
    throw new VcrError("FILE_UNREADABLE", `${file} holds no certificate`, "PEM, DER and PKCS#12 are read.");
  for (const [i, facts] of known.entries()) {
    const part = options.as ?? certificatePartOf(facts);
    const findings = judgeCertificate(facts, facts.authority ? "authority" : part, now);
    if (options.json === true) {
      const told = findings.map(({ code, message }) => ({ code, message }));
      session.out(jsonLine({ file, format, index: i + 1, hasKey, part, ...facts, findings: told }));
      continue;
    }
    const beside = hasKey ? ", with a private key" : "";
    session.out(
      `${i > 0 ? "\n" : ""}${session.paint.bold(file)}, ${i + 1} of ${known.length} (${format}${beside})`,
    );
    tell(session, facts, part, findings);
  }
};

/** Adds `certs show`. */
export function registerCertsShow(certs: Command, session: CliSession): void {
  certs
    .command("show")
    .description("Show the certificates in a file (PEM, DER, PKCS#12) and what OCPP's rules find in them.")
    .argument("<file>", "the file")
    .addOption(
      new Option("--as <part>", "judge as this instead of what it seems").choices([
        "authority",
        "server",
        "client",
      ]),
    )
    .addOption(passwordOption())
    .addOption(jsonOption())
    .action((file: string, options: Options) => show(session, file, options));
}
