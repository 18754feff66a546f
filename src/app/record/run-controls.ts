// The controls of a run: its rules, its open connections, and the admin API.

import { VcrError } from "../../base/errors.js";
import type { RunCassettes } from "../../io/cassette/run-cassettes.js";
import { type ConnectionNote, ConnectionRegistry } from "../../io/control/connection-registry.js";
import { type RuleChangeEvent, RuleController } from "../../io/control/rule-controller.js";
import { watchFile } from "../../io/files/watch-file.js";
import type { Clock } from "../../io/platform/clock.js";
import { rulesTextCode } from "../../relay/rehearse/faults-of.js";
import { LiveRules } from "../../rules/deciding/live-rules.js";
import type { RuleSet } from "../../rules/language/rule-set.js";
import type { ListenAddress } from "../addresses.js";
import { programName } from "../program-name.js";
import { largestRuleFile, ruleFilePath } from "../rule-file.js";
import type { Environment } from "../surroundings.js";
import { type RunningAdmin, startAdmin } from "./admin-listener.js";
import type { RecordEvent } from "./record-events.js";
import type { RecordOptions } from "./record-options.js";

/** The parts of a run's controls. */
export interface ControlParts {
  readonly options: RecordOptions;
  readonly clock: Clock;
  readonly ruleSet: RuleSet | undefined;
  readonly env: Environment;
  readonly emit: (event: RecordEvent) => void;
}

/** The longest time that rules may stay armed with a time limit, in milliseconds. */
export const longestTtlMs: number = 24 * 3_600_000;

const checkTtl = ({ rulesTtlMs, production, disarmed }: RecordOptions, hasRules: boolean): void => {
  if (rulesTtlMs !== undefined && !(rulesTtlMs >= 1 && rulesTtlMs <= longestTtlMs))
    throw new VcrError("USAGE", "--rules-ttl is not between 1ms and 24h", "Give a time up to 24h.");
  if (production !== true || !hasRules || disarmed === true || rulesTtlMs !== undefined) return;
  throw new VcrError(
    "USAGE",
    "for a CSMS that is marked production, armed rules need an end",
    "Give --rules-ttl 10m, or --disarmed.",
  );
};

/** The longest rule text that a cassette gets, in characters. */
const longestTextLength = 64 * 1024;

/** The note that keeps the text of rules on a cassette, so that their faults can be repeated. */
const textNote = (source: string): ConnectionNote =>
  source.length > longestTextLength
    ? { code: "rules-text-left-out", message: `rules of ${source.length} characters, too long for a note` }
    : { code: rulesTextCode, message: source };

/** The controls of one run. */
export class RunControls {
  /** Undefined in a run that has no rules and cannot get any. */
  readonly rules: LiveRules | undefined;
  readonly controller: RuleController | undefined;
  readonly registry: ConnectionRegistry;
  /** The admin API; undefined before `start` and without the option `admin`. */
  running: RunningAdmin | undefined;
  private readonly parts: ControlParts;
  private watch: { close(): void } | undefined;

  constructor(parts: ControlParts) {
    this.parts = parts;
    const { options, ruleSet, clock } = parts;
    const { rulesTtlMs, production, liveRules = true, disarmed } = options;
    this.registry = new ConnectionRegistry(() => this.greeting());
    checkTtl(options, ruleSet !== undefined);
    if (ruleSet === undefined && options.admin === undefined && !liveRules) return;
    const rules = new LiveRules({ mayChange: true, fence: options.faultIdentities });
    if (ruleSet !== undefined) rules.replace(ruleSet, { armed: disarmed !== true });
    this.rules = rules;
    this.controller = new RuleController({
      rules,
      clock,
      defaultTtlMs: rulesTtlMs,
      needsTtl: production === true,
      onChange: (event) => this.onRuleChange(event),
    });
  }

  /** Starts the admin API and the watch of the rule file; `csms` is the address that chargers are forwarded to. */
  async start(cassettes: RunCassettes, csms: ListenAddress): Promise<void> {
    const { controller, registry, parts } = this;
    const { options, clock, env, emit } = parts;
    if (controller === undefined) return;
    if (options.admin !== undefined)
      this.running = await startAdmin({
        ...{ clock, registry, controller, cassettes, tool: programName() },
        ...{ options: options.admin, out: options.out, env, csms },
        onInternalError: (error) => emit({ kind: "internal-error", error }),
      });
    if (options.watchRules === true && typeof options.rules === "string")
      this.watchRules(options.rules, controller);
    controller.begin();
  }

  async close(): Promise<void> {
    this.watch?.close();
    this.controller?.close();
    await this.running?.admin.close();
  }

  private watchRules(path: string, controller: RuleController): void {
    const by = `the file ${path}`;
    this.watch = watchFile(ruleFilePath(path), {
      largest: largestRuleFile,
      known: this.parts.ruleSet?.source ?? "",
      tell: (change) => {
        if (change.kind === "changed") controller.replace(change.text, by);
        else
          this.parts.emit({
            kind: "warning",
            message: `${path} cannot be read, the old rules stay: ${change.why}`,
          });
      },
    });
  }

  /** Notes for the cassette of a new connection: the armed rules, if they are not those of the header. */
  private greeting(): readonly ConnectionNote[] {
    const { controller } = this;
    const armed = controller?.openingNote();
    if (controller === undefined || armed === undefined) return [];
    return [armed, ...controller.sourcesSinceStart().map(textNote)];
  }

  /** Reports a change of the rules to the caller, to the admin API, and on the cassette of every open connection. */
  private onRuleChange(change: RuleChangeEvent): void {
    const { code, message, ids, source } = change;
    this.parts.emit({ kind: "rules", change });
    this.registry.noteAll(code, message);
    if (source !== undefined) {
      const note = textNote(source);
      this.registry.noteAll(note.code, note.message);
    }
    this.running?.admin.onRuleChange(change);
    if (code === "rules-armed") this.warnOfBillingRisk(ids);
  }

  private warnOfBillingRisk(ids: readonly string[]): void {
    for (const { rule, risk } of this.controller?.list() ?? [])
      if (risk !== undefined && ids.includes(rule.id)) {
        this.parts.emit({ kind: "billing-risk", rule: rule.id, message: risk.message });
        this.registry.noteAll("billing-risk", `rule ${rule.id}: ${risk.message}`);
      }
  }
}
