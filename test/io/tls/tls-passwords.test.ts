// Passwords by identity: bytes, two forms, and no way round.
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
  ])("is taken where it is %s", (_name, identity, field) => {
    expect(file.proves(identity, field)).toBe(true);
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
  ])("is refused where %s", (_name, identity, field) => {
    expect(file.proves(identity, field)).toBe(false);
  });
});

describe("the password for the CSMS", () => {
  test("is text for 2.x, and bytes for 1.6 where it is written as 40 digits", () => {
    expect(file.fieldFor("CP2", ["ocpp1.6"])).toBe(basic("CP2", Buffer.from(hex, "hex")));
    expect(file.fieldFor("CP2", ["ocpp2.0.1"])).toBe(basic("CP2", hex));
    expect(file.fieldFor("CP1", ["ocpp1.6"])).toBe(basic("CP1", "secret:with:colons"));
    expect(file.fieldFor("CP9", ["ocpp1.6"])).toBeUndefined();
  });

  test("follows a change for those that have one", () => {
    const own = readPasswords(Buffer.from("CP1:old\n"));
    expect(own.follow("CP2", "new")).toBe(false);
    expect(own.follow("CP1", "new")).toBe(true);
    expect(own.fieldFor("CP1", [])).toBe(basic("CP1", "new"));
  });
});
