// The admin API of a run: it follows the entries of the cassettes and the changes of the rules, and listens for requests.

import type { Entry } from "../cassette/format/entry.js";
import type { RuleChangeEvent } from "../io/control/rule-controller.js";
import { type AdminServer, type AdminServerOptions, startAdminServer } from "./http/server.js";
import { EventStream } from "./live/event-stream.js";
import { LiveTraffic } from "./live/live-traffic.js";
import { Metrics } from "./live/metrics.js";
import { allRoutes } from "./routes/all-routes.js";
import type { AdminRun } from "./routes/run.js";

/** The parts of a run that the admin API works on. */
export type AdminParts = Pick<AdminRun, "clock" | "registry" | "controller" | "cassettes" | "tool">;

/** Where the admin API listens, and for whom. */
export type AdminListenOptions = Omit<AdminServerOptions<AdminRun>, "routes" | "run">;

/** The admin API of one run. */
export class Admin {
  private readonly run: AdminRun;
  private server: AdminServer | undefined;

  constructor(parts: AdminParts) {
    const traffic = new LiveTraffic(parts.clock);
    const metrics = new Metrics(
      () => traffic.openConnections().length,
      () => parts.cassettes.paths(),
    );
    this.run = { ...parts, traffic, metrics, stream: new EventStream() };
  }

  /** Takes an entry of any cassette. */
  onEntry(entry: Entry, identity: string | null): void {
    const { traffic, metrics, stream } = this.run;
    metrics.count(entry, traffic.add(entry, identity));
    if (entry.kind === "gap") metrics.countGap(entry.entries);
    stream.sendEntry(entry, identity);
  }

  /** Takes a change of the rules. */
  onRuleChange({ code, message, ids }: RuleChangeEvent): void {
    this.run.stream.sendEvent(code, { message, ids });
  }

  /** Counts entries that could not be written. */
  onEntriesLost(count: number): void {
    this.run.metrics.countGap(count);
  }

  /** Listens. Throws VcrError LISTEN_FAILED. */
  async listen(options: AdminListenOptions): Promise<AdminServer> {
    this.server = await startAdminServer({ ...options, routes: allRoutes, run: this.run });
    return this.server;
  }

  async close(): Promise<void> {
    this.run.stream.close();
    await this.server?.close();
  }
}
