// `record` under control: its options for rules that change while it runs and for the admin API, and how both are wired.

import { lookup } from "node:dns/promises";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { Admin } from "../../admin/admin.js";
import type { AdminServer } from "../../admin/http/server.js";
import { type AdminToken, openToken } from "../../admin/http/token.js";
import { programName } from "../../app/program-name.js";
import { largestRuleFile, ruleFilePath } from "../../app/rule-file.js";
import { errorTrace, VcrError } from "../../base/errors.js";
import type { RunCassettes } from "../../io/cassette/run-cassettes.js";
import { type ConnectionNote, ConnectionRegistry } from "../../io/control/connection-registry.js";
import { type RuleChangeEvent, RuleController } from "../../io/control/rule-controller.js";
import { watchFile } from "../../io/files/watch-file.js";
import type { Clock } from "../../io/platform/clock.js";
import { rulesTextCode } from "../../relay/rehearse/faults-of.js";
import { LiveRules } from "../../rules/deciding/live-rules.js";
import type { RuleSet } from "../../rules/language/rule-set.js";
import { jsonLine, printable } from "../../text/printable.js";
import type { CliSession } from "../common/session.js";
import { durationMs, eachValue, type ListenAddress, listenAddress } from "../common/values.js";

/** What `record` is told about its controls. */
export interface ControlOptions {
  readonly admin?: ListenAddress;
  readonly adminTokenFile?: string;
  readonly adminHost?: readonly string[];
  readonly disarmed?: boolean;
  readonly rulesTtl?: number;
  readonly faultIdentities?: readonly string[];
}

const identities = (word: string, before: readonly string[] = []): readonly string[] => {
  const parts = word.split(",").map((part) => part.trim());
  if (parts.includes("")) throw new InvalidArgumentError("A charge point has no name; write CP1,LAB-*.");
  return [...before, ...parts];
};

/** Beyond a day nobody watches any more, and much beyond it timers ring at once. */
const longestTtlMs = 24 * 3_600_000;

const ttlMs = (word: string): number => {
  const ms = durationMs(word);
  if (ms >= 1 && ms <= longestTtlMs) return ms;
  throw new InvalidArgumentError(`"${word}" is not between 1ms and 24h.`);
};

/** Adds the options of the controls. */
export function addControlOptions(command: Command): Command {
  return command
    .option("--disarmed", "read the rules of --rules and arm none of them")
    .addOption(
      new Option(
        "--rules-ttl <time>",
        "rules that are armed are disarmed after this time, 24h at most",
      ).argParser(ttlMs),
    )
    .addOption(
      new Option(
        "--fault-identities <list>",
        "rules touch these charge points alone, whatever they say: CP1,CP-*; repeat for more",
      ).argParser(identities),
    )
    .addOption(
      new Option("--admin <address>", "[host:]port of the admin API (see ctl); port 0 picks one").argParser(
        listenAddress,
      ),
    )
    .option(
      "--admin-token-file <file>",
      "where its token lies, made if missing (default: admin-token in --out)",
    )
    .addOption(
      new Option(
        "--admin-host <name>",
        "a further name by which it may be called; repeat for more",
      ).argParser(eachValue),
    );
}

/** What the controls of a run are made of. */
export interface ControlParts {
  readonly session: CliSession;
  readonly options: ControlOptions & {
    readonly out: string;
    readonly rules?: string;
    readonly json?: boolean;
  };
  readonly clock: Clock;
  readonly ruleSet: RuleSet | undefined;
  readonly say: (line: string) => void;
  /** The target is marked production: nothing is armed without an end. */
  readonly isProduction?: boolean;
}

const tokenOf = ({ session, options }: ControlParts, place: ListenAddress): AdminToken => {
  const { adminTokenFile: file, out } = options;
  const environment = session.env.OCPP_VCR_ADMIN_TOKEN;
  const isLoopback = place.host === "localhost" || place.host === "::1" || place.host.startsWith("127.");
  if (!isLoopback && file === undefined && (environment === undefined || environment === ""))
    throw new VcrError(
      "USAGE",
      `--admin ${place.host}:${place.port} would open the admin API to the network without a token that you chose`,
      "Set OCPP_VCR_ADMIN_TOKEN or --admin-token-file, or listen on 127.0.0.1.",
    );
  return openToken({ environment, file, fallback: join(out, "admin-token") });
};

const everywhere = ["0.0.0.0", "::"];

const ownAddresses = (host: string): readonly string[] =>
  everywhere.includes(host)
    ? Object.values(networkInterfaces()).flatMap((addresses) =>
        (addresses ?? []).map(({ address }) => address),
      )
    : [host, ...(host === "localhost" ? ["127.0.0.1", "::1"] : [])];

/** Refuses a CSMS that is this very admin API: chargers would get at it through us. */
const refuseOwnPort = async (server: AdminServer, csms: ListenAddress): Promise<void> => {
  if (csms.port !== server.port) return;
  const found = await lookup(csms.host, { all: true }).catch(() => []);
  const own = [...ownAddresses(server.host), ...everywhere];
  if (![csms.host, ...found.map(({ address }) => address)].some((address) => own.includes(address))) return;
  throw new VcrError(
    "USAGE",
    `--csms leads to the admin API of this very program (port ${server.port})`,
    "Give the address of the CSMS, or another port with --admin.",
  );
};

