import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { daysFrom, leafValidity, makeAuthority, mintLeaf } from "../../src/pki/authority.js";
import { newestValid, readFiled, readFiledCertificates } from "../../src/pki/filed-certificates.js";
import { makeKey } from "../../src/pki/key.js";
import { toPem } from "../../src/pki/pem.js";
import { fileCertificate } from "../../src/pki/store-folder.js";
import { temporaryFolder } from "../support/runs/temporary-folder.js";

const now = new Date();
const key = makeKey("ec");
const root = makeAuthority({ commonName: "root" }, key, now);
const pem = (made: Date): string =>
  toPem("CERTIFICATE", mintLeaf(root, { subject: { commonName: "x" }, key, validity: leafValidity(made) }));

test("the certificates of a name include numbered ones, but none of a longer name", () => {
  const folder = temporaryFolder();
  const mine = [fileCertificate(folder, "CP1", pem(now)), fileCertificate(folder, "CP1", pem(now))];
  fileCertificate(folder, "CP1.old", pem(now));
  fileCertificate(folder, "CP11", pem(now));
  writeFileSync(join(folder, "CP1.3.pem"), "no certificate");
  expect(
    readFiledCertificates(folder, "CP1")
      .map(({ file }) => file)
      .sort(),
  ).toEqual(mine.sort());
  expect(readFiledCertificates(folder)).toHaveLength(4);
  expect(readFiledCertificates(join(folder, "missing"))).toEqual([]);
  expect(readFiledCertificates(folder, "CP1")[0]).toMatchObject({ kind: "ec", facts: { commonName: "x" } });
});

test("of several valid certificates the newest is chosen, and none that is not valid now", () => {
  const folder = temporaryFolder();
  const old = fileCertificate(folder, "a", pem(daysFrom(now, -100)));
  const best = fileCertificate(folder, "a", pem(now));
  fileCertificate(folder, "a", pem(daysFrom(now, -300)));
  fileCertificate(folder, "a", pem(daysFrom(now, 300)));
  const all = readFiledCertificates(folder, "a");
  expect(all).toHaveLength(4);
  expect(newestValid(all, now)?.file).toBe(best);
  expect(newestValid(all, daysFrom(now, -50))?.file).toBe(old);
  expect(newestValid([], now)).toBeUndefined();
  expect(readFiled(join(folder, "missing.pem"))).toBeUndefined();
});
