// A port that a rule can close for a while: the server stops listening, so that the system refuses connections, and listens
// on the same port again once the outage is over.

import type { Server } from "node:net";
import { startInterval, type Timer } from "../platform/timers.js";

/** The server, and when to listen again. */
export interface ClosablePortOptions {
  readonly server: Server;
  readonly host: string;
  readonly port: number;
  /** Whether the outage is over. */
  readonly isOver: () => boolean;
  readonly log: (line: string) => void;
}

const checkEveryMs = 50;

/** A port that can be closed and opens again by itself. */
export class ClosablePort {
  private readonly options: ClosablePortOptions;
  private timer: Timer | undefined;
  private isReported = false;

  constructor(options: ClosablePortOptions) {
    this.options = options;
  }

  /** Stops listening. Open connections stay open. */
  close(): void {
    if (this.timer !== undefined) return;
    this.options.server.close();
    this.timer = startInterval(() => this.check(), checkEveryMs);
  }

  /** Stops checking; the port stays as it is. */
  stop(): void {
    this.timer?.stop();
  }

  private check(): void {
    const { server, host, port, isOver, log } = this.options;
    if (!isOver() || server.listening) return;
    const fail = (error: NodeJS.ErrnoException): void => {
      if (!this.isReported) log(`cannot listen on ${host}:${port} again (${error.code}); retrying`);
      this.isReported = true;
    };
    server.once("error", fail);
    server.listen({ host, port }, () => {
      server.off("error", fail);
      this.timer?.stop();
      this.timer = undefined;
      this.isReported = false;
    });
  }
}
