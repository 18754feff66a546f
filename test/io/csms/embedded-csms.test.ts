// The embedded CSMS over real sockets: charge points that follow OCPP, and peers that do not.
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { RPCClient } from "ocpp-rpc";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import {
  type CsmsEvent,
  type EmbeddedCsms,
  type EmbeddedCsmsOptions,
  startEmbeddedCsms,
} from "../../../src/io/csms/embedded-csms.js";

const now = "2026-03-01T12:00:00.000Z";
const running: EmbeddedCsms[] = [];

afterEach(async () => {
  for (const csms of running.splice(0)) await csms.close();
});

interface Running {
  readonly csms: EmbeddedCsms;
  readonly events: CsmsEvent[];
  /** Resolves with the first event, past or future, that matches. */
  until(fits: (event: CsmsEvent) => boolean): Promise<CsmsEvent>;
}

const start = async (options: EmbeddedCsmsOptions = {}): Promise<Running> => {
  const events: CsmsEvent[] = [];
  const waiting = new Set<() => void>();
  const onEvent = (event: CsmsEvent): void => {
    events.push(event);
    for (const look of waiting) look();
  };
  const csms = await startEmbeddedCsms({ now: () => now, ...options, onEvent });
  running.push(csms);
  const until = (fits: (event: CsmsEvent) => boolean): Promise<CsmsEvent> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = events.find(fits);
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { csms, events, until };
};

const dial = async (url: string, protocols: readonly string[] = ["ocpp1.6"]): Promise<WebSocket> => {
  const socket = new WebSocket(url, [...protocols], { perMessageDeflate: false });
  socket.on("error", () => undefined);
  await once(socket, "open");
  return socket;
};

const ask = async (socket: WebSocket, message: string): Promise<unknown> => {
  socket.send(message);
  const [data] = (await once(socket, "message")) as [Buffer];
  return JSON.parse(data.toString());
};

const heartbeat = '[2,"1","Heartbeat",{}]';
const alive = [3, "1", { currentTime: now }];

/** Whether the CSMS still answers. */
const serves = async (csms: EmbeddedCsms): Promise<unknown> => {
  const socket = await dial(`${csms.url}/ALIVE`);
  const answer = await ask(socket, heartbeat);
  socket.terminate();
  return answer;
};

