// Finds a certificate of the store by what the user calls it, and its key and its issuers.

import { type KeyObject, X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { VcrError } from "../base/errors.js";
import {
  type FiledCertificate,
  newestValid,
  readFiled,
  readFiledCertificates,
} from "./filed-certificates.js";
import { type KeyKind, readKey, sameKey } from "./key.js";
import { certificatesOf, toPem } from "./pem.js";
import { fileName, listFolder, readStored } from "./store-folder.js";
import { certificatePath } from "./vault.js";

const candidates = (folder: string, word: string, kind: KeyKind): readonly FiledCertificate[] => {
  const name = fileName(word);
  const issued = ["client", "server", "issued"].flatMap((subfolder) =>
    readFiledCertificates(join(folder, subfolder), `${name}-${kind}`),
  );
  return [...readFiledCertificates(join(folder, "accepted"), name), ...issued];
};

const isBelow = (folder: string, file: string): boolean =>
  [dirname(resolve(file)), dirname(dirname(resolve(file)))].includes(resolve(folder));

/** Finds the certificate for `root`, `server`, a host name, an identity, or the path of a file of the store. Throws VcrError. */
export function findFiled(folder: string, word: string, kind: KeyKind, now: Date): FiledCertificate {
  if (word === "root" || word === "server") {
    const found = readFiled(certificatePath(folder, word, kind));
    if (found !== undefined) return found;
  }
  const found = candidates(folder, word, kind);
  const best = newestValid(found, now) ?? found.at(-1);
  if (best !== undefined) return best;
  const named = existsSync(word) && isBelow(folder, word) ? readFiled(word) : undefined;
  if (named !== undefined) return named;
  throw new VcrError(
    "CERTIFICATE_STORE",
    `${folder} holds no ${kind === "rsa" ? "RSA" : "ECDSA"} certificate for ${word}`,
    "Write root, server, a host name, an identity, or the path of a certificate of the store.",
  );
}

/** The private key of a certificate; undefined if it is not in the store. */
export function keyOfFiled(folder: string, { leaf }: FiledCertificate): KeyObject | undefined {
  for (const keyFolder of [folder, join(folder, "requests")])
    for (const file of listFolder(keyFolder)) {
      if (!file.endsWith(".key")) continue;
      const key = readKey(readStored(join(keyFolder, file), true) ?? "");
      if (key !== undefined && sameKey(key, leaf.publicKey)) return key;
    }
  return undefined;
}

/** The certificate and its issuers, as far as they are in the store, up to the root (PEM, leaf first). */
export function wholeChain(folder: string, { pem }: FiledCertificate): readonly string[] {
  const known = listFolder(folder)
    .filter((file) => file.endsWith(".pem"))
    .flatMap((file) => readFiled(join(folder, file)) ?? [])
    .map(({ leaf }) => leaf)
    .filter(({ ca }) => ca);
  const chain = certificatesOf(pem).map((der) => new X509Certificate(der));
  for (let last = chain.at(-1); last !== undefined && !last.checkIssued(last); last = chain.at(-1)) {
    const below = last;
    const issuer = known.find((one) => below.checkIssued(one) && !chain.includes(one));
    if (issuer === undefined) break;
    chain.push(issuer);
  }
  return chain.map(({ raw }) => toPem("CERTIFICATE", raw));
}
