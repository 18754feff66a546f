// The certificate store. `initStore` makes it once; TLS servers and clients open it. It gives credentials for the server
// name that a charger asks for, and for the identity of a station: a filed certificate that is valid, or else a new one
// that is kept in memory.

import { join } from "node:path";
import { VcrError } from "../base/errors.js";
import { type Authority, leafValidity, mintLeaf } from "./authority.js";
import type { Credentials } from "./credentials.js";
import {
  type FiledCertificate,
  newestValid,
  readFiled,
  readFiledCertificates,
} from "./filed-certificates.js";
import { type KeyKind, keyKinds, keyPem } from "./key.js";
import { toPem } from "./pem.js";
import { claimFolder, createFile, fileName, readStored, requireFolder } from "./store-folder.js";
import { certificateAddress, dnsName, type Subject } from "./subject.js";
import { certificatePath, ensureAuthority, keyAt, keyPath, readAuthority } from "./vault.js";

/** Attributes of a station's certificate. */
export interface ClientOptions {
  /** CN, if it is not the identity: the serial number of the charge point. */
  readonly serial?: string | undefined;
  /** O, if it is not that of the store. */
  readonly organization?: string | undefined;
}

/** An open store. */
export interface CertificateStore {
  readonly folder: string;
  /** O of the root: the owner's name in the certificates. */
  readonly organization: string;
  /** The roots that a peer must trust (PEM), one for each kind of key. */
  rootCertificates(): readonly string[];
  /** RSA and ECDSA credentials for a server name (SNI), or for a local address if there was none. */
  serverCredentials(name?: string, address?: string): readonly Credentials[];
  /** Credentials for a station: the filed certificate of the operator's CA, or else RSA and ECDSA ones of this store. */
  clientCredentials(identity: string, options?: ClientOptions): readonly Credentials[];
}

/** The content of a new store. */
export interface NewStore {
  readonly organization: string;
  /** Host names of the server's certificate; the first one is its CN. */
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  readonly notBefore?: Date | undefined;
}

/** Peers can ask for any number of names, so the cache is bounded. */
const maxCached = 256;

const minuteMs = 60_000;

/** The root with this kind of key. Throws VcrError CERTIFICATE_STORE if the store has none. */
export function rootOf(folder: string, kind: KeyKind): Authority {
  const root = readAuthority(folder, "root", kind);
  if (root !== undefined) return root;
  throw new VcrError(
    "CERTIFICATE_STORE",
    `there is no root certificate in ${folder}`,
    "Run: ocpp-vcr certs init",
  );
}

/** The subject of a server: CN is the first name or address that is short enough. */
export function serverSubject(
  organization: string,
  names: readonly string[],
  addresses: readonly string[],
): Subject {
  const commonName = [...names, ...addresses].find((name) => name.length <= 64);
  return { organization, ...(commonName === undefined ? {} : { commonName }) };
}

/** Makes a store: a root and a server certificate for each kind of key. Completes a store that was left half made. Throws VcrError. */
export function initStore(folder: string, wanted: NewStore, now: Date): void {
  claimFolder(folder);
  const servers = keyKinds.map((kind) => certificatePath(folder, "server", kind));
  if (servers.every((file) => readStored(file, false) !== undefined))
    throw new VcrError(
      "CERTIFICATE_STORE",
      `there is a certificate store in ${folder} already`,
      "It is never overwritten. Use it, or name another folder with --certs.",
    );
  const { organization, names, addresses, notBefore } = wanted;
  for (const [i, kind] of keyKinds.entries()) {
    if (
      readStored(servers[i] ?? "", false) !== undefined &&
      readAuthority(folder, "root", kind) === undefined
    )
      throw new VcrError(
        "CERTIFICATE_STORE",
        `there are server certificates without their root in ${folder}`,
        "Restore the root, or name another folder with --certs.",
      );
    const root = ensureAuthority(folder, "root", kind, organization, now, notBefore);
    const leaf = mintLeaf(root, {
      subject: serverSubject(organization, names, addresses),
      key: keyAt(keyPath(folder, "server", kind), kind),
      names,
      addresses,
      validity: leafValidity(now, notBefore),
    });
    createFile(certificatePath(folder, "server", kind), toPem("CERTIFICATE", leaf), 0o644);
  }
}

/** The names and addresses in a certificate. */
const namesOf = (
  filed: FiledCertificate | undefined,
): { names: readonly string[]; addresses: readonly string[] } => {
  const of = (prefix: string): readonly string[] =>
    (filed?.facts.san ?? []).filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
  return { names: of("DNS:"), addresses: of("IP Address:") };
};

const covers = (
  { leaf }: FiledCertificate,
  name: string | undefined,
  address: string | undefined,
): boolean => {
  if (name !== undefined) return leaf.checkHost(name) !== undefined;
  return address === undefined || leaf.checkIP(address) !== undefined;
};

