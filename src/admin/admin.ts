// The admin API of a run, put together: a sink of entries that keeps what it tells, the addresses, and the listener.

import type { Entry } from "../cassette/format/entry.js";
import type { RunCassettes } from "../io/cassette/run-cassettes.js";
import type { ConnectionRegistry } from "../io/control/connection-registry.js";
import type { RuleChangeEvent, RuleController } from "../io/control/rule-controller.js";
import type { Clock } from "../io/platform/clock.js";
import { membersOf } from "./http/body.js";
import { answer, type Call, checkQuery, type Reply, type Route } from "./http/route.js";
import { type AdminServer, startAdminServer } from "./http/server.js";
import { type EventFilter, EventStream } from "./live/event-stream.js";
import { LiveBook } from "./live/live-book.js";
import { Metrics } from "./live/metrics.js";
import { openApiOf } from "./openapi/openapi.js";
import { byWhom, connectionRoutes } from "./routes/route-connections.js";
import { messageRoutes } from "./routes/route-messages.js";
import { recordingRoutes } from "./routes/route-recordings.js";
import { ruleRoutes } from "./routes/route-rules.js";

/** What the admin API works on. */
export interface AdminParts {
  readonly clock: Clock;
  readonly registry: ConnectionRegistry;
  readonly controller: RuleController;
  readonly cassettes: RunCassettes;
  /** Name and version of the program. */
  readonly tool: string;
}

/** Where it listens, and for whom. */
export interface AdminPlace {
  readonly host: string;
  readonly port: number;
  readonly token: string;
  readonly names: readonly string[];
  readonly onDefect: (error: unknown) => void;
}

const eventsPath = "/v1/events";
const eventQuery: readonly string[] = ["identity", "kind"];

const eventFilter = (query: URLSearchParams): EventFilter => ({
  identity: query.get("identity") ?? undefined,
  kinds: query.get("kind")?.split(","),
});

/** The admin API of one run. */
export class Admin {
  readonly routes: readonly Route[];
  private readonly parts: AdminParts;
  private readonly book: LiveBook;
  private readonly stream = new EventStream();
  private readonly metrics: Metrics;
  private server: AdminServer | undefined;

  constructor(parts: AdminParts) {
    this.parts = parts;
    this.book = new LiveBook(parts.clock);
    this.metrics = new Metrics(
      () => this.book.connectionsOpen().length,
      () => parts.cassettes.paths(),
    );
    this.routes = [
      ...this.ownRoutes(),
      ...connectionRoutes({ book: this.book, registry: parts.registry }),
      ...ruleRoutes({ controller: parts.controller, book: this.book, clock: parts.clock }),
      ...recordingRoutes(parts.cassettes),
      ...messageRoutes(this.book),
    ];
  }

  /** Takes an entry of any cassette. */
  hear(entry: Entry, identity: string | null): void {
    const message = this.book.hear(entry, identity);
    this.metrics.hear(entry, message);
    if (entry.kind === "gap") this.metrics.gap(entry.entries);
    this.stream.entry(entry, identity);
  }

  /** Tells what was done to the rules. */
  tell({ code, message, ids }: RuleChangeEvent): void {
    this.stream.event(code, { message, ids });
  }

  /** Counts entries that could not be written. */
  lost(entries: number): void {
    this.metrics.gap(entries);
  }

  /** Listens. Throws VcrError LISTEN_FAILED. */
  async listen({ host, port, token, names, onDefect }: AdminPlace): Promise<AdminServer> {
    this.server = await startAdminServer({
      host,
      port,
      token,
      names,
      routes: this.routes,
      sockets: {
        path: eventsPath,
        take: (socket, query) => this.stream.toSocket(socket, eventFilter(query)),
      },
      checkSocket: (query) => {
        checkQuery(
          { method: "GET", path: eventsPath, body: "none", query: eventQuery, handle: unanswered },
          query,
        );
        this.stream.admit();
      },
      onDefect,
    });
    return this.server;
  }

  async close(): Promise<void> {
    this.stream.close();
    await this.server?.close();
  }

  private ownRoutes(): readonly Route[] {
    return [
      {
        method: "GET",
        path: "/healthz",
        body: "none",
        isOpen: true,
        handle: () => answer({ status: "ok" }),
      },
      {
        method: "GET",
        path: "/openapi.json",
        body: "none",
        handle: () => answer(openApiOf(this.parts.tool)),
      },
      {
        method: "GET",
        path: "/metrics",
        body: "none",
        handle: async () => ({
          kind: "text",
          type: this.metrics.contentType,
          text: await this.metrics.text(),
        }),
      },
      {
        method: "GET",
        path: eventsPath,
        body: "none",
        query: eventQuery,
        handle: ({ response, query }) => {
          this.stream.admit();
          this.stream.toResponse(response, eventFilter(query));
          return { kind: "taken" };
        },
      },
      { method: "POST", path: "/v1/reset", body: "json", handle: (call) => this.reset(call) },
    ];
  }

  /** Everything off at once: no rule acts, nothing is paused. */
  private reset(call: Call): Reply {
    membersOf(call.body, []);
    const by = byWhom(call);
    const { controller, registry } = this.parts;
    const armed = controller.list().filter((rule) => rule.armed).length;
    controller.disarm(undefined, by);
    const paused = registry.all().filter((control) => control.isPaused);
    for (const control of paused) control.resume(by);
    return answer({ disarmed: armed, resumed: paused.length });
  }
}

const unanswered = (): Reply => ({ kind: "taken" });
