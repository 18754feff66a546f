// A certificate authority: a key and the certificate that names it. Makes roots, intermediates and leaves with the
// validity we give them: 197 days for a leaf, so that with the two days of backdating it stays below the 200 that
// platforms allow; 10 years for an authority. Knows no files.

import type { KeyObject } from "node:crypto";
import { VcrError } from "../base/errors.js";
import { mint } from "./mint.js";
import type { Subject } from "./subject.js";

const dayMs = 86_400_000;
const backdateDays = 2;
const leafDays = 197;
const authorityDays = 3652;

/** From when to when a certificate holds. */
export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Who signs: an authority with its private key. */
export interface Authority {
  readonly subject: Subject;
  readonly key: KeyObject;
  /** DER. */
  readonly certificate: Uint8Array;
  readonly notAfter: Date;
  /** Begin of its leaves, where the authority was made for chargers whose clock stands in the past. */
  readonly leavesFrom?: Date;
}

/** What a new leaf is to hold. */
export interface Leaf {
  readonly subject: Subject;
  /** The subject's key, private or public half. */
  readonly key: KeyObject;
  readonly names?: readonly string[];
  readonly addresses?: readonly string[];
  readonly validity: Validity;
}

/** A moment some days away. */
export function daysFrom(moment: Date, days: number): Date {
  return new Date(moment.getTime() + days * dayMs);
}

const validity = (days: number, now: Date, notBefore: Date | undefined): Validity => ({
  notBefore: notBefore ?? daysFrom(now, -backdateDays),
  notAfter: daysFrom(now, days),
});

/** The validity of a leaf made now; `notBefore` for chargers whose clock stands in the past. */
export function leafValidity(now: Date, notBefore?: Date): Validity {
  return validity(leafDays, now, notBefore);
}

/** The begin of an authority that was made for such chargers: one that holds for longer than ten years. */
export function leavesFrom({ notBefore, notAfter }: Validity): Date | undefined {
  return daysFrom(notBefore, authorityDays + backdateDays + 1) < notAfter ? notBefore : undefined;
}

/** Makes an authority: a root that signs itself, or an intermediate where an issuer is given. */
export function makeAuthority(
  subject: Subject,
  key: KeyObject,
  now: Date,
  { notBefore, issuer }: { readonly notBefore?: Date | undefined; readonly issuer?: Authority } = {},
): Authority {
  const span = validity(authorityDays, now, notBefore);
  const notAfter = new Date(Math.min(span.notAfter.getTime(), (issuer ?? span).notAfter.getTime()));
  const certificate = mint({
    subject,
    issuer: issuer?.subject ?? subject,
    key,
    signer: issuer?.key ?? key,
    notBefore: span.notBefore,
    notAfter,
    authority: true,
  });
  const from = leavesFrom(span);
  return { subject, key, certificate, notAfter, ...(from === undefined ? {} : { leavesFrom: from }) };
}

/** Makes a leaf, signed by the authority, or by itself where that is `self`; the answer is DER. */
export function mintLeaf(authority: Authority | "self", leaf: Leaf): Uint8Array {
  const { validity: span, ...rest } = leaf;
  if (authority === "self")
    return mint({ ...rest, ...span, issuer: leaf.subject, signer: leaf.key, authority: false });
  // A leaf that outlives its issuer helps nobody, and some peers refuse it.
  const notAfter = new Date(Math.min(span.notAfter.getTime(), authority.notAfter.getTime()));
  if (notAfter <= span.notBefore)
    throw new VcrError(
      "CERTIFICATE_UNFIT",
      `the certificate would end (${notAfter.toISOString()}) before it begins (${span.notBefore.toISOString()})`,
      "Choose an earlier --not-before, or make a new store where the root has expired.",
    );
  return mint({
    ...rest,
    notBefore: span.notBefore,
    notAfter,
    issuer: authority.subject,
    signer: authority.key,
    authority: false,
  });
}
