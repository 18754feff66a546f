// Finds the leftmost match of a pattern and of its first group. All states are followed at the same time, each with the
// places of its match so far (Pike 1987), in the order of preference of regular expressions. As bounded as `matchesPattern`.

import { holds, longestText, type Pattern } from "./pattern.js";

/** A match of a pattern. */
export interface PatternMatch {
  /** The text that matched. */
  readonly whole: string;
  /** The text of the first group; undefined if the pattern has none, or if it took no part in the match. */
  readonly group: string | undefined;
}

/** A state that was reached, and where its match and the first group begin and end; -1 if they do not. */
interface Thread {
  readonly state: number;
  readonly from: number;
  readonly opens: number;
  readonly closes: number;
}

interface Position {
  readonly at: number;
  readonly last: boolean;
  readonly mark: Uint32Array;
  readonly threads: Thread[];
}

const follow = (pattern: Pattern, thread: Thread, position: Position): void => {
  const { at, last, mark, threads } = position;
  if (mark[thread.state] === at + 1) return;
  mark[thread.state] = at + 1;
  const state = pattern.states[thread.state];
  if (state === undefined) return;
  switch (state.kind) {
    case "set":
    case "done":
      threads.push(thread);
      return;
    case "fork":
      follow(pattern, { ...thread, state: state.left }, position);
      follow(pattern, { ...thread, state: state.right }, position);
      return;
    case "opens":
    case "closes":
      follow(pattern, { ...thread, state: state.next, [state.kind]: at }, position);
      return;
    case "start":
    case "end":
      if (state.kind === "start" ? at === 0 : last)
        follow(pattern, { ...thread, state: state.next }, position);
  }
};

/** Steps over one character: the threads that continue, and the one that is done, if there is one. */
const step = (
  pattern: Pattern,
  threads: readonly Thread[],
  point: number | undefined,
): { readonly next: readonly Thread[]; readonly done: Thread | undefined } => {
  const next: Thread[] = [];
  for (const thread of threads) {
    const state = pattern.states[thread.state];
    // All threads after one that is done are less preferred matches.
    if (state?.kind === "done") return { next, done: thread };
    if (state?.kind === "set" && point !== undefined && holds(state.set, point))
      next.push({ ...thread, state: state.next });
  }
  return { next, done: undefined };
};

/** The leftmost match; undefined if the pattern matches nowhere. */
export function findPattern(pattern: Pattern, text: string): PatternMatch | undefined {
  if (text.length > longestText) return undefined;
  const characters = [...text];
  const mark = new Uint32Array(pattern.states.length);
  let best: (Thread & { readonly to: number }) | undefined;
  let current: readonly Thread[] = [];
  for (let at = 0; at <= characters.length; at++) {
    const position: Position = { at, last: at === characters.length, mark, threads: [] };
    for (const thread of current) follow(pattern, thread, position);
    if (best === undefined)
      follow(pattern, { state: pattern.first, from: at, opens: -1, closes: -1 }, position);
    const { next, done } = step(pattern, position.threads, characters[at]?.codePointAt(0));
    if (done !== undefined) best = { ...done, to: at };
    current = next;
  }
  if (best === undefined) return undefined;
  const cut = (from: number, to: number): string => characters.slice(from, to).join("");
  const { opens, closes } = best;
  return {
    whole: cut(best.from, best.to),
    group: opens < 0 || closes < opens ? undefined : cut(opens, closes),
  };
}
