// The options of a replay. An option of `ocpp-vcr replay` has the same name here, without dashes; times carry their unit.

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
  /** A file for the secrets of TLS, which Wireshark reads; the variable SSLKEYLOGFILE unless given. */
  readonly keylog?: string | undefined;

  /** The part of the recording that is replayed; all of it unless given. */
  readonly select?: RecordingPart | undefined;
  /** What is rebuilt of the recording before the selected part; `boot` unless given. */
  readonly prologue?: PrologueKind | undefined;
  /** Live transaction ids for recorded ones from before the selected part: `{ "4711": "17" }`. */
  readonly bind?: Readonly<Record<string, string>> | undefined;
  /** Sends the recorded start of transactions that began before the selected part. */
  readonly startMissing?: boolean | undefined;
  /** Leaves out messages that carry a value from before the selected part. */
  readonly skipUnbound?: boolean | undefined;
  /** Of a recording under faults: what the charger sent (`charger`, the default), or what the CSMS received. */
  readonly side?: "charger" | "csms" | undefined;

  /** A file with further values that the CSMS chooses: where they are learned and used. */
  readonly bindings?: string | undefined;
  /** Message ids and 2.x transaction ids: new ones, or as recorded. The default is `fresh` in 2.x and `keep` in 1.6. */
  readonly ids?: "fresh" | "keep" | undefined;
  /** What made ids depend on, with `run`; 0 unless given. */
  readonly seed?: number | undefined;
  /** Repeats the run of this number; random unless given. */
  readonly run?: number | undefined;
  /** Dates: the last becomes now (`end-now`, the default), the first does, they move by whole days, or stay. */
  readonly time?: "end-now" | "start-now" | "days" | "keep" | undefined;
  /** Meter registers: as recorded (`keep`, the default), or from where this CSMS saw them stop last. */
  readonly meter?: "keep" | "continue" | undefined;
  /** Where `meter: "continue"` keeps the last registers; `ocpp-vcr-meters.json` unless given. */
  readonly meterState?: string | undefined;
  /** Leaves transactions open that are open when the replay ends. */
  readonly leaveOpen?: boolean | undefined;

  /**
   * `lockstep` (the default) waits for the answer to the previous message; `timed` also keeps the recorded gaps; `asap` waits
   * only for values that are needed.
   */
  readonly pace?: "lockstep" | "timed" | "asap" | undefined;
  /** With `timed`: how many times as fast as recorded; 1 unless given. */
  readonly rate?: number | undefined;
  /** How many CALLs a second one charge point sends at most. */
  readonly maxRate?: number | undefined;
  /** The longest time without progress; 30 000 unless given. */
  readonly timeoutMs?: number | undefined;
  /** How long a step waits for the CSMS call it followed from; 10 000 unless given, and never more than `timeoutMs`. */
  readonly callTimeoutMs?: number | undefined;
  /** What happens to a step whose call does not come; `send` unless given. */
  readonly onMissingCall?: "send" | "skip" | "fail" | undefined;
  /** A shell command that is run when a call is waited for; it gets the call as JSON on stdin. */
  readonly onWait?: string | undefined;
  /** What happens when the CSMS answers so that a charger would go another way; `continue` unless given. */
  readonly onFork?: "stop" | "continue" | undefined;
  /** `virtual` lets recorded gaps and boot intervals pass at once; `real` unless given. */
  readonly clock?: "real" | "virtual" | undefined;

  /** What does not count as a difference: rules, or paths of YAML files of rules. */
  readonly ignore?: readonly (string | IgnoreRule)[] | undefined;
  /** An answer slower than this counts as a difference: `2x`, `+500ms` or `2x+50ms`. */
  readonly maxSlowdown?: string | Slowdown | undefined;
  /** Calls of the CSMS that may stay out, as globs over actions. */
  readonly allowMissing?: readonly string[] | undefined;
  /** Failures that are known, or paths of YAML files of them. */
  readonly expect?: readonly (string | CassetteFailure)[] | undefined;

  /** The CSMS is a production system: nothing goes there without `toProduction`. */
  readonly production?: boolean | undefined;
  /** The host name of the production CSMS, or of the host a cassette was recorded from, repeated: it may be replayed to. */
  readonly toProduction?: string | undefined;
  /** Writes what really happened to this cassette. */
  readonly transcript?: string | undefined;
  /** Called with everything that happens, in order. It must not throw. */
  readonly onEvent?: ((event: ReplayEvent) => void) | undefined;
  /** Ends the replay cleanly when it aborts; the verdict is `interrupted` then. Aborted already: `replay` throws its reason. */
  readonly signal?: AbortSignal | undefined;
  /** The environment: SSLKEYLOGFILE and the variables that name root certificates. `process.env` unless given. */
  readonly env?: Environment | undefined;
}
