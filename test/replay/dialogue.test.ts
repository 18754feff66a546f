// The dialogue of a run: whatever a lawful CSMS does when, each of the station's streams keeps its order.
import fc from "fast-check";
import { expect, test } from "vitest";
import { text } from "../../src/base/bytes.js";
import { parseEnvelope } from "../../src/ocpp/parse-envelope.js";
import type { Outcome, StationCommand } from "../../src/replay/protocol.js";
import { payloadOf, readFrame } from "../../src/wire/frame.js";
import { dialogueTape } from "../support/dialogue-tape.js";
import { stationPlayer } from "../support/station-player.js";

const count = 6;
const tape = dialogueTape([
  "1 dial",
  ...Array.from({ length: count }, (_, i) => i).flatMap((i) => [
    `1> [2,"s${i}","StatusNotification",{"connectorId":${i}}]`,
    `1< [3,"s${i}",{}]`,
    `1< [2,"c${i}","UnlockConnector",{"connectorId":${i}}]`,
    `1> [3,"c${i}",{"status":"Unlocked"}]`,
  ]),
  "1 close",
]);

interface Run {
  readonly sent: readonly string[];
  readonly outcome: Outcome | undefined;
}

/** Plays a lawful CSMS that chooses, turn by turn, whether it answers, calls, or lets a moment pass. */
const runWith = (choices: readonly number[], pace: "lockstep" | "asap"): Run => {
  const { machine, event } = stationPlayer(tape, { pace });
  const sent: string[] = [];
  const open: string[] = [];
  let outcome: Outcome | undefined;
  let asked = 0;
  let ms = 0;
  const tell = (words: string): void => take(machine.handle(event(`${ms} ${words}`)));
  const take = (commands: readonly StationCommand[]): void => {
    for (const command of commands) {
      if (command.kind === "finish") outcome = command.outcome;
      const frame = command.kind === "send" ? readFrame(command.octets) : undefined;
      if (frame === undefined || frame.opcode !== 1) continue;
      const message = text(payloadOf(frame));
      sent.push(message);
      const envelope = parseEnvelope(message);
      if (envelope.kind === "call") open.push(envelope.id);
    }
  };
  tell("start");
  tell("dialled 1");
  for (let turn = 0; turn < 400 && outcome === undefined; turn++) {
    const choice = choices[turn % choices.length] ?? 0;
    ms += choice % 7;
    const id = open[0];
    if (choice % 2 === 0 && asked < count)
      tell(`says 1 [2,"l${asked}","UnlockConnector",{"connectorId":${asked++}}]`);
    else if (id !== undefined) tell(`says 1 [3,"${open.shift()}",{}]`);
    else if (asked < count) tell(`says 1 [2,"l${asked}","UnlockConnector",{"connectorId":${asked++}}]`);
    else tell("ends 1");
  }
  return { sent, outcome };
};

test.each(["lockstep", "asap"] as const)(
  "in %s each stream keeps its order for all interleavings",
  (pace) => {
    const reference = runWith([1], pace);
    expect(reference.outcome?.verdict).toBe("pass");
    fc.assert(
      fc.property(fc.array(fc.nat(100), { minLength: 1, maxLength: 40 }), (choices) => {
        const { sent, outcome } = runWith(choices, pace);
        for (const kind of ["[2,", "[3,"])
          expect(sent.filter((message) => message.startsWith(kind))).toEqual(
            reference.sent.filter((message) => message.startsWith(kind)),
          );
        expect(outcome?.fingerprint).toBe(reference.outcome?.fingerprint);
        expect(outcome?.verdict).toBe("pass");
      }),
    );
  },
);
