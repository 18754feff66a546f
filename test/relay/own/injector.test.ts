// Messages of our own between two peers: when they go out, whose CALLs wait, and what happens to answers.
import { describe, expect, test } from "vitest";
import { text, utf8 } from "../../../src/base/bytes.js";
import type { Direction } from "../../../src/base/direction.js";
import { peek } from "../../../src/ocpp/envelope/peek.js";
import { MessageNames } from "../../../src/relay/messages/message-names.js";
import type { GateControls, SendOutcome } from "../../../src/relay/own/gate-controls.js";
import { OwnMessages } from "../../../src/relay/own/own-messages.js";
import type { RelayCommand, RelayEvent } from "../../../src/relay/protocol.js";
import type { MessageInjection } from "../../../src/rules/contract/action.js";
import { payloadOf, readFrame } from "../../../src/wire/websocket/frame.js";
import { ruledMessage } from "../../rules/sample.js";
import { RelayWorld, shown } from "../../support/worlds/relay-player.js";

const second = 1_000_000_000;
const author = { rule: "r1", fault: "inject" };
const down: Direction = "csms-to-cp";
const up: Direction = "cp-to-csms";

/** Our messages between two lanes that log what they are asked to do. */
class Bench {
  readonly did: string[] = [];
  outcome: SendOutcome = "sent";
  readonly own = new OwnMessages(
    1,
    { [up]: this.lane(up), [down]: this.lane(down) } as never,
    new MessageNames(),
  );

  private lane(direction: Direction): GateControls {
    return {
      sendOwn: (bytes) => {
        const frame = readFrame(bytes);
        const id = frame === undefined ? undefined : peek(text(payloadOf(frame)))?.id;
        this.did.push(`${direction} ${id ?? "?"}`);
        return this.outcome;
      },
      messageSent: () => undefined,
      release: (what) => this.did.push(`release ${what} ${direction}`),
    };
  }

  inject(id: string, more: Partial<MessageInjection> = {}, atNs = 0): void {
    const payload = utf8(`[2,"${id}","Reset",{}]`);
    const plain = { direction: down, payload, when: "idle", keepAnswer: true, timeoutMs: 1000 } as const;
    this.own.inject({ ...plain, ...more }, author, atNs, []);
  }

  pass(direction: Direction, type: "CALL" | "CALLRESULT", id: string): void {
    this.own.noteMessage(ruledMessage("", { direction, type, id, action: "A" }), 0, []);
  }

  claim(direction: Direction, id: string) {
    return this.own.claim(ruledMessage("", { direction, type: "CALLRESULT", id }), 0, []);
  }

  /** In how many milliseconds the timer will ring; undefined where it is not set now. */
  timer(atNs: number): number | undefined {
    const out: RelayCommand[] = [];
    this.own.setTimer(atNs, out);
    const [command] = out;
    return command?.kind === "timer" ? command.ms : undefined;
  }

  get waits(): boolean {
    return this.own.mustWait(ruledMessage("", { direction: down, type: "CALL", id: "x" }));
  }
}

describe("our own CALL", () => {
  test("goes out when no CALL of its direction is open, one after another", () => {
    const bench = new Bench();
    bench.pass(down, "CALL", "p");
    bench.pass(up, "CALL", "other direction");
    bench.inject("a");
    bench.inject("b");
    expect([bench.did, bench.waits]).toEqual([[], false]);
    bench.pass(up, "CALLRESULT", "p");
    expect([bench.did, bench.waits]).toEqual([[`${down} a`], true]);
    expect(bench.claim(up, "a")).toMatchObject({ ...author, plan: { kind: "keep" }, isOurs: true });
    expect([bench.did.slice(1), bench.waits]).toEqual([[`release own-call ${down}`, `${down} b`], true]);
  });

  test("does not wait for ever, and does not make others wait for ever", () => {
    const bench = new Bench();
    bench.pass(down, "CALL", "p");
    bench.inject("a");
    expect(bench.timer(0)).toBe(1000);
    bench.own.wake(second, []);
    expect([bench.did, bench.waits]).toEqual([[`${down} a`], true]);
    expect(bench.timer(second)).toBe(1000);
    bench.own.wake(2 * second, []);
    expect([bench.did, bench.waits]).toEqual([[`${down} a`, `release own-call ${down}`], false]);
    expect(bench.timer(2 * second)).toBeUndefined();
    // Its answer is still kept from the peers.
    expect(bench.claim(up, "a")?.isOurs).toBe(true);
    expect(bench.claim(up, "a")).toBeUndefined();
  });

  test("takes a CALL of the peer that was never answered as given up", () => {
    const bench = new Bench();
    bench.pass(down, "CALL", "p");
    bench.inject("a", {}, 5 * second);
    expect(bench.did).toEqual([`${down} a`]);
  });

  test("with `now` waits for nothing, and nothing waits for it", () => {
    const bench = new Bench();
    bench.pass(down, "CALL", "p");
    bench.inject("a", { when: "now", keepAnswer: false });
    expect([bench.did, bench.waits, bench.claim(up, "a")]).toEqual([[`${down} a`], false, undefined]);
  });

  test("that could not be sent makes nothing wait", () => {
    const bench = new Bench();
    bench.outcome = "never";
    bench.inject("a");
    expect([bench.waits, bench.claim(up, "a")]).toEqual([false, undefined]);
  });
});