const rawSocket = async (csms: EmbeddedCsms): Promise<Socket> => {
  const socket = connect(csms.port, "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
};

const upgrade = (path: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n`;

describe("a dialogue with ocpp-rpc in strict mode", () => {
  const client = (csms: EmbeddedCsms, protocol: string): RPCClient =>
    new RPCClient({
      endpoint: csms.url,
      identity: "CP 1/é",
      protocols: [protocol],
      strictMode: true,
      reconnect: false,
    } as unknown as ConstructorParameters<typeof RPCClient>[0]);

  const token = { idToken: "AB12", type: "ISO14443" };
  const status = "Accepted";
  const transactionEvent = {
    eventType: "Started",
    timestamp: now,
    triggerReason: "Authorized",
    seqNo: 0,
    transactionInfo: { transactionId: "t-1" },
    idToken: token,
  };
  const dialogues: Readonly<Record<string, readonly (readonly [string, object, object])[]>> = {
    "ocpp1.6": [
      [
        "BootNotification",
        { chargePointVendor: "V", chargePointModel: "M" },
        { status, currentTime: now, interval: 60 },
      ],
      ["StatusNotification", { connectorId: 1, errorCode: "NoError", status: "Available" }, {}],
      ["Authorize", { idTag: "A" }, { idTagInfo: { status } }],
      [
        "StartTransaction",
        { connectorId: 1, idTag: "A", meterStart: 0, timestamp: now },
        { transactionId: 77, idTagInfo: { status } },
      ],
      [
        "MeterValues",
        {
          connectorId: 1,
          transactionId: 77,
          meterValue: [{ timestamp: now, sampledValue: [{ value: "12.50" }] }],
        },
        {},
      ],
      [
        "StopTransaction",
        { transactionId: 77, idTag: "A", meterStop: 10, timestamp: now },
        { idTagInfo: { status } },
      ],
      [
        "StartTransaction",
        { connectorId: 1, idTag: "A", meterStart: 10, timestamp: now },
        { transactionId: 78, idTagInfo: { status } },
      ],
      ["DataTransfer", { vendorId: "V" }, { status }],
      ["Heartbeat", {}, { currentTime: now }],
      ["SecurityEventNotification", { type: "StartupOfTheDevice", timestamp: now }, {}],
    ],
    "ocpp2.0.1": [
      [
        "BootNotification",
        { reason: "PowerUp", chargingStation: { model: "M", vendorName: "V" } },
        { status, currentTime: now, interval: 60 },
      ],
      ["StatusNotification", { timestamp: now, connectorStatus: "Available", evseId: 1, connectorId: 1 }, {}],
      ["Authorize", { idToken: token }, { idTokenInfo: { status } }],
      ["TransactionEvent", transactionEvent, { idTokenInfo: { status } }],
      ["NotifyReport", { requestId: 1, generatedAt: now, seqNo: 0 }, {}],
      ["Heartbeat", {}, { currentTime: now }],
    ],
  };

  test.each(Object.entries(dialogues))(
    "a strict ocpp-rpc client with %s gets every answer",
    async (protocol, calls) => {
      const { csms, events } = await start({ interval: 60, firstTransactionId: 77 });
      const charger = client(csms, protocol);
      await charger.connect();
      for (const [action, payload, answer] of calls)
        expect([action, await charger.call(action, payload)]).toEqual([action, answer]);
      await charger.close();
      expect(events.filter((event) => event.kind === "received")).toHaveLength(calls.length);
      expect(events[0]).toMatchObject({
        kind: "connected",
        connection: 1,
        identity: "CP 1/é",
        subprotocol: protocol,
      });
    },
  );

  test("an unknown action is answered with NotImplemented", async () => {
    const { csms } = await start();
    const charger = client(csms, "ocpp1.6");
    charger.reconfigure({ strictMode: false } as unknown as ConstructorParameters<typeof RPCClient>[0]);
    await charger.connect();
    await expect(charger.call("Foo", {})).rejects.toMatchObject({ rpcErrorCode: "NotImplemented" });
    await charger.close();
  });
});

describe("the subprotocol", () => {
  test.each([
    [["ocpp1.6"], "ocpp1.6", "1.6"],
    [["OCPP1.6"], "OCPP1.6", "1.6"],
    [["ocpp1.5", "ocpp2.0.1", "ocpp1.6"], "ocpp2.0.1", "2.0.1"],
    [["ocpp2.1"], "ocpp2.1", "2.1"],
  ] as const)("of the offer %j is %s", async (offer, chosen, version) => {
    const { csms, until } = await start();
    const socket = await dial(`${csms.url}/CP1`, offer);
    expect(socket.protocol).toBe(chosen);
    expect(await until((event) => event.kind === "connected")).toMatchObject({
      version,
      subprotocol: chosen,
    });
    socket.terminate();
  });

  test("without an offered subprotocol the CSMS uses 1.6", async () => {
    const { csms, until } = await start();
    const socket = await dial(`${csms.url}/CP1`, []);
    expect(socket.protocol).toBe("");
    expect(await ask(socket, '[2,"1","StartTransaction",{}]')).toMatchObject([3, "1", { transactionId: 1 }]);
    expect(await until((event) => event.kind === "connected")).toMatchObject({
      version: "1.6",
      subprotocol: null,
    });
    socket.terminate();
  });

  test("an unsupported subprotocol gets a 101 without it and then a close", async () => {
    const { csms, until } = await start();
    const socket = await rawSocket(csms);
    socket.write(`${upgrade("/CP1")}Sec-WebSocket-Protocol: ocpp1.5, soap\r\n\r\n`);
    const [head] = (await once(socket, "data")) as [Buffer];
    expect(head.toString("latin1")).toMatch(/^HTTP\/1\.1 101 /);
    expect(head.toString("latin1")).not.toMatch(/sec-websocket-protocol/i);
    socket.end();
    expect(await until((event) => event.kind === "closed")).toMatchObject({ identity: "CP1" });
  });
});

describe("a peer that does not follow OCPP", () => {
  test.each(["/%", "/ocpp/%ZZ%", "/%FF%FE", "/", "/a/../b", "//", "/?x=%"])(
    "a peer may connect with the path %s",
    async (path) => {
      const { csms, until } = await start();
      const socket = await rawSocket(csms);
      socket.write(`${upgrade(path)}\r\n`);
      const [head] = (await once(socket, "data")) as [Buffer];
      expect(head.toString("latin1")).toMatch(/^HTTP\/1\.1 101 /);
      expect(await until((event) => event.kind === "connected")).toMatchObject({ target: path });
      socket.destroy();
    },
  );

  test("a peer that sends 5 kB of garbage loses only its own connection", async () => {
    const { csms } = await start();
    const socket = await rawSocket(csms);
    socket.resume();
    socket.write(Buffer.alloc(5000, 0xa7));
    await once(socket, "close");
    expect(await serves(csms)).toEqual(alive);
  });

  test.each([
    ["garbage for frames", Buffer.alloc(5000, 0xa7)],
    ["an unmasked frame", Buffer.from("810548656c6c6f", "hex")],
    ["reserved bits", Buffer.from("f18000000000", "hex")],
    ["invalid UTF-8", Buffer.from("81820000000000ff", "hex").fill(0xff, 6)],
    ["a frame of 2^60 bytes", Buffer.from("81ff100000000000000000000000", "hex")],
    ["a frame of 17 MiB", Buffer.from("81ff000000000110000000000000", "hex")],
  ])("a peer that sends %s loses only its own connection", async (_, bytes) => {
    const { csms, until } = await start();
    const socket = await rawSocket(csms);
    socket.resume();
    socket.write(`${upgrade("/BAD")}\r\n`);
    await until((event) => event.kind === "connected");
    socket.write(bytes);
    expect(await until((event) => event.kind === "closed" && event.identity === "BAD")).toMatchObject({
      kind: "closed",
    });
    expect(await serves(csms)).toEqual(alive);
    socket.destroy();
  });

  test("a peer that resets its connection is closed", async () => {
    const { csms, until } = await start();
    const socket = await rawSocket(csms);
    socket.write(`${upgrade("/RST")}\r\n`);
    await until((event) => event.kind === "connected");
    socket.resetAndDestroy();
    await until((event) => event.kind === "closed");
    expect(await serves(csms)).toEqual(alive);
  });

  test("a binary message is not answered, and the connection stays open", async () => {
    const { csms, until } = await start();
    const socket = await dial(`${csms.url}/BIN`);
    socket.send(Buffer.from(heartbeat));
    expect(await until((event) => event.kind === "ignored")).toMatchObject({ octets: heartbeat.length });
    expect(await ask(socket, heartbeat)).toEqual(alive);
    socket.terminate();
  });

  test("texts that are not OCPP are reported, and the connection stays open", async () => {
    const { csms } = await start();
    const socket = await dial(`${csms.url}/ODD`);
    for (const odd of ["", "hello", "[[[[", `${"[".repeat(100_000)}`, '[4,"1",{"toString":1}]'])
      socket.send(odd);
    expect(await ask(socket, heartbeat)).toEqual(alive);
    socket.terminate();
  });

  test("the CSMS stops reading from a peer that reads no answers", async () => {
    const { csms, events, until } = await start();
    const socket = await dial(`${csms.url}/SLOW`);
    socket.pause();
    const action = "x".repeat(100);
    const id = "i".repeat(100_000);
    // Answers echo the id, so this is more than sockets and the CSMS buffer.
    const calls = 400;
    for (let i = 0; i < calls; i++) socket.send(`[2,"${id}","${action}",{}]`);
    await until((event) => event.kind === "sent");
    expect(await serves(csms)).toEqual(alive);
    expect(events.filter((event) => event.kind === "sent" && event.identity === "SLOW").length).toBeLessThan(
      calls,
    );
    let answers = 0;
    const all = new Promise<void>((resolve) => {
      socket.on("message", () => {
        if (++answers === calls) resolve();
      });
    });
    socket.resume();
    await all;
    socket.terminate();
  });
});

describe("many charge points", () => {
  test("charge points get different transaction ids, and the same identity may connect twice", async () => {
    const { csms, events } = await start();
    const sockets = await Promise.all(Array.from({ length: 50 }, (_, i) => dial(`${csms.url}/CP${i % 25}`)));
    const answers = await Promise.all(sockets.map((socket) => ask(socket, '[2,"1","StartTransaction",{}]')));
    const ids = answers.map(
      (answer) => (answer as [number, string, { transactionId: number }])[2].transactionId,
    );
    expect([...ids].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect(events.filter((event) => event.kind === "connected")).toHaveLength(50);
    for (const socket of sockets) socket.terminate();
  });
});

describe("compression", () => {
  test("compression is used with a peer that offers it", async () => {
    const { csms } = await start();
    const socket = new WebSocket(`${csms.url}/ZIP`, ["ocpp2.0.1"], { perMessageDeflate: { threshold: 0 } });
    await once(socket, "open");
    expect(socket.extensions).toMatch(/permessage-deflate/);
    expect(await ask(socket, heartbeat)).toEqual(alive);
    socket.terminate();
  });
});

describe("the end", () => {
  test("closing the CSMS closes every connection with 1001", async () => {
    const { csms } = await start();
    const socket = await dial(`${csms.url}/CP1`);
    const closed = once(socket, "close");
    await csms.close();
    expect((await closed)[0]).toBe(1001);
  });

  test("closing the CSMS does not wait for a peer that never answers or never asks", async () => {
    const { csms, until } = await start();
    const mute = await rawSocket(csms);
    const half = await rawSocket(csms);
    half.write("GET / HTTP/1.1\r\nHost");
    const deaf = await rawSocket(csms);
    deaf.write(`${upgrade("/DEAF")}\r\n`);
    await until((event) => event.kind === "connected");
    // None of the three peers completes the close.
    await expect(csms.close()).resolves.toBeUndefined();
    for (const socket of [mute, half, deaf]) socket.destroy();
  });

  test("an address in use is reported at once", async () => {
    const { csms } = await start();
    await expect(startEmbeddedCsms({ port: csms.port })).rejects.toMatchObject({ code: "LISTEN_FAILED" });
  });

  test("closing the CSMS twice is allowed", async () => {
    const { csms } = await start();
    await csms.close();
    await expect(csms.close()).resolves.toBeUndefined();
  });
});

describe("a plain HTTP request", () => {
  test("a plain HTTP request gets a text about the CSMS", async () => {
    const { csms } = await start();
    const response = await fetch(csms.url.replace("ws:", "http:"));
    expect([response.status, await response.text()]).toEqual([426, expect.stringContaining("WebSocket")]);
  });
});
