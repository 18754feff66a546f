// Certificates that a person asks for, filed in the store: for a server, for a station, for the signing request of
// a charger, and negative ones, which lie in a folder of their own so that nothing ever picks them up by itself.

import { join } from "node:path";
import { VcrError } from "../base/errors.js";
import { type Leaf, leafValidity, mintLeaf } from "./authority.js";
import { type CertificateFacts, describeCertificate } from "./certificate-facts.js";
import { type Flaw, flawsOf, type Signers, withFlaw } from "./flaws.js";
import { type KeyKind, kindOf } from "./key.js";
import { toPem } from "./pem.js";
import type { SigningRequest } from "./signing-request.js";
import { rootOf, serverSubject } from "./store.js";
import { fileCertificate, fileName } from "./store-folder.js";
import type { Subject } from "./subject.js";
import { certificatePath, ensureAuthority, keyAt, keyPath } from "./vault.js";

/** What a person asks for. */
export interface Wish {
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

/** A certificate that was filed. */
export interface Issued {
  readonly certificate: string;
  /** Its key; undefined where that is with the charger. */
  readonly key?: string;
  readonly facts: CertificateFacts;
  /** The intermediate that a peer would have to be sent, where the flaw is that it is not. */
  readonly missing?: string;
}

const usage = (message: string, hint: string): VcrError => new VcrError("USAGE", message, hint);

const subjectOf = (wish: Wish): Subject => {
  const { part, organization, names, addresses, identity, serial, request } = wish;
  if (part === "client") {
    const commonName = serial ?? identity ?? request?.subject.commonName;
    if (commonName === undefined)
      throw usage("a station's certificate needs a name", "Give --identity, or --serial for its CN.");
    return { organization, commonName };
  }
  if (names.length + addresses.length === 0)
    throw usage("a server's certificate needs a name", "Give --name or --ip.");
  return serverSubject(organization, names, addresses);
};

const checkFlaw = ({ part, flaw, request }: Wish): void => {
  if (flaw === undefined) return;
  if (!flawsOf[part].includes(flaw))
    throw usage(`a ${part}'s certificate cannot be ${flaw}`, `Choose one of ${flawsOf[part].join(", ")}.`);
  if (flaw === "self-signed" && request !== undefined)
    throw usage("a charger's own key cannot sign here", "Leave --csr or --flaw self-signed away.");
};

const shelfOf = ({ flaw, request, part }: Wish): string => {
  if (flaw !== undefined) return "flawed";
  return request === undefined ? part : "issued";
};

/** Makes a certificate and files it; existing ones stay. */
export function issueCertificate(folder: string, wish: Wish, now: Date): Issued {
  checkFlaw(wish);
  const { part, flaw, organization, request, names, addresses } = wish;
  const kind = (request === undefined ? undefined : kindOf(request.publicKey)) ?? wish.kind;
  const root = rootOf(folder, kind);
  const signers: Signers = {
    root,
    foreign: () => ensureAuthority(folder, "foreign", kind, "Foreign Organization", now),
    intermediate: () =>
      ensureAuthority(folder, "intermediate", kind, root.subject.organization ?? organization, now),
  };
  const subject = subjectOf(wish);
  const leaf: Leaf = {
    subject,
    key: request?.publicKey ?? keyAt(keyPath(folder, part, kind), kind),
    ...(part === "server" ? { names, addresses } : {}),
    validity: leafValidity(now, wish.notBefore ?? root.leavesFrom),
  };
  const order = withFlaw(leaf, flaw, signers, now);
  const chain = [mintLeaf(order.signer, order.leaf), ...order.chain];
  const pem = chain.map((der) => toPem("CERTIFICATE", der)).join("");
  const facts = describeCertificate(pem);
  if (facts === undefined) throw new Error("a certificate of our own cannot be read");
  const called =
    wish.identity ?? (part === "server" ? (names[0] ?? addresses[0]) : undefined) ?? subject.commonName ?? "";
  const name = [fileName(called), ...(flaw === undefined ? [] : [part, flaw]), kind].join("-");
  return {
    certificate: fileCertificate(join(folder, shelfOf(wish)), name, pem),
    ...(request === undefined ? { key: keyPath(folder, part, kind) } : {}),
    facts,
    ...(flaw === "no-chain" ? { missing: certificatePath(folder, "intermediate", kind) } : {}),
  };
}
