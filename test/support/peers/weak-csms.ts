// A CSMS with one known weakness, or none. For sweeps, which must find it.
import type { WebSocket } from "ws";
import { type CsmsServer, startCsmsServer } from "./csms-server.js";

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

type Answer = Record<string, unknown> | "error";

/** Starts a CSMS on a free port. */
export async function startWeakCsms(weakness: Weakness): Promise<CsmsServer> {
  const code = weakness === "says-markup" ? "<script>alert(1)</script>" : "NotImplemented";
  const running = new Set<unknown>();
  let next = 1;
  let isHung = false;
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
    let isAuthorized = false;
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
        if (weakness === "crashes-on-broken-json") void server.close();
        return;
      }
      const [type, id, action, payload] = call as [number, string, string, Record<string, unknown>];
      if (weakness === "hangs-on-duplicate-ids" && seen.has(id)) isHung = true;
      seen.add(id);
      if (isHung || type !== 2) return;
      if (action === "Authorize") isAuthorized = true;
      const isRefused =
        weakness === "refuses-repeated" && !isAuthorized && /Transaction|MeterValues/.test(action);
      const answered = isRefused ? "error" : answer(action, payload, mine);
      socket.send(JSON.stringify(answered === "error" ? [4, id, code, "", {}] : [3, id, answered]));
    });
  };
  const server = await startCsmsServer(attend);
  return server;
}
