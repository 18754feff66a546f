// The helper that plays scripts to machines.
import { describe, expect, test } from "vitest";
import { type Player, play, played } from "./playbook.js";

const echo = (): Player<string, string> => ({
  machine: { handle: (event) => (event === "nothing" ? [] : [event.toUpperCase(), "hidden"]) },
  event: (line) => line,
  lines: (command) => (command === "hidden" ? [] : [command]),
});

describe("a playbook", () => {
  test("passes if the machine does what the script says", () => {
    play(echo(), [">> a", "<< A", ">> nothing", ">> b", "<< B"]);
  });

  test("fails if a command is missing, surplus or different", () => {
    expect(() => play(echo(), [">> a"])).toThrow();
    expect(() => play(echo(), [">> nothing", "<< A"])).toThrow();
    expect(() => play(echo(), [">> a", "<< B"])).toThrow();
  });

  test("lists events and commands in their order", () => {
    expect(played(echo(), [">> a", "<< wrong", ">> b"])).toEqual([">> a", "<< A", ">> b", "<< B"]);
  });

  test("refuses a line that is neither an event nor a command", () => {
    expect(() => play(echo(), ["a"])).toThrow(/begins with/);
  });
});
