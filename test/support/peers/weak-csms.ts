// A CSMS with one known weakness, or none. For sweeps, which must find it.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/** The weakness. */
export type Weakness =
  | "none"
  /** It exits after broken JSON. */
  | "crashes-on-broken-json"
  /** It answers nobody any more after an id that came twice on a connection. */
  | "hangs-on-duplicate-ids"
  /** It answers unknown actions with a CALLRESULT. */
  | "answers-unknown-actions"
  /** It forgets running transactions when their connection ends without a close frame. */
  | "forgets-on-reset"
  /** It accepts messages of a transaction only on connections that have sent Authorize, so no repetition after a reconnect. */
  | "refuses-repeated"
  /** It accepts meter values only on the connection on which their transaction began. */
  | "loses-meters"
  /** Its error code for unknown actions is markup. */
  | "says-markup";

/** A running CSMS. */
export interface WeakCsms {
  readonly url: URL;
  close(): Promise<void>;
}

type Answer = Record<string, unknown> | "error";

/** Starts a CSMS on a free port. */
export async function startWeakCsms(weakness: Weakness): Promise<WeakCsms> {
  const server = new WebSocketServer({
    port: 0,
    host: "127.0.0.1",
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  const code = weakness === "says-markup" ? "<script>alert(1)</script>" : "NotImplemented";
  const running = new Set<unknown>();
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
  const takeEvent = (payload: Record<string, unknown>, mine: Set<unknown>): boolean => {
    const { transactionId } = payload.transactionInfo as { readonly transactionId: string };
    if (payload.eventType === "Started") {
      running.add(transactionId);
      mine.add(transactionId);
    }
    return running.has(transactionId);
  };
  const answer = (action: string, payload: Record<string, unknown>, mine: Set<unknown>): Answer => {
    switch (action) {
      case "BootNotification":
        return { status: "Accepted", currentTime: new Date().toISOString(), interval: 300 };
      case "Heartbeat":
        return { currentTime: new Date().toISOString() };
      case "Authorize":
        return { idTagInfo: { status: "Accepted" }, idTokenInfo: { status: "Accepted" } };
      case "StartTransaction": {
        const transactionId = next++;
        running.add(transactionId);
        mine.add(transactionId);
        return { transactionId, idTagInfo: { status: "Accepted" } };
      }
      case "StopTransaction":
        return running.has(payload.transactionId) ? { idTagInfo: { status: "Accepted" } } : "error";
      case "TransactionEvent":
        return takeEvent(payload, mine) ? {} : "error";
      case "MeterValues":
        return weakness === "loses-meters" && !mine.has(payload.transactionId) ? "error" : {};
      case "StatusNotification":
        return {};
      default:
        return weakness === "answers-unknown-actions" ? {} : "error";
    }
  };
  const attend = (socket: WebSocket): void => {
    const seen = new Set<string>();
    let isAsked = false;
    const mine = new Set<unknown>();
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
      if (action === "Authorize") isAsked = true;
      const isRefused = weakness === "refuses-repeated" && !isAsked && /Transaction|MeterValues/.test(action);
      const answered = isRefused ? "error" : answer(action, payload, mine);
      socket.send(JSON.stringify(answered === "error" ? [4, id, code, "", {}] : [3, id, answered]));
    });
  };
  server.on("connection", attend);
  await once(server, "listening");
  return { url: new URL(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`), close };
}
