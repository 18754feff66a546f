// How long a run waits, and that every wait ends: the computation alone, and a station with a CSMS in trouble.
import { describe, expect, test } from "vitest";
import { maxTimeouts, Pacing } from "../../../../src/replay/station/run/pacing.js";
import { dialogueRecording } from "../../../support/cassettes/dialogue-recording.js";
import { play } from "../../../support/worlds/playbook.js";
import { stationPlayer } from "../../../support/worlds/station-player.js";

const ms = 1e6;

describe("the clockwork", () => {
  test("the first wait is the whole timeout, later ones are short, and after three timeouts there are none", () => {
    const pacing = new Pacing({ pace: "lockstep", rate: 1, timeoutMs: 30_000 });
    pacing.sent(5 * ms);
    pacing.progress(10 * ms);
    expect(pacing.answerDueNs).toBe(30_010 * ms);
    pacing.timedOut();
    expect(pacing.answerDueNs).toBe(1010 * ms);
    for (let i = 1; i < maxTimeouts; i++) pacing.timedOut();
    expect(pacing.skipsWaits).toBe(true);
    expect(pacing.answerDueNs).toBe(30_005 * ms);
  });

  test("gaps are kept in timed pace only, and only between known times", () => {
    const timed = new Pacing({ pace: "timed", rate: 10, timeoutMs: 1000 });
    timed.stepped(100 * ms, 7 * ms);
    expect(timed.gapDueNs(300 * ms)).toBe(27 * ms);
    expect(timed.gapDueNs(null)).toBe(0);
    expect(timed.gapDueNs(50 * ms)).toBe(7 * ms);
    timed.stepped(null, 9 * ms);
    expect(timed.gapDueNs(300 * ms)).toBe(27 * ms);
    timed.skipWaits();
    expect(timed.gapDueNs(300 * ms)).toBe(0);
    const lockstep = new Pacing({ pace: "lockstep", rate: 10, timeoutMs: 1000 });
    lockstep.stepped(100 * ms, 7 * ms);
    expect(lockstep.gapDueNs(300 * ms)).toBe(0);
  });
});

describe("a rate", () => {
  test("a rate limits only CALLs, from one to the next", () => {
    const pacing = new Pacing({ pace: "asap", rate: 1, timeoutMs: 1000, maxRate: 4 });
    expect(pacing.rateDueNs).toBe(0);
    pacing.sent(100 * ms, true);
    pacing.sent(200 * ms);
    expect(pacing.rateDueNs).toBe(350 * ms);
    expect(new Pacing({ pace: "asap", rate: 1, timeoutMs: 1000 }).rateDueNs).toBe(0);
  });

  test("a station sends no faster than its rate", () => {
    const recording = dialogueRecording([
      "1 dial",
      '1> [2,"1","Heartbeat",{}]',
      '1> [2,"2","Heartbeat",{}]',
      "1 reset",
    ]);
    const player = stationPlayer(recording, { pace: "asap", maxRate: 2 });
    play(player, [
      ">> 0 start",
      "<< dial 1",
      "<< timer 30000",
      ">> 10 dialled 1",
      '<< send 1 [2,"1","Heartbeat",{}]',
      "<< timer 500",
      ">> 510 timer",
      '<< send 1 [2,"2","Heartbeat",{}]',
      "<< reset 1",
      "<< finish not-applicable",
    ]);
  });
});

describe("a CSMS that asks for patience", () => {
  const recording = dialogueRecording(["1 dial", "1 reset"]);

  test("a CSMS that asks to be dialled later is dialled again, and the run goes on", () => {
    play(stationPlayer(recording), [
      ">> 0 start",
      "<< dial 1",
      "<< timer 30000",
      ">> 10 refused 1 503 again in 2000",
      "<< note retry",
      "<< timer 2000",
      ">> 2010 timer",
      "<< dial 1",
      "<< timer 30000",
      ">> 2020 dialled 1",
      "<< reset 1",
      "<< finish not-applicable",
    ]);
  });

  test("a CSMS that asks to be dialled later is dialled again five times at most", () => {
    const again = [1, 2, 3, 4, 5].flatMap((now) => [
      `>> ${now} refused 1 429 again in 0`,
      "<< note retry",
      "<< dial 1",
      "<< timer 30000",
    ]);
    play(stationPlayer(recording), [
      ">> 0 start",
      "<< dial 1",
      "<< timer 30000",
      ...again,
      ">> 6 refused 1 429 again in 0",
      "<< finish error",
    ]);
  });

  test.each(["503", "503 again in 300001", "401 again in 1000"])(
    "a refusal with %s is not waited for",
    (words) => {
      const begun = [">> 0 start", "<< dial 1", "<< timer 30000"];
      play(stationPlayer(recording), [...begun, `>> 1 refused 1 ${words}`, "<< finish error"]);
    },
  );
});

const call = (id: number): string => `[2,"${id}","StatusNotification",{}]`;
const answer = (id: number): string => `[3,"${id}",{}]`;
const calls = (from: number, to: number): string[] => {
  const lines: string[] = [];
  for (let id = from; id <= to; id++) lines.push(`1> ${call(id)}`, `1< ${answer(id)}`);
  return lines;
};
const begin = [
  ">> 0 start",
  "<< dial 1",
  "<< timer 30000",
  ">> 1 dialled 1",
  `<< send 1 ${call(1)}`,
  "<< timer 30000",
];

