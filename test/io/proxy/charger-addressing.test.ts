// Whose a connection is, what a charger is called and where it is led: what is said once is said once.
import { describe, expect, test } from "vitest";
import { fromLatin1, latin1 } from "../../../src/base/bytes.js";
import { ChargerAddressing } from "../../../src/io/proxy/charger-addressing.js";
import { parseHead } from "../../../src/wire/http/head.js";

const raw = (...lines: readonly string[]) =>
  fromLatin1(["GET /ocpp/CP1 HTTP/1.1", ...lines, "", ""].join("\r\n"));
const head = (...lines: readonly string[]) => parseHead(raw(...lines));

describe("reach", () => {
  test("believes X-Forwarded-For only where it is told to", () => {
    const field = "X-Forwarded-For: 203.0.113.9, 10.0.0.1";
    expect(new ChargerAddressing().originOf(head(field), "10.0.0.1:5")).toBe("10.0.0.1:5");
    const trusting = new ChargerAddressing({ forwarded: "trust" });
    expect(trusting.originOf(head(field), "10.0.0.1:5")).toBe("203.0.113.9");
    expect(trusting.originOf(head("X-Forwarded-For: 2001:db8::9"), "10.0.0.1:5")).toBe("[2001:db8::9]");
    expect(trusting.originOf(head("X-Forwarded-For: 203.0.113.9:80"), "10.0.0.1:5")).toBe("203.0.113.9:80");
    expect(trusting.originOf(head(), "10.0.0.1:5")).toBe("10.0.0.1:5");
  });

  test("hands the charger's address on only where it is told to", () => {
    expect(new ChargerAddressing().handOn(raw(), "10.0.0.1:5")).toEqual(raw());
    expect(latin1(new ChargerAddressing({ forwarded: "add" }).handOn(raw(), "[::1]:5"))).toContain(
      "X-Forwarded-For: ::1\r\n",
    );
  });

  test("says once that the base path is not put in front again", () => {
    const said: string[] = [];
    const reach = new ChargerAddressing({ say: (line) => said.push(line) });
    expect(reach.targetOf("/ocpp", "/CP1")).toBe("/ocpp/CP1");
    expect(said).toEqual([]);
    expect(reach.targetOf("/ocpp", "/ocpp/CP1")).toBe("/ocpp/CP1");
    expect(reach.targetOf("/ocpp", "/ocpp/CP2")).toBe("/ocpp/CP2");
    expect(said).toEqual([expect.stringContaining("begins with /ocpp already")]);
  });

  test("names a charger by its head, or by its address", () => {
    expect(new ChargerAddressing().nameOf(head(), "SN1")).toBe("CP1");
    expect(new ChargerAddressing({ identityFrom: { kind: "cert-cn" } }).nameOf(head(), "SN1")).toBe("SN1");
    expect(
      new ChargerAddressing({ identityFrom: { kind: "basic" } }).nameOf(head(), undefined),
    ).toBeUndefined();
    expect(new ChargerAddressing().unknown("[2001:db8::9]:5")).toBe("unknown-2001:db8::9");
    expect(new ChargerAddressing().unknown("::ffff:192.0.2.7:5")).toBe("unknown-192.0.2.7");
  });
});
