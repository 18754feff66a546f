import { describe, expect, test } from "vitest";
import { daysFrom, leafValidity, makeAuthority, mintLeaf } from "../../src/pki/authority.js";
import { describeCertificate } from "../../src/pki/certificate-facts.js";
import { makeKey } from "../../src/pki/key.js";

const now = new Date("2026-11-21T20:00:00Z");
const key = makeKey("ec");
const subject = { organization: "O", commonName: "CN" };
const root = makeAuthority(subject, key, now);
const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

test("an authority is valid from two days ago until ten years from now", () => {
  const facts = describeCertificate(root.certificate);
  expect(facts).toMatchObject({ notBefore: "2026-11-19T20:00:00Z", authority: true, selfIssued: true });
  expect(facts?.notAfter.slice(0, 7)).toBe("2036-11");
  expect(root.notAfter.toISOString()).toBe(facts?.notAfter.replace("Z", ".000Z"));
});

test("only an authority for chargers without a clock gives a notBefore for its leaves", () => {
  const notBefore = new Date("1970-01-01T00:00:00Z");
  expect(makeAuthority(subject, key, now, { notBefore }).leavesFrom).toEqual(notBefore);
  expect(root.leavesFrom).toBeUndefined();
});

test("an intermediate names its issuer and ends no later than it", () => {
  const later = makeAuthority({ commonName: "between" }, key, daysFrom(now, 100), { issuer: root });
  expect(later.notAfter).toEqual(root.notAfter);
  expect(describeCertificate(later.certificate)).toMatchObject({ issuer: "O=O, CN=CN", selfIssued: false });
});

describe("a leaf", () => {
  test("a leaf is valid from two days ago until 197 days from now, less than the 200 days that platforms allow", () => {
    const facts = describeCertificate(mintLeaf(root, { subject, key, validity: leafValidity(now) }));
    expect(days(now.toISOString(), facts?.notAfter ?? "")).toBe(197);
    expect(days(facts?.notBefore ?? "", facts?.notAfter ?? "")).toBe(199);
  });

  test("a leaf for a charger without a clock begins in 1970 and ends like others", () => {
    const validity = leafValidity(now, new Date("1970-01-01T00:00:00Z"));
    const facts = describeCertificate(mintLeaf(root, { subject, key, validity }));
    expect(facts?.notBefore).toBe("1970-01-01T00:00:00Z");
    expect(days(now.toISOString(), facts?.notAfter ?? "")).toBe(197);
  });

  test("a leaf ends no later than its issuer", () => {
    const validity = leafValidity(daysFrom(root.notAfter, -5));
    const facts = describeCertificate(mintLeaf(root, { subject, key, validity }));
    expect(Date.parse(facts?.notAfter ?? "")).toBe(root.notAfter.getTime());
  });

  test("a leaf that would end before it begins is refused", () => {
    const validity = leafValidity(daysFrom(root.notAfter, 5));
    expect(() => mintLeaf(root, { subject, key, validity })).toThrow(
      expect.objectContaining({ code: "CERTIFICATE_UNFIT" }),
    );
  });

  test("a self-signed leaf is signed with its own key", () => {
    const facts = describeCertificate(mintLeaf("self", { subject, key, validity: leafValidity(now) }));
    expect(facts).toMatchObject({ selfIssued: true, authority: false });
  });
});
