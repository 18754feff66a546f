// A side that gets nothing any more, while its connection stays open. `truncated` is the fault that asks for it here.
import { describe, expect, test } from "vitest";
import { Silences } from "../../../src/relay/connection/silences.js";
import type { Lane } from "../../../src/relay/lane/lane.js";
import type { RelayCommand } from "../../../src/relay/protocol.js";
import { play } from "../../support/worlds/playbook.js";
import { RelayWorld, relayPlayer } from "../../support/worlds/relay-player.js";

const cut = `version: 1
rules:
  - { id: slow, when: { direction: cp-to-csms, action: Slow }, then: [ { delay: 100ms } ] }
  - { id: cut, when: { direction: cp-to-csms, action: Cut }, then: [ { truncated: {} } ] }
  - { id: bye, when: { direction: csms-to-cp, action: Bye }, then: [ { close: {} } ] }
`;
const call = (action: string): string => `text [2,"1","${action}",{}]`;

/** A world whose CSMS gets nothing any more. */
const silencedWorld = (...before: readonly string[]): { world: RelayWorld; got: () => number } => {
  const world = new RelayWorld({ rules: cut });
  for (const line of [...before, `charger ${call("Cut")}`]) world.perform(line);
  const length = world.sentTo("csms").length;
  return { world, got: () => world.sentTo("csms").length - length };
};

describe("silence", () => {
  test("is for everything after the message, in the same chunk as well, which is recorded as not sent", () => {
    const { world, got } = silencedWorld();
    world.perform(`charger ${call("Other")} + ping p + begin x + rest y`);
    world.perform("charger close 1000");
    expect(got()).toBe(0);
    const frames = world.entries.flatMap((entry) => (entry.kind === "frame" ? [entry.tx] : []));
    expect(frames).toEqual([null, null, null, null, null, null]);
    expect(world.entries.filter(({ kind }) => kind === "decision")).toHaveLength(1);
  });

  test("is for what a rule holds, too", () => {
    const { world, got } = silencedWorld(`charger ${call("Slow")}`);
    world.after(1000);
    expect(got()).toBe(0);
  });

  test("hands on no end of a stream; the connection is over when both peers have ended theirs", () => {
    for (const how of ["end", "reset"]) {
      const { world } = silencedWorld();
      world.perform(`charger ${how}`);
      world.after(100_000);
      expect(world.ended.csms).toBeUndefined();
      expect(world.done).toBe(false);
      world.perform("csms end");
      expect(world.ended).toEqual({ charger: "end", csms: "end" });
      expect(world.done).toBe(true);
    }
  });

  test("does not keep the other side from being reset", () => {
    const { world } = silencedWorld();
    world.perform("csms reset");
    expect(world.ended).toEqual({ charger: "reset", csms: "end" });
    expect(world.done).toBe(true);
  });

  test("ends when the program ends", () => {
    const { world } = silencedWorld();
    world.perform("stop");
    expect(world.ended).toEqual({ charger: "end", csms: "end" });
    expect(world.done).toBe(true);
  });

  test("does not keep a rule from closing the connection", () => {
    const { world, got } = silencedWorld();
    world.perform(`csms ${call("Bye")}`);
    expect(world.ended.charger).toBe("end");
    world.after(2000);
    expect(got()).toBe(0);
    expect(world.done).toBe(true);
  });

  test("begins after the delay of its message", () => {
    const rules = `version: 1\nrules: [ { id: r, when: { action: Cut }, then: [ { delay: 50ms }, { truncated: {} } ] } ]`;
    play(relayPlayer({ rules }), [
      `>> charger ${call("Cut")}`,
      ">> charger text a",
      "<< csms gets text a",
      ">> after 49",
    ]);
    const world = new RelayWorld({ rules });
    world.perform(`charger ${call("Cut")}`);
    world.after(50);
    const cutTo = world.sentTo("csms").length;
    world.perform("charger text b");
    expect(cutTo).toBeGreaterThan(0);
    expect(world.sentTo("csms")).toHaveLength(cutTo);
  });
});

test("silence of both directions ends both streams once the connection is over", () => {
  const silenced: string[] = [];
  const lane = (name: string): Lane => ({ silence: () => silenced.push(name) }) as unknown as Lane;
  const silences = new Silences({ "cp-to-csms": lane("up"), "csms-to-cp": lane("down") });
  const out: RelayCommand[] = [];
  expect(silences.isDeaf("csms")).toBe(false);
  silences.begin("both", out);
  expect(silenced).toEqual(["up", "down"]);
  expect([silences.isDeaf("csms"), silences.isDeaf("charger")]).toEqual([true, true]);
  silences.end(out);
  expect(out.map(({ kind }) => kind)).toEqual(["end", "end"]);
});
