import { expect, test } from "vitest";
import { burst } from "../../../../src/rules/faults/message/burst.js";
import { RelayWorld, shown } from "../../../support/worlds/relay-player.js";
import { fromCharger } from "../../../support/worlds/relay-rules.js";
import { reported, tried } from "../trial.js";

const world = (then: string): RelayWorld => new RelayWorld({ rules: fromCharger("A", then) });

test("a burst sends a CALL many times with different ids, and only the first answer is forwarded", () => {
  const relay = world("{ burst: { times: 50 } }");
  relay.perform('charger text [2,"1","A",{}]');
  const ids = relay.written.csms.map((bytes) => /"([^"]+)"/.exec(shown(bytes))?.[1] ?? "");
  expect(new Set(ids).size).toBe(51);
  for (const id of ids) relay.perform(`csms text [3,"${id}",{}]`);
  expect(relay.written.charger.map(shown)).toEqual(['text [3,"1",{}]']);
  const decisions = relay.entries.filter((entry) => entry.kind === "decision");
  expect(decisions).toHaveLength(51);
  expect(decisions[0]).toMatchObject({ outcome: "repeated 50 times under other ids" });
});

test("a burst with a gap sends the copies one after another", () => {
  const relay = world("{ burst: { times: 2, gap: 100ms } }");
  relay.perform('charger text [2,"1","A",{}]');
  expect(relay.written.csms).toHaveLength(1);
  relay.after(100);
  expect(relay.written.csms).toHaveLength(2);
  relay.after(100);
  expect(relay.written.csms).toHaveLength(3);
});

test("a burst repeats a SEND, and not an answer", () => {
  expect(tried(burst, 2, '[6,"1","A",{}]')).toMatchObject({ texts: { length: 3 }, actions: [] });
  expect(tried(burst, 2, '[3,"1",{}]').isUntouched).toBe(true);
});

test("a burst has at most a thousand copies", () => {
  expect(reported(burst, { times: 1001 })).toHaveLength(1);
});
