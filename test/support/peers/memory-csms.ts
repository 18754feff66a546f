// A CSMS that recognises transactions, as SteVe does: a 1.6 transaction with the connector, tag, start and meterStart of an
// earlier one is a repetition of it. It can make calls as well. For the values that a replay changes.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

type Payload = Readonly<Record<string, unknown>>;

/** A running CSMS. */
export interface MemoryCsms {
  readonly url: string;
  /** The texts that it received, in order. */
  readonly received: readonly string[];
  /** The payloads of all CALLs with this action. */
  calls(action: string): readonly Payload[];
  /** The ids of its transactions. */
  readonly transactions: readonly number[];
  close(): Promise<void>;
}

/** How a CSMS is started. */
export interface MemoryCsmsOptions {
  /** Its time; the clock of the machine by default. */
  readonly now?: () => string;
  /** The id of its first transaction; later ones count up from it. */
  readonly firstId?: number;
  /** Calls to make, each as soon as it has answered a CALL of this action. */
  readonly callsAfter?: Readonly<Record<string, string>>;
}

/** Starts a CSMS. */
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