/** A bounded cache whose values are kept for a minute, because certificates are filed, and expire, while a program runs. */
const cacheFor = <T>(now: () => Date): ((key: string, make: () => T) => T) => {
  const cache = new Map<string, { readonly value: T; readonly madeAtMs: number }>();
  return (key, make) => {
    const found = cache.get(key);
    if (found !== undefined && now().getTime() - found.madeAtMs < minuteMs) return found.value;
    cache.delete(key);
    const [oldest] = cache.keys();
    if (cache.size >= maxCached && oldest !== undefined) cache.delete(oldest);
    const value = make();
    cache.set(key, { value, madeAtMs: now().getTime() });
    return value;
  };
};

interface StoreContext {
  readonly folder: string;
  readonly organization: string;
  readonly now: () => Date;
}

const serverPair = (
  context: StoreContext,
  kind: KeyKind,
  name: string | undefined,
  address: string | undefined,
): Credentials => {
  const { folder, organization, now } = context;
  const standard = readFiled(certificatePath(folder, "server", kind));
  const filed = [
    ...readFiledCertificates(join(folder, "server")),
    ...(standard === undefined ? [] : [standard]),
  ];
  const candidates =
    name === undefined && address === undefined && standard !== undefined ? [standard] : filed;
  const key = keyAt(keyPath(folder, "server", kind), kind);
  const found = newestValid(
    candidates.filter(
      (one) => one.kind === kind && covers(one, name, address) && one.leaf.checkPrivateKey(key),
    ),
    now(),
  );
  if (found !== undefined) return { kind, key: keyPem(key), cert: found.pem };
  // Without SNI the charger may have dialled any of the server's names: the certificate has all of them, and the address.
  const standardNames = namesOf(standard);
  const names = name === undefined ? standardNames.names : [name];
  const addresses =
    name === undefined ? [...new Set([...standardNames.addresses, ...(address ? [address] : [])])] : [];
  const root = rootOf(folder, kind);
  const leaf = mintLeaf(root, {
    subject: serverSubject(organization, names, addresses),
    key,
    names,
    addresses,
    validity: leafValidity(now(), root.leavesFrom),
  });
  return { kind, key: keyPem(key), cert: toPem("CERTIFICATE", leaf) };
};

/** The filed certificate of the operator's CA for this identity, with its key. */
const accepted = ({ folder, now }: StoreContext, identity: string): Credentials | undefined => {
  const name = fileName(identity);
  const key = readStored(join(folder, "requests", `${name}.key`), true);
  const found = newestValid(readFiledCertificates(join(folder, "accepted"), name), now());
  return key === undefined || found?.kind === undefined
    ? undefined
    : { kind: found.kind, key, cert: found.pem };
};

const clientPair = (
  context: StoreContext,
  kind: KeyKind,
  identity: string,
  options: ClientOptions,
): Credentials => {
  const { folder, now } = context;
  const organization = options.organization ?? context.organization;
  const key = keyAt(keyPath(folder, "client", kind), kind);
  const filedForIdentity = readFiledCertificates(join(folder, "client"), `${fileName(identity)}-${kind}`);
  const filed = newestValid(
    filedForIdentity.filter((one) => one.leaf.checkPrivateKey(key)),
    now(),
  );
  const isWanted =
    (options.organization === undefined || options.organization === filed?.facts.organization) &&
    (options.serial === undefined || options.serial === filed?.facts.commonName);
  if (filed !== undefined && isWanted) return { kind, key: keyPem(key), cert: filed.pem };
  const root = rootOf(folder, kind);
  const leaf = mintLeaf(root, {
    subject: { organization, commonName: options.serial ?? identity },
    key,
    validity: leafValidity(now(), root.leavesFrom),
  });
  return { kind, key: keyPem(key), cert: toPem("CERTIFICATE", leaf) };
};

/** Opens a store. Throws VcrError CERTIFICATE_STORE if it is missing, damaged or readable by other users. */
export function openStore(folder: string, now: () => Date = () => new Date()): CertificateStore {
  requireFolder(folder);
  const roots = keyKinds.map((kind) => rootOf(folder, kind));
  const context: StoreContext = { folder, organization: roots[0]?.subject.organization ?? "", now };
  const cached = cacheFor<readonly Credentials[]>(now);
  return {
    folder,
    organization: context.organization,
    rootCertificates: () => roots.map(({ certificate }) => toPem("CERTIFICATE", certificate)),
    serverCredentials: (serverName, localAddress) => {
      const name = serverName === undefined ? undefined : dnsName(serverName);
      const address = localAddress === undefined ? undefined : certificateAddress(localAddress);
      const make = (): readonly Credentials[] =>
        keyKinds.map((kind) => serverPair(context, kind, name, address));
      return cached(name === undefined ? `address ${address}` : `name ${name}`, make);
    },
    clientCredentials: (identity, options = {}) =>
      cached(JSON.stringify([identity, options.serial, options.organization]), () => {
        const fromCa = accepted(context, identity);
        return fromCa === undefined
          ? keyKinds.map((kind) => clientPair(context, kind, identity, options))
          : [fromCa];
      }),
  };
}
