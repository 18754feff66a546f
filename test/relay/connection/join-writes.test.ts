import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { latin1, utf8 } from "../../../src/base/bytes.js";
import type { Side } from "../../../src/base/direction.js";
import { joinWrites } from "../../../src/relay/connection/join-writes.js";
import type { RelayCommand } from "../../../src/relay/protocol.js";

const memory = utf8("0123456789");
const write = (from: number, to: number, side: Side = "csms"): RelayCommand => ({
  kind: "write",
  to: side,
  bytes: memory.subarray(from, to),
});
const record = (message: string): RelayCommand => ({
  kind: "record",
  entry: { kind: "note", connection: 1, at: 0, code: "test", message },
  sent: true,
});
const timer: RelayCommand = { kind: "timer", id: "a", ms: 1 };

const shown = (commands: readonly RelayCommand[]): readonly string[] =>
  commands.map((command) => {
    if (command.kind === "write") return `${command.to} ${latin1(command.bytes)}`;
    if (command.kind === "record" && command.entry.kind === "note") return command.entry.message;
    return command.kind;
  });

describe("writes that lie side by side", () => {
  test("become one write, and the records follow it", () => {
    expect(shown(joinWrites([write(0, 3), record("a"), write(3, 5), record("b"), write(5, 6)]))).toEqual([
      "csms 012345",
      "a",
      "b",
    ]);
  });

  test.each<[string, RelayCommand[], string[]]>([
    ["there is a hole", [write(0, 3), write(4, 5)], ["csms 012", "csms 4"]],
    ["they go to two sides", [write(0, 3), write(3, 5, "charger")], ["csms 012", "charger 34"]],
    [
      "bytes from elsewhere come between them",
      [write(0, 3), write(5, 6), write(3, 5)],
      ["csms 012", "csms 5", "csms 34"],
    ],
    ["another command is between them", [write(0, 3), timer, write(3, 5)], ["csms 012", "timer", "csms 34"]],
  ])("stay apart where %s", (_why, commands, left) => {
    expect(shown(joinWrites(commands))).toEqual(left);
  });

  test("give each side the same bytes as before, with every other command in its order", () => {
    const span = fc.tuple(fc.nat(10), fc.nat(10)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    const command = fc.oneof(
      fc
        .tuple(span, fc.constantFrom<Side[]>("csms", "charger"))
        .map(([[from, to], side]) => write(from, to, side)),
      fc.nat(99).map((n) => record(`${n}`)),
      fc.constant(timer),
    );
    const written = (commands: readonly RelayCommand[], side: Side): string =>
      commands.map((one) => (one.kind === "write" && one.to === side ? latin1(one.bytes) : "")).join("");
    const others = (commands: readonly RelayCommand[]): readonly string[] =>
      shown(commands.filter(({ kind }) => kind !== "write"));
    fc.assert(
      fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
        const fewer = joinWrites(commands);
        for (const side of ["csms", "charger"] as const)
          expect(written(fewer, side)).toBe(written(commands, side));
        expect(others(fewer)).toEqual(others(commands));
        expect(fewer.length).toBeLessThanOrEqual(commands.length);
      }),
    );
  });
});
