// Certificates of the operator's own CA, which a CSMS may require from its stations: `request` makes a key and a signing
// request for a station, `accept` files the certificate that the CA issued.

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

/** The station that a certificate is requested for. */
export interface StationRequestOptions {
  readonly identity: string;
  /** CN, if it is not the identity. */
  readonly serial?: string | undefined;
  readonly organization: string;
  readonly kind: KeyKind;
}

/** Makes a key for the station, unless it has one, and a signing request. Gives the paths of both. Throws VcrError. */
export function requestCertificate(
  folder: string,
  options: StationRequestOptions,
): { readonly key: string; readonly csr: string } {
  const requests = join(folder, "requests");
  makeFolder(requests);
  const key = join(requests, `${fileName(options.identity)}.key`);
  const csr = join(requests, `${fileName(options.identity)}.csr`);
  const subject = { organization: options.organization, commonName: options.serial ?? options.identity };
  const pair = keyAt(key, options.kind);
  createNewFile(csr, toPem("CERTIFICATE REQUEST", makeRequest(subject, pair)), 0o644);
  return { key, csr };
}

/** A certificate that `accept` filed. */
export interface AcceptedCertificate {
  readonly file: string;
  /** The name of the station's files. */
  readonly name: string;
  readonly facts: CertificateFacts;
  /** How many certificates of its chain came with it. */
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
    return undefined; // A kind of key that OpenSSL does not support matches none of ours.
  }
};

/** The issuers of a leaf among the other certificates, nearest first, without the root: the order that TLS needs. */
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

/** Files a certificate of the CA (PEM with its chain in any order, or DER) for the request with the same key. Throws VcrError. */
export function acceptCertificate(folder: string, content: Uint8Array): AcceptedCertificate {
  const all = readAll(content);
  if (all.length === 0)
    throw unfit("there is no certificate in the file", "Use a PEM (CERTIFICATE) or DER file.");
  const keys = requestKeys(folder);
  for (const leaf of all) {
    const publicKey = publicKeyOf(leaf);
    const request = keys.find(({ key }) => publicKey !== undefined && sameKey(key, publicKey));
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
    `the certificate (${all[0]?.subject.trim().split("\n").join(", ")}) matches the key of no request in this store`,
    keys.length === 0
      ? "Make a request first: ocpp-vcr certs request --identity ID"
      : `Requests: ${keys.map(({ name }) => name).join(", ")}.`,
  );
}
