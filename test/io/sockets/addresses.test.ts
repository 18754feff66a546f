// The URLs of a listener, with the interfaces of a laptop.
import type { NetworkInterfaceInfo } from "node:os";
import { describe, expect, test } from "vitest";
import { addressesOf, listenerUrls, machineAddresses } from "../../../src/io/sockets/addresses.js";
import { initStore, openStore } from "../../../src/pki/store.js";
import { ownFolder } from "../../support/runs/record-process.js";

const info = (address: string, internal = false): NetworkInterfaceInfo =>
  ({ address, internal, family: address.includes(":") ? "IPv6" : "IPv4" }) as NetworkInterfaceInfo;

const laptop = {
  lo: [info("127.0.0.1", true), info("::1", true)],
  docker0: [info("172.17.0.1")],
  eth0: [info("192.168.1.20"), info("2001:db8::20"), info("fe80::1"), info("169.254.7.7")],
  gone: undefined,
};

const places = (host: string) =>
  addressesOf(host, laptop).map(({ on, address, within }) => [on, address, within]);

describe("addresses", () => {
  test("the machine's addresses begin with reachable ones, without link-local ones", () => {
    expect(machineAddresses(laptop).map(({ address }) => address)).toEqual([
      "192.168.1.20",
      "2001:db8::20",
      "172.17.0.1",
      "127.0.0.1",
      "::1",
    ]);
  });

  test("the addresses of all interfaces have a scope", () => {
    expect(places("0.0.0.0")).toEqual([
      ["eth0", "192.168.1.20", "network"],
      ["docker0", "172.17.0.1", "containers"],
      ["lo", "127.0.0.1", "machine"],
    ]);
    expect(places("::").length).toBe(5);
  });

  test.each([
    ["127.0.0.1", ["lo", "127.0.0.1", "machine"]],
    ["192.168.1.20", ["eth0", "192.168.1.20", "network"]],
    ["localhost", [undefined, "localhost", "machine"]],
    ["127.1.2.3", [undefined, "127.1.2.3", "machine"]],
    ["vcr.example", [undefined, "vcr.example", "network"]],
  ])("the address of a listener on %s is that address", (host, place) => {
    expect(places(host)).toEqual([place]);
  });
});

describe("listener URLs", () => {
  const urls = (host: string, tls: "auto" | "on" | "off") =>
    listenerUrls({ host, port: 9310, tls }, () => undefined, laptop).map(({ url }) => url);

  test("listener URLs have the right schemes and brackets", () => {
    expect(urls("192.168.1.20", "auto")).toEqual(["wss://192.168.1.20:9310", "ws://192.168.1.20:9310"]);
    expect(urls("::1", "on")).toEqual(["wss://[::1]:9310"]);
    expect(urls("0.0.0.0", "off")[0]).toBe("ws://192.168.1.20:9310");
  });

  test("listener URLs are checked against the names of the certificate", async () => {
    const folder = `${await ownFolder()}/certs`;
    initStore(
      folder,
      { organization: "Test", names: ["vcr.example"], addresses: ["192.168.1.20"] },
      new Date(),
    );
    const [first] = openStore(folder).serverCredentials();
    const named = (host: string, tls: "on" | "off") =>
      listenerUrls({ host, port: 1, tls }, () => first?.cert, laptop).map((way) => way.named);
    expect(named("192.168.1.20", "on")).toEqual([true]);
    expect(named("172.17.0.1", "on")).toEqual([false]);
    expect(named("vcr.example", "on")).toEqual([true]);
    expect(named("other.example", "on")).toEqual([false]);
    expect(named("192.168.1.20", "off")).toEqual([undefined]);
    expect(listenerUrls({ host: "::1", port: 1, tls: "on" }, undefined, laptop)[0]?.named).toBeUndefined();
  });
});
