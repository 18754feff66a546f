// The options of a replay. An option of `ocpp-vcr replay` has the same name here, in camel case; times carry their unit.

import type { IgnoreRule } from "../../analyse/compare/ignore-rules.js";
import type { Slowdown } from "../../analyse/compare/slowdown.js";
import type { PrologueKind } from "../../analyse/select/prologue.js";
import type { CassetteFailure } from "../compare-files.js";
import type { RecordingPart } from "../selection.js";
import type { Environment } from "../surroundings.js";
import type { CsmsTlsOptions } from "../tls-options.js";
import type { ReplayEvent } from "./replay-events.js";
import type { MappedNames, SetPayloads } from "./target-values.js";

/** The options of `replay`. */
export interface ReplayOptions extends CsmsTlsOptions {
  /** The CSMS: `ws[s]://host[:port][/base]`, or `embedded` for the built-in one, which is the default. */
  readonly csms?: string | URL | undefined;
  /** Dials as this charge point instead of the recorded one. */
  readonly identity?: string | undefined;
  /** Dials as another charge point for each recorded one: `{ CP1: "LAB-1", "*": "LAB-{n}" }`. */
  readonly mapIdentity?: MappedNames | undefined;
  /** The id tags that are sent for the recorded ones, in the same form. */
  readonly mapIdTag?: MappedNames | undefined;
  /** Values for the charger's CALLs, by action and JSON pointer: `{ BootNotification: { "/chargePointModel": "Lab" } }`. */
  readonly set?: SetPayloads | undefined;
  /** The password of HTTP Basic authentication, for identities that have none of their own. */
  readonly password?: string | Uint8Array | undefined;
  /** Passwords by identity. */
  readonly credentials?: Readonly<Record<string, string | Uint8Array>> | undefined;
  /** A file of `identity:password` lines. */
  readonly csmsBasic?: string | undefined;
  /** The file that the TLS secrets are written to, for Wireshark; the variable SSLKEYLOGFILE unless given. */
  readonly keylog?: string | undefined;

  /** The part of the recording that is replayed; all of it unless given. */
  readonly select?: RecordingPart | undefined;
  /** Which messages from before the selected part are sent first; `boot` unless given. */
  readonly prologue?: PrologueKind | undefined;
  /** Live transaction ids for recorded ones from before the selected part: `{ "4711": "17" }`. */
  readonly bind?: Readonly<Record<string, string>> | undefined;
  /** Sends the recorded start of transactions that began before the selected part. */
  readonly startMissing?: boolean | undefined;
  /** Leaves out messages that carry a value from before the selected part. */
  readonly skipUnbound?: boolean | undefined;
  /** Which side of a recording with faults is replayed: what the charger sent (`charger`, the default), or what the CSMS received. */
  readonly side?: "charger" | "csms" | undefined;

  /** A YAML file of further values that the CSMS chooses: where they are learned and used. */
  readonly bindings?: string | undefined;
  /** Message ids and 2.x transaction ids: new ones, or as recorded. The default is `fresh` in 2.x and `keep` in 1.6. */
  readonly ids?: "fresh" | "keep" | undefined;
  /** With `run`, determines the new ids; 0 unless given. */
  readonly seed?: number | undefined;
  /** Repeats the run with this number; random unless given. */
  readonly run?: number | undefined;
  /**
   * How dates move: so that the last one is now (`end-now`, the default), the first one is now (`start-now`), by whole
   * `days`, or not at all (`keep`).
   */
  readonly time?: "end-now" | "start-now" | "days" | "keep" | undefined;
  /** Meter registers: as recorded (`keep`, the default), or `continue` from the last stop that this CSMS received. */
  readonly meter?: "keep" | "continue" | undefined;
  /** Where `meter: "continue"` keeps the last registers; `ocpp-vcr-meters.json` unless given. */
  readonly meterState?: string | undefined;
  /** Does not stop the transactions that are open when the replay ends. */
  readonly leaveOpen?: boolean | undefined;

  /**
   * `lockstep` (the default) waits for the answer to the previous message; `timed` also keeps the recorded gaps; `asap` waits
   * only for values that are needed.
   */
  readonly pace?: "lockstep" | "timed" | "asap" | undefined;
  /** With `timed`: how many times as fast as recorded; 1 unless given. */
  readonly rate?: number | undefined;
  /** The most CALLs per second that a charge point sends. */
  readonly maxRate?: number | undefined;
  /** The longest time without progress, in milliseconds; 30 000 unless given. */
  readonly timeoutMs?: number | undefined;
  /** How long a step waits for the CSMS call that caused it, in milliseconds; the smaller of 10 000 and `timeoutMs` unless given. */
  readonly callTimeoutMs?: number | undefined;
  /** What happens to a step whose CSMS call does not come: it is sent (`send`, the default), left out, or ends the replay. */
  readonly onMissingCall?: "send" | "skip" | "fail" | undefined;
  /** A shell command that runs when a step waits for a CSMS call; it gets the call as JSON on stdin. */
  readonly onWait?: string | undefined;
  /** What happens after an answer to which a charger would react differently than recorded; `continue` unless given. */
  readonly onFork?: "stop" | "continue" | undefined;
  /** `virtual` skips the waiting in recorded gaps and boot intervals; `real` unless given. */
  readonly clock?: "real" | "virtual" | undefined;

  /** Differences to ignore: rules, or paths of YAML files of rules. */
  readonly ignore?: readonly (string | IgnoreRule)[] | undefined;
  /** An answer slower than this counts as a difference: `2x`, `+500ms` or `2x+50ms`. */
  readonly maxSlowdown?: string | Slowdown | undefined;
  /** Calls of the CSMS that may be missing, as globs over actions. */
  readonly allowMissing?: readonly string[] | undefined;
  /** Known failures, or paths of YAML files of them. */
  readonly expect?: readonly (string | CassetteFailure)[] | undefined;

  /** The CSMS is a production system: the replay is refused without `toProduction`. */
  readonly production?: boolean | undefined;
  /** Allows the replay to a production CSMS, or to the host the cassette was recorded from; must be that host's name. */
  readonly toProduction?: string | undefined;
  /** The path of a cassette that the dialogue of this replay is written to. */
  readonly transcript?: string | undefined;
  /** Called with every event, in order. It must not throw. */
  readonly onEvent?: ((event: ReplayEvent) => void) | undefined;
  /** Ends the replay cleanly when it aborts; the verdict is `interrupted` then. Aborted already: `replay` throws its reason. */
  readonly signal?: AbortSignal | undefined;
  /** The environment: SSLKEYLOGFILE and the variables that name root certificates. `process.env` unless given. */
  readonly env?: Environment | undefined;
}
