// The operator commands of one open connection: each is noted on its cassette and logged, and then given to its relay.

import { printable } from "../../text/printable.js";
import type { ConnectionControl, OperatorInjection } from "../control/connection-registry.js";
import type { RunningRelay } from "./run-relay.js";

/** The numbers of a connection, and how its notes are written. */
export interface ControlFacts {
  readonly identity: string;
  readonly connection: number;
  readonly ordinal: number;
  /** Writes a note to the cassette. */
  readonly note: (code: string, message: string) => void;
  /** Prints a line for the operator. */
  readonly log: (line: string) => void;
}

/** Makes the commands of a connection. */
export function controlOf(relay: RunningRelay, facts: ControlFacts): ConnectionControl {
  const { identity, connection, ordinal } = facts;
  const note = (code: string, message: string): void => {
    facts.note(code, message);
    facts.log(`${printable(identity, 60)} #${ordinal}: ${message}`);
  };
  return {
    identity,
    connection,
    ordinal,
    note: facts.note,
    get isPaused() {
      return relay.isPaused;
    },
    close: (code, reason, by) => {
      const reasonWords = reason === "" ? "" : ` and the reason ${JSON.stringify(printable(reason))}`;
      note("closed-by-hand", `${by} closes the connection with code ${code}${reasonWords}`);
      relay.operate({ kind: "close", code, reason, by });
    },
    reset: (by) => {
      note("reset-by-hand", `${by} resets the connection`);
      relay.operate({ kind: "reset", by });
    },
    pause: (by) => {
      if (relay.isPaused) return;
      note("paused-by-hand", `${by} pauses the connection; nothing is read from either side`);
      relay.pause();
    },
    resume: (by) => {
      if (!relay.isPaused) return;
      note("resumed-by-hand", `${by} resumes the connection`);
      relay.resume();
    },
    inject: ({ direction, payload, isText, when }: OperatorInjection, by) => {
      note("injected-by-hand", `${by} injects ${payload.length} bytes ${direction}, ${when}`);
      relay.operate({ kind: "inject", direction, payload, isText, when, by });
    },
    release: (by) => {
      note("released-by-hand", `${by} releases the messages that rules hold until a command`);
      relay.operate({ kind: "release", by });
    },
  };
}
