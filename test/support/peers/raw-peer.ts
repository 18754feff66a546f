// A charger and a CSMS on plain TCP: they send the bytes of the test, keep what they receive, and interpret nothing. All
// waiting is for events, never for time. For tests of the proxy.
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** One end of a TCP connection. */
export class RawPeer {
  readonly socket: Socket;
  /** Whether the other end has ended its stream. */
  ended = false;
  /** Whether the connection is gone, and whether by a reset. */
  closed: "no" | "closed" | "reset" = "no";
  private readonly chunks: Buffer[] = [];
  private readonly watchers = new Set<() => void>();

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (chunk: Buffer) => {
      this.chunks.push(chunk);
      this.look();
    });
    socket.on("end", () => {
      this.ended = true;
      this.look();
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNRESET" || error.code === "EPIPE") this.closed = "reset";
    });
    socket.on("close", () => {
      if (this.closed === "no") this.closed = "closed";
      this.look();
    });
  }

  /** All bytes received. */
  get bytes(): Buffer {
    const all = Buffer.concat(this.chunks.splice(0));
    this.chunks.push(all);
    return all;
  }

  /** All bytes received, one character per byte. */
  get text(): string {
    return this.bytes.toString("latin1");
  }

  /** Sends bytes, or the characters of ISO 8859-1. */
  send(bytes: Uint8Array | string): this {
    this.socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
    return this;
  }

  /** Ends its own stream and goes on receiving. */
  end(): this {
    this.socket.end();
    return this;
  }

  reset(): this {
    this.socket.resetAndDestroy();
    return this;
  }

  /** Waits until this holds; it is checked after every event of the socket. */
  until(holds: (peer: this) => boolean): Promise<this> {
    return new Promise((resolve, reject) => {
      const watch = (): void => {
        const done = holds(this);
        if (!done && this.closed === "no") return;
        this.watchers.delete(watch);
        if (done) resolve(this);
        else
          reject(
            new Error(`the connection is ${this.closed}, after: ${JSON.stringify(this.text.slice(-500))}`),
          );
      };
      this.watchers.add(watch);
      watch();
    });
  }

  /** Waits for the whole head of a request or an answer; returns it with its empty line. */
  async head(): Promise<string> {
    await this.until((peer) => peer.text.includes("\r\n\r\n"));
    return this.text.slice(0, this.text.indexOf("\r\n\r\n") + 4);
  }

  /** The bytes received after the head. */
  get body(): Buffer {
    return this.bytes.subarray(this.text.indexOf("\r\n\r\n") + 4);
  }

  /** Waits for so many bytes after the head. */
  async bodyOf(length: number): Promise<Buffer> {
    await this.until((peer) => peer.bytes.length >= length && peer.body.length >= length);
    return this.body;
  }

  untilEnd(): Promise<this> {
    return this.until((peer) => peer.ended);
  }

  untilClosed(): Promise<this> {
    return this.until((peer) => peer.closed !== "no");
  }

  private look(): void {
    for (const watch of [...this.watchers]) watch();
  }
}

/** Connects to a port of this machine. */
export function dialRaw(port: number): Promise<RawPeer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.off("error", reject);
      resolve(new RawPeer(socket));
    });
  });
}

/** A TCP listener whose connections can be awaited one after the other. */
export class RawListener {
  readonly server: Server;
  port = 0;
  /** Every connection so far. */
  readonly peers: RawPeer[] = [];
  private readonly waiting: ((peer: RawPeer) => void)[] = [];
  private readonly ready: RawPeer[] = [];

  constructor(attend?: (peer: RawPeer) => void) {
    this.server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      const peer = new RawPeer(socket);
      this.peers.push(peer);
      attend?.(peer);
      const next = this.waiting.shift();
      if (next === undefined) this.ready.push(peer);
      else next(peer);
    });
  }

  listen(port = 0): Promise<this> {
    return new Promise((resolve) =>
      this.server.listen(port, "127.0.0.1", () => {
        this.port = (this.server.address() as AddressInfo).port;
        resolve(this);
      }),
    );
  }

  /** The next connection. */
  accept(): Promise<RawPeer> {
    const peer = this.ready.shift();
    return peer === undefined ? new Promise((resolve) => this.waiting.push(resolve)) : Promise.resolve(peer);
  }

  close(): Promise<void> {
    for (const { socket } of this.peers) socket.destroy();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

/** The head of an upgrade request; lines may be added, and lines of the same name replaced. */
export function upgradeHead(target = "/ocpp/CP1", ...lines: readonly string[]): string {
  return [
    `GET ${target} HTTP/1.1`,
    "Host: proxy.example:1",
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Protocol: ocpp1.6",
    ...lines,
    "\r\n",
  ].join("\r\n");
}

/** The answer that accepts `upgradeHead`. */
export const switching =
  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
  "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: ocpp1.6\r\n\r\n";
