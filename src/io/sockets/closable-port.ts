// The port of a proxy while a rule has it closed: nobody listens, so that the system refuses connections; it is opened
// again, on the same port, once the outage is over. Knows nothing of rules and of what comes in.

import type { Server } from "node:net";
import { startInterval, type Timer } from "../platform/timers.js";

/** Where it listens, and what it is told by. */
export interface ClosablePortOptions {
  readonly server: Server;
  readonly host: string;
  readonly port: number;
  /** Whether the outage is over. */
  readonly isOver: () => boolean;
  readonly say: (line: string) => void;
}

const lookEveryMs = 50;

/** A port that can be closed and opens by itself. */
export class ClosablePort {
  private readonly options: ClosablePortOptions;
  private timer: Timer | undefined;
  private isTold = false;

  constructor(options: ClosablePortOptions) {
    this.options = options;
  }

  /** Stops listening; connections that are open stay. */
  close(): void {
    if (this.timer !== undefined) return;
    this.options.server.close();
    this.timer = startInterval(() => this.look(), lookEveryMs);
  }

  /** Leaves it as it is, for good. */
  stop(): void {
    this.timer?.stop();
  }

  private look(): void {
    const { server, host, port, isOver, say } = this.options;
    if (!isOver() || server.listening) return;
    const fail = (error: NodeJS.ErrnoException): void => {
      if (!this.isTold) say(`cannot listen on ${host}:${port} again (${error.code}); trying on`);
      this.isTold = true;
    };
    server.once("error", fail);
    server.listen({ host, port }, () => {
      server.off("error", fail);
      this.timer?.stop();
      this.timer = undefined;
      this.isTold = false;
    });
  }
}
