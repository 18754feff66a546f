// The registry of open connections.
import { expect, test } from "vitest";
import { type ConnectionControl, ConnectionRegistry } from "../../../src/io/control/connection-registry.js";

test("the registry finds open connections, gives new ones their notes, and notes on all of them", () => {
  const noted: string[] = [];
  const control = (identity: string) =>
    ({
      identity,
      connection: 1,
      note: (code: string) => noted.push(`${identity} ${code}`),
    }) as unknown as ConnectionControl;
  let openingNote: { code: string; message: string } | undefined;
  const registry = new ConnectionRegistry(() => (openingNote === undefined ? [] : [openingNote]));
  const [a, b] = [control("A"), control("B")];
  registry.add(a);
  openingNote = { code: "hello", message: "" };
  registry.add(b);
  registry.noteAll("all", "");
  expect(noted).toEqual(["B hello", "A all", "B all"]);
  expect(registry.find("B", 1)).toBe(b);
  expect(registry.find("B", 2)).toBeUndefined();
  registry.remove(a);
  expect(registry.all()).toEqual([b]);
});
