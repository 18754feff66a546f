import { expect, test } from "vitest";
import { duplicate } from "../../../../src/rules/faults/message/duplicate.js";
import { play } from "../../../support/worlds/playbook.js";
import { relayPlayer } from "../../../support/worlds/relay-player.js";
import { fromCharger } from "../../../support/worlds/relay-rules.js";
import { collector, plainValue, ruledMessage, textFrame } from "../../sample.js";

const given = { message: ruledMessage("[2]"), copies: [textFrame("[2]").raw], draw: () => 0 };

test("duplicate sends the message again, byte for byte", () => {
  const [copy] = given.copies;
  expect(duplicate.apply({ times: 1, gap: 0 }, given)).toEqual({
    outcome: "duplicated 1 time",
    copies: [copy, copy],
    draw: null,
  });
  expect(duplicate.apply({ times: 3, gap: 0 }, given)).toMatchObject({
    outcome: "duplicated 3 times",
    copies: [copy, copy, copy, copy],
  });
});

test("duplicates of duplicates multiply, up to a thousand copies", () => {
  const once = duplicate.apply({ times: 1, gap: 0 }, given);
  expect(duplicate.apply({ times: 2, gap: 0 }, { ...given, copies: once.copies }).copies).toHaveLength(6);
  const many = duplicate.apply({ times: 100, gap: 0 }, given);
  expect(duplicate.apply({ times: 100, gap: 0 }, { ...given, copies: many.copies }).copies).toHaveLength(
    1000,
  );
});

test("duplicate sends one more copy by default, and at most 100", () => {
  const { report, said } = collector();
  expect(duplicate.read(plainValue({}), report)).toEqual({ times: 1, gap: 0 });
  expect(duplicate.read(plainValue({ times: 100 }), report)).toEqual({ times: 100, gap: 0 });
  for (const plain of [{ times: 0 }, { times: 101 }, { time: 1 }, 2])
    duplicate.read(plainValue(plain), report);
  expect(said).toHaveLength(4);
});

test("other messages pass between copies with a gap, and a close frame comes after the last copy", () => {
  const rules = fromCharger("Heartbeat", "{ duplicate: { times: 2, gap: 1s } }");
  const beat = '[2,"1","Heartbeat",{}]';
  play(relayPlayer({ rules }, true), [
    `>> charger text ${beat}`,
    `<< cassette: cp-to-csms text ${beat}, seen 0`,
    `<< cassette: r1 CALL Heartbeat duplicated 2 times, 1000 ms apart: text ${beat} | text ${beat} | text ${beat}`,
    `<< csms gets text ${beat}`,
    '>> charger text [3,"x",{}]',
    '<< csms gets text [3,"x",{}]',
    '<< cassette: cp-to-csms text [3,"x",{}], seen 0, sent',
    ">> after 1000",
    `<< csms gets text ${beat}`,
    ">> charger close 1000",
    `<< csms gets text ${beat}`,
    "<< csms gets close 1000",
    "<< cassette: cp-to-csms close 1000, seen 0, sent",
  ]);
});

test.each([
  ["{ duplicate: { gap: 1s } }, { duplicate: {} }", "duplicated 1 time, 1000 ms apart"],
  ["{ duplicate: {} }, { duplicate: { gap: 1s } }", "duplicated 1 time"],
])("%s: what is doubled at once goes out at once, and again after the gap", (then, first) => {
  const beat = '[2,"1","Heartbeat",{}]';
  const shown = `text ${beat}`;
  const second = first.endsWith("apart") ? "duplicated 1 time" : "duplicated 1 time, 1000 ms apart";
  play(relayPlayer({ rules: fromCharger("Heartbeat", then) }, true), [
    `>> charger text ${beat}`,
    `<< cassette: cp-to-csms text ${beat}, seen 0`,
    `<< cassette: r1 CALL Heartbeat ${first}: ${shown} | ${shown}`,
    `<< cassette: r1 CALL Heartbeat ${second}: ${shown} | ${shown} | ${shown} | ${shown}`,
    `<< csms gets text ${beat}`,
    `<< csms gets text ${beat}`,
    ">> after 1000",
    `<< csms gets text ${beat}`,
    `<< csms gets text ${beat}`,
  ]);
});
