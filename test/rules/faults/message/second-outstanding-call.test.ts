import { expect, test } from "vitest";
import { secondOutstandingCall } from "../../../../src/rules/faults/message/second-outstanding-call.js";
import { RelayWorld, shown } from "../../../support/worlds/relay-player.js";
import { fromCharger } from "../../../support/worlds/relay-rules.js";
import { tried } from "../trial.js";

test("a second CALL is sent while the first is open, and its answer is not forwarded", () => {
  const world = new RelayWorld({ rules: fromCharger("A", "{ second-outstanding-call: {} }") });
  world.perform('charger text [2,"1", "A" ,{"x":1.0}]');
  const [first, second = ""] = world.written.csms.map(shown);
  expect(first).toBe('text [2,"1", "A" ,{"x":1.0}]');
  const [, id = ""] = /^text \[2,"(vcr-[0-9a-f]{13})", "A" ,\{"x":1\.0\}\]$/.exec(second) ?? [];
  world.perform(`csms text [3,"${id}",{}]`);
  expect(world.written.charger).toHaveLength(0);
  world.perform('csms text [3,"1",{}]');
  expect(world.written.charger.map(shown)).toEqual(['text [3,"1",{}]']);
  const said = world.entries.flatMap((entry) => (entry.kind === "decision" ? [entry.outcome] : []));
  expect(said).toEqual(["followed by a second CALL", "kept the answer"]);
});

test("second-outstanding-call is not applied to an answer", () => {
  expect(tried(secondOutstandingCall, {}, '[3,"1",{}]').outcome).toBe("not applied: the message is no CALL");
});
