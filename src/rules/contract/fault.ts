// The contract of a fault: everything the project knows about it, in one object that its own file makes with
// `defineFault`. A fault is pure: it takes the copies of a message as earlier faults left them and returns new ones. It
// never writes to the bytes it was given, holds no state and uses neither time nor sockets: a delay, a close or a reset
// is an action that it returns and the relay carries out.

import type { Direction } from "../../base/direction.js";
import {
  type JsonSchema,
  readSettings,
  type SettingFacts,
  type SettingTable,
  settingFacts,
  settingsSchema,
} from "../../yaml/settings.js";
import type { IssueReporter, Value } from "../../yaml/value.js";
import type { Action, CloseAction } from "./action.js";
import type { RuledMessage } from "./ruled-message.js";
import type { WaitCondition } from "./wait.js";

/** The part of the protocol stack that a fault belongs to. */
export type Layer = (typeof layers)[number];

/** All layers, from the wire upwards. */
export const layers = ["transport", "tls", "frame", "message", "payload"] as const;

/**
 * What a fault acts on: an OCPP message, a WebSocket ping or pong, the start of a connection, the upgrade before it, or
 * the TLS handshake before the upgrade.
 */
export type Point = "message" | "ping" | "pong" | "connection" | "upgrade" | "tls";

/** What a fault gets to work on. */
export interface FaultInput {
  readonly message: RuledMessage;
  /** The bytes that would go out: one item for each copy, its frames joined. Empty if there is no message. */
  readonly copies: readonly Uint8Array[];
  /** A random number in [0, 1), fixed by the seed and the message. `part` names a further, independent one. */
  readonly draw: (part?: string) => number;
  /** Earlier messages of the connection. Undefined if none are kept. */
  readonly recall?: Recall;
}

/** Earlier messages of a connection. */
export interface Recall {
  /** An earlier message with the same direction, type and action, as received; 1 is the previous one. */
  readonly earlier: (back: number) => Uint8Array | undefined;
  /** The id of the previous CALL in the direction of this message. */
  readonly callId: string | undefined;
}

/** What a fault did. */
export interface FaultOutcome {
  /** One word in the past tense and its figures, like `delayed 240 ms`; `not applied: ` and the reason otherwise. */
  readonly outcome: string;
  /** The bytes that go out now. The same list as the input if nothing changed. */
  readonly copies: readonly Uint8Array[];
  /** The random number it used; null if it used none. */
  readonly draw: number | null;
  readonly delay?: { readonly ms: number; readonly holds: "message" | "lane" };
  readonly close?: CloseAction;
  /** What the copies wait for. Later messages overtake them. */
  readonly wait?: WaitCondition;
  /** Milliseconds between the copies. */
  readonly gapMs?: number;
  /** With `gapMs`: the number of copies that go out together; 1 by default. */
  readonly together?: number;
  /** What the relay does after sending the copies. */
  readonly actions?: readonly Action[];
}

/** How `sweep` tries a fault. Everything is optional: by default the fault's example runs on the first message of a transaction. */
export interface SweepHints {
  /** Why a sweep of all faults leaves it out. */
  readonly leftOut?: string;
  /** The `then` item to try instead of the example, for example with shorter times. */
  readonly then?: string;
  /** The `then` item for OCPP 2.x, where payload members have other names. */
  readonly then2x?: string;
  readonly on?: SweepMoment;
  /** The CSMS must close the connection when it receives this (RFC 6455 section 7.1.7). */
  readonly mustClose?: boolean;
  /** It needs a later message to overtake a held one, so the charger must not wait for each answer. */
  readonly needsPipelining?: boolean;
  /** It needs two open connections of the same charge point. */
  readonly needsTwoConnections?: boolean;
  /** The setting that postpones its effect. A replay is over too soon for that, so a sweep sets it to 0. */
  readonly postponedBy?: string;
}

/**
 * When a sweep applies a fault. `start`: the first message that starts a transaction. `running`: the first message of a
 * running transaction. `second`: the second message that belongs to a transaction. `metered`: the first message with
 * meter values. `connection`: as soon as the fault can act. A direction: the first ping or pong in it.
 */
export type SweepMoment = "start" | "running" | "second" | "metered" | "connection" | Direction;

