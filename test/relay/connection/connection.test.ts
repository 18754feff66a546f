// One proxied connection: byte identity, its ends, closing by a rule, and what is recorded of it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, hex } from "../../../src/base/bytes.js";
import { directionFrom, type Side } from "../../../src/base/direction.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { anyCuts, anyStream, cut } from "../../support/cassettes/frames.js";
import { play } from "../../support/worlds/playbook.js";
import { RelayWorld, relayPlayer, type WorldOptions } from "../../support/worlds/relay-player.js";
import { fromCharger, neverFiring } from "../../support/worlds/relay-rules.js";

const beat = '[2,"1","Heartbeat",{}]';
const answer = '[3,"1",{"currentTime":"2026-01-02T03:04:05Z"}]';

interface Dialogue {
  readonly streams: Readonly<Record<Side, readonly Uint8Array[]>>;
  readonly ends: Readonly<Record<Side, "end" | "reset">>;
  /** Which side sends next, and how long nothing happens before that, as long as both have something to send. */
  readonly turns: readonly { readonly side: Side; readonly waitMs: number }[];
}

const dialogue: fc.Arbitrary<Dialogue> = fc
  .record({
    charger: fc.tuple(anyStream, anyCuts),
    csms: fc.tuple(anyStream, anyCuts),
    ends: fc.record({ charger: fc.constantFrom("end", "reset"), csms: fc.constantFrom("end", "reset") }),
    turns: fc.array(
      fc.record({ side: fc.constantFrom("charger", "csms"), waitMs: fc.constantFrom(0, 0, 0, 30, 700) }),
      { maxLength: 30 },
    ),
  })
  .map(({ charger, csms, ends, turns }) => ({
    streams: { charger: cut(...charger), csms: cut(...csms) },
    ends,
    turns,
  }));

const run = (options: WorldOptions, { streams, ends, turns }: Dialogue): RelayWorld => {
  const world = new RelayWorld(options);
  const left: Record<Side, Uint8Array[]> = { charger: [...streams.charger], csms: [...streams.csms] };
  const send = (side: Side): void => {
    const chunk = left[side].shift();
    if (chunk === undefined) return;
    const before = chunk.slice();
    world.bytes(side, chunk);
    expect(hex(chunk)).toBe(hex(before));
  };
  for (const { side, waitMs } of turns) {
    if (waitMs > 0) world.after(waitMs);
    send(side);
  }
  for (const side of ["charger", "csms"] as const) while (left[side].length > 0) send(side);
  for (const side of ["charger", "csms"] as const)
    world.handle({ kind: ends[side], from: side, atNs: world.now });
  world.after(60_000);
  return world;
};

const recorded = (entries: readonly Entry[], side: Side): string =>
  entries
    .flatMap((entry) =>
      (entry.kind === "frame" || entry.kind === "bytes") && entry.direction === directionFrom(side)
        ? [hex(entry.raw)]
        : [],
    )
    .join("");

describe.each([
  ["taps", { limits: { maxFrame: 300 } }],
  [
    "gates whose rules never fire",
    { rules: neverFiring, limits: { maxFrame: 300, waitBytes: 500, waitMs: 500 } },
  ],
  [
    "gates that wait for nothing",
    { rules: neverFiring, limits: { maxFrame: 300, waitBytes: 0, waitMs: 500 } },
  ],
  ["a gate beside a tap", { rules: fromCharger("NoSuchAction", "{ drop: {} }"), limits: { maxFrame: 300 } }],
] as const)("with %s", (_name, options) => {
  test("bytes out are bytes in, ends are mirrored, and every byte is recorded once", () => {
    fc.assert(
      fc.property(dialogue, (how) => {
        const world = run(options, how);
        const { charger, csms } = how.streams;
        expect(hex(world.sentTo("csms"))).toBe(hex(concat(charger)));
        expect(world.ended.csms).toBe(how.ends.charger);
        // Once a side was reset, nothing more of the other side can be sent to it.
        if (how.ends.charger === "end") {
          expect(hex(world.sentTo("charger"))).toBe(hex(concat(csms)));
          expect(world.ended.charger).toBe(how.ends.csms);
        } else expect(hex(concat(csms)).startsWith(hex(world.sentTo("charger")))).toBe(true);
        expect(world.done).toBe(true);
        expect(recorded(world.entries, "charger")).toBe(hex(concat(charger)));
        expect(recorded(world.entries, "csms")).toBe(hex(concat(csms)));
        expect(world.entries.filter(({ kind }) => kind === "connection-closed")).toHaveLength(1);
        expect(world.entries.at(-1)?.kind).toBe("connection-closed");
      }),
      { numRuns: 100 },
    );
  });
});

