// The entries and notes of a new connection, and how closes pass through TLS.
import { describe, expect, test } from "vitest";
import { readPasswords } from "../../../src/io/tls/tls-passwords.js";
import { upgradeHead } from "../../support/peers/raw-peer.js";
import { chargerTls, csmsTls, dialTls, startTlsCsms } from "../../support/peers/tls-peers.js";
import { startWorld, type WorldOptions } from "../../support/worlds/proxy-world.js";

const connect = async (options: WorldOptions, ...lines: readonly string[]) => {
  const csms = await startTlsCsms();
  const world = await startWorld({ csmsPort: csms.port, csmsTls: csmsTls(), tls: chargerTls(), ...options });
  const charger = await dialTls(world.proxy.port);
  charger.send(upgradeHead("/CP1", ...lines));
  await charger.head();
  const [peer] = csms.peers;
  if (peer === undefined) throw new Error("no CSMS");
  return { world, charger, csms: peer };
};

describe("a connection that opens", () => {
  test("a new connection records the TLS of both legs", async () => {
    const { world } = await connect({});
    const { tls, url } = await world.entry("connection-opened");
    expect(url).toMatch(/^wss:/);
    expect(tls?.charger).toMatchObject({ version: "TLSv1.3", verdict: "none-shown" });
    expect(tls?.csms).toMatchObject({
      version: "TLSv1.3",
      serverName: "csms.example.com",
      own: null,
      peer: { names: expect.arrayContaining(["DNS:csms.example.com"]) as string[] },
      verdict: "verified",
    });
  });

  test("a new connection notes an invalid certificate of the CSMS with its reason", async () => {
    const { world } = await connect({ csmsTls: csmsTls({ insecure: true, name: "other.example" }) });
    expect(await world.entry("note")).toMatchObject({
      code: "csms-insecure",
      message: expect.stringMatching(/NOT valid \(ERR_TLS_CERT_ALTNAME_INVALID\)/) as string,
    });
  });

  test("a new connection notes that any certificate would have been accepted", async () => {
    const { world } = await connect({ csmsTls: csmsTls({ insecure: true }) });
    expect(await world.entry("note")).toMatchObject({ code: "csms-insecure" });
  });

  test.each([
    ["is replaced where there is one", ["Authorization: Basic b2xk"]],
    ["is added where there is none", []],
  ])("the password for the CSMS %s, and the note does not contain it", async (_name, lines) => {
    const csmsBasic = readPasswords(Buffer.from("CP1:new secret\n"));
    const { world, csms } = await connect({ csmsBasic }, ...lines);
    const shown = `Authorization: Basic ${Buffer.from("CP1:new secret").toString("base64")}\r\n`;
    expect(csms.text.split("Authorization:")).toHaveLength(2);
    expect(csms.text).toContain(shown);
    expect(await world.entry("note")).toMatchObject({ code: "password-replaced" });
  });
});

describe("ends of a connection with TLS on both legs", () => {
  test("a half-closed stream goes on in the other direction", async () => {
    const { charger, csms } = await connect({});
    charger.send("\x88\x80abcd").end();
    await csms.untilEnd();
    csms.send("\x88\x00").end();
    await charger.untilEnd();
    expect(charger.body.toString("latin1")).toBe("\x88\x00");
    expect(csms.body.toString("latin1")).toBe("\x88\x80abcd");
  });

  test.each(["charger", "csms"] as const)("a reset by the %s is a reset on the other side", async (side) => {
    const both = await connect({});
    const other = both[side === "charger" ? "csms" : "charger"];
    rawOf(both[side].socket).resetAndDestroy();
    await other.untilClosed();
    expect(other.closed).toBe("reset");
    expect(await both.world.entry("connection-closed")).toMatchObject({
      ends: expect.arrayContaining([expect.objectContaining({ by: side, how: "reset" })]) as unknown[],
    });
  });

  test("megabytes pass both ways, whole", async () => {
    const { charger, csms } = await connect({});
    const big = Buffer.alloc(3 * 2 ** 20, "all of it ");
    charger.send(big);
    csms.send(big);
    expect((await csms.bodyOf(big.length)).equals(big)).toBe(true);
    expect((await charger.bodyOf(big.length)).equals(big)).toBe(true);
  });
});

/** The raw socket under a TLSSocket, which is needed for a reset. */
const rawOf = (socket: unknown) => (socket as { _parent: { resetAndDestroy(): void } })._parent;
