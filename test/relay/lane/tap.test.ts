import { describe, expect, test } from "vitest";
import { createTap } from "../../../src/relay/lane/tap.js";
import type { RelayCommand } from "../../../src/relay/protocol.js";
import { bytesFrom } from "../../support/cassettes/frames.js";

const open = () => {
  const frames = { "cp-to-csms": 0, "csms-to-cp": 0 };
  const place = {
    connection: 1,
    direction: "cp-to-csms",
    to: "csms",
    maxFrame: 100,
    frames,
    other: "csms-to-cp",
  } as const;
  return { tap: createTap(place, undefined), out: [] as RelayCommand[] };
};

describe("a tap", () => {
  test("writes the very chunk that came in before it records its frames", () => {
    const { tap, out } = open();
    const chunk = bytesFrom("8101418102");
    tap.bytes(chunk, 5, out);
    expect(out.map(({ kind }) => kind)).toEqual(["write", "record"]);
    expect(out[0]).toMatchObject({ to: "csms" });
    expect(out[0]?.kind === "write" && out[0].bytes).toBe(chunk);
    expect(out[1]).toMatchObject({ sent: true, entry: { kind: "frame", rx: 5 } });
  });

  test("records what is not whole at the end, once", () => {
    const { tap, out } = open();
    tap.bytes(bytesFrom("8102"), 5, out);
    tap.end("end", 6, out);
    tap.end("reset", 7, out);
    tap.settle(8, out);
    expect(out.filter(({ kind }) => kind === "record")).toHaveLength(1);
    expect(out.map(({ kind }) => kind)).toEqual(["write", "record", "end", "reset"]);
  });

  test("sends nothing after it was finished, and goes on recording", () => {
    const { tap, out } = open();
    tap.finish({ closeFrame: bytesFrom("8800"), by: "r1", discardHeld: false }, 1, out);
    tap.finish({ closeFrame: bytesFrom("8800"), by: "r1", discardHeld: false }, 1, out);
    tap.bytes(bytesFrom("8900"), 2, out);
    tap.end("end", 3, out);
    expect(out.map(({ kind }) => kind)).toEqual(["write", "record", "end", "record"]);
    expect(out[3]).toMatchObject({ sent: false, entry: { tx: null } });
  });

  test("has nothing to wake and nothing to flush", () => {
    const { tap, out } = open();
    tap.wake(1, out);
    tap.flush(1, out);
    expect(out).toEqual([]);
  });
});
