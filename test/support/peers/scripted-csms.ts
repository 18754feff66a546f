// A CSMS that answers by a function of the test, with delays, silence, and calls of its own. For verdicts of replays.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";

/** A CALL that the CSMS received. */
export interface ReceivedCall {
  readonly id: string;
  readonly action: string;
  readonly payload: unknown;
}

/** How to answer it: with a payload, with the code of a CALLERROR, or not at all; and what to send before. */
export interface Reply {
  readonly result?: unknown;
  readonly error?: string;
  /** Milliseconds to wait before answering. */
  readonly after?: number;
  /** Whole messages to send before the answer. */
  readonly first?: readonly string[];
}

/** A running CSMS. */
export interface ScriptedCsms {
  readonly url: string;
  close(): Promise<void>;
}

const messageOf = ({ id }: ReceivedCall, { result, error }: Reply): string | undefined => {
  if (error !== undefined) return JSON.stringify([4, id, error, "", {}]);
  return result === undefined ? undefined : JSON.stringify([3, id, result]);
};

/** Starts a CSMS on a free port. */
export async function startScriptedCsms(reply: (call: ReceivedCall) => Reply): Promise<ScriptedCsms> {
  const server = new WebSocketServer({
    port: 0,
    host: "127.0.0.1",
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  server.on("connection", (socket) => {
    socket.on("message", (data) => {
      const [type, id, action, payload] = JSON.parse(String(data)) as [number, string, string, unknown];
      if (type !== 2) return;
      const call = { id, action, payload };
      const answer = reply(call);
      const speak = (): void => {
        for (const text of answer.first ?? []) socket.send(text);
        const message = messageOf(call, answer);
        if (message !== undefined) socket.send(message);
      };
      // This makes the peer slow, which is what is tested; nothing waits for the time itself.
      if (answer.after === undefined) speak();
      else setTimeout(speak, answer.after);
    });
  });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, "close");
    },
  };
}
