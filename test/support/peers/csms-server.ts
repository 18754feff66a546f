// The WebSocket server of the CSMS doubles: accepts every upgrade with the first subprotocol that is offered. What it
// answers is decided in scripted-csms (a function of the test), memory-csms (for values) and weak-csms (for sweeps).
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/** A running server. */
export interface CsmsServer {
  readonly url: URL;
  /** Ends all connections and stops listening; may be called again. */
  close(): Promise<void>;
}

/** Starts a server on a free port; `attend` gets each new connection. */
export async function startCsmsServer(attend: (socket: WebSocket) => void): Promise<CsmsServer> {
  const server = new WebSocketServer({
    port: 0,
    host: "127.0.0.1",
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  server.on("connection", attend);
  await once(server, "listening");
  let closed: Promise<unknown> | undefined;
  return {
    url: new URL(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`),
    close: async () => {
      for (const socket of server.clients) socket.terminate();
      if (closed === undefined) {
        closed = once(server, "close");
        server.close();
      }
      await closed;
    },
  };
}
