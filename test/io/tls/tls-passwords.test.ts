// Passwords by identity: as bytes, and in two forms.
import { describe, expect, test } from "vitest";
import { readPasswords } from "../../../src/io/tls/tls-passwords.js";

const hex = "0102030405060708090a0b0c0d0e0f10ff00fe80";
const file = readPasswords(
  Buffer.concat([
    Buffer.from(
      `# chargers\nCP1:secret:with:colons\r\nCP2:${hex}\nA:B:two\nEMPTY:\n\nno colon\nCPö:käse\nRAW:`,
    ),
    Buffer.from([0xff, 0xfe]),
  ]),
);
const basic = (user: string, password: Uint8Array | string): string =>
  `Basic ${Buffer.concat([Buffer.from(`${user}:`), Buffer.from(password)]).toString("base64")}`;

describe("a charger's password", () => {
  test.each([
    ["a text", "CP1", basic("CP1", "secret:with:colons")],
    ["the bytes that 40 digits stand for", "CP2", basic("CP2", Buffer.from(hex, "hex"))],
    ["the 40 digits themselves", "CP2", basic("CP2", hex)],
    ["that of an identity with a colon", "A:B", basic("A:B", "two")],
    ["beyond ASCII", "CPö", basic("CPö", "käse")],
    ["no text", "RAW", basic("RAW", Buffer.from([0xff, 0xfe]))],
    ["told in lower case", "CP1", basic("CP1", "secret:with:colons").replace("Basic", "basic")],
  ])("a charger's password is accepted if it is %s", (_name, identity, field) => {
    expect(file.accepts(identity, field)).toBe(true);
  });

  test.each([
    ["it is missing", "CP1", undefined],
    ["it is another", "CP1", basic("CP1", "secret")],
    ["it is another charger's", "CP1", basic("CP2", hex)],
    ["the user is not the identity", "CP1", basic("CP2", "secret:with:colons")],
    ["the identity is unknown", "CP9", basic("CP9", "")],
    ["it is empty", "EMPTY", basic("EMPTY", "")],
    ["it is no Base64", "CP1", "Basic ***"],
    ["it is another scheme", "CP1", "Bearer CP1"],
    ["a comment is named", "# chargers", basic("# chargers", "")],
  ])("a charger's password is refused if %s", (_name, identity, field) => {
    expect(file.accepts(identity, field)).toBe(false);
  });
});

describe("the password for the CSMS", () => {
  test("the password for the CSMS is text for 2.x, and 20 bytes for 1.6 if it is 40 hexadecimal digits", () => {
    expect(file.authorizationFor("CP2", ["ocpp1.6"])).toBe(basic("CP2", Buffer.from(hex, "hex")));
    expect(file.authorizationFor("CP2", ["ocpp2.0.1"])).toBe(basic("CP2", hex));
    expect(file.authorizationFor("CP1", ["ocpp1.6"])).toBe(basic("CP1", "secret:with:colons"));
    expect(file.authorizationFor("CP9", ["ocpp1.6"])).toBeUndefined();
  });

  test("a password can be replaced if the identity has one", () => {
    const own = readPasswords(Buffer.from("CP1:old\n"));
    expect(own.replacePassword("CP2", "new")).toBe(false);
    expect(own.replacePassword("CP1", "new")).toBe(true);
    expect(own.authorizationFor("CP1", [])).toBe(basic("CP1", "new"));
  });
});
