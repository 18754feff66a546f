// The controls of a running proxy for programs: its rules and its open connections. The cassettes get a note of each
// action, which names `the program` as the one who did it.

import { utf8 } from "../../base/bytes.js";
import type { Direction } from "../../base/direction.js";
import { VcrError } from "../../base/errors.js";
import type { ConnectionControl } from "../../io/control/connection-registry.js";
import type { ControlledRule, RuleChangeOutcome, RuleController } from "../../io/control/rule-controller.js";
import { invalidRules, type RuleFileObject, ruleText } from "../rule-file.js";

/** The author of actions in the notes of cassettes. */
const by = "the program";

/** The rules of a running proxy. Ids are those of the rule file; where ids are optional, none given means all rules. */
export interface RuleControls {
  /** All rules in their order, each with whether it is armed. */
  list(): readonly ControlledRule[];
  /**
   * Adds the rules of a rule file, given as text or as an object; they replace rules with the same ids. New and changed
   * rules are not armed. Returns their ids. Throws VcrError RULES_INVALID.
   */
  add(rules: string | RuleFileObject): readonly string[];
  /**
   * Replaces all rules by those of a rule file, given as text or as an object; unchanged ones stay armed. Throws
   * VcrError RULES_INVALID.
   */
  replace(rules: string | RuleFileObject): readonly string[];
  /** Removes a rule. Returns whether it existed. */
  remove(id: string): boolean;
  /** Arms rules, for `forMs` milliseconds if given. Returns their ids. Throws VcrError USAGE for an unknown id. */
  arm(ids?: string | readonly string[], options?: { readonly forMs?: number }): readonly string[];
  /** Disarms rules. Returns their ids. Throws VcrError USAGE for an unknown id. */
  disarm(ids?: string | readonly string[]): readonly string[];
}

/** An open connection of a charge point. */
export interface OpenConnection {
  readonly identity: string;
  /** Its number on the cassette, from 1. */
  readonly connection: number;
  readonly isPaused: boolean;
  /** Closes it with a WebSocket close frame to both sides; 1000 unless a code is given. */
  close(code?: number, reason?: string): void;
  /** Resets both TCP connections. */
  reset(): void;
  /** Stops reading from both sides: what the peers send waits in their own buffers. */
  pause(): void;
  resume(): void;
  /** Releases the messages that a rule holds until this command. */
  release(): void;
  /**
   * Sends a message as if the other side had sent it: `csms-to-cp` sends it to the charger. A string is sent as a text
   * message, bytes as a binary one. By default it waits until no CALL of that direction is open (`idle`).
   */
  inject(direction: Direction, message: string | Uint8Array, when?: "idle" | "now"): void;
}

const usage = (message: string, hint: string): VcrError => new VcrError("USAGE", message, hint);

const listOf = (ids: string | readonly string[] | undefined): readonly string[] | undefined =>
  typeof ids === "string" ? [ids] : ids;

const idsOf = (outcome: RuleChangeOutcome): readonly string[] => {
  switch (outcome.kind) {
    case "done":
      return outcome.ids;
    case "unknown":
      throw usage(`there is no rule ${outcome.id}`, "Use the id of a rule of this run.");
    case "needs-ttl":
      throw usage("for a CSMS that is marked production, armed rules need an end", "Give forMs.");
    case "wrong":
      throw invalidRules("rules", outcome.issues);
  }
};

/** The controls of the rules; without a controller, every change throws VcrError USAGE. */
export function ruleControlsOf(controller: RuleController | undefined): RuleControls {
  const needed = (): RuleController => {
    if (controller !== undefined) return controller;
    throw usage("the rules of this run cannot change", "Leave liveRules out, or set it to true.");
  };
  return {
    list: () => controller?.list() ?? [],
    add: (rules) => idsOf(needed().add(ruleText(rules), by)),
    replace: (rules) => idsOf(needed().replace(ruleText(rules), by)),
    remove: (id) => needed().remove(id, by).ids.length > 0,
    arm: (ids, options) => idsOf(needed().arm(listOf(ids), options?.forMs, by)),
    disarm: (ids) => idsOf(needed().disarm(listOf(ids), by)),
  };
}

/** The controls of one open connection. */
export function openConnectionOf(control: ConnectionControl): OpenConnection {
  const { identity, connection } = control;
  return {
    identity,
    connection,
    get isPaused() {
      return control.isPaused;
    },
    close: (code = 1000, reason = "") => control.close(code, reason, by),
    reset: () => control.reset(by),
    pause: () => control.pause(by),
    resume: () => control.resume(by),
    release: () => control.release(by),
    inject: (direction, message, when = "idle") => {
      const isText = typeof message === "string";
      control.inject({ direction, payload: isText ? utf8(message) : message, isText, when }, by);
    },
  };
}
