import fc from "fast-check";
import { expect, test } from "vitest";
import { utf8 } from "../../src/base/bytes.js";
import { certificatesOf, fromPem, toPem } from "../../src/pki/pem.js";

test("PEM blocks are read back, with any text between them", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 })), (contents) => {
      const text = contents.map((der) => `subject: x\r\n${toPem("CERTIFICATE", der)}`).join("\n");
      expect(fromPem(text).map(({ der }) => der)).toEqual(contents);
      expect(fromPem(text.replaceAll("\n", "\r\n")).map(({ der }) => der)).toEqual(contents);
    }),
  );
});

test("PEM lines have at most 64 characters", () => {
  const lines = toPem("X", new Uint8Array(100)).split("\n");
  expect(lines.map(({ length }) => length)).toEqual([17, 64, 64, 8, 15, 0]);
});

test("the certificates of a file are its CERTIFICATE blocks, or the whole file as DER", () => {
  const der = Uint8Array.of(0x30, 0x01, 0x00);
  const file = toPem("PRIVATE KEY", Uint8Array.of(1)) + toPem("CERTIFICATE", der);
  expect(certificatesOf(utf8(file))).toEqual([der]);
  expect(certificatesOf(der)).toEqual([der]);
  expect(certificatesOf("nothing")).toEqual([]);
  expect(certificatesOf(toPem("PRIVATE KEY", Uint8Array.of(1)))).toEqual([]);
});
