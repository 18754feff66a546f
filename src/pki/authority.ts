// A certificate authority: a key and its certificate. Makes roots and intermediates, valid for 10 years, and leaf
// certificates, valid for 197 days: with the two days of backdating they stay below the 200 days that browsers and
// operating systems allow.

import type { KeyObject } from "node:crypto";
import { VcrError } from "../base/errors.js";
import { mint } from "./mint.js";
import type { Subject } from "./subject.js";

const dayMs = 86_400_000;
const backdateDays = 2;
const leafDays = 197;
const authorityDays = 3652;

/** The time during which a certificate is valid. */
export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** A certificate authority with its private key. */
export interface Authority {
  readonly subject: Subject;
  readonly key: KeyObject;
  /** DER. */
  readonly certificate: Uint8Array;
  readonly notAfter: Date;
  /** `notBefore` of its leaves, if the authority was made for chargers whose clock is in the past. */
  readonly leavesFrom?: Date;
}

/** The content of a new leaf certificate. */
export interface Leaf {
  readonly subject: Subject;
  /** The subject's key, private or public. */
  readonly key: KeyObject;
  readonly names?: readonly string[];
  readonly addresses?: readonly string[];
  readonly validity: Validity;
}

/** The time this many days later. */
export function daysFrom(date: Date, days: number): Date {
  return new Date(date.getTime() + days * dayMs);
}

const validity = (days: number, now: Date, notBefore: Date | undefined): Validity => ({
  notBefore: notBefore ?? daysFrom(now, -backdateDays),
  notAfter: daysFrom(now, days),
});

/** The validity of a leaf made now; `notBefore` is for chargers whose clock is in the past. */
export function leafValidity(now: Date, notBefore?: Date): Validity {
  return validity(leafDays, now, notBefore);
}

/** The `notBefore` of an authority made for such chargers, which is valid for longer than ten years; else undefined. */
export function leavesFrom({ notBefore, notAfter }: Validity): Date | undefined {
  return daysFrom(notBefore, authorityDays + backdateDays + 1) < notAfter ? notBefore : undefined;
}

/** Makes an authority: an intermediate if an issuer is given, else a root that signs itself. */
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

/** Makes a leaf certificate (DER), signed by the authority or by itself. Throws VcrError CERTIFICATE_UNFIT. */
export function mintLeaf(authority: Authority | "self", leaf: Leaf): Uint8Array {
  const { validity: span, ...rest } = leaf;
  if (authority === "self")
    return mint({ ...rest, ...span, issuer: leaf.subject, signer: leaf.key, authority: false });
  // Some peers refuse a leaf that is valid for longer than its issuer.
  const notAfter = new Date(Math.min(span.notAfter.getTime(), authority.notAfter.getTime()));
  if (notAfter <= span.notBefore)
    throw new VcrError(
      "CERTIFICATE_UNFIT",
      `the certificate would end (${notAfter.toISOString()}) before it begins (${span.notBefore.toISOString()})`,
      "Choose an earlier --not-before, or make a new store if the root has expired.",
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
