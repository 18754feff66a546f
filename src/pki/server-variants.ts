// Variants of the server certificate that rules ask for: flawed ones, and a valid one with another key. They are made when
// a charger connects, for the name that it asked for, and kept in memory. Only their keys and authorities are filed.

import { type Leaf, leafValidity, mintLeaf } from "./authority.js";
import type { Credentials } from "./credentials.js";
import { type Flaw, type Signers, withFlaw } from "./flaws.js";
import { type KeyKind, keyKinds, keyPem } from "./key.js";
import { toPem } from "./pem.js";
import { rootOf, serverSubject } from "./store.js";
import { certificateAddress, dnsName } from "./subject.js";
import { ensureAuthority, keyAt, keyPath } from "./vault.js";

/** A flaw, or `swap`: a valid certificate with another key. */
export type ServerVariant = Flaw | "swap";

const maxCached = 256;

const pairOf = (
  folder: string,
  kind: KeyKind,
  variant: ServerVariant,
  name: string | undefined,
  address: string | undefined,
  now: Date,
): Credentials => {
  const names = name === undefined ? (address === undefined ? ["localhost"] : []) : [name];
  const addresses = address === undefined ? [] : [address];
  const root = rootOf(folder, kind);
  const organization = root.subject.organization ?? "";
  const signers: Signers = {
    root,
    foreign: () => ensureAuthority(folder, "foreign", kind, "Foreign Organization", now),
    intermediate: () => ensureAuthority(folder, "intermediate", kind, organization, now),
  };
  const key = keyAt(keyPath(folder, variant === "swap" ? "swap" : "server", kind), kind);
  const leaf: Leaf = {
    subject: serverSubject(organization, names, addresses),
    key,
    names,
    addresses,
    validity: leafValidity(now, root.leavesFrom),
  };
  const order = withFlaw(leaf, variant === "swap" ? undefined : variant, signers, now);
  const chain = [mintLeaf(order.signer, order.leaf), ...order.chain];
  return { kind, key: keyPem(key), cert: chain.map((der) => toPem("CERTIFICATE", der)).join("") };
};

/** Makes variants of a store's server certificate, RSA and ECDSA. Throws VcrError. */
export function serverVariantsOf(
  folder: string,
  now: () => Date = () => new Date(),
): (variant: ServerVariant, name: string | undefined, address: string | undefined) => readonly Credentials[] {
  const cache = new Map<string, readonly Credentials[]>();
  return (variant, serverName, localAddress) => {
    const name = serverName === undefined ? undefined : dnsName(serverName);
    const address =
      name !== undefined || localAddress === undefined ? undefined : certificateAddress(localAddress);
    const key = JSON.stringify([variant, name ?? null, address ?? null]);
    const known = cache.get(key);
    if (known !== undefined) return known;
    const made = keyKinds.map((kind) => pairOf(folder, kind, variant, name, address, now()));
    const [oldest] = cache.keys();
    if (cache.size >= maxCached && oldest !== undefined) cache.delete(oldest);
    cache.set(key, made);
    return made;
  };
}
