// Messages of our own between two peers: when they go out, whose CALLs wait, and what becomes of answers.
import { describe, expect, test } from "vitest";
import { text, utf8 } from "../../../src/base/bytes.js";
import type { Direction } from "../../../src/base/direction.js";
import { peek } from "../../../src/ocpp/envelope/peek.js";
import { Injector } from "../../../src/relay/own/injector.js";
import type { RelayEvent } from "../../../src/relay/protocol.js";
import type { Injection } from "../../../src/rules/contract/action.js";
import { RelayWorld, shown } from "../../support/worlds/relay-player.js";

const second = 1_000_000_000;
const author = { rule: "r1", fault: "inject" };
const down: Direction = "csms-to-cp";
const up: Direction = "cp-to-csms";

class Bench {
  readonly did: string[] = [];
  canSend = true;
  readonly injector = new Injector({
    send: ({ direction, payload }) => {
      this.did.push(`${direction} ${peek(text(payload))?.id ?? "?"}`);
      return this.canSend;
    },
    free: (direction) => this.did.push(`free ${direction}`),
  });

  inject(id: string, more: Partial<Injection> = {}, at = 0): void {
    const payload = utf8(`[2,"${id}","Reset",{}]`);
    const plain = { direction: down, payload, when: "idle", keepAnswer: true, timeoutMs: 1000 } as const;
    this.injector.inject({ ...plain, ...more }, author, at, []);
  }

  heard(direction: Direction, type: "CALL" | "CALLRESULT", id: string, at = 0): void {
    this.injector.heard(direction, { type, id, action: "A" }, at, []);
  }

  claim(direction: Direction, id: string, at = 0) {
    return this.injector.claim(direction, { type: "CALLRESULT", id, action: undefined }, at, []);
  }

  get waits(): boolean {
    return this.injector.mustWait(down, { type: "CALL", id: "x", action: "A" });
  }
}

describe("a CALL of our own", () => {
  test("goes out when no CALL of its direction is open, one after another", () => {
    const bench = new Bench();
    bench.heard(down, "CALL", "p");
    bench.heard(up, "CALL", "other direction");
    bench.inject("a");
    bench.inject("b");
    expect([bench.did, bench.waits]).toEqual([[], false]);
    bench.heard(up, "CALLRESULT", "p");
    expect([bench.did, bench.waits]).toEqual([[`${down} a`], true]);
    expect(bench.claim(up, "a")).toMatchObject({ ...author, plan: { kind: "keep" }, isOurs: true });
    expect([bench.did.slice(1), bench.waits]).toEqual([[`free ${down}`, `${down} b`], true]);
  });

  test("does not wait for ever, and is not waited for for ever", () => {
    const bench = new Bench();
    bench.heard(down, "CALL", "p");
    bench.inject("a");
    expect(bench.injector.nextAt()).toBe(second);
    bench.injector.wake(second, []);
    expect([bench.did, bench.waits]).toEqual([[`${down} a`], true]);
    expect(bench.injector.nextAt()).toBe(2 * second);
    bench.injector.wake(2 * second, []);
    expect([bench.did, bench.waits]).toEqual([[`${down} a`, `free ${down}`], false]);
    expect(bench.injector.nextAt()).toBeUndefined();
    // Its answer is still nobody else's.
    expect(bench.claim(up, "a")?.isOurs).toBe(true);
    expect(bench.claim(up, "a")).toBeUndefined();
  });

  test("takes a CALL of the peer that was never answered for given up", () => {
    const bench = new Bench();
    bench.heard(down, "CALL", "p", 0);
    bench.inject("a", {}, 5 * second);
    expect(bench.did).toEqual([`${down} a`]);
  });

  test("waits for nothing where it says now, and nobody waits for it", () => {
    const bench = new Bench();
    bench.heard(down, "CALL", "p");
    bench.inject("a", { when: "now", keepAnswer: false });
    expect([bench.did, bench.waits, bench.claim(up, "a")]).toEqual([[`${down} a`], false, undefined]);
  });

  test("that could not be sent keeps nobody", () => {
    const bench = new Bench();
    bench.canSend = false;
    bench.inject("a");
    expect([bench.waits, bench.claim(up, "a")]).toEqual([false, undefined]);
  });
});

