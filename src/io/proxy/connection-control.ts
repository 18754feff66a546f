// The controls of one running connection: what somebody wants is noted on its cassette, then done by its relay.

import { printable } from "../../text/printable.js";
import type { ConnectionControl, OperatorInjection } from "../control/connection-registry.js";
import type { RunningRelay } from "./run-relay.js";

/** What a connection is known by, and its way onto the cassette. */
export interface ControlFacts {
  readonly identity: string;
  readonly connection: number;
  readonly ordinal: number;
  /** Puts a note on the cassette. */
  readonly note: (code: string, message: string) => void;
  /** Says a line to whoever runs the program. */
  readonly say: (line: string) => void;
}

/** Makes the controls of a connection. */
export function controlOf(relay: RunningRelay, facts: ControlFacts): ConnectionControl {
  const { identity, connection, ordinal } = facts;
  const note = (code: string, message: string): void => {
    facts.note(code, message);
    facts.say(`${printable(identity, 60)} #${ordinal}: ${message}`);
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
      const why = reason === "" ? "" : ` and the reason ${JSON.stringify(printable(reason))}`;
      note("closed-by-hand", `${by} closes the connection with code ${code}${why}`);
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
      note("resumed-by-hand", `${by} lets the connection go on`);
      relay.resume();
    },
    inject: ({ direction, payload, isText, when }: OperatorInjection, by) => {
      note("injected-by-hand", `${by} injects ${payload.length} bytes ${direction}, ${when}`);
      relay.operate({ kind: "inject", direction, payload, isText, when, by });
    },
    release: (by) => {
      note("released-by-hand", `${by} releases what rules hold until a command`);
      relay.operate({ kind: "release", by });
    },
  };
}