test("our own answer and a text that is no message go at once; the answer closes its CALL", () => {
  const bench = new Bench();
  bench.pass(up, "CALL", "p");
  bench.inject("x", { payload: utf8("no message") });
  bench.inject("x", { payload: utf8('[3,"p",{}]') });
  bench.inject("a", { direction: up });
  expect(bench.did).toEqual([`${down} ?`, `${down} p`, `${up} a`]);
});

test("a plan for an answer is used once, and for answers of its direction alone", () => {
  const bench = new Bench();
  bench.own.plan(down, "7", { kind: "keep" }, author);
  expect(bench.claim(up, "7")).toBeUndefined();
  expect(bench.claim(down, "7")).toMatchObject({ plan: { kind: "keep" }, isOurs: false });
  expect(bench.claim(down, "7")).toBeUndefined();
});

const byOperator = (when: "idle" | "now", payload: Uint8Array, atNs: number): RelayEvent => {
  const command = { kind: "inject", direction: down, payload, isText: true, when, by: "someone" } as const;
  return { kind: "operator", command, atNs };
};

test("a CALL that a rule sends because of a CALL waits for the answer to that CALL", () => {
  const rules =
    "version: 1\nrules: [ { id: r1, when: { type: CALL, action: A }, then: [ { inject: { direction: cp-to-csms, action: Heartbeat, id: INJ } } ] } ]";
  const world = new RelayWorld({ rules });
  world.perform('charger text [2,"1","A",{}]');
  expect(world.written.csms.map(shown)).toEqual(['text [2,"1","A",{}]']);
  world.perform('csms text [3,"1",{}]');
  expect(world.written.csms.map(shown)).toEqual(['text [2,"1","A",{}]', 'text [2,"INJ","Heartbeat",{}]']);
});

describe("the operator", () => {
  const rules = "version: 1\nrules: [ { id: r1, when: { action: A }, then: [ { hold: {} } ] } ]";

  test("sends a message between those of the peers, and the answer is kept", () => {
    const world = new RelayWorld({ rules });
    const payload = utf8('[2,"own","Reset",{}]');
    world.handle(byOperator("idle", payload, world.now));
    expect(world.written.charger.map(shown)).toEqual(['text [2,"own","Reset",{}]']);
    world.perform('charger text [3,"own",{}]');
    expect(world.written.csms).toHaveLength(0);
    expect(world.entries.map(({ kind }) => kind)).toEqual(["injected", "frame", "decision"]);
    expect(world.entries[0]).toMatchObject({ by: "someone", direction: down });
  });

  test("gets a note on the cassette where nothing can be sent any more", () => {
    const world = new RelayWorld({ rules });
    world.perform("csms close 1000");
    const payload = utf8('[2,"own","Reset",{}]');
    world.handle(byOperator("now", payload, world.now));
    expect(world.entries.at(-1)).toMatchObject({ kind: "note", code: "not-injected" });
    const bare = new RelayWorld();
    bare.handle(byOperator("now", payload, 0));
    expect(bare.entries).toMatchObject([{ kind: "note", code: "not-injected" }]);
  });

  test("sends a message after the end of one that passes in parts", () => {
    const world = new RelayWorld({ rules, limits: { waitBytes: 10 } });
    world.perform('csms begin [2,"1","B",{"a":"');
    const payload = utf8('[2,"own","Reset",{}]');
    world.handle(byOperator("now", payload, world.now));
    expect(world.written.charger).toHaveLength(1);
    world.perform('csms rest "}] + text [3,"0",{}]');
    expect(world.written.charger.map(shown)).toEqual([
      'begin [2,"1","B",{"a":"',
      'rest "}]',
      'text [2,"own","Reset",{}]',
      'text [3,"0",{}]',
    ]);
  });

  test("releases what rules hold back", () => {
    const world = new RelayWorld({ rules });
    world.perform('charger text [2,"1","A",{}]');
    expect(world.written.csms).toHaveLength(0);
    world.handle({ kind: "operator", command: { kind: "release", by: "someone" }, atNs: world.now });
    expect(world.written.csms.map(shown)).toEqual(['text [2,"1","A",{}]']);
  });
});
