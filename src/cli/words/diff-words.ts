// A diff as lines for a terminal and as JSON for programs. Texts of peers pass through `printable`.

import {
  type Diff,
  type DiffResult,
  type DiffRow,
  diffResults,
  type PlacedDifference,
} from "../../analyse/compare/diff.js";
import type { DialogueExchange } from "../../analyse/compare/exchanges.js";
import { printable } from "../../text/printable.js";
import type { CliSession } from "../common/session.js";
import { jsonValue, valueWords } from "./replay-words.js";

const colours = {
  equal: "green",
  ignorable: "green",
  bound: "cyan",
  changed: "red",
  slower: "red",
  added: "yellow",
  missing: "red",
} as const;

const mostShown = 10;

/** The results that make two dialogues differ. */
export const differingResults: readonly DiffResult[] = ["changed", "slower", "added", "missing"];

const counts = ({ why }: PlacedDifference): boolean => why === "different" || why === "slower";

const differenceWords = ({ part, pointer, recorded, live, why }: PlacedDifference): string => {
  if (why === "slower") return `      slower: ${recorded} ms -> ${live} ms`;
  const place = pointer === "" ? "" : ` ${printable(pointer, 120)}`;
  return `      ${part}${place}: ${valueWords(recorded)} -> ${valueWords(live)}`;
};

/** The lines about an exchange. */
export function diffWords(
  { left, right, result, differences }: DiffRow,
  { paint }: CliSession,
): readonly string[] {
  const { direction, type, action, id, connection } = left ?? (right as DialogueExchange);
  const arrow = direction === "cp-to-csms" ? ">" : "<";
  const name = [type, printable(action ?? "", 60)].filter((word) => word !== "").join(" ");
  const shownId = id === null ? "" : ` ${paint.dim(`id ${printable(id, 40)}`)}`;
  const counting = differences.filter(counts);
  const more = counting.length > mostShown ? [`      and ${counting.length - mostShown} more`] : [];
  return [
    `  ${paint[colours[result]](result.padEnd(10))} #${connection} ${arrow} ${name}${shownId}`,
    ...counting.slice(0, mostShown).map(differenceWords),
    ...more,
  ];
}

/** How many exchanges have each result; results that did not occur are left out. */
export function diffCountWords({ counts: found }: Diff): string {
  const words = diffResults
    .filter((result) => found[result] > 0)
    .map((result) => `${found[result]} ${result}`);
  return words.length === 0 ? "no messages" : words.join(", ");
}

/** The result of an exchange as an object for JSON; `names` are the keys of the two sides. */
export function diffJson(event: string, row: DiffRow, names: readonly [left: string, right: string]): object {
  const { left, right, result } = row;
  const [leftName, rightName] = names;
  const { direction, type, action, connection } = left ?? (right as DialogueExchange);
  const sides = (pick: (exchange: DialogueExchange) => unknown): object => ({
    [leftName]: left === undefined ? null : pick(left),
    [rightName]: right === undefined ? null : pick(right),
  });
  return {
    event,
    result,
    connection,
    direction,
    type,
    action,
    id: sides(({ id }) => id),
    latencyMs: sides(({ latencyMs }) => latencyMs),
    differences: row.differences.map(({ part, pointer, recorded, live, why }) => ({
      part,
      pointer,
      [leftName]: jsonValue(recorded),
      [rightName]: jsonValue(live),
      why,
    })),
  };
}
