// The certificate store: made once by `initStore`, opened by whoever serves or dials TLS. Hands out credentials for
// the name a charger asked for, and for the identity a station is to have; what is filed and valid comes first,
// else a certificate is minted and kept in memory. Knows no sockets.

import { join } from "node:path";
import { VcrError } from "../base/errors.js";
import { type Authority, leafValidity, mintLeaf } from "./authority.js";
import { type Filed, newestValid, readFiled, readFiledCertificates } from "./filed-certificates.js";
import { type KeyKind, keyKinds, keyPem } from "./key.js";
import { toPem } from "./pem.js";
import { claimFolder, createFile, fileName, readStored, requireFolder } from "./store-folder.js";
import { hostName, ipBytes, type Subject } from "./subject.js";
import { certificatePath, ensureAuthority, keyAt, keyPath, readAuthority } from "./vault.js";

/** What one side of a TLS connection shows: a key and the chain, leaf first, both PEM. */
export interface Credentials {
  readonly kind: KeyKind;
  readonly key: string;
  readonly cert: string;
}

/** How a station's certificate is to be. */
export interface ClientOptions {
  /** CN, where it is not the identity: the charge point's serial number. */
  readonly serial?: string | undefined;
  /** O, where it is not the store's. */
  readonly organization?: string | undefined;
}

/** An open store. */
export interface CertificateStore {
  readonly folder: string;
  /** O of the root: the owner whose name the certificates carry. */
  readonly organization: string;
  /** The roots that a peer must trust, PEM, one per kind of key. */
  rootCertificates(): readonly string[];
  /** For the name asked for by SNI, and the local address where there was none; RSA and ECDSA. */
  serverCredentials(name?: string, address?: string): readonly Credentials[];
  /** For a station: the answer of the operator's CA where `accept` has filed one, else RSA and ECDSA of our own. */
  clientCredentials(identity: string, options?: ClientOptions): readonly Credentials[];
}

/** What a new store is to hold. */
export interface NewStore {
  readonly organization: string;
  /** Host names of the server's certificate; the first one is its CN. */
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  readonly notBefore?: Date | undefined;
}

/** Names asked for by strangers are remembered up to this many. */
const mostRemembered = 256;

const minuteMs = 60_000;

/** The root of a kind. Throws VcrError CERTIFICATE_STORE where the store has none. */
export function rootOf(folder: string, kind: KeyKind): Authority {
  const root = readAuthority(folder, "root", kind);
  if (root !== undefined) return root;
  throw new VcrError("CERTIFICATE_STORE", `${folder} holds no root certificate`, "Run: ocpp-vcr certs init");
}

/** The subject of a server: CN is the first name, or address, that a CN can hold. */
export function serverSubject(
  organization: string,
  names: readonly string[],
  addresses: readonly string[],
): Subject {
  const commonName = [...names, ...addresses].find((name) => name.length <= 64);
  return { organization, ...(commonName === undefined ? {} : { commonName }) };
}

/** Makes a store: the root twins and a server certificate of each. What a broken-off run left is completed. */
export function initStore(folder: string, wanted: NewStore, now: Date): void {
  claimFolder(folder);
  const servers = keyKinds.map((kind) => certificatePath(folder, "server", kind));
  if (servers.every((file) => readStored(file, false) !== undefined))
    throw new VcrError(
      "CERTIFICATE_STORE",
      `${folder} holds a certificate store already`,
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
        `${folder} holds server certificates without their root`,
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

/** The names and addresses that a certificate was made for. */
const namesOf = (filed: Filed | undefined): { names: readonly string[]; addresses: readonly string[] } => {
  const of = (prefix: string): readonly string[] =>
    (filed?.facts.san ?? []).filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
  return { names: of("DNS:"), addresses: of("IP Address:") };
};

const covers = ({ leaf }: Filed, name: string | undefined, address: string | undefined): boolean => {
  if (name !== undefined) return leaf.checkHost(name) !== undefined;
  return address === undefined || leaf.checkIP(address) !== undefined;
};

/** Remembers what was made, a limited number, for a minute: certificates are filed, and end, while programs run. */
const remember = <T>(now: () => Date): ((key: string, make: () => T) => T) => {
  const kept = new Map<string, { readonly value: T; readonly at: number }>();
  return (key, make) => {
    const found = kept.get(key);
    if (found !== undefined && now().getTime() - found.at < minuteMs) return found.value;
    kept.delete(key);
    const [oldest] = kept.keys();
    if (kept.size >= mostRemembered && oldest !== undefined) kept.delete(oldest);
    const value = make();
    kept.set(key, { value, at: now().getTime() });
    return value;
  };
};

/** An address as certificates hold it: without a zone, and IPv4 as IPv4 also where the socket is of both families. */
const plainAddress = (address: string): string | undefined =>
  ipBytes(address) === undefined ? undefined : address.replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.)/i, "");

