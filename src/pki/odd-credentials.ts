// Server certificates that rules want: right but for one thing, or good but another than usual. Made on the fly for the
// name that a charger asked for, remembered, never filed; only the keys and authorities they need are.

import { type Leaf, leafValidity, mintLeaf } from "./authority.js";
import { type Flaw, type Signers, withFlaw } from "./flaws.js";
import { type KeyKind, keyKinds, keyPem } from "./key.js";
import { toPem } from "./pem.js";
import { type Credentials, rootOf, serverSubject } from "./store.js";
import { hostName, ipBytes } from "./subject.js";
import { ensureAuthority, keyAt, keyPath } from "./vault.js";

/** What is odd about it: a flaw, or that its key is not the usual one. */
export type Oddity = Flaw | "swap";

const mostRemembered = 256;

const pairOf = (
  folder: string,
  kind: KeyKind,
  oddity: Oddity,
  names: readonly string[],
  addresses: readonly string[],
  now: Date,
): Credentials => {
  const root = rootOf(folder, kind);
  const organization = root.subject.organization ?? "";
  const signers: Signers = {
    root,
    foreign: () => ensureAuthority(folder, "foreign", kind, "Foreign Organization", now),
    intermediate: () => ensureAuthority(folder, "intermediate", kind, organization, now),
  };
  const key = keyAt(keyPath(folder, oddity === "swap" ? "swap" : "server", kind), kind);
  const leaf: Leaf = {
    subject: serverSubject(organization, names, addresses),
    key,
    names,
    addresses,
    validity: leafValidity(now, root.leavesFrom),
  };
  const order = withFlaw(leaf, oddity === "swap" ? undefined : oddity, signers, now);
  const chain = [mintLeaf(order.signer, order.leaf), ...order.chain];
  return { kind, key: keyPem(key), cert: chain.map((der) => toPem("CERTIFICATE", der)).join("") };
};

/** Makes odd certificates of a store, RSA and ECDSA. Throws VcrError. */
export function oddCredentialsOf(
  folder: string,
  now: () => Date = () => new Date(),
): (oddity: Oddity, name: string | undefined, address: string | undefined) => readonly Credentials[] {
  const kept = new Map<string, readonly Credentials[]>();
  return (oddity, asked, at) => {
    const { name, address } = askedFor(asked, at);
    const called = JSON.stringify([oddity, name ?? null, address ?? null]);
    const known = kept.get(called);
    if (known !== undefined) return known;
    const names = name === undefined ? (address === undefined ? ["localhost"] : []) : [name];
    const addresses = address === undefined ? [] : [address];
    const made = keyKinds.map((kind) => pairOf(folder, kind, oddity, names, addresses, now()));
    const [oldest] = kept.keys();
    if (kept.size >= mostRemembered && oldest !== undefined) kept.delete(oldest);
    kept.set(called, made);
    return made;
  };
}

/** A name counts, else the address that was dialled. */
const askedFor = (
  asked: string | undefined,
  at: string | undefined,
): { readonly name: string | undefined; readonly address: string | undefined } => {
  const name = asked === undefined ? undefined : hostName(asked);
  if (name !== undefined || at === undefined || ipBytes(at) === undefined)
    return { name, address: undefined };
  return { name, address: at.replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.)/i, "") };
};
