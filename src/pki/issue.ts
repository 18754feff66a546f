// Issues certificates and files them in the store: for a server, for a station, for a charger's signing request, and
// flawed ones, which have a folder of their own so that nothing uses them unless it is told to.

import { join } from "node:path";
import { VcrError } from "../base/errors.js";
import { type Leaf, leafValidity, mintLeaf } from "./authority.js";
import { type CertificateFacts, describeCertificate } from "./certificate-facts.js";
import { type Flaw, flawsOf, type Signers, withFlaw } from "./flaws.js";
import { type KeyKind, keyKindOf } from "./key.js";
import { toPem } from "./pem.js";
import type { SigningRequest } from "./signing-request.js";
import { rootOf, serverSubject } from "./store.js";
import { fileCertificate, fileName } from "./store-folder.js";
import type { Subject } from "./subject.js";
import { certificatePath, ensureAuthority, keyAt, keyPath } from "./vault.js";

/** The certificate to issue. */
export interface IssueOptions {
  readonly part: "server" | "client";
  readonly kind: KeyKind;
  readonly organization: string;
  /** Host names and addresses of a server. */
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  /** Identity of a station; its CN unless a serial number is given. */
  readonly identity?: string | undefined;
  readonly serial?: string | undefined;
  readonly flaw?: Flaw | undefined;
  readonly notBefore?: Date | undefined;
  /** Certify this request's key instead of one of the store. */
  readonly request?: SigningRequest | undefined;
}

/** A certificate that was issued and filed. */
export interface IssuedCertificate {
  readonly certificate: string;
  /** The path of its key; undefined if the charger holds the key. */
  readonly key?: string;
  readonly facts: CertificateFacts;
  /** With the flaw `no-chain`: the path of the intermediate that is not sent. */
  readonly missing?: string;
}

const usage = (message: string, hint: string): VcrError => new VcrError("USAGE", message, hint);

const subjectOf = (options: IssueOptions): Subject => {
  const { part, organization, names, addresses, identity, serial, request } = options;
  if (part === "client") {
    const commonName = serial ?? identity ?? request?.subject.commonName;
    if (commonName === undefined)
      throw usage("the certificate of a station needs a name", "Give --identity, or --serial for its CN.");
    return { organization, commonName };
  }
  if (names.length + addresses.length === 0)
    throw usage("the certificate of a server needs a name", "Give --name or --ip.");
  return serverSubject(organization, names, addresses);
};

const checkFlaw = ({ part, flaw, request }: IssueOptions): void => {
  if (flaw === undefined) return;
  if (!flawsOf[part].includes(flaw))
    throw usage(
      `the certificate of a ${part} cannot have the flaw ${flaw}`,
      `Choose one of ${flawsOf[part].join(", ")}.`,
    );
  if (flaw === "self-signed" && request !== undefined)
    throw usage(
      "a signing request cannot become a self-signed certificate: its key is in the charger",
      "Leave out --csr or --flaw self-signed.",
    );
};

const folderOf = ({ flaw, request, part }: IssueOptions): string => {
  if (flaw !== undefined) return "flawed";
  return request === undefined ? part : "issued";
};

/** Makes a certificate and files it. Existing files are kept. Throws VcrError. */
export function issueCertificate(folder: string, options: IssueOptions, now: Date): IssuedCertificate {
  checkFlaw(options);
  const { part, flaw, organization, request, names, addresses } = options;
  const kind = (request === undefined ? undefined : keyKindOf(request.publicKey)) ?? options.kind;
  const root = rootOf(folder, kind);
  const signers: Signers = {
    root,
    foreign: () => ensureAuthority(folder, "foreign", kind, "Foreign Organization", now),
    intermediate: () =>
      ensureAuthority(folder, "intermediate", kind, root.subject.organization ?? organization, now),
  };
  const subject = subjectOf(options);
  const leaf: Leaf = {
    subject,
    key: request?.publicKey ?? keyAt(keyPath(folder, part, kind), kind),
    ...(part === "server" ? { names, addresses } : {}),
    validity: leafValidity(now, options.notBefore ?? root.leavesFrom),
  };
  const order = withFlaw(leaf, flaw, signers, now);
  const chain = [mintLeaf(order.signer, order.leaf), ...order.chain];
  const pem = chain.map((der) => toPem("CERTIFICATE", der)).join("");
  const facts = describeCertificate(pem);
  if (facts === undefined) throw new Error("the new certificate cannot be read");
  const called =
    options.identity ??
    (part === "server" ? (names[0] ?? addresses[0]) : undefined) ??
    subject.commonName ??
    "";
  const name = [fileName(called), ...(flaw === undefined ? [] : [part, flaw]), kind].join("-");
  return {
    certificate: fileCertificate(join(folder, folderOf(options)), name, pem),
    ...(request === undefined ? { key: keyPath(folder, part, kind) } : {}),
    facts,
    ...(flaw === "no-chain" ? { missing: certificatePath(folder, "intermediate", kind) } : {}),
  };
}
