import { describe, expect, test } from "vitest";
import { hex } from "../../src/base/bytes.js";
import { fromDer, toDer } from "../../src/pki/asn1.js";
import { decodeSubject, dnsName, encodeAlternatives, encodeSubject, ipBytes } from "../../src/pki/subject.js";

describe("a subject", () => {
  test.each([
    [{ organization: "Größe & Söhne", commonName: "CP-1" }],
    [{ organization: "日本" }],
    [{ commonName: "a=b, c" }],
    [{}],
  ])("is read as it was written: %j", (subject) => {
    expect(decodeSubject(fromDer(toDer(encodeSubject(subject))))).toEqual(subject);
  });

  test.each([["x".repeat(65)], [""]])(
    "a subject whose name is empty or too long is refused",
    (commonName) => {
      expect(() => encodeSubject({ commonName })).toThrow(
        expect.objectContaining({ code: "CERTIFICATE_UNFIT" }),
      );
    },
  );

  test("a subject may have 64 characters that are more than 64 bytes", () => {
    expect(decodeSubject(encodeSubject({ commonName: "ä".repeat(64) }))).toEqual({
      commonName: "ä".repeat(64),
    });
  });
});

test.each([
  ["CSMS.Example.com", "csms.example.com"],
  ["csms.example.com.", "csms.example.com"],
  ["bücher.example", "xn--bcher-kva.example"],
  ["*.example.com", "*.example.com"],
  ["localhost", "localhost"],
  ["my_host", "my_host"],
  ["127.0.0.1", undefined],
  ["::1", undefined],
  ["a b", undefined],
  ["-a.com", undefined],
  ["a..b", undefined],
  ["../x", undefined],
  ["", undefined],
  [`${"a".repeat(64)}.com`, undefined],
])("the host name of %s is %s", (name, expected) => {
  expect(dnsName(name)).toBe(expected);
});

test.each([
  ["127.0.0.1", "7f000001"],
  ["::", "00".repeat(16)],
  ["::1", `${"00".repeat(15)}01`],
  ["[fe80::1%eth0]", `fe80${"00".repeat(13)}01`],
  ["2001:db8:1:2:3:4:5:6", "20010db8000100020003000400050006"],
  ["1::", `0001${"00".repeat(14)}`],
  ["::ffff:192.0.2.1", `${"00".repeat(10)}ffffc0000201`],
  ["1.2.3", undefined],
  ["host", undefined],
])("the bytes of the address %s are %s", (address, expected) => {
  const bytes = ipBytes(address);
  expect(bytes && hex(bytes)).toBe(expected);
});

test("alternative names have tag 2 for hosts and tag 7 for addresses", () => {
  expect(hex(toDer(encodeAlternatives(["a"], ["1.2.3.4", "no"])))).toBe("3009820161870401020304");
});
