// The certificates that are filed in a folder of the store, and which of them is valid now. A file holds a leaf
// certificate and its chain.

import { X509Certificate } from "node:crypto";
import { join } from "node:path";
import { type CertificateFacts, describeCertificate } from "./certificate-facts.js";
import type { KeyKind } from "./key.js";
import { certificatesOf } from "./pem.js";
import { listFolder, readStored } from "./store-folder.js";

/** One filed certificate. */
export interface FiledCertificate {
  readonly file: string;
  /** The text of the file: the leaf and its chain. */
  readonly pem: string;
  readonly leaf: X509Certificate;
  readonly facts: CertificateFacts;
  readonly kind: KeyKind | undefined;
}

const kinds: Readonly<Record<string, KeyKind>> = { rsa: "rsa", "rsa-pss": "rsa", ec: "ec" };

/** The certificate in a file of the store; undefined if there is none that can be read. */
export function readFiled(file: string): FiledCertificate | undefined {
  const pem = readStored(file, false);
  if (pem === undefined) return undefined;
  const [der] = certificatesOf(pem);
  const facts = describeCertificate(pem);
  if (der === undefined || facts === undefined) return undefined;
  return { file, pem, leaf: new X509Certificate(der), facts, kind: kinds[facts.key.kind] };
}

/** The certificates of a folder in the files `name.pem`, `name.2.pem` ...; without a name, all of them. */
export function readFiledCertificates(folder: string, name?: string): readonly FiledCertificate[] {
  const isWanted = (file: string): boolean =>
    file.endsWith(".pem") &&
    (name === undefined ||
      (file.startsWith(`${name}.`) && /^(\d+\.)?pem$/.test(file.slice(name.length + 1))));
  return listFolder(folder)
    .filter(isWanted)
    .flatMap((file) => readFiled(join(folder, file)) ?? []);
}

/** The certificate that is valid now and ends last; undefined if none is valid. */
export function newestValid(filed: readonly FiledCertificate[], now: Date): FiledCertificate | undefined {
  return filed
    .filter(
      ({ facts }) =>
        Date.parse(facts.notBefore) <= now.getTime() && now.getTime() < Date.parse(facts.notAfter),
    )
    .sort((a, b) => Date.parse(b.facts.notAfter) - Date.parse(a.facts.notAfter))[0];
}
