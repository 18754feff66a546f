// The registry of running connections.
import { expect, test } from "vitest";
import { type ConnectionControl, ConnectionRegistry } from "../../../src/io/control/connection-registry.js";

test("the registry finds what runs, greets what begins, and notes on all of it", () => {
  const noted: string[] = [];
  const control = (identity: string) =>
    ({
      identity,
      connection: 1,
      note: (code: string) => noted.push(`${identity} ${code}`),
    }) as unknown as ConnectionControl;
  let greeting: { code: string; message: string } | undefined;
  const registry = new ConnectionRegistry(() => (greeting === undefined ? [] : [greeting]));
  const [a, b] = [control("A"), control("B")];
  registry.add(a);
  greeting = { code: "hello", message: "" };
  registry.add(b);
  registry.noteAll("all", "");
  expect(noted).toEqual(["B hello", "A all", "B all"]);
  expect(registry.find("B", 1)).toBe(b);
  expect(registry.find("B", 2)).toBeUndefined();
  registry.remove(a);
  expect(registry.all()).toEqual([b]);
});
