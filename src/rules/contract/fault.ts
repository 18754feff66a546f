// The shape of a fault: where it stands in the catalogue, how its settings are read, what it does, how it says so. A
// fault sees the copies as earlier faults left them and gives new ones; it never writes to bytes it was given,
// holds no state, and knows neither time nor sockets: a delay, a close and a reset are things it asks for.

import type { Direction } from "../../base/direction.js";
import { type Fields, type JsonSchema, readFields, schemaOfFields } from "../../yaml/fields.js";
import type { Report, Value } from "../../yaml/value.js";
import type { Action, CloseAction } from "./action.js";
import type { RuledMessage } from "./ruled-message.js";
import type { WaitCondition } from "./wait.js";

/** The layer of the catalogue that a fault belongs to. */
export type Layer = (typeof layers)[number];

/** The layers from the wire upwards. */
export const layers = ["transport", "tls", "frame", "message", "payload"] as const;

/**
 * What a fault can act on: an OCPP message, a control frame, the opening of a connection, the upgrade before it, the
 * TLS handshake before that.
 */
export type Point = "message" | "ping" | "pong" | "connection" | "upgrade" | "tls";

/** What a fault is given. */
export interface FaultInput {
  readonly message: RuledMessage;
  /** What would go out, one element a copy, each one message's frames joined; empty where there is no message. */
  readonly copies: readonly Uint8Array[];
  /** The draw of this fault for this message, in [0, 1); a fault that needs several names the further ones. */
  readonly draw: (part?: string) => number;
  /** What is remembered of the connection; nothing where nobody remembers. */
  readonly recall?: Recall;
}

/** What is remembered of earlier messages of a connection. */
export interface Recall {
  /** An earlier message of the same direction, type and action, as it came; 1 is the one before. */
  readonly earlier: (back: number) => Uint8Array | undefined;
  /** The id of the CALL that came before this message in its direction. */
  readonly callId: string | undefined;
}

/** What a fault did. */
export interface FaultOutcome {
  /** One word and its figures, in the past tense. */
  readonly outcome: string;
  /** What goes out now; the very list that came in where nothing changed. */
  readonly copies: readonly Uint8Array[];
  /** The draw it made; null where it needed none. */
  readonly draw: number | null;
  readonly delay?: { readonly ms: number; readonly holds: "message" | "lane" };
  readonly close?: CloseAction;
  /** What the copies wait for; those behind them pass. */
  readonly wait?: WaitCondition;
  /** Time between the copies, in milliseconds. */
  readonly gapMs?: number;
  /** With `gapMs`: how many of the copies go out together each time; one if left out. */
  readonly together?: number;
  /** What the relay shall do behind the copies. */
  readonly actions?: readonly Action[];
}

/** What people and programs are told about a fault. */
export interface FaultFacts {
  readonly layer: Layer;
  /** What it can act on, the usual first; a rule acts on what all its faults can act on. */
  readonly points: readonly Point[];
  /** The one direction in which it makes sense, where there is only one. */
  readonly only: Direction | undefined;
  /** Whether it ends the chain, that of later rules as well. */
  readonly final: boolean;
  /** What it does, in a sentence or two. */
  readonly summary: string;
  /** The clause that it breaks, if it breaks one. */
  readonly breaks: string | undefined;
  /** What a good peer does when it meets it. */
  readonly goodPeer: string;
  /** A `then` item, as a rule file writes it. */
  readonly example: string;
  /** Whether a transaction message can fail for good by it (OCPP 1.6 section 3.7.1). */
  readonly loses: boolean;
  /** Whether it can also touch what goes the other way. */
  readonly crosses: boolean;
  /** Whether it looks at earlier messages. */
  readonly recalls: boolean;
  /** Whether it can act on a message compressed in agreement, because it keeps or ends the stream of bytes. */
  readonly keepsStream: boolean;
}

/** One thing that a rule can do. */
export interface Fault<Settings> extends FaultFacts {
  readonly fields: Fields<Settings>;
  readonly schema: JsonSchema;
  /** Reads the settings; everything wrong is reported. */
  readonly read: (value: Value, report: Report) => Settings | undefined;
  readonly apply: (settings: Settings, input: FaultInput) => FaultOutcome;
  /** What it does, as it follows the word "is". */
  readonly explain: (settings: Settings) => string;
}

/** What a fault's own file says. */
export interface FaultDefinition<Settings extends object>
  extends Omit<FaultFacts, "points" | "only" | "breaks" | "crosses" | "recalls" | "keepsStream"> {
  readonly name: string;
  /** A message, if nothing else is said. */
  readonly points?: readonly Point[];
  readonly only?: Direction;
  readonly breaks?: string;
  readonly crosses?: boolean;
  readonly recalls?: boolean;
  /** Faults of the transport and of TLS do, if nothing else is said. */
  readonly keepsStream?: boolean;
  readonly fields: Fields<Settings>;
  /** The key that a value stands for which is no map. */
  readonly short?: keyof Settings & string;
  /** What one field cannot tell by itself; undefined where that is wrong and reported. */
  readonly check?: (settings: Settings, value: Value, report: Report) => Settings | undefined;
  readonly apply: Fault<Settings>["apply"];
  readonly explain: Fault<Settings>["explain"];
}

/** Makes a fault of its definition. */
export function defineFault<Settings extends object>(definition: FaultDefinition<Settings>): Fault<Settings> {
  const { name, fields, short, check, points = ["message"], only, breaks, ...rest } = definition;
  const { crosses = false, recalls = false } = definition;
  const { keepsStream = rest.layer === "transport" || rest.layer === "tls" } = definition;
  return {
    ...rest,
    points,
    only,
    breaks,
    crosses,
    recalls,
    keepsStream,
    fields,
    schema: schemaOfFields(fields, short),
    read: (value, report) => {
      const settings = readFields(fields, short, value, name, report);
      return settings === undefined || check === undefined ? settings : check(settings, value, report);
    },
  };
}
