// What the faults that hold a handshake share.

import { durationWords } from "../../../base/duration.js";
import { duration, type SettingTable } from "../../../yaml/settings.js";
import type { Action } from "../../contract/action.js";
import type { FaultDefinition } from "../../contract/fault.js";

/** How long the handshake is held, in milliseconds; 0 is forever. */
export interface StallSettings {
  readonly ms: number;
}

const settings: SettingTable<StallSettings> = { ms: duration("how long it is held; 0: forever", 0) };

/** The common parts of a fault that holds a handshake; `action` makes the action for the relay. */
export function stalling(
  action: (ms: number) => Action,
): Pick<FaultDefinition<StallSettings>, "settings" | "short" | "apply" | "explain"> {
  return {
    settings,
    short: "ms",
    apply: ({ ms }, { copies }) => ({
      outcome: `stalled ${ms === 0 ? "for ever" : `${ms} ms`}`,
      copies,
      draw: null,
      actions: [action(ms)],
    }),
    explain: ({ ms }, { words }) => `holds ${words} ${ms === 0 ? "forever" : `for ${durationWords(ms)}`}`,
  };
}
