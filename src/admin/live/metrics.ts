// The metrics of a run for Prometheus, counted from entries and messages. Labels are bounded: actions are those of the
// OCPP versions, rules are the first 200, and everything else is "other".

import { statSync } from "node:fs";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { opposite } from "../../base/direction.js";
import type { Entry } from "../../cassette/format/entry.js";
import { actionsOf } from "../../ocpp/catalogue.js";
import { ocppVersions } from "../../ocpp/version.js";
import type { LiveMessage } from "./live-message.js";

const other = "other";
const actions: ReadonlySet<string> = new Set(ocppVersions.flatMap(actionsOf));
const maxRules = 200;
const buckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

const sizeOf = (path: string): number => {
  try {
    return statSync(path).size;
  } catch {
    // A cassette file is made when it is first written to.
    return 0;
  }
};

const labelOf = (action: string | null): string => (action !== null && actions.has(action) ? action : other);

/** The metrics of a run. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly rules = new Set<string>();
  private readonly opened: Counter;
  private readonly messages: Counter<"action" | "direction" | "type">;
  private readonly faults: Counter<"rule" | "fault">;
  private readonly latency: Histogram<"action" | "direction">;
  private readonly refused: Counter<"by">;
  private readonly gaps: Counter;
  private readonly lost: Counter;

  constructor(connectionCount: () => number, cassettePaths: () => readonly string[]) {
    const registers = [this.registry];
    new Gauge({
      name: "ocpp_vcr_connections",
      help: "Open connections.",
      registers,
      collect() {
        this.set(connectionCount());
      },
    });
    new Gauge({
      name: "ocpp_vcr_tape_octets",
      help: "Size of this run's cassettes on disk, in bytes.",
      registers,
      collect() {
        this.set(cassettePaths().reduce((sum, path) => sum + sizeOf(path), 0));
      },
    });
    this.opened = new Counter({
      name: "ocpp_vcr_connections_total",
      help: "Connections opened since the start.",
      registers,
    });
    this.messages = new Counter({
      name: "ocpp_vcr_messages_total",
      help: "Messages received, by action, direction and type.",
      labelNames: ["action", "direction", "type"],
      registers,
    });
    this.faults = new Counter({
      name: "ocpp_vcr_faults_total",
      help: "Faults applied, by rule.",
      labelNames: ["rule", "fault"],
      registers,
    });
    this.latency = new Histogram({
      name: "ocpp_vcr_answer_seconds",
      help: "Seconds from a CALL to its answer, by the action and direction of the CALL.",
      labelNames: ["action", "direction"],
      buckets,
      registers,
    });
    this.refused = new Counter({
      name: "ocpp_vcr_refused_total",
      help: "Refused upgrades, by who refused them.",
      labelNames: ["by"],
      registers,
    });
    this.gaps = new Counter({ name: "ocpp_vcr_gaps_total", help: "Gaps in cassettes.", registers });
    this.lost = new Counter({
      name: "ocpp_vcr_entries_lost_total",
      help: "Entries missing from cassettes, because they could not be written or recording was stopped by hand.",
      registers,
    });
  }

  /** Counts an entry, and the message that it completes. */
  count(entry: Entry, message: LiveMessage | undefined): void {
    switch (entry.kind) {
      case "connection-opened":
        this.opened.inc();
        break;
      case "decision":
        this.faults.inc({ rule: this.ruleLabel(entry.rule), fault: entry.fault });
        break;
      case "refused":
        this.refused.inc({ by: entry.by });
        break;
      default:
        break;
    }
    if (message === undefined) return;
    const { direction, type, latencyMs } = message;
    const action = labelOf(message.action);
    this.messages.inc({ action, direction, type });
    if (latencyMs === null) return;
    this.latency.observe({ action, direction: opposite(direction) }, latencyMs / 1000);
  }

  /** Counts a gap in a cassette, and the entries that are missing there. */
  countGap(entries: number): void {
    this.gaps.inc();
    this.lost.inc(entries);
  }

  /** The text of /metrics. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  private ruleLabel(rule: string): string {
    if (this.rules.size < maxRules) this.rules.add(rule);
    return this.rules.has(rule) ? rule : other;
  }
}
