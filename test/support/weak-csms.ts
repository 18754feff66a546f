// A CSMS with one planted weakness, or none, for sweeps.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/** What is wrong with it. */
export type Weakness =
  | "none"
  /** It is gone after broken JSON. */
  | "crashes-on-broken-json"
  /** It says nothing to anybody after an id that came twice on a connection. */
  | "hangs-on-duplicate-ids"
  /** It answers actions that it does not know with a CALLRESULT. */
  | "answers-unknown-actions"
  /** It forgets running transactions when their connection ends without a close frame. */
  | "forgets-on-reset";

/** A running one. */
export interface WeakCsms {
  readonly url: URL;
  close(): Promise<void>;
}

type Answer = Record<string, unknown> | "error";

/** Starts one on a free port. */
export async function startWeakCsms(weakness: Weakness): Promise<WeakCsms> {
  const server = new WebSocketServer({
    port: 0,
    host: "127.0.0.1",
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  const running = new Set<number>();
  let next = 1;
  let isHung = false;
  let closed: Promise<unknown> | undefined;
  const close = async (): Promise<void> => {
    for (const socket of server.clients) socket.terminate();
    if (closed === undefined) {
      closed = once(server, "close");
      server.close();
    }
    await closed;
  };
  const answer = (action: string, payload: Record<string, unknown>, mine: Set<number>): Answer => {
    switch (action) {
      case "BootNotification":
        return { status: "Accepted", currentTime: new Date().toISOString(), interval: 300 };
      case "Heartbeat":
        return { currentTime: new Date().toISOString() };
      case "Authorize":
        return { idTagInfo: { status: "Accepted" } };
      case "StartTransaction": {
        const transactionId = next++;
        running.add(transactionId);
        mine.add(transactionId);
        return { transactionId, idTagInfo: { status: "Accepted" } };
      }
      case "StopTransaction":
        return running.has(payload.transactionId as number) ? { idTagInfo: { status: "Accepted" } } : "error";
      case "MeterValues":
      case "StatusNotification":
        return {};
      default:
        return weakness === "answers-unknown-actions" ? {} : "error";
    }
  };
  const attend = (socket: WebSocket): void => {
    const seen = new Set<string>();
    const mine = new Set<number>();
    socket.on("error", () => undefined);
    socket.on("close", (code) => {
      if (weakness === "forgets-on-reset" && code === 1006) for (const id of mine) running.delete(id);
    });
    socket.on("message", (data) => {
      let call: unknown;
      try {
        call = JSON.parse(String(data));
      } catch {
        if (weakness === "crashes-on-broken-json") void close();
        return;
      }
      const [type, id, action, payload] = call as [number, string, string, Record<string, unknown>];
      if (weakness === "hangs-on-duplicate-ids" && seen.has(id)) isHung = true;
      seen.add(id);
      if (isHung || type !== 2) return;
      const said = answer(action, payload, mine);
      socket.send(JSON.stringify(said === "error" ? [4, id, "NotImplemented", "", {}] : [3, id, said]));
    });
  };
  server.on("connection", attend);
  await once(server, "listening");
  return { url: new URL(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`), close };
}
