// One fault on one message: its settings as in a rule file, the texts that are sent, and the frames and entries of a
// relay.
import { text } from "../../../src/base/bytes.js";
import type { Fault, FaultInput, FaultOutcome } from "../../../src/rules/contract/fault.js";
import type { RuledMessage } from "../../../src/rules/contract/ruled-message.js";
import { messagePayload } from "../../../src/wire/websocket/assembler.js";
import { readFrame } from "../../../src/wire/websocket/frame.js";
import { play } from "../../support/worlds/playbook.js";
import { relayPlayer } from "../../support/worlds/relay-player.js";
import { fromCharger } from "../../support/worlds/relay-rules.js";
import { collector, plainValue, ruledMessage, textFrame } from "../sample.js";

/** What a message meets beside the fault. */
export interface Circumstances {
  readonly draw?: number | ((part?: string) => number);
  readonly message?: Partial<RuledMessage>;
  readonly recall?: FaultInput["recall"];
}

/** What a fault made of a message; `texts` are the texts of the copies. */
export interface Trial extends FaultOutcome {
  readonly texts: readonly string[];
  /** Whether the copies are the very list that came in. */
  readonly isUntouched: boolean;
}

/** Lets a fault with these settings act on a message. */
export function tried<Settings>(
  fault: Fault<Settings>,
  plain: unknown,
  given: string | Uint8Array,
  { draw = 0.5, message, recall }: Circumstances = {},
): Trial {
  const copies = [typeof given === "string" ? textFrame(given).raw : given];
  const outcome = fault.apply(settingsOf(fault, plain), {
    message: ruledMessage(typeof given === "string" ? given : "", message),
    copies,
    draw: typeof draw === "number" ? () => draw : draw,
    ...(recall === undefined ? {} : { recall }),
  });
  const texts = outcome.copies.map(textOf);
  return { ...outcome, texts, isUntouched: outcome.copies === copies };
}

/** The settings that a plain value stands for, which must be right. */
export function settingsOf<Settings>(fault: Fault<Settings>, plain: unknown): Settings {
  const { report, said } = collector();
  const settings = fault.read(plainValue(plain), report);
  if (settings === undefined || said.length > 0) throw new Error(said.join("\n"));
  return settings;
}

/** What is reported of wrong settings. */
export function reported<Settings>(fault: Fault<Settings>, plain: unknown): readonly string[] {
  const { report, said } = collector();
  fault.read(plainValue(plain), report);
  return said;
}

/** The text of a message of one frame. */
export function textOf(bytes: Uint8Array): string {
  const frame = readFrame(bytes);
  return frame === undefined ? "no frame" : text(messagePayload([frame]));
}

/** Plays one message of a charger through a relay: what the cassette says of it, and what the CSMS gets. */
export function onTheWire(then: string, before: string, outcome: string, ...after: readonly string[]): void {
  const [, , action = ""]: readonly string[] = JSON.parse(before);
  const sent = after.map((words) => `text ${words}`);
  play(relayPlayer({ rules: fromCharger(action, then) }, true), [
    `>> charger text ${before}`,
    `<< cassette: cp-to-csms text ${before}, seen 0`,
    `<< cassette: r1 CALL ${action} ${outcome}: ${sent.join(" | ")}`,
    ...sent.map((words) => `<< csms gets ${words}`),
  ]);
}
