// Reading ClientHellos: those of Node's OpenSSL, incomplete ones, and other bytes.
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { type ConnectionOptions, connect } from "node:tls";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { concat } from "../../../src/base/bytes.js";
import { readClientHello } from "../../../src/wire/tls/client-hello.js";

/** The first bytes that OpenSSL sends with these options. */
const helloOf = async (options: ConnectionOptions): Promise<Uint8Array> => {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  onTestFinished(() => void listener.close());
  const { port } = listener.address() as AddressInfo;
  const client = connect({ port, host: "127.0.0.1", rejectUnauthorized: false, ...options });
  client.on("error", () => undefined);
  const [socket] = await once(listener, "connection");
  const [bytes] = (await once(socket, "data")) as [Buffer];
  client.destroy();
  socket.destroy();
  return bytes;
};

describe("readClientHello", () => {
  test("reads what OpenSSL offers", async () => {
    const bytes = await helloOf({
      servername: "csms.example.com",
      ALPNProtocols: ["http/1.1"],
      ciphers: "TLS_AES_128_GCM_SHA256:ECDHE-ECDSA-AES128-GCM-SHA256:AES256-GCM-SHA384",
      ecdhCurve: "prime256v1",
    });
    const result = readClientHello(bytes);
    expect(result).toMatchObject({
      kind: "hello",
      hello: {
        versions: [0x0304, 0x0303],
        serverName: "csms.example.com",
        alpn: ["http/1.1"],
        groups: [23],
        maxFragmentLength: undefined,
      },
    });
    if (result.kind !== "hello") return;
    expect(result.hello.suites).toEqual(expect.arrayContaining([0x1301, 0xc02b, 0x009d]));
    expect(result.hello.signatureAlgorithms).toContain(0x0403);
  });

  test("reads the version of an old client from the legacy field", async () => {
    const bytes = await helloOf({
      minVersion: "TLSv1",
      maxVersion: "TLSv1",
      ciphers: "AES128-SHA:@SECLEVEL=0",
    });
    const result = readClientHello(bytes);
    expect(result.kind === "hello" && result.hello).toMatchObject({
      versions: [0x0301],
      suites: expect.arrayContaining([0x002f]) as number[],
      serverName: undefined,
    });
  });

  test("returns incomplete for every shorter part of a ClientHello", async () => {
    const bytes = await helloOf({ servername: "a.example" });
    const whole = readClientHello(bytes);
    for (let cut = 0; cut < bytes.length; cut++)
      expect(readClientHello(bytes.subarray(0, cut)).kind).toBe("incomplete");
    expect(readClientHello(concat([bytes, Uint8Array.of(1, 2, 3)]))).toEqual(whole);
  });

  test("joins a ClientHello from several records", async () => {
    const bytes = await helloOf({ servername: "a.example" });
    const body = bytes.subarray(5);
    const record = (part: Uint8Array): Uint8Array =>
      concat([Uint8Array.of(22, 3, 1, part.length >> 8, part.length & 255), part]);
    const split = concat([
      record(body.subarray(0, 3)),
      record(body.subarray(3, 50)),
      record(body.subarray(50)),
    ]);
    expect(readClientHello(split)).toEqual(readClientHello(bytes));
  });

  test.each([
    ["a request", "474554202f", "not-tls"],
    ["another first byte of the version", "1602", "not-tls"],
    ["another handshake message", "16030100040e000000", "unreadable"],
    ["an empty record", "1603010000", "unreadable"],
    ["a record that is too long", "160301ffff", "unreadable"],
    ["an alert after the first record", "160301000101" + "1503010002", "unreadable"],
    ["a hello without room for its fields", "16030100050100000103", "unreadable"],
    ["nothing", "", "incomplete"],
  ])("recognises %s", (_name, digits, kind) => {
    expect(readClientHello(Buffer.from(digits, "hex")).kind).toBe(kind);
  });

  test("returns unreadable for a ClientHello above the length limit", () => {
    const record = concat([
      Uint8Array.of(22, 3, 1, 0x40, 0),
      Uint8Array.of(1, 255, 255, 255),
      new Uint8Array(16_380),
    ]);
    expect(readClientHello(record)).toMatchObject({ kind: "unreadable" });
  });

  test("never throws, for any bytes", async () => {
    const bytes = await helloOf({ servername: "a.example" });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (any) => {
        readClientHello(any);
        readClientHello(concat([Uint8Array.of(22, 3, 1, 1, 0), any]));
      }),
    );
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const changed = Uint8Array.from(bytes);
        changed[at] = value;
        expect(["hello", "incomplete", "not-tls", "unreadable"]).toContain(readClientHello(changed).kind);
      }),
      { numRuns: 2000 },
    );
  });
});
