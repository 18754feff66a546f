// The board of running connections.
import { expect, test } from "vitest";
import { ConnectionBoard, type ConnectionControl } from "../../../src/io/control/connection-registry.js";

test("the board finds what runs, greets what begins, and notes on all of it", () => {
  const noted: string[] = [];
  const control = (identity: string) =>
    ({
      identity,
      connection: 1,
      note: (code: string) => noted.push(`${identity} ${code}`),
    }) as unknown as ConnectionControl;
  let greeting: { code: string; message: string } | undefined;
  const board = new ConnectionBoard(() => (greeting === undefined ? [] : [greeting]));
  const [a, b] = [control("A"), control("B")];
  board.add(a);
  greeting = { code: "hello", message: "" };
  board.add(b);
  board.noteAll("all", "");
  expect(noted).toEqual(["B hello", "A all", "B all"]);
  expect(board.find("B", 1)).toBe(b);
  expect(board.find("B", 2)).toBeUndefined();
  board.remove(a);
  expect(board.all()).toEqual([b]);
});