describe("a station in trouble", () => {
  test("with a CSMS that never answers, a run gives up and ends one timeout after its last message", () => {
    const recording = dialogueRecording(["1 dial", ...calls(1, 7), "1 close"]);
    play(stationPlayer(recording), [
      ...begin,
      ">> 30001 timer",
      "<< note gave-up",
      `<< send 1 ${call(2)}`,
      "<< timer 1000",
      ">> 31001 timer",
      "<< note gave-up",
      `<< send 1 ${call(3)}`,
      "<< timer 1000",
      ">> 32001 timer",
      "<< note gave-up",
      ...[4, 5, 6, 7].map((id) => `<< send 1 ${call(id)}`),
      "<< timer 30000",
      ">> 62001 timer",
      "<< note gave-up",
      "<< send 1 close 1000",
      "<< end 1",
      ...[1, 2, 3, 4, 5, 6, 7].map(() => "<< missing < StatusNotification"),
      "<< finish fail",
    ]);
  });

  test("a run stays in step when a single answer is lost", () => {
    const recording = dialogueRecording(["1 dial", ...calls(1, 3), "1 reset"]);
    play(stationPlayer(recording), [
      ...begin,
      ">> 30001 timer",
      "<< note gave-up",
      `<< send 1 ${call(2)}`,
      "<< timer 1000",
      `>> 30002 says 1 ${answer(2)}`,
      `<< send 1 ${call(3)}`,
      "<< timer 1000",
      `>> 30003 says 1 ${answer(3)}`,
      "<< reset 1",
      "<< missing < StatusNotification",
      "<< finish fail",
    ]);
  });

  test("a flood of CSMS calls is not progress", () => {
    const recording = dialogueRecording(["1 dial", ...calls(1, 1), "1 reset"]);
    const flood = [2, 3, 4].flatMap((at) => [
      `>> ${at} says 1 [2,"f${at}","ClearCache",{}]`,
      "<< unexpected < ClearCache",
      `<< send 1 [3,"f${at}",{"status":"Rejected"}]`,
    ]);
    play(stationPlayer(recording), [
      ...begin,
      ...flood,
      ">> 30001 timer",
      "<< note gave-up",
      "<< reset 1",
      "<< missing < StatusNotification",
      "<< finish fail",
    ]);
  });

  test("a run goes on with the next connection when the CSMS ends one early", () => {
    const recording = dialogueRecording([
      "1 dial",
      ...calls(1, 2),
      "1 close",
      "2 dial",
      `2> ${call(9)}`,
      "2 reset",
    ]);
    play(stationPlayer(recording), [
      ...begin,
      ">> 5 resets 1",
      "<< note ended-early",
      "<< missing < StatusNotification",
      "<< missing > StatusNotification",
      "<< dial 2",
      "<< timer 30000",
      ">> 6 dialled 2",
      `<< send 2 ${call(9)}`,
      "<< reset 2",
      "<< finish fail",
    ]);
  });

  test("a run ends in error when the first dial is refused, fails, or is never answered", () => {
    const recording = dialogueRecording(["1 dial", ...calls(1, 1)]);
    const dial = [">> 0 start", "<< dial 1", "<< timer 30000"];
    play(stationPlayer(recording), [...dial, ">> 1 refused 1 401", "<< finish error"]);
    play(stationPlayer(recording), [...dial, ">> 1 unreachable 1", "<< finish error"]);
    play(stationPlayer(recording), [...dial, ">> 30000 timer", "<< reset 1", "<< finish error"]);
  });

  test("the messages of a later connection that fails are missing", () => {
    const recording = dialogueRecording(["1 dial", "1 reset", "2 dial", `2> ${call(1)}`, "2 close"]);
    play(stationPlayer(recording), [
      ">> 0 start",
      "<< dial 1",
      "<< timer 30000",
      ">> 1 dialled 1",
      "<< reset 1",
      "<< dial 2",
      "<< timer 30000",
      ">> 2 refused 2 503",
      "<< note refused",
      "<< missing > StatusNotification",
      "<< finish fail",
    ]);
  });

  test("a run that the operator stops closes its connections and has no verdict", () => {
    const recording = dialogueRecording(["1 dial", ...calls(1, 1)]);
    play(stationPlayer(recording), [
      ...begin,
      ">> 9 stop",
      "<< send 1 close 1000",
      "<< end 1",
      "<< finish interrupted",
      `>> 10 says 1 ${answer(1)}`,
    ]);
  });

  test("a run survives bytes that are no frames, endless frames and second answers", () => {
    const recording = dialogueRecording(["1 dial", ...calls(1, 1), "1 reset"]);
    play(stationPlayer(recording), [
      ...begin,
      ">> 2 sends 1 827f0000000100000000ff",
      "<< note frame-too-large",
      ">> 3 timer",
      "<< timer 29998",
      ">> 30001 timer",
      "<< note gave-up",
      "<< reset 1",
      "<< missing < StatusNotification",
      "<< finish fail",
    ]);
    play(stationPlayer(dialogueRecording(["1 dial", `1> ${call(1)}`, ...calls(2, 2), "1 reset"])), [
      ">> 0 start",
      "<< dial 1",
      "<< timer 30000",
      ">> 1 dialled 1",
      `<< send 1 ${call(1)}`,
      `<< send 1 ${call(2)}`,
      "<< timer 30000",
      `>> 2 says 1 ${answer(1)}`,
      "<< unexpected < StatusNotification",
      `>> 3 says 1 ${answer(1)}`,
      "<< unexpected < CALLRESULT",
      ">> 4 says 1 {nonsense",
      "<< unexpected < unreadable",
      `>> 5 says 1 ${answer(2)}`,
      "<< reset 1",
      "<< finish partial",
    ]);
  });
});
