// The checks of a charger after the handshake: its certificate, its identity and serial number, its password.
import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import { constants, deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.js";
import { readPasswords } from "../../../src/io/tls/tls-passwords.js";
import type { ChargerTls } from "../../../src/io/tls/tls-settings.js";
import type { Flaw } from "../../../src/pki/flaws.js";
import { issueCertificate } from "../../../src/pki/issue.js";
import { encodeFrame } from "../../../src/wire/websocket/frame.js";
import { type RawPeer, switching, upgradeHead } from "../../support/peers/raw-peer.js";
import { chargerTls, dialTls, pairs, testStore } from "../../support/peers/tls-peers.js";
import { madeAt } from "../../support/runs/certificate-stores.js";
import { type ProxyWorld, startWorld, type WorldOptions } from "../../support/worlds/proxy-world.js";
import { chargerMask } from "../../support/worlds/relay-player.js";

const issued = (identity: string, flaw?: Flaw): ConnectionOptions => {
  const wish = {
    part: "client",
    kind: "ec",
    organization: "O",
    names: [],
    addresses: [],
    identity,
    flaw,
  } as const;
  const { certificate, key = "" } = issueCertificate(testStore().folder, wish, madeAt);
  return { cert: readFileSync(certificate), key: readFileSync(key) };
};

const knock = async (tls: Partial<ChargerTls>, shown: ConnectionOptions, options: WorldOptions = {}) => {
  const world = await startWorld({ tls: chargerTls(tls), ...options });
  const charger = await dialTls(world.proxy.port, shown);
  charger.send(upgradeHead("/CP1"));
  return { world, charger };
};

const enter = async (world: ProxyWorld, charger: RawPeer, answer = switching): Promise<RawPeer> => {
  const csms = await world.csms.accept();
  await csms.head();
  csms.send(answer);
  await charger.head();
  return csms;
};

const call = (action: string, payload: unknown): Uint8Array =>
  encodeFrame({ opcode: 1, payload: utf8(JSON.stringify([2, "1", action, payload])), mask: chargerMask });

describe("--mtls require", () => {
  test.each<[string, ConnectionOptions, RegExp]>([
    ["shows none", {}, /the charger sent none/],
    ["shows an expired one", issued("E1", "expired"), /it has expired \(CERT_HAS_EXPIRED\)/],
    ["shows one that begins later", issued("E2", "not-yet-valid"), /not valid yet/],
    ["shows one of a foreign root", issued("E3", "foreign-ca"), /its root is not in --client-ca/],
    ["shows one signed by itself", issued("E4", "self-signed"), /self-signed/],
    ["shows one without its issuer", issued("E5", "no-chain"), /its issuer is neither/],
  ])(
    "--mtls require answers 403 to a charger that %s, and the reason says that the proxy closed",
    async (_name, shown, reason) => {
      const { world, charger } = await knock({ clientCertificate: "require" }, shown);
      await charger.untilEnd();
      expect(charger.text).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
      const refused = await world.entry("refused");
      expect(refused).toMatchObject({ by: "us", status: 403, identity: "CP1" });
      expect(refused.reason).toMatch(/^closed by us: /);
      expect(refused.reason).toMatch(reason);
      expect(world.csms.peers).toHaveLength(0);
    },
  );

  test("--mtls require accepts a valid certificate, also after a refusal", async () => {
    const world = await startWorld({ tls: chargerTls({ clientCertificate: "require" }) });
    const refused = await dialTls(world.proxy.port);
    refused.send(upgradeHead("/CP1"));
    await refused.untilEnd();
    const charger = await dialTls(world.proxy.port, pairs(testStore().clientCredentials("CP1")));
    charger.send(upgradeHead("/CP1"));
    await enter(world, charger);
    const { tls } = await world.entry("connection-opened");
    expect(tls?.charger).toMatchObject({ verdict: "verified", peer: { subject: "O=Test CPO, CN=CP1" } });
  });

  test("--mtls require refuses plain connections and plain requests on the same port", async () => {
    const world = await startWorld({ tls: chargerTls({ mode: "auto", clientCertificate: "require" }) });
    for (const head of [upgradeHead("/CP1"), "GET /firmware HTTP/1.1\r\nHost: a\r\n\r\n"]) {
      const charger = await world.dial();
      charger.send(head);
      await charger.untilEnd();
      expect(charger.text).toMatch(/^HTTP\/1\.1 403 [\s\S]*use wss:\/\//);
    }
  });
});

test("--mtls request accepts every charger and notes an invalid certificate", async () => {
  const { world, charger } = await knock({ clientCertificate: "request" }, issued("E6", "expired"));
  await enter(world, charger);
  expect(await world.entry("note")).toMatchObject({
    code: "client-certificate",
    message: expect.stringContaining("CERT_HAS_EXPIRED") as string,
  });
});

describe("--bind-identity", () => {
  const shown = (name: string): ConnectionOptions => pairs(testStore().clientCredentials(name));
  const asked = (bindIdentity: ChargerTls["bindIdentity"]) =>
    ({ clientCertificate: "require", bindIdentity }) as const;
  const notes = (world: ProxyWorld) => world.entries.filter(({ kind }) => kind === "note");

  test.each(["warn", "strict"] as const)(
    "%s takes the serial number of the boot, also after a reconnect",
    async (how) => {
      const { world, charger } = await knock(asked(how), shown("SN-1"));
      const csms = await enter(world, charger);
      charger.send(
        call("BootNotification", {
          chargePointVendor: "V",
          chargePointModel: "M",
          chargePointSerialNumber: "SN-1",
        }),
      );
      await world.entry("frame");
      charger.send(call("Heartbeat", {}));
      await world.entry("frame");
      const again = await dialTls(world.proxy.port, shown("SN-1"));
      again.send(upgradeHead("/CP1"));
      await enter(world, again);
      again.send(call("Heartbeat", {}));
      await world.entry("frame");
      expect(notes(world)).toEqual([]);
      expect(csms.ended).toBe(false);
    },
  );

  test("--bind-identity warn notes a certificate for another charger", async () => {
    const { world, charger } = await knock(asked("warn"), shown("OTHER"));
    const csms = await enter(world, charger);
    charger.send(call("Heartbeat", {}));
    charger.send(call("BootNotification", { chargingStation: { serialNumber: "SN-2" } }));
    expect(await world.entry("note")).toMatchObject({
      code: "identity-mismatch",
      message:
        "the client certificate is for OTHER, which is neither the identity CP1 nor the serial number SN-2",
    });
    charger.send(call("Heartbeat", {}));
    for (const _ of [1, 2, 3]) await world.entry("frame");
    expect(csms.ended).toBe(false);
  });

  test.each([
    [
      "another serial number",
      call("BootNotification", { chargingStation: { serialNumber: "SN-2" } }),
      /serial number SN-2/,
    ],
    ["none", call("BootNotification", {}), /nor a serial number/],
    ["no boot at all", call("Heartbeat", {}), /the first message is not a BootNotification/],
    [
      "something else",
      encodeFrame({ opcode: 1, payload: utf8("hello"), mask: chargerMask }),
      /the first message is not OCPP/,
    ],
  ])("--bind-identity strict ends a connection with %s", async (_name, frame, message) => {
    const { world, charger } = await knock(asked("strict"), shown("OTHER"));
    const csms = await enter(world, charger);
    charger.send(frame);
    await charger.untilEnd();
    await csms.untilEnd();
    const note = await world.entry("note");
    expect(note.message).toMatch(/^closed by us: /);
    expect(note.message).toMatch(message);
    expect(await world.entry("connection-closed")).toMatchObject({ ends: [{ by: "us" }] });
  });

  const squeezed = (payload: Uint8Array): Uint8Array =>
    encodeFrame({ opcode: 1, rsv: 4, payload, mask: chargerMask });
  const squeezing = switching.replace(
    /\r\n\r\n$/,
    "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
  );
  const boot = (serialNumber: string): Uint8Array =>
    utf8(JSON.stringify([2, "1", "BootNotification", { chargingStation: { serialNumber } }]));
  const deflated = (bytes: Uint8Array): Uint8Array =>
    deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4);

  test("--bind-identity strict reads a BootNotification that is compressed and fragmented", async () => {
    const { world, charger } = await knock(asked("strict"), shown("SN-1"));
    const csms = await enter(world, charger, squeezing);
    const whole = deflated(boot("SN-1"));
    const parts = [whole.subarray(0, 10), whole.subarray(10)] as const;
    charger.send(encodeFrame({ opcode: 1, rsv: 4, fin: false, payload: parts[0], mask: chargerMask }));
    await world.entry("frame");
    charger.send(encodeFrame({ opcode: 0, payload: parts[1], mask: chargerMask }));
    await world.entry("frame");
    charger.send(call("Heartbeat", {}));
    await world.entry("frame");
    expect(notes(world)).toEqual([]);
    expect(csms.ended).toBe(false);
  });

  test.each([
    ["another boot", squeezed(deflated(boot("SN-2"))), /nor the serial number SN-2$/],
    ["what cannot be inflated", squeezed(Uint8Array.of(0xff, 0xff)), /cannot be inflated/],
  ])(
    "strict ends a connection with %s in a compressed message for that reason alone",
    async (_n, sent, why) => {
      const { world, charger } = await knock(asked("strict"), shown("SN-1"));
      await enter(world, charger, squeezing);
      charger.send(sent);
      await charger.untilEnd();
      const { message } = await world.entry("note");
      expect(message).toMatch(why);
      expect(message).not.toMatch(/without a boot/);
    },
  );

  test("--bind-identity warn notes once that a compressed message cannot be read", async () => {
    const { world, charger } = await knock(asked("warn"), shown("SN-1"));
    await enter(world, charger, squeezing);
    for (const _ of [1, 2]) {
      charger.send(squeezed(Uint8Array.of(0xff, 0xff)));
      await world.entry("frame");
    }
    expect(notes(world)).toMatchObject([
      { code: "identity-mismatch", message: expect.stringMatching(/cannot be inflated/) as string },
    ]);
  });

  const wrongOrganization = issued("CP1", "wrong-org");
  const ours = { organization: "Test CPO" };

  test("--bind-identity strict refuses another organisation before the CSMS is asked", async () => {
    const { world, charger } = await knock({ ...asked("strict"), ...ours }, wrongOrganization);
    await charger.untilEnd();
    expect(await world.entry("refused")).toMatchObject({
      by: "us",
      status: 403,
      reason:
        "closed by us: the client certificate names the organisation Wrong Organization (O), but the certificate store has Test CPO",
    });
    expect(world.csms.peers).toHaveLength(0);
  });

  test("--bind-identity warn notes another organisation and accepts it", async () => {
    const { world, charger } = await knock({ ...asked("warn"), ...ours }, wrongOrganization);
    await enter(world, charger);
    expect(await world.entry("note")).toMatchObject({ code: "organization-mismatch" });
  });

  test.each<[string, Partial<ChargerTls>]>([
    ["with foreign roots", asked("strict")],
    ["switched off", { ...asked("off"), ...ours }],
  ])("the organisation is not checked %s", async (_name, tls) => {
    const { world, charger } = await knock(tls, wrongOrganization);
    await enter(world, charger);
    await world.entry("connection-opened");
    expect(notes(world)).toEqual([]);
  });

  test("--bind-identity off notes nothing", async () => {
    const { world, charger } = await knock(asked("off"), shown("OTHER"));
    await enter(world, charger);
    charger.send(call("BootNotification", { chargingStation: { serialNumber: "SN-2" } }));
    await world.entry("frame");
    expect(notes(world)).toEqual([]);
  });
});

describe("--basic-auth", () => {
  const basicAuth = readPasswords(Buffer.from("CP1:right\n"));
  const field = (user: string, password: string): string =>
    `Authorization: Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

  test.each([
    ["without a password", [], /the charger sent no password/],
    ["with a wrong one", [field("CP1", "wrong")], /no such identity with this password/],
    ["with another user", [field("CP2", "right")], /no such identity with this password/],
  ])("--basic-auth answers 401 to a charger %s", async (_name, lines, reason) => {
    const world = await startWorld({ basicAuth });
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1", ...lines));
    await charger.untilEnd();
    expect(charger.text).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\nWWW-Authenticate: Basic /);
    const refused = await world.entry("refused");
    expect(refused).toMatchObject({ by: "us", status: 401 });
    expect(refused.reason).toMatch(reason);
    expect(world.csms.peers).toHaveLength(0);
  });

  test("--basic-auth forwards the right password unchanged", async () => {
    const world = await startWorld({ basicAuth });
    const charger = await world.dial();
    charger.send(upgradeHead("/CP1", field("CP1", "right")));
    expect(await (await world.csms.accept()).head()).toContain(field("CP1", "right"));
  });
});
