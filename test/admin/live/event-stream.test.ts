// The live event stream: the same lines on Server-Sent Events and on a WebSocket; a reader that does not read is disconnected.
import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { EventStream } from "../../../src/admin/live/event-stream.js";
import { beat, gets, up } from "../../support/worlds/admin-talk.js";
import { startAdminWorld, token } from "../../support/worlds/admin-world.js";

const headers = { Authorization: `Bearer ${token}` };

const note = (message: string) => ({ kind: "note", connection: null, at: 1, code: "x", message }) as const;

describe("the live event stream", () => {
  test("the event stream sends every entry in order on SSE and on WebSockets, filtered by kind and identity", async () => {
    const world = await startAdminWorld();
    const socket = new WebSocket(
      world.server.url.replace("http", "ws").concat("/v1/events?kind=frame,rules-changed"),
      {
        headers,
      },
    );
    const lines: string[] = [];
    const twoLines = new Promise<void>((resolve) =>
      socket.on("message", (data) => {
        lines.push(String(data));
        if (lines.length === 2) resolve();
      }),
    );
    await once(socket, "open");
    const left = new AbortController();
    const response = await fetch(`${world.server.url}/v1/events?identity=CP1`, {
      headers,
      signal: left.signal,
    });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const { charger, csms } = await world.connect("/ocpp/CP1");
    charger.send(up(beat("1")));
    await gets(csms, 1);
    await world.ask("POST", "/v1/rules", { id: "r", then: [{ drop: {} }] });
    await twoLines;
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { kind: "frame", identity: "CP1", text: beat("1") },
      { kind: "rules-changed", ids: ["r"] },
    ]);
    let text = "";
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += new TextDecoder().decode(chunk);
      if (text.includes("rules-changed")) break;
    }
    expect([...text.matchAll(/^event: (\S+)$/gm)].map(([, kind]) => kind)).toEqual([
      "session",
      "connection-opened",
      "frame",
      "note",
      "rules-changed",
    ]);
    left.abort();
    socket.close();
    await once(socket, "close");
  });

  test("the event stream disconnects a reader that does not read, and goes on for the others", async () => {
    const stream = new EventStream({ unreadBytes: 100_000, readers: 2 });
    const cut: string[] = [];
    const reader = (name: string, unreadBytes: () => number): WebSocket =>
      ({
        on: () => undefined,
        send: () => undefined,
        terminate: () => cut.push(name),
        get bufferedAmount() {
          return unreadBytes();
        },
      }) as unknown as WebSocket;
    const all = { identity: undefined, kind: undefined };
    let unread = 0;
    stream.toSocket(
      reader("slow", () => unread),
      all,
    );
    stream.toSocket(
      reader("good", () => 0),
      all,
    );
    expect(() => stream.admit()).toThrow(/2 readers/);
    stream.sendEntry(note("a"), "CP1");
    expect(cut).toEqual([]);
    unread = 100_001;
    stream.sendEntry(note("b"), "CP1");
    stream.sendEvent("x", {});
    expect([cut, stream.disconnected]).toEqual([["slow"], 1]);
    stream.admit();
    stream.close();
    expect(cut).toEqual(["slow", "good"]);
  });

  test("a reader that stalls on a real socket is disconnected", async () => {
    const world = await startAdminWorld();
    const socket = connect(world.server.port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.on("error", () => undefined);
    await once(socket, "connect");
    socket.write(
      `GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${headers.Authorization}\r\n\r\n`,
    );
    await once(socket, "readable");
    const { csms, charger } = await world.connect("/ocpp/CP1");
    const large = `[2,"1","DataTransfer",{"vendorId":"${"x".repeat(1_000_000)}"}]`;
    for (let i = 0; i < 20; i++) charger.send(up(large));
    await csms.bodyOf(20_000_000);
    socket.resume();
    await once(socket, "close");
    expect((await world.ask("GET", "/healthz")).status).toBe(200);
  });
});
