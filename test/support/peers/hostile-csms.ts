// A CSMS on a raw socket that need not follow any protocol: the test decides how it answers the upgrade, and writes to the
// socket what it wants. For replays against broken CSMSs.
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** What the CSMS does with a connection; `upgrade` is the head of the request. */
export type Behaviour = (socket: Socket, upgrade: string) => void;

/** A running CSMS. */
export interface HostileCsms {
  readonly url: URL;
  /** The heads of all upgrade requests, in order. */
  readonly upgrades: string[];
  close(): Promise<void>;
}

/** The answer to an upgrade that every station accepts. */
export const switching =
  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: ocpp1.6\r\n\r\n";

/** Starts a CSMS; the behaviour begins when a whole head has arrived. */
export async function startHostileCsms(behaviour: Behaviour): Promise<HostileCsms> {
  const sockets = new Set<Socket>();
  const upgrades: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    let head = "";
    const take = (chunk: Buffer): void => {
      head += chunk.toString("latin1");
      if (!head.includes("\r\n\r\n")) return;
      socket.off("data", take);
      upgrades.push(head);
      behaviour(socket, head);
    };
    socket.on("data", take);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`ws://127.0.0.1:${port}`),
    upgrades,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
