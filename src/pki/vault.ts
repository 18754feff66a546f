// The keys and authorities of a store, by role: one key pair per role and kind of key, made when first needed and
// kept, so that minting a certificate costs one signature. Files: `<role>-<kind>.key`, `<role>-<kind>.pem`.

import { type KeyObject, randomBytes, X509Certificate } from "node:crypto";
import { join } from "node:path";
import { VcrError } from "../base/errors.js";
import { type Authority, leavesFrom, makeAuthority } from "./authority.js";
import { describeCertificate } from "./certificate-facts.js";
import { type KeyKind, keyPem, makeKey, readKey, sameKey } from "./key.js";
import { certificatesOf, toPem } from "./pem.js";
import { createFile, makeFolder, readStored } from "./store-folder.js";
import type { Subject } from "./subject.js";

/** What a key pair of the store is for. `foreign` and `intermediate` exist for negative certificates, `swap` for another good server certificate. */
export type Role = AuthorityRole | "server" | "client" | "swap";

/** The roles that sign. */
export type AuthorityRole = "root" | "foreign" | "intermediate";

/** The path of the certificate of a role. */
export function certificatePath(folder: string, role: Role, kind: KeyKind): string {
  return join(folder, `${role}-${kind}.pem`);
}

/** The path of the key of a role. */
export function keyPath(folder: string, role: Role, kind: KeyKind): string {
  return join(folder, `${role}-${kind}.key`);
}

const damaged = (path: string, what: string): VcrError =>
  new VcrError("CERTIFICATE_STORE", `${path} ${what}`, "Restore it, or make a new store with certs init.");

/** The key in this file, made and kept there where it is missing. */
export function keyAt(path: string, kind: KeyKind): KeyObject {
  const stored = readStored(path, true);
  if (stored !== undefined) {
    const key = readKey(stored);
    if (key === undefined) throw damaged(path, "holds no private key that can be read");
    return key;
  }
  const key = makeKey(kind);
  // Where another process was quicker, its key counts.
  return createFile(path, keyPem(key), 0o600) ? key : keyAt(path, kind);
}

/** Reads the authority of a role; undefined where there is none yet. */
export function readAuthority(folder: string, role: AuthorityRole, kind: KeyKind): Authority | undefined {
  const path = certificatePath(folder, role, kind);
  const stored = readStored(path, false);
  if (stored === undefined) return undefined;
  const [certificate] = certificatesOf(stored);
  const facts = describeCertificate(stored);
  if (certificate === undefined || facts === undefined) throw damaged(path, "holds no certificate");
  const keyFile = keyPath(folder, role, kind);
  const secret = readStored(keyFile, true);
  const key = secret === undefined ? undefined : readKey(secret);
  if (key === undefined) throw damaged(keyFile, "is missing or holds no private key that can be read");
  if (!sameKey(key, new X509Certificate(certificate).publicKey))
    throw damaged(keyFile, `does not fit ${path}`);
  const { commonName, organization } = facts;
  const subject: Subject = {
    ...(organization === undefined ? {} : { organization }),
    ...(commonName === undefined ? {} : { commonName }),
  };
  const notAfter = new Date(facts.notAfter);
  const from = leavesFrom({ notBefore: new Date(facts.notBefore), notAfter });
  return { subject, key, certificate, notAfter, ...(from === undefined ? {} : { leavesFrom: from }) };
}

const titles: Readonly<Record<AuthorityRole, string>> = {
  root: "root",
  foreign: "foreign root",
  intermediate: "intermediate",
};

/** Makes the authority of a role, unless it is there already. */
export function ensureAuthority(
  folder: string,
  role: AuthorityRole,
  kind: KeyKind,
  organization: string,
  now: Date,
  notBefore?: Date,
): Authority {
  const there = readAuthority(folder, role, kind);
  if (there !== undefined) return there;
  makeFolder(folder);
  // Two stores' roots with one name would be taken for each other in a charger's list: hence the digits.
  const mark = randomBytes(2).toString("hex");
  const commonName = `ocpp-vcr ${titles[role]} ${kind === "rsa" ? "RSA" : "ECDSA"} ${mark}`;
  const key = keyAt(keyPath(folder, role, kind), kind);
  const issuer = role === "intermediate" ? readAuthority(folder, "root", kind) : undefined;
  const made = makeAuthority({ organization, commonName }, key, now, {
    notBefore,
    ...(issuer === undefined ? {} : { issuer }),
  });
  const path = certificatePath(folder, role, kind);
  if (createFile(path, toPem("CERTIFICATE", made.certificate), 0o644)) return made;
  return ensureAuthority(folder, role, kind, organization, now, notBefore);
}
