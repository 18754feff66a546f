import { describe, expect, test } from "vitest";
import { Sendings } from "../../../src/relay/connection/sendings.js";
import type { Lane } from "../../../src/relay/lane/lane.js";
import type { SendOutcome } from "../../../src/relay/own/gate-controls.js";
import type { RelayCommand } from "../../../src/relay/protocol.js";

const ms = 1_000_000;
const frame = Uint8Array.of(0x89, 0);

/** Sendings on a lane whose answers come from `answer`. */
const started = (answer: () => SendOutcome) => {
  const sentAt: number[] = [];
  const lane = {
    insert: (_frame: unknown, _by: string, at: number): SendOutcome => {
      const inserted = answer();
      if (inserted === "sent") sentAt.push(at / ms);
      return inserted;
    },
  } as unknown as Lane;
  const sendings = new Sendings({ "cp-to-csms": lane, "csms-to-cp": lane });
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

describe("control frames of our own", () => {
  test("go out at once without a gap, else so far apart", () => {
    const { run, sentAt } = started(() => "sent");
    run(3, 0);
    run(3, 10);
    expect(sentAt).toEqual([0, 0, 0, 0, 10, 20]);
  });

  test("are tried again while another frame is in progress", () => {
    const answers: SendOutcome[] = ["later", "later", "sent", "later", "sent"];
    const { run, sentAt } = started(() => answers.shift() ?? "never");
    run(2, 0);
    expect(sentAt).toEqual([40, 60]);
  });

  test("are given up where nothing can go out, or another frame never ends", () => {
    const never = started(() => "never");
    never.run(100, 10);
    expect(never.tries()).toBe(0);
    const later = started(() => "later");
    later.run(100, 10);
    expect(later.tries()).toBe(500);
    expect(later.sentAt).toEqual([]);
  });

  test("are not sent where the bytes are not a whole frame", () => {
    const { run, sentAt } = started(() => "sent");
    run(1, 0, Uint8Array.of(0x89));
    expect(sentAt).toEqual([]);
  });
});
