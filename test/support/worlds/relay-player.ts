// A relay on simulated sockets and a simulated clock, whose events and commands are lines, for playbooks and properties.
//
//   >> charger text [2,"1","Heartbeat",{}]     << csms gets text [2,"1","Heartbeat",{}]
//   >> csms ping x                             << charger gets ping x
//   >> after 500                               << ...
import { concat, fromLatin1, hex, text, utf8 } from "../../../src/base/bytes.js";
import type { Side } from "../../../src/base/direction.js";
import type { Machine } from "../../../src/base/machine.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { createRelay } from "../../../src/relay/connection/connection.js";
import { type RelayLimits, relayLimits } from "../../../src/relay/limits.js";
import type { RelayCommand, RelayEvent } from "../../../src/relay/protocol.js";
import { createDecider } from "../../../src/rules/deciding/decide.js";
import { readRules } from "../../../src/rules/language/read-rules.js";
import { closeBody, readCloseBody } from "../../../src/wire/websocket/close-frame.js";
import {
  encodeFrame,
  type FrameParts,
  type FrameView,
  payloadOf,
} from "../../../src/wire/websocket/frame.js";
import { createScanner } from "../../../src/wire/websocket/scanner.js";
import { bytesFrom } from "../cassettes/frames.js";
import type { Player } from "./playbook.js";

/** The masking key of the charger in playbooks. */
export const chargerMask: Uint8Array = Uint8Array.of(1, 2, 3, 4);

/** The options of a relay; `rules` is the text of a rule file. */
export interface WorldOptions {
  readonly rules?: string;
  readonly limits?: Partial<RelayLimits>;
}

/** A relay, its two peers and its clock; time passes only by `after`. */
export class RelayWorld {
  /** Nanoseconds. */
  now = 1_000_000_000;
  readonly written: Record<Side, Uint8Array[]> = { charger: [], csms: [] };
  readonly ended: Record<Side, string | undefined> = { charger: undefined, csms: undefined };
  readonly paused: Record<Side, boolean> = { charger: false, csms: false };
  readonly entries: Entry[] = [];
  done = false;
  private readonly timers = new Map<string, number>();
  private readonly machine: Machine<RelayEvent, RelayCommand>;

  constructor({ rules, limits }: WorldOptions = {}) {
    this.machine = createRelay({
      connection: 1,
      identity: "CP1",
      ordinal: 1,
      limits: { ...relayLimits, ...limits },
      rules: rules === undefined ? undefined : armed(rules),
    });
    this.handle({ kind: "start", atNs: this.now });
  }

  /** Gives the machine an event and executes its commands. */
  handle(event: RelayEvent): readonly RelayCommand[] {
    const commands = this.machine.handle(event);
    for (const command of commands) this.execute(command);
    return commands;
  }

  bytes(from: Side, chunk: Uint8Array): readonly RelayCommand[] {
    return this.handle({ kind: "bytes", from, atNs: this.now, chunk });
  }

  /** Moves the clock; timers ring on the way. */
  after(ms: number): readonly RelayCommand[] {
    const until = this.now + ms * 1e6;
    const commands: RelayCommand[] = [];
    for (;;) {
      const [next] = [...this.timers].filter(([, at]) => at <= until).sort(([, a], [, b]) => a - b);
      if (next === undefined) break;
      const [id, at] = next;
      this.timers.delete(id);
      this.now = Math.max(this.now, at);
      commands.push(...this.handle({ kind: "timer", id, atNs: this.now }));
    }
    this.now = until;
    return commands;
  }

  /** Everything that a side was sent. */
  sentTo(side: Side): Uint8Array {
    return concat(this.written[side]);
  }

  /** Carries out a line of a playbook, without its `>> `. */
  perform(line: string): readonly RelayCommand[] {
    const [who = "", what = "", ...rest] = line.split(" ");
    if (who === "after") return this.after(Number(what));
    if (who === "stop") return this.handle({ kind: "stop", atNs: this.now });
    if (who !== "charger" && who !== "csms") throw new Error(`no peer is called ${who}`);
    if (what === "end" || what === "reset") return this.handle({ kind: what, from: who, atNs: this.now });
    return this.bytes(who, bytesOf(who, what, rest.join(" ")));
  }

  private execute(command: RelayCommand): void {
    switch (command.kind) {
      case "write":
        if (this.ended[command.to] !== undefined) throw new Error("a write after the end");
        this.written[command.to].push(command.bytes);
        break;
      case "record":
        this.entries.push(command.sent ? ({ ...command.entry, tx: this.now } as Entry) : command.entry);
        break;
      case "end":
      case "reset":
        this.ended[command.to] = command.kind;
        break;
      case "pause":
      case "resume":
        this.paused[command.from] = command.kind === "pause";
        break;
      case "timer":
        this.timers.set(command.id, this.now + command.ms * 1e6);
        break;
      case "done":
        this.done = true;
        break;
    }
  }
}

