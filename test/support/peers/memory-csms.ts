// A CSMS that remembers, as SteVe does: a 1.6 transaction with the connector, tag, start and meterStart of one that it
// knows is that one again. It can call, too.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

type Payload = Readonly<Record<string, unknown>>;

/** A running one. */
export interface MemoryCsms {
  readonly url: string;
  /** The texts that came, in order. */
  readonly received: readonly string[];
  /** The CALLs that came of an action. */
  calls(action: string): readonly Payload[];
  /** Ids of the transactions that it knows. */
  readonly transactions: readonly number[];
  close(): Promise<void>;
}

/** How one is started. */
export interface MemoryCsmsOptions {
  /** What its clock shows; the clock unless given. */
  readonly now?: () => string;
  /** Forgets nothing of before, and counts from here. */
  readonly firstId?: number;
  /** Calls to make, each as soon as a CALL of the action has been answered. */
  readonly callsAfter?: Readonly<Record<string, string>>;
}

/** Starts one. */
export async function startMemoryCsms(options: MemoryCsmsOptions = {}): Promise<MemoryCsms> {
  const { now = () => new Date().toISOString(), firstId = 500, callsAfter = {} } = options;
  const received: string[] = [];
  const known = new Map<string, number>();
  const idOf = ({ connectorId, idTag, timestamp, meterStart }: Payload): number => {
    const key = JSON.stringify([connectorId, idTag, timestamp, meterStart]);
    const id = known.get(key) ?? firstId + known.size;
    known.set(key, id);
    return id;
  };
  const answer = (action: string, payload: Payload): unknown => {
    const idTagInfo = { status: "Accepted" };
    if (action === "BootNotification") return { status: "Accepted", currentTime: now(), interval: 300 };
    if (action === "Heartbeat") return { currentTime: now() };
    if (action === "Authorize" || action === "StopTransaction") return { idTagInfo };
    if (action === "StartTransaction") return { transactionId: idOf(payload), idTagInfo };
    return {};
  };
  const serve = (socket: WebSocket): void => {
    socket.on("message", (data) => {
      const text = String(data);
      received.push(text);
      const [type, id, action, payload] = JSON.parse(text) as [number, string, string, Payload];
      if (type !== 2) return;
      socket.send(JSON.stringify([3, id, answer(action, payload)]));
      const call = callsAfter[action];
      if (call !== undefined) socket.send(call);
    });
  };
  const server = new WebSocketServer({
    port: 0,
    host: "127.0.0.1",
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  server.on("connection", serve);
  await once(server, "listening");
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    calls: (wanted) =>
      received.flatMap((text) => {
        const [type, , action, payload] = JSON.parse(text) as [number, string, string, Payload];
        return type === 2 && action === wanted ? [payload] : [];
      }),
    get transactions() {
      return [...known.values()];
    },
    close: async () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, "close");
    },
  };
}
