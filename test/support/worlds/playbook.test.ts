// The playbook helper itself.
import { describe, expect, test } from "vitest";
import { type Player, play, played } from "./playbook.js";

const echo = (): Player<string, string> => ({
  machine: { handle: (event) => (event === "nothing" ? [] : [event.toUpperCase(), "hidden"]) },
  event: (line) => line,
  lines: (command) => (command === "hidden" ? [] : [command]),
});

describe("a playbook", () => {
  test("passes when everything happens as the script says", () => {
    play(echo(), [">> a", "<< A", ">> nothing", ">> b", "<< B"]);
  });

  test("fails when a command is missing, left over or another one", () => {
    expect(() => play(echo(), [">> a"])).toThrow();
    expect(() => play(echo(), [">> nothing", "<< A"])).toThrow();
    expect(() => play(echo(), [">> a", "<< B"])).toThrow();
  });

  test("tells what happened in the order in which it happened", () => {
    expect(played(echo(), [">> a", "<< wrong", ">> b"])).toEqual([">> a", "<< A", ">> b", "<< B"]);
  });

  test("refuses a line that is neither told nor answered", () => {
    expect(() => play(echo(), ["a"])).toThrow(/begins with/);
  });
});
