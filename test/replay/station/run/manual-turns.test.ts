// Messages that the operator releases.
import { expect, test } from "vitest";
import { compilePlan } from "../../../../src/replay/plan/compile-plan.js";
import { ManualTurns } from "../../../../src/replay/station/run/manual-turns.js";
import { Pacing } from "../../../../src/replay/station/run/pacing.js";
import { StationOutput } from "../../../../src/replay/station/run/station-output.js";
import { dialogueRecording } from "../../../support/cassettes/dialogue-recording.js";
import { play } from "../../../support/worlds/playbook.js";
import { stationPlayer } from "../../../support/worlds/station-player.js";

const beat = (id: number): string => `[2,"${id}","Heartbeat",{}]`;
const recording = dialogueRecording(["1 dial", ...[1, 2, 3].map((id) => `1> ${beat(id)}`), "1 reset"]);

test("each message waits until the operator releases it, and is shown once", () => {
  play(stationPlayer(recording, { pace: "manual" }), [
    ">> 0 start",
    "<< dial 1",
    "<< timer 30000",
    ">> 1 dialled 1",
    "<< step Heartbeat",
    ">> 2 sends 1 89026869",
    "<< send 1 pong hi",
    ">> 900000 step",
    `<< send 1 ${beat(1)}`,
    "<< step Heartbeat",
    ">> 900001 step all",
    `<< send 1 ${beat(2)}`,
    `<< send 1 ${beat(3)}`,
    "<< reset 1",
    "<< finish not-applicable",
  ]);
});

test("messages can be released in advance", () => {
  const output = new StationOutput();
  const turns = new ManualTurns(new Pacing({ pace: "manual", rate: 1, timeoutMs: 30_000 }), output);
  const step = compilePlan(recording).steps[1];
  if (step?.kind !== "call") throw new Error("no call");
  const waits = (): boolean => turns.wait(1, step) !== undefined;
  turns.release(false);
  turns.release(false);
  expect([waits(), waits(), waits(), waits()]).toEqual([false, false, true, true]);
  expect(output.take()).toMatchObject([{ kind: "step", next: { step: 1, action: "Heartbeat", id: "1" } }]);
});
