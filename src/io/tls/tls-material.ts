// Certificates, keys and roots from files that the command line names, and the roots of this system. They are read once, at
// the start, so that errors are reported then and not when the first charger connects.

import { createPrivateKey, X509Certificate } from "node:crypto";
import { closeSync, fchmodSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import * as tls from "node:tls";
import { systemErrorCode, VcrError } from "../../base/errors.js";
import type { Credentials } from "../../pki/credentials.js";
import { type KeyKind, keyKindOf, keyPem } from "../../pki/key.js";
import { certificatesOf, toPem } from "../../pki/pem.js";
import { fileName } from "../../pki/store-folder.js";
import type { KeyLog } from "./tls-settings.js";

/** The bytes of a file that the user named. Throws VcrError FILE_UNREADABLE. */
export function readNamedFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = systemErrorCode(error) ?? "";
    throw new VcrError(
      "FILE_UNREADABLE",
      `${path} cannot be read (${code})`,
      "Check its name and access rights.",
      error,
    );
  }
}

const unfit = (message: string, hint = ""): VcrError => new VcrError("CERTIFICATE_UNFIT", message, hint);

/** The certificates of a PEM or DER file, each as PEM. Throws VcrError. */
export function certificatesIn(path: string): readonly string[] {
  const found = certificatesOf(readNamedFile(path));
  if (found.length === 0) throw unfit(`there is no certificate in ${path}`, "Use a PEM or DER file.");
  return found.map((der) => toPem("CERTIFICATE", der));
}

/** A certificate with its chain, and its key, from two files or from one. Throws VcrError. */
export function keyPairFrom(certificatePath: string, keyPath: string = certificatePath): Credentials {
  const chain = certificatesIn(certificatePath);
  const content = readNamedFile(keyPath);
  const key = ((): ReturnType<typeof createPrivateKey> => {
    try {
      return createPrivateKey(
        content[0] === 0x30 ? { key: content, format: "der", type: "pkcs8" } : content.toString("latin1"),
      );
    } catch {
      throw unfit(
        `${keyPath} has no private key that can be read`,
        "Use PEM without a password; openssl pkey removes a password.",
      );
    }
  })();
  const leaf = new X509Certificate(chain[0] ?? "");
  if (!leaf.checkPrivateKey(key))
    throw unfit(`the key in ${keyPath} does not belong to the first certificate in ${certificatePath}`);
  const kind: KeyKind = keyKindOf(key) ?? "rsa";
  return { kind, key: keyPem(key), cert: chain.join("") };
}

/** One of each kind of several pairs: the first that is for this name, or else the first. */
export function pairsFor(pairs: readonly Credentials[], name: string | undefined): readonly Credentials[] {
  const isFor = ({ cert }: Credentials): boolean =>
    name !== undefined && new X509Certificate(cert).checkHost(name) !== undefined;
  return (["rsa", "ec"] as const).flatMap((kind) => {
    const found = pairs.filter((pair) => pair.kind === kind);
    return found.find(isFor) ?? found[0] ?? [];
  });
}

/** The pair of this identity in a folder: `<identity>.pem` and `<identity>.key`. Throws VcrError. */
export function pairOfIdentity(folder: string, identity: string): Credentials {
  const name = fileName(identity);
  return keyPairFrom(join(folder, `${name}.pem`), join(folder, `${name}.key`));
}

const bundles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

const bundleIn = (path: string | undefined): readonly string[] => {
  if (path === undefined || path === "") return [];
  try {
    return certificatesIn(path);
  } catch {
    return [];
  }
};

/** The roots that this system and Node trust, and further ones; PEM, without duplicates. */
export function systemRoots(
  more: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const fromNode = (tls as { getCACertificates?: (type: string) => string[] }).getCACertificates;
  const known = fromNode === undefined ? tls.rootCertificates : fromNode("default");
  const ofSystem = env.SSL_CERT_FILE === undefined ? bundles.flatMap(bundleIn) : bundleIn(env.SSL_CERT_FILE);
  const all = [...known, ...ofSystem, ...bundleIn(env.NODE_EXTRA_CA_CERTS), ...more];
  return [...new Map(all.map((pem) => [pem.replaceAll(/\s/g, ""), pem])).values()];
}

/** Opens a file for the secrets of TLS connections: appended to, readable only by its owner. Throws VcrError FILE_UNWRITABLE. */
export function openKeylog(path: string, onFailure: (error: Error) => void): { log: KeyLog; close(): void } {
  let file: number;
  try {
    file = openSync(path, "a", 0o600);
    if (process.platform !== "win32") fchmodSync(file, 0o600);
  } catch (error) {
    const code = systemErrorCode(error) ?? "";
    throw new VcrError(
      "FILE_UNWRITABLE",
      `${path} cannot be written (${code})`,
      "Name another file with --keylog.",
      error,
    );
  }
  let failed = false;
  return {
    log: (line) => {
      try {
        if (!failed) writeSync(file, line);
      } catch (error) {
        failed = true;
        onFailure(error as Error);
      }
    },
    close: () => {
      failed = true;
      closeSync(file);
    },
  };
}
