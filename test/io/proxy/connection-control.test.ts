// Operator commands are noted first and then carried out. A command that changes nothing is neither noted nor carried out.
import { expect, test } from "vitest";
import { controlOf } from "../../../src/io/proxy/connection-control.js";
import type { RunningRelay } from "../../../src/io/proxy/run-relay.js";

test("every operator command is noted with its author before it is carried out", () => {
  const done: string[] = [];
  let isPaused = false;
  const relay = {
    operate: ({ kind }) => done.push(kind),
    pause: () => {
      isPaused = true;
      done.push("pause");
    },
    resume: () => {
      isPaused = false;
      done.push("resume");
    },
    stop: () => undefined,
    get isPaused() {
      return isPaused;
    },
  } as RunningRelay;
  const facts = { identity: "CP1", connection: 1, ordinal: 2, log: (line: string) => done.push(line) };
  const control = controlOf(relay, { ...facts, note: (code) => done.push(code) });
  control.pause("me");
  control.pause("me");
  control.resume("me");
  control.resume("me");
  control.reset("me");
  control.release("me");
  control.close(1001, "bye", "me");
  expect(done).toEqual([
    "paused-by-hand",
    "CP1 #2: me pauses the connection; nothing is read from either side",
    "pause",
    "resumed-by-hand",
    "CP1 #2: me resumes the connection",
    "resume",
    "reset-by-hand",
    "CP1 #2: me resets the connection",
    "reset",
    "released-by-hand",
    "CP1 #2: me releases the messages that rules hold until a command",
    "release",
    "closed-by-hand",
    'CP1 #2: me closes the connection with code 1001 and the reason "bye"',
    "close",
  ]);
});
