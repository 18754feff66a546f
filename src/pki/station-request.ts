// The way to a certificate of the operator's own CA, without which a CSMS that asks for client certificates lets
// nobody in: `request` makes a key and a signing request for a station, `accept` files what the CA answered.

import { type KeyObject, X509Certificate } from "node:crypto";
import { join } from "node:path";
import { VcrError } from "../base/errors.js";
import { type CertificateFacts, describeCertificate } from "./certificate-facts.js";
import { type KeyKind, readKey, sameKey } from "./key.js";
import { certificatesOf, toPem } from "./pem.js";
import { makeRequest } from "./signing-request.js";
import {
  createNewFile,
  fileCertificate,
  fileName,
  listFolder,
  makeFolder,
  readStored,
} from "./store-folder.js";
import { keyAt } from "./vault.js";

/** For whom a certificate is asked. */
export interface StationWish {
  readonly identity: string;
  /** CN, where it is not the identity. */
  readonly serial?: string | undefined;
  readonly organization: string;
  readonly kind: KeyKind;
}

/** Makes the station's key, unless it has one, and a signing request for it; gives both paths. */
export function requestCertificate(
  folder: string,
  wish: StationWish,
): { readonly key: string; readonly csr: string } {
  const shelf = join(folder, "requests");
  makeFolder(shelf);
  const key = join(shelf, `${fileName(wish.identity)}.key`);
  const csr = join(shelf, `${fileName(wish.identity)}.csr`);
  const subject = { organization: wish.organization, commonName: wish.serial ?? wish.identity };
  const pair = keyAt(key, wish.kind);
  createNewFile(csr, toPem("CERTIFICATE REQUEST", makeRequest(subject, pair)), 0o644);
  return { key, csr };
}

/** What `accept` filed. */
export interface Accepted {
  readonly file: string;
  /** The identity's name among the requests. */
  readonly name: string;
  readonly facts: CertificateFacts;
  /** How many certificates of its chain came along. */
  readonly chain: number;
}

const unfit = (message: string, hint: string): VcrError => new VcrError("CERTIFICATE_UNFIT", message, hint);

const requestKeys = (folder: string): readonly { readonly name: string; readonly key: KeyObject }[] =>
  listFolder(join(folder, "requests"))
    .filter((file) => file.endsWith(".key"))
    .flatMap((file) => {
      const key = readKey(readStored(join(folder, "requests", file), true) ?? "");
      return key === undefined ? [] : [{ name: file.slice(0, -".key".length), key }];
    });

const publicKeyOf = (certificate: X509Certificate): KeyObject | undefined => {
  try {
    return certificate.publicKey;
  } catch {
    return undefined; // A kind of key that OpenSSL does not know fits none of ours.
  }
};

/** The issuers of a leaf among what came with it, nearest first; TLS wants them in that order. A root is left out. */
const chainOf = (leaf: X509Certificate, others: readonly X509Certificate[]): readonly X509Certificate[] => {
  const chain: X509Certificate[] = [];
  for (let below = leaf; ; ) {
    const issuer = others.find((one) => !chain.includes(one) && below.checkIssued(one));
    if (issuer === undefined || issuer.checkIssued(issuer)) return chain;
    chain.push(issuer);
    below = issuer;
  }
};

const readAll = (content: Uint8Array): readonly X509Certificate[] => {
  try {
    return certificatesOf(content).map((der) => new X509Certificate(der));
  } catch (cause) {
    throw new VcrError("CERTIFICATE_UNFIT", "the file holds a certificate that cannot be read", "", cause);
  }
};

/** Files the CA's answer (PEM with its chain in any order, or DER) beside the request whose key it fits. */
export function acceptCertificate(folder: string, content: Uint8Array): Accepted {
  const all = readAll(content);
  if (all.length === 0) throw unfit("the file holds no certificate", "PEM (CERTIFICATE) or DER is read.");
  const keys = requestKeys(folder);
  for (const leaf of all) {
    const fits = publicKeyOf(leaf);
    const request = keys.find(({ key }) => fits !== undefined && sameKey(key, fits));
    if (request === undefined) continue;
    const chain = chainOf(
      leaf,
      all.filter((one) => one !== leaf),
    );
    const pem = [leaf, ...chain].map(({ raw }) => toPem("CERTIFICATE", raw)).join("");
    const facts = describeCertificate(pem);
    if (facts === undefined) break;
    const file = fileCertificate(join(folder, "accepted"), request.name, pem);
    return { file, name: request.name, facts, chain: chain.length };
  }
  throw unfit(
    `the certificate (${all[0]?.subject.trim().split("\n").join(", ")}) fits no key that was requested here`,
    keys.length === 0
      ? "Make a request first: ocpp-vcr certs request --identity ID"
      : `Requests: ${keys.map(({ name }) => name).join(", ")}.`,
  );
}
