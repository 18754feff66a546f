// The client address, identity and target of chargers.
import { describe, expect, test } from "vitest";
import { fromLatin1, latin1 } from "../../../src/base/bytes.js";
import { ChargerAddressing } from "../../../src/io/proxy/charger-addressing.js";
import { parseHead } from "../../../src/wire/http/head.js";

const raw = (...lines: readonly string[]) =>
  fromLatin1(["GET /ocpp/CP1 HTTP/1.1", ...lines, "", ""].join("\r\n"));
const head = (...lines: readonly string[]) => parseHead(raw(...lines));

describe("charger addressing", () => {
  test("X-Forwarded-For is used only with --forwarded trust", () => {
    const field = "X-Forwarded-For: 203.0.113.9, 10.0.0.1";
    expect(new ChargerAddressing().clientAddress(head(field), "10.0.0.1:5")).toBe("10.0.0.1:5");
    const trusting = new ChargerAddressing({ forwarded: "trust" });
    expect(trusting.clientAddress(head(field), "10.0.0.1:5")).toBe("203.0.113.9");
    expect(trusting.clientAddress(head("X-Forwarded-For: 2001:db8::9"), "10.0.0.1:5")).toBe("[2001:db8::9]");
    expect(trusting.clientAddress(head("X-Forwarded-For: 203.0.113.9:80"), "10.0.0.1:5")).toBe(
      "203.0.113.9:80",
    );
    expect(trusting.clientAddress(head(), "10.0.0.1:5")).toBe("10.0.0.1:5");
  });

  test("the charger's address is forwarded only with --forwarded add", () => {
    expect(new ChargerAddressing().headForCsms(raw(), "10.0.0.1:5")).toEqual(raw());
    expect(latin1(new ChargerAddressing({ forwarded: "add" }).headForCsms(raw(), "[::1]:5"))).toContain(
      "X-Forwarded-For: ::1\r\n",
    );
  });

  test("a path that has the base path already is logged once", () => {
    const said: string[] = [];
    const addressing = new ChargerAddressing({ log: (line) => said.push(line) });
    expect(addressing.targetOf("/ocpp", "/CP1")).toBe("/ocpp/CP1");
    expect(said).toEqual([]);
    expect(addressing.targetOf("/ocpp", "/ocpp/CP1")).toBe("/ocpp/CP1");
    expect(addressing.targetOf("/ocpp", "/ocpp/CP2")).toBe("/ocpp/CP2");
    expect(said).toEqual([expect.stringContaining("begins with /ocpp already")]);
  });

  test("a charger is named by its request, or by its address", () => {
    expect(new ChargerAddressing().identityOf(head(), "SN1")).toBe("CP1");
    expect(new ChargerAddressing({ identityFrom: { kind: "cert-cn" } }).identityOf(head(), "SN1")).toBe(
      "SN1",
    );
    expect(
      new ChargerAddressing({ identityFrom: { kind: "basic" } }).identityOf(head(), undefined),
    ).toBeUndefined();
    expect(new ChargerAddressing().unknownIdentity("[2001:db8::9]:5")).toBe("unknown-2001:db8::9");
    expect(new ChargerAddressing().unknownIdentity("::ffff:192.0.2.7:5")).toBe("unknown-192.0.2.7");
  });
});