const needTtl = ({ rulesTtl }: ControlOptions): void => {
  if (rulesTtl !== undefined) return;
  throw new VcrError(
    "USAGE",
    "against a target that is marked production no rule is armed without an end",
    "Give --rules-ttl 10m, or --disarmed.",
  );
};

/** Longer texts are left out of cassettes. */
const longestText = 64 * 1024;

/** The rules as a cassette keeps them, so that their faults can be done again. */
const textNote = (source: string): ConnectionNote =>
  source.length > longestText
    ? { code: "rules-text-left-out", message: `rules of ${source.length} characters, too long for a note` }
    : { code: rulesTextCode, message: source };

/** The rules of a run that can change, the connections that run, and the admin API where it was asked for. */
export class Controls {
  readonly rules: LiveRules | undefined;
  readonly registry: ConnectionRegistry;
  private readonly parts: ControlParts;
  private readonly controller: RuleController | undefined;
  private admin: Admin | undefined;
  private server: AdminServer | undefined;
  private token: AdminToken | undefined;
  private watch: { close(): void } | undefined;

  constructor(parts: ControlParts) {
    this.parts = parts;
    const { options, ruleSet, clock } = parts;
    this.registry = new ConnectionRegistry(() => this.greeting());
    if (ruleSet === undefined && options.admin === undefined) return;
    if (parts.isProduction === true && ruleSet !== undefined && options.disarmed !== true) needTtl(options);
    const rules = new LiveRules({ mayChange: true, fence: options.faultIdentities });
    if (ruleSet !== undefined) rules.replace(ruleSet, { armed: options.disarmed !== true });
    this.rules = rules;
    this.controller = new RuleController({
      rules,
      clock,
      usualTtlMs: options.rulesTtl,
      needsTtl: parts.isProduction === true,
      tell: (event) => this.tell(event),
    });
  }

  /** Begins to listen and to watch the rule file; `csms` is where chargers are led. */
  async start(cassettes: RunCassettes, csms: ListenAddress): Promise<void> {
    const { controller, parts } = this;
    const { options, clock, session } = parts;
    if (controller === undefined) return;
    if (options.admin !== undefined) {
      this.token = tokenOf(parts, options.admin);
      this.admin = new Admin({ clock, registry: this.registry, controller, cassettes, tool: programName() });
      this.server = await this.admin.listen({
        ...options.admin,
        token: this.token.value,
        names: options.adminHost ?? [],
        onDefect: (error) => session.err(`ocpp-vcr: a defect of ours: ${errorTrace(error)}`),
      });
      await refuseOwnPort(this.server, csms);
    }
    if (options.rules !== undefined) this.watchRules(options.rules, controller);
    controller.begin();
  }

  /** Takes an entry of any cassette. */
  get sink(): Admin | undefined {
    return this.admin;
  }

  /** Says where the admin API is and where its token lies; never the token. */
  announce(): void {
    const { server, token, parts } = this;
    if (server === undefined || token === undefined) return;
    const { session, options, say } = parts;
    if (options.json === true)
      session.out(jsonLine({ event: "admin", url: server.url, tokenFile: token.path ?? null }));
    const where = token.path === undefined ? "stands in OCPP_VCR_ADMIN_TOKEN" : `lies in ${token.path}`;
    say(`Admin API on ${server.url}; its token ${where}`);
  }

  async close(): Promise<void> {
    this.watch?.close();
    this.controller?.close();
    await this.admin?.close();
  }

  private watchRules(path: string, controller: RuleController): void {
    const by = `the file ${path}`;
    this.watch = watchFile(ruleFilePath(path), {
      largest: largestRuleFile,
      known: this.parts.ruleSet?.source ?? "",
      tell: (change) => {
        if (change.kind === "changed") controller.replace(change.text, by);
        else this.parts.session.err(`ocpp-vcr: ${path} cannot be read, the old rules stay: ${change.why}`);
      },
    });
  }

  /** What the cassette of a connection that begins now is told of rules that stand in no header. */
  private greeting(): readonly ConnectionNote[] {
    const { controller } = this;
    const armed = controller?.greeting();
    if (controller === undefined || armed === undefined) return [];
    return [armed, ...controller.sourcesSinceStart().map(textNote)];
  }

  /** Rules changed: people, programs, and the cassette of every running connection hear it. */
  private tell(event: RuleChangeEvent): void {
    const { session, options, say } = this.parts;
    const { code, message, ids } = event;
    const line = printable(message, 1000);
    if (code === "rules-refused") session.err(`ocpp-vcr: ${line}`);
    else say(line);
    if (options.json === true) session.tick(jsonLine({ event: code, message, ids }));
    this.registry.noteAll(code, message);
    if (event.source !== undefined) {
      const note = textNote(event.source);
      this.registry.noteAll(note.code, note.message);
    }
    this.admin?.tell({ code, message, ids });
    if (code === "rules-armed") this.warn(ids);
  }

  /** What can destroy billing data is said whenever it is armed. */
  private warn(ids: readonly string[]): void {
    for (const { rule, risk } of this.controller?.list() ?? [])
      if (risk !== undefined && ids.includes(rule.id)) {
        const message = `rule ${rule.id}: ${risk.message}`;
        this.parts.say(`warning: ${message}`);
        this.registry.noteAll("billing-risk", message);
      }
  }
}