describe("the recording", () => {
  test("holds for each frame when it came and went, and how many frames of the other direction came before it", () => {
    const world = new RelayWorld();
    world.perform(`charger text ${beat}`);
    world.after(5);
    world.perform(`csms text ${answer} + ping x`);
    world.perform("charger pong x");
    const frames = world.entries.flatMap((entry) => (entry.kind === "frame" ? [entry] : []));
    expect(frames.map(({ direction, seen, rx, tx }) => [direction, seen, rx, tx])).toEqual([
      ["cp-to-csms", 0, 1_000_000_000, 1_000_000_000],
      ["csms-to-cp", 1, 1_005_000_000, 1_005_000_000],
      ["csms-to-cp", 1, 1_005_000_000, 1_005_000_000],
      ["cp-to-csms", 2, 1_005_000_000, 1_005_000_000],
    ]);
  });

  test("notes once that a lane cannot be followed, and goes on with bytes", () => {
    play(relayPlayer({ rules: neverFiring }, true), [
      ">> charger bytes 827fffffffffffffffff41",
      "<< cassette: note opaque",
      "<< csms gets bytes 827fffffffffffffffff41",
      "<< cassette: cp-to-csms opaque 827fffffffffffffffff41, sent",
      ">> charger bytes 42",
      "<< csms gets bytes 42",
      "<< cassette: cp-to-csms opaque 42, sent",
    ]);
  });
});

describe("ends", () => {
  test("the end of one stream is handed on, and the other direction goes on", () => {
    play(relayPlayer({}, true), [
      ">> charger end",
      "<< csms gets the end",
      `>> csms text ${answer}`,
      `<< charger gets text ${answer}`,
      `<< cassette: csms-to-cp text ${answer}, seen 0, sent`,
      ">> csms end",
      "<< charger gets the end",
      "<< cassette: closed, end by charger, end by csms",
      "<< done",
      ">> csms reset",
      ">> charger bytes 41",
    ]);
  });

  test("a reset is handed on and ends the connection", () => {
    play(relayPlayer({}, true), [
      ">> csms bytes 81",
      "<< charger gets bytes 81",
      ">> csms reset",
      "<< cassette: csms-to-cp cut-off 81, sent",
      "<< charger gets the reset",
      "<< cassette: closed, reset by csms",
      "<< done",
    ]);
  });

  test("a stream that has ended can still be reset, once", () => {
    play(relayPlayer({}, true), [
      ">> charger bytes 81",
      "<< csms gets bytes 81",
      ">> charger end",
      "<< cassette: cp-to-csms cut-off 81, sent",
      "<< csms gets the end",
      ">> charger end",
      ">> charger reset",
      "<< csms gets the reset",
      "<< cassette: closed, end by charger, reset by charger",
      "<< done",
    ]);
  });

  test("the end of the program sends what is held and is recorded as ours", () => {
    play(relayPlayer({ rules: fromCharger("Heartbeat", "{ delay: 60s }") }, true), [
      `>> charger text ${beat}`,
      `<< cassette: cp-to-csms text ${beat}, seen 0`,
      `<< cassette: r1 CALL Heartbeat delayed 60000 ms: text ${beat}`,
      ">> charger bytes 8185",
      ">> stop",
      `<< csms gets text ${beat}`,
      "<< csms gets bytes 8185",
      "<< cassette: cp-to-csms cut-off 8185, sent",
      "<< csms gets the end",
      "<< charger gets the end",
      "<< cassette: closed, end by us",
      "<< done",
    ]);
  });
});