interface Shop {
  readonly folder: string;
  readonly organization: string;
  readonly now: () => Date;
}

const serverPair = (
  shop: Shop,
  kind: KeyKind,
  name: string | undefined,
  address: string | undefined,
): Credentials => {
  const { folder, organization, now } = shop;
  const standard = readFiled(certificatePath(folder, "server", kind));
  const filed = [
    ...readFiledCertificates(join(folder, "server")),
    ...(standard === undefined ? [] : [standard]),
  ];
  const asked = name === undefined && address === undefined && standard !== undefined ? [standard] : filed;
  const key = keyAt(keyPath(folder, "server", kind), kind);
  const found = newestValid(
    asked.filter((one) => one.kind === kind && covers(one, name, address) && one.leaf.checkPrivateKey(key)),
    now(),
  );
  if (found !== undefined) return { kind, key: keyPem(key), cert: found.pem };
  // Without SNI the charger may have dialled any of our names: all of them stay, and the address joins them.
  const usual = namesOf(standard);
  const names = name === undefined ? usual.names : [name];
  const addresses =
    name === undefined ? [...new Set([...usual.addresses, ...(address ? [address] : [])])] : [];
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

/** What the operator's CA answered for this identity, with the key that was made for it. */
const accepted = ({ folder, now }: Shop, identity: string): Credentials | undefined => {
  const name = fileName(identity);
  const key = readStored(join(folder, "requests", `${name}.key`), true);
  const found = newestValid(readFiledCertificates(join(folder, "accepted"), name), now());
  return key === undefined || found?.kind === undefined
    ? undefined
    : { kind: found.kind, key, cert: found.pem };
};

const clientPair = (shop: Shop, kind: KeyKind, identity: string, options: ClientOptions): Credentials => {
  const { folder, now } = shop;
  const organization = options.organization ?? shop.organization;
  const key = keyAt(keyPath(folder, "client", kind), kind);
  const shelf = readFiledCertificates(join(folder, "client"), `${fileName(identity)}-${kind}`);
  const filed = newestValid(
    shelf.filter((one) => one.leaf.checkPrivateKey(key)),
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

/** Opens a store. Throws VcrError CERTIFICATE_STORE where it is missing, damaged or open to others. */
export function openStore(folder: string, now: () => Date = () => new Date()): CertificateStore {
  requireFolder(folder);
  const roots = keyKinds.map((kind) => rootOf(folder, kind));
  const shop: Shop = { folder, organization: roots[0]?.subject.organization ?? "", now };
  const kept = remember<readonly Credentials[]>(now);
  return {
    folder,
    organization: shop.organization,
    rootCertificates: () => roots.map(({ certificate }) => toPem("CERTIFICATE", certificate)),
    serverCredentials: (asked, at) => {
      const name = asked === undefined ? undefined : hostName(asked);
      const address = at === undefined ? undefined : plainAddress(at);
      const make = (): readonly Credentials[] =>
        keyKinds.map((kind) => serverPair(shop, kind, name, address));
      return kept(name === undefined ? `address ${address}` : `name ${name}`, make);
    },
    clientCredentials: (identity, options = {}) =>
      kept(JSON.stringify([identity, options.serial, options.organization]), () => {
        const answer = accepted(shop, identity);
        return answer === undefined
          ? keyKinds.map((kind) => clientPair(shop, kind, identity, options))
          : [answer];
      }),
  };
}