/** What the sentence about a rule says that the fault acts on. */
export interface ExplainTarget {
  readonly point: Point;
  /** A noun phrase: `the first StartTransaction CALL from any charge point to the CSMS`, `every connection`. */
  readonly words: string;
  /** Only CALLRESULTs and CALLERRORs. */
  readonly isAnswer: boolean;
}

/** The facts that the catalogue shows about a fault, and that rules depend on. */
export interface FaultFacts {
  /** Its name in rule files. */
  readonly name: string;
  readonly layer: Layer;
  /** What it can act on; the first one is the default. A rule acts on what all its faults can act on. */
  readonly points: readonly Point[];
  /** The only direction that it works in; undefined if it works in both. */
  readonly onlyDirection: Direction | undefined;
  /** Later faults of the same message do not run, those of later rules included. */
  readonly final: boolean;
  /** What it does. The first sentence stands alone in `rules list`. */
  readonly summary: string;
  /** The clause that it breaks, if any. */
  readonly breaks: string | undefined;
  /** What a good peer does when this happens. */
  readonly goodPeer: string;
  /** An item of `then`, as written in a rule file. */
  readonly example: string;
  readonly settings: readonly SettingFacts[];
  /** It can make a transaction message fail for good, so that billing data is lost (OCPP 1.6 section 3.7.1). */
  readonly risksBilling: boolean;
  /** It can also affect messages in the opposite direction. */
  readonly actsBothWays: boolean;
  /** It uses earlier messages of the connection. */
  readonly usesHistory: boolean;
  /** It can act on a message that is compressed with permessage-deflate. */
  readonly takesCompressed: boolean;
  readonly sweep: SweepHints;
}

/** A fault with settings of this type. Lists of faults use `Fault`, whose settings are opaque. */
export interface Fault<Settings = unknown> extends FaultFacts {
  readonly schema: JsonSchema;
  /** Reads the settings and reports every problem. */
  read(value: Value, report: IssueReporter): Settings | undefined;
  apply(settings: Settings, input: FaultInput): FaultOutcome;
  /** What it does to the target, as a phrase that starts with a verb: `drops every CALL`. */
  explain(settings: Settings, target: ExplainTarget): string;
  /** The longest time in milliseconds that it can hold back a message or its answer. */
  longestHoldMs(settings: Settings): number;
}

/** A fault with its settings: one item of a `then`. */
export interface FaultUse {
  readonly fault: Fault;
  readonly settings: unknown;
}

/** What a fault's own file states. What is optional has the default that is named. */
export interface FaultDefinition<Settings extends object> {
  readonly name: string;
  readonly layer: Layer;
  /** Default: `["message"]`. */
  readonly points?: readonly Point[];
  readonly onlyDirection?: Direction;
  readonly final?: boolean;
  readonly summary: string;
  readonly breaks?: string;
  readonly goodPeer: string;
  readonly example: string;
  readonly settings: SettingTable<Settings>;
  /** The setting that a plain value sets: with `ms`, `delay: 2s` means `delay: { ms: 2s }`. */
  readonly short?: keyof Settings & string;
  /** Checks what no single setting can check. Reports the problem and returns false. */
  readonly check?: (settings: Settings, value: Value, report: IssueReporter) => boolean;
  readonly risksBilling?: boolean;
  readonly actsBothWays?: boolean;
  readonly usesHistory?: boolean;
  /** Default: true for the layers transport and tls. */
  readonly takesCompressed?: boolean;
  readonly sweep?: SweepHints;
  readonly longestHoldMs?: (settings: Settings) => number;
  readonly apply: (settings: Settings, input: FaultInput) => FaultOutcome;
  readonly explain: (settings: Settings, target: ExplainTarget) => string;
}

/** Makes a fault from its definition. The types of its settings follow from the table. */
export function defineFault<Settings extends object>(definition: FaultDefinition<Settings>): Fault<Settings> {
  const { name, settings: table, short, check, layer, ...rest } = definition;
  return {
    points: ["message"],
    onlyDirection: undefined,
    final: false,
    breaks: undefined,
    risksBilling: false,
    actsBothWays: false,
    usesHistory: false,
    takesCompressed: layer === "transport" || layer === "tls",
    sweep: {},
    longestHoldMs: () => 0,
    ...rest,
    name,
    layer,
    settings: settingFacts(table),
    schema: settingsSchema(table, short),
    read: (value, report) => {
      const settings = readSettings(table, short, value, name, report);
      return settings === undefined || check?.(settings, value, report) === false ? undefined : settings;
    },
  };
}