test("an answer of our own and a broken text go at once; the answer closes its CALL", () => {
  const bench = new Bench();
  bench.heard(up, "CALL", "p");
  bench.inject("x", { payload: utf8("no message") });
  bench.inject("x", { payload: utf8('[3,"p",{}]') });
  bench.inject("a", { direction: up });
  expect(bench.did).toEqual([`${down} ?`, `${down} p`, `${up} a`]);
});

test("what is planned for an answer happens once, and to the answers of that direction", () => {
  const bench = new Bench();
  bench.injector.plan(down, "7", { kind: "keep" }, author);
  expect(bench.claim(up, "7")).toBeUndefined();
  expect(bench.claim(down, "7")).toMatchObject({ plan: { kind: "keep" }, isOurs: false });
  expect(bench.claim(down, "7")).toBeUndefined();
});

const byHand = (when: "idle" | "now", payload: Uint8Array, at: number): RelayEvent => {
  const command = { kind: "inject", direction: down, payload, isText: true, when, by: "someone" } as const;
  return { kind: "operator", command, at };
};

test("a rule's CALL waits for the answer to the CALL of its direction that brought it about", () => {
  const rules =
    "version: 1\nrules: [ { id: r1, when: { type: CALL, action: A }, then: [ { inject: { direction: cp-to-csms, action: Heartbeat, id: INJ } } ] } ]";
  const world = new RelayWorld({ rules });
  world.perform('charger text [2,"1","A",{}]');
  expect(world.written.csms.map(shown)).toEqual(['text [2,"1","A",{}]']);
  world.perform('csms text [3,"1",{}]');
  expect(world.written.csms.map(shown)).toEqual(['text [2,"1","A",{}]', 'text [2,"INJ","Heartbeat",{}]']);
});

describe("a person", () => {
  const rules = "version: 1\nrules: [ { id: r1, when: { action: A }, then: [ { hold: {} } ] } ]";

  test("sends a message between those of the peers, and the answer is kept", () => {
    const world = new RelayWorld({ rules });
    const payload = utf8('[2,"own","Reset",{}]');
    world.tell(byHand("idle", payload, world.now));
    expect(world.written.charger.map(shown)).toEqual(['text [2,"own","Reset",{}]']);
    world.perform('charger text [3,"own",{}]');
    expect(world.written.csms).toHaveLength(0);
    expect(world.entries.map(({ kind }) => kind)).toEqual(["injected", "frame", "decision"]);
    expect(world.entries[0]).toMatchObject({ by: "someone", direction: down });
  });

  test("is told where nothing can be sent any more", () => {
    const world = new RelayWorld({ rules });
    world.perform("csms close 1000");
    const payload = utf8('[2,"own","Reset",{}]');
    world.tell(byHand("now", payload, world.now));
    expect(world.entries.at(-1)).toMatchObject({ kind: "note", code: "not-injected" });
    const bare = new RelayWorld();
    bare.tell(byHand("now", payload, 0));
    expect(bare.entries).toMatchObject([{ kind: "note", code: "not-injected" }]);
  });

  test("waits for the end of a message that passes in parts", () => {
    const world = new RelayWorld({ rules, limits: { waitBytes: 10 } });
    world.perform('csms begin [2,"1","B",{"a":"');
    const payload = utf8('[2,"own","Reset",{}]');
    world.tell(byHand("now", payload, world.now));
    expect(world.written.charger).toHaveLength(1);
    world.perform('csms rest "}] + text [3,"0",{}]');
    expect(world.written.charger.map(shown)).toEqual([
      'begin [2,"1","B",{"a":"',
      'rest "}]',
      'text [2,"own","Reset",{}]',
      'text [3,"0",{}]',
    ]);
  });

  test("lets go what rules hold back", () => {
    const world = new RelayWorld({ rules });
    world.perform('charger text [2,"1","A",{}]');
    expect(world.written.csms).toHaveLength(0);
    world.tell({ kind: "operator", command: { kind: "release", by: "someone" }, at: world.now });
    expect(world.written.csms.map(shown)).toEqual(['text [2,"1","A",{}]']);
  });
});
