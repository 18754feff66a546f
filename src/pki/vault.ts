// The keys and authorities of a store: one key pair for each role and kind of key, made when it is first needed and kept,
// so that a new certificate needs only a signature. The files are `<role>-<kind>.key` and `<role>-<kind>.pem`.

import { type KeyObject, randomBytes, X509Certificate } from "node:crypto";
import { join } from "node:path";
import { VcrError } from "../base/errors.js";
import { type Authority, leavesFrom, makeAuthority } from "./authority.js";
import { describeCertificate } from "./certificate-facts.js";
import { type KeyKind, keyPem, makeKey, readKey, sameKey } from "./key.js";
import { certificatesOf, toPem } from "./pem.js";
import { createFile, makeFolder, readStored } from "./store-folder.js";
import type { Subject } from "./subject.js";

/** The use of a key pair. `foreign` and `intermediate` sign flawed certificates; `swap` is the key of another valid server certificate. */
export type Role = AuthorityRole | "server" | "client" | "swap";

/** The roles that sign. */
export type AuthorityRole = "root" | "foreign" | "intermediate";

/** The path of a role's certificate. */
export function certificatePath(folder: string, role: Role, kind: KeyKind): string {
  return join(folder, `${role}-${kind}.pem`);
}

/** The path of a role's key. */
export function keyPath(folder: string, role: Role, kind: KeyKind): string {
  return join(folder, `${role}-${kind}.key`);
}

const damaged = (path: string, what: string): VcrError =>
  new VcrError("CERTIFICATE_STORE", `${path} ${what}`, "Restore it, or make a new store with certs init.");

/** The key in this file; makes and stores one if there is none. Throws VcrError. */
export function keyAt(path: string, kind: KeyKind): KeyObject {
  const stored = readStored(path, true);
  if (stored !== undefined) {
    const key = readKey(stored);
    if (key === undefined) throw damaged(path, "has no private key that can be read");
    return key;
  }
  const key = makeKey(kind);
  // If another process has just stored a key, use that one.
  return createFile(path, keyPem(key), 0o600) ? key : keyAt(path, kind);
}

/** The authority of a role; undefined if there is none yet. Throws VcrError. */
export function readAuthority(folder: string, role: AuthorityRole, kind: KeyKind): Authority | undefined {
  const path = certificatePath(folder, role, kind);
  const stored = readStored(path, false);
  if (stored === undefined) return undefined;
  const [certificate] = certificatesOf(stored);
  const facts = describeCertificate(stored);
  if (certificate === undefined || facts === undefined) throw damaged(path, "has no certificate");
  const keyFile = keyPath(folder, role, kind);
  const secret = readStored(keyFile, true);
  const key = secret === undefined ? undefined : readKey(secret);
  if (key === undefined) throw damaged(keyFile, "is missing or has no private key that can be read");
  if (!sameKey(key, new X509Certificate(certificate).publicKey))
    throw damaged(keyFile, `does not belong to ${path}`);
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

/** The authority of a role; makes one if there is none. Throws VcrError. */
export function ensureAuthority(
  folder: string,
  role: AuthorityRole,
  kind: KeyKind,
  organization: string,
  now: Date,
  notBefore?: Date,
): Authority {
  const existing = readAuthority(folder, role, kind);
  if (existing !== undefined) return existing;
  makeFolder(folder);
  // Random digits, so that roots of two stores have different names in a charger's list.
  const suffix = randomBytes(2).toString("hex");
  const commonName = `ocpp-vcr ${titles[role]} ${kind === "rsa" ? "RSA" : "ECDSA"} ${suffix}`;
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