describe("closing by a rule", () => {
  const rules = fromCharger("Heartbeat", '{ close: { code: 1011, reason: "maintenance" } }');

  test("sends a close frame both ways instead of the message, and nothing after it", () => {
    play(relayPlayer({ rules }, true), [
      `>> charger text ${beat} + ping late`,
      `<< cassette: cp-to-csms text ${beat}, seen 0`,
      `<< cassette: r1 CALL Heartbeat closed 1011: `,
      "<< csms gets close 1011 maintenance",
      "<< cassette: r1 injects close 1011 maintenance",
      "<< csms gets the end",
      "<< charger gets close 1011 maintenance",
      "<< cassette: r1 injects close 1011 maintenance",
      "<< charger gets the end",
      "<< cassette: cp-to-csms ping late, seen 0",
      ">> csms close 1011",
      "<< cassette: csms-to-cp close 1011, seen 2",
      ">> csms end",
      ">> charger end",
      "<< cassette: closed, end by csms, end by charger",
      "<< done",
    ]);
  });

  test("resets both sides when they do not end within two seconds", () => {
    play(relayPlayer({ rules }), [
      `>> charger text ${beat}`,
      "<< csms gets close 1011 maintenance",
      "<< csms gets the end",
      "<< charger gets close 1011 maintenance",
      "<< charger gets the end",
      ">> after 1999",
      ">> after 1",
      "<< charger gets the reset",
      "<< csms gets the reset",
      "<< done",
    ]);
  });

  const held =
    "version: 1\nrules: [ { id: d, when: { action: Slow }, then: [ { delay: 10s } ] }, " +
    "{ id: c, when: { action: Heartbeat, direction: cp-to-csms }, then: [ { close: { code: 1000, DISCARD } } ] } ]";

  test("comes after what is held, however long that takes", () => {
    play(relayPlayer({ rules: held.replace(", DISCARD", "") }), [
      '>> charger text [2,"s","Slow",{}]',
      `>> charger text ${beat}`,
      "<< charger gets close 1000",
      "<< charger gets the end",
      ">> after 9999",
      ">> after 1",
      '<< csms gets text [2,"s","Slow",{}]',
      "<< csms gets close 1000",
      "<< csms gets the end",
      ">> after 1999",
      ">> after 1",
      "<< charger gets the reset",
      "<< csms gets the reset",
      "<< done",
    ]);
  });

  test("throws away what is held where the rule wants that", () => {
    play(relayPlayer({ rules: held.replace("DISCARD", "discardHeld: true") }), [
      '>> charger text [2,"s","Slow",{}]',
      `>> charger text ${beat}`,
      "<< csms gets close 1000",
      "<< csms gets the end",
      "<< charger gets close 1000",
      "<< charger gets the end",
    ]);
  });

  test("writes no close frame into the middle of a frame", () => {
    play(relayPlayer({ rules }), [
      ">> csms bytes 8105",
      "<< charger gets bytes 8105",
      `>> charger text ${beat}`,
      "<< csms gets close 1011 maintenance",
      "<< csms gets the end",
      "<< charger gets the end",
    ]);
  });

  test("writes none into an oversized frame or after bytes that cannot be followed", () => {
    for (const bytes of ["827f1000000000000000", "827f8000000000000000"]) {
      const world = new RelayWorld({ rules });
      world.perform(`csms bytes ${bytes}`);
      world.perform(`charger text ${beat}`);
      expect(hex(world.sentTo("charger"))).toBe(bytes);
      expect(world.ended.charger).toBe("end");
    }
  });
});