/** The rules of a file's text and a decider for them. */
export const armed = (rules: string) => {
  const { ruleSet, issues } = readRules(rules);
  if (ruleSet === undefined) throw new Error(JSON.stringify(issues));
  return createDecider(ruleSet, 7);
};

/** A player of lines; with `withEntries`, the entries of the cassette are lines as well. */
export function relayPlayer(options: WorldOptions = {}, withEntries = false): Player<string, string> {
  const world = new RelayWorld(options);
  const handle = (line: string): readonly string[] =>
    world.perform(line).flatMap((command) => lineOf(command, withEntries));
  return { machine: { handle }, event: (line) => line, lines: (line) => [line] };
}

const kinds: Readonly<Record<string, Omit<FrameParts, "payload">>> = {
  text: { opcode: 1 },
  begin: { opcode: 1, fin: false },
  more: { opcode: 0, fin: false },
  rest: { opcode: 0 },
  binary: { opcode: 2 },
  ping: { opcode: 9 },
  pong: { opcode: 10 },
};

/** The bytes of the words `text [2,...]`, `bytes 8100`, `close 1000 why`; several are joined by ` + `. */
function bytesOf(from: Side, what: string, rest: string): Uint8Array {
  const [first = "", ...others] = rest.split(" + ");
  const mask = from === "charger" ? chargerMask : undefined;
  const parts = [
    { what, words: first },
    ...others.map((other) => ({
      what: other.split(" ")[0] ?? "",
      words: other.split(" ").slice(1).join(" "),
    })),
  ];
  return concat(
    parts.map(({ what: kind, words }) => {
      if (kind === "bytes") return bytesFrom(words);
      if (kind === "plain") return fromLatin1(words);
      if (kind === "close") {
        const [code = "", ...reason] = words.split(" ");
        return encodeFrame({
          opcode: 8,
          payload: closeBody(code === "" ? undefined : Number(code), reason.join(" ")),
          mask,
        });
      }
      const parts = kinds[kind];
      if (parts === undefined) throw new Error(`there is no kind of frame called ${kind}`);
      return encodeFrame({ ...parts, payload: utf8(words), mask });
    }),
  );
}

/** Bytes in words: whole frames, else hexadecimal digits. */
export function shown(bytes: Uint8Array): string {
  const scanner = createScanner(2 ** 30);
  const words = scanner
    .push(bytes)
    .map((piece) => (piece.kind === "frame" ? frameWords(piece.frame) : `bytes ${hex(piece.bytes)}`));
  const rest = scanner.pending();
  return [...words, ...(rest.length > 0 ? [`bytes ${hex(rest)}`] : [])].join(" + ");
}

const frameWords = (frame: FrameView): string => {
  const payload = payloadOf(frame);
  if (frame.opcode === 8) {
    const { code, reason } = readCloseBody(payload);
    return `close ${code ?? ""} ${reason}`.trim();
  }
  const found = Object.entries(kinds).find(
    ([, kind]) => kind.opcode === frame.opcode && (kind.fin ?? true) === frame.fin,
  );
  return `${found?.[0] ?? `opcode ${frame.opcode}`} ${text(payload)}`.trim();
};

const lineOf = (command: RelayCommand, withEntries: boolean): readonly string[] => {
  switch (command.kind) {
    case "write":
      return [`${command.to} gets ${shown(command.bytes)}`];
    case "record":
      return withEntries ? [`cassette: ${entryWords(command.entry)}${command.sent ? ", sent" : ""}`] : [];
    case "end":
    case "reset":
      return [`${command.to} gets the ${command.kind}`];
    case "pause":
    case "resume":
      return [`${command.kind} ${command.from}`];
    case "timer":
      return [];
    case "run":
      return [`run: ${command.ruled.action.kind} by ${command.ruled.rule}`];
    case "done":
      return ["done"];
  }
};

const entryWords = (entry: Entry): string => {
  switch (entry.kind) {
    case "frame":
      return `${entry.direction} ${shown(entry.raw)}, seen ${entry.seen}`;
    case "bytes":
      return `${entry.direction} ${entry.why} ${hex(entry.raw)}`;
    case "decision":
      return `${entry.rule} ${entry.type} ${entry.action} ${entry.outcome}: ${entry.sent.map(shown).join(" | ")}`;
    case "injected":
      return `${entry.by} injects ${shown(entry.raw)}`;
    case "note":
      return `note ${entry.code}`;
    case "connection-closed":
      return `closed, ${entry.ends.map(({ by, how }) => `${how} by ${by}`).join(", ")}`;
    default:
      return entry.kind;
  }
};
