// Control frames of our own among what passes, on a lane of the test's making.
import { describe, expect, test } from "vitest";
import { Sendings } from "../../../src/relay/connection/sendings.js";
import type { Inserted, Lane } from "../../../src/relay/lane/lane.js";
import type { RelayCommand } from "../../../src/relay/protocol.js";

const ms = 1_000_000;
const frame = Uint8Array.of(0x89, 0);

/** Sendings on a lane that answers as `answer` says; `timer` is when they want to be woken. */
const started = (answer: () => Inserted) => {
  const sentAt: number[] = [];
  const lane = {
    insert: (_frame: unknown, _by: string, at: number): Inserted => {
      const inserted = answer();
      if (inserted === "sent") sentAt.push(at / ms);
      return inserted;
    },
  } as unknown as Lane;
  const sendings = new Sendings({ charger: lane, csms: lane });
  let tries = 0;
  const run = (times: number, gapMs: number, bytes = frame): void => {
    const out: RelayCommand[] = [];
    const action = { kind: "send", direction: "cp-to-csms", frame: bytes, times, gapMs } as const;
    let at = 0;
    sendings.begin(action, "r", at, out);
    for (let command = out.pop(); command?.kind === "timer"; command = out.pop()) {
      at += command.ms * ms;
      tries++;
      sendings.wake(at, out);
    }
  };
  return { run, sentAt, tries: () => tries };
};

describe("frames of our own", () => {
  test("go out at once where there is no gap, else so far apart", () => {
    const { run, sentAt } = started(() => "sent");
    run(3, 0);
    run(3, 10);
    expect(sentAt).toEqual([0, 0, 0, 0, 10, 20]);
  });

  test("are tried again while a frame is passing", () => {
    const answers: Inserted[] = ["later", "later", "sent", "later", "sent"];
    const { run, sentAt } = started(() => answers.shift() ?? "never");
    run(2, 0);
    expect(sentAt).toEqual([40, 60]);
  });

  test("are given up where nothing can go out, or a frame passes without end", () => {
    const never = started(() => "never");
    never.run(100, 10);
    expect(never.tries()).toBe(0);
    const later = started(() => "later");
    later.run(100, 10);
    expect(later.tries()).toBe(500);
    expect(later.sentAt).toEqual([]);
  });

  test("are whole frames or nothing", () => {
    const { run, sentAt } = started(() => "sent");
    run(1, 0, Uint8Array.of(0x89));
    expect(sentAt).toEqual([]);
  });
});
