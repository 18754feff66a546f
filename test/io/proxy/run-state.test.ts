import { describe, expect, test } from "vitest";
import type { RunningRelay } from "../../../src/io/proxy/run-relay.js";
import { RunState, runStateOf } from "../../../src/io/proxy/run-state.js";
import type { RunAction } from "../../../src/relay/protocol.js";

const relay = (ended: string[], name: string): RunningRelay => ({
  stop: () => undefined,
  operate: (command) =>
    void ended.push(`${name} ${command.kind === "close" ? command.code : command.kind} by ${command.by}`),
  pause: () => undefined,
  resume: () => undefined,
  isPaused: false,
});

const down = (scope: "all" | "identity", port: "open" | "closed" = "open"): RunAction => ({
  action: { kind: "down", ms: 1, scope, port },
  rule: "r",
  fault: "down",
});
const kick = (keep: "old" | "new"): RunAction => ({
  action: { kind: "kick", keep, code: 1008, reason: "" },
  rule: "r",
  fault: "kick",
});

describe("the state of a run", () => {
  test("an outage of all or of one charge point lasts until its end", () => {
    const state = new RunState();
    const ended: string[] = [];
    state.opened("A", relay(ended, "a"));
    const closeB = state.opened("B", relay(ended, "b"));
    state.down("A", down("identity"), 0);
    expect(ended).toEqual(["a reset by r"]);
    expect(state.outage("A", 999_999)).toEqual({ rule: "r", untilNs: 1_000_000, isClosed: false });
    expect(state.outage("B", 0)).toBeUndefined();
    expect(state.outage(undefined, 0)).toBeUndefined();
    expect(state.outage("A", 1_000_000)).toBeUndefined();
    closeB();
    state.down("A", down("all"), 5);
    expect(ended).toEqual(["a reset by r", "a reset by r"]);
    expect(state.outage(undefined, 6)).toBeDefined();
    expect(state.outage("B", 1_000_005)).toBeUndefined();
  });

  test("an outage ends when its rule is disarmed", () => {
    const state = new RunState();
    state.down("A", down("all"), 0);
    state.down("A", down("identity"), 0);
    expect(state.outage("A", 1, undefined, () => false)).toBeUndefined();
    expect(state.outage("A", 1)).toBeUndefined();
  });

  test("an outage with a closed port closes the ports, if it is for all charge points", () => {
    const state = new RunState();
    let closed = 0;
    state.addPort({ close: () => void closed++ });
    state.down("A", down("all"), 0);
    expect(closed).toBe(0);
    state.down("A", down("all", "closed"), 0);
    expect(closed).toBe(1);
    expect(state.outage(undefined, 1)?.isClosed).toBe(true);
    state.down("A", down("all", "closed"), 0, (identity) => identity === "A");
    expect(closed).toBe(1);
  });

  test("an outage does not affect charge points that rules may not act on, or whose identity is not known", () => {
    const state = new RunState();
    const ended: string[] = [];
    const onlyLab = (identity: string | undefined): boolean => identity === "LAB";
    state.opened("LAB", relay(ended, "lab"));
    state.opened("PROD", relay(ended, "prod"));
    state.down("LAB", down("all"), 0, onlyLab);
    expect(ended).toEqual(["lab reset by r"]);
    expect(state.outage("LAB", 1, onlyLab)).toBeDefined();
    expect(state.outage("PROD", 1, onlyLab)).toBeUndefined();
    expect(state.outage(undefined, 1, onlyLab)).toBeUndefined();
  });

  test("a kick closes the other connections of an identity, or the new one if there are others", () => {
    const state = new RunState();
    const ended: string[] = [];
    const [first, second] = [relay(ended, "1"), relay(ended, "2")];
    state.opened("A", first);
    state.kick("A", first, kick("old"));
    state.kick("A", first, kick("new"));
    expect(ended).toEqual([]);
    state.opened("A", second);
    state.opened("B", relay(ended, "b"));
    state.kick("A", second, kick("old"));
    state.kick("A", second, kick("new"));
    expect(ended).toEqual(["2 1008 by r", "1 1008 by r"]);
  });

  test("all contexts of a run have the same state", () => {
    const cassettes = {} as never;
    expect(runStateOf({ cassettes })).toBe(runStateOf({ cassettes }));
    expect(runStateOf({ cassettes: {} as never })).not.toBe(runStateOf({ cassettes }));
  });
});
