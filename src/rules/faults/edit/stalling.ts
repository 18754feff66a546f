// What the faults have in common that let a handshake wait: how long is read, told and ordered in the same way.

import { durationWords } from "../../../base/duration.js";
import { duration, type SettingTable } from "../../../yaml/settings.js";
import type { Action } from "../../contract/action.js";
import type { FaultDefinition } from "../../contract/fault.js";

/** How long. */
export interface StallSettings {
  readonly ms: number;
}

const settings: SettingTable<StallSettings> = { ms: duration("how long; 0 is for ever", 0) };

/** The parts of a fault that lets something wait; `action` is what asks for it. */
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
    explain: ({ ms }) => (ms === 0 ? "never answered" : `answered ${durationWords(ms)} late`),
  };
}
