// Gives the transactions of two recordings names that are equal for the same transaction on both sides. Ids are chosen
// anew in every run, so the beginnings of transactions are paired first, by their content; each pair gets a name. A CSMS
// may use an id twice: it then belongs to the last transaction that began with it.

import { flatten } from "../../ocpp/json/flat-values.js";
import { alignInStages } from "./align-in-stages.js";
import { type ExchangeTokens, mayOpen } from "./exchange-tokens.js";
import type { DialogueExchange } from "./exchanges.js";

/** An exchange and its tokens. */
export interface TokenizedExchange {
  readonly exchange: DialogueExchange;
  readonly tokens: ExchangeTokens;
}

/** Two exchanges that are known to correspond. */
interface KnownPair {
  readonly left: DialogueExchange | undefined;
  readonly right: DialogueExchange | undefined;
}

/** For each exchange, the names of its transactions; absent if it names none, or only unknown ones. */
type TransactionNames = ReadonlyMap<DialogueExchange, string>;

interface Opening {
  readonly tokenized: TokenizedExchange;
  readonly id: string | undefined;
  /** A token that no other opening has, for stages at which this one must not match. */
  readonly own: string;
}

interface Side {
  readonly tokenized: readonly TokenizedExchange[];
  readonly openings: ReadonlyMap<DialogueExchange, Opening>;
  /** Ids that are used although no transaction began with them. */
  readonly strays: ReadonlySet<string>;
}

const longestName = 2000;

const idIn = (answer: string | undefined): string | undefined =>
  answer === undefined ? undefined : flatten(answer, [[2, ""]])?.get("/transactionId")?.canonical;

/** In 1.6 the answer contains the id; in 2.x the first event with the id begins the transaction. */
const openedId = (
  { exchange, tokens }: TokenizedExchange,
  seen: ReadonlySet<string>,
): { readonly id: string | undefined } | undefined => {
  if (!mayOpen(exchange)) return undefined;
  if (exchange.action === "StartTransaction") return { id: idIn(exchange.answer) };
  const [id] = tokens.transactions;
  return id === undefined || seen.has(id) ? undefined : { id };
};

const sideOf = (tokenized: readonly TokenizedExchange[], letter: string): Side => {
  const openings = new Map<DialogueExchange, Opening>();
  const seen = new Set<string>();
  const strays = new Set<string>();
  for (const one of tokenized) {
    const opened = openedId(one, seen);
    if (opened !== undefined) {
      openings.set(one.exchange, { tokenized: one, id: opened.id, own: `${letter}${openings.size}` });
      if (opened.id !== undefined) seen.add(opened.id);
    }
    for (const id of one.tokens.transactions) if (!seen.has(id)) strays.add(id);
  }
  return { tokenized, openings, strays };
};

const stages = [
  ({ tokenized, own }: Opening): string => tokenized.tokens.exact ?? own,
  // Ids that a charger makes are mostly globally unique; a CSMS often counts from 1.
  ({ tokenized, own, id }: Opening): string =>
    tokenized.exchange.action === "TransactionEvent" && id !== undefined ? id : own,
  ({ tokenized, own }: Opening): string => tokenized.tokens.strict ?? own,
  ({ tokenized }: Opening): string => tokenized.tokens.loose,
  ({ tokenized }: Opening): string => tokenized.exchange.action ?? "",
];

const byConnection = (openings: Iterable<Opening>): ReadonlyMap<number, readonly Opening[]> => {
  const found = new Map<number, Opening[]>();
  for (const opening of openings) {
    const { connection } = opening.tokenized.exchange;
    const list = found.get(connection);
    if (list === undefined) found.set(connection, [opening]);
    else list.push(opening);
  }
  return found;
};

/** A name for each opening that has a counterpart. */
const pairOpenings = (
  left: Side,
  right: Side,
  known: readonly KnownPair[],
): Map<DialogueExchange, string> => {
  const names = new Map<DialogueExchange, string>();
  const name = (l: DialogueExchange, r: DialogueExchange): void => {
    const both = `t${names.size}`;
    names.set(l, both).set(r, both);
  };
  for (const { left: l, right: r } of known)
    if (l !== undefined && r !== undefined && left.openings.has(l) && right.openings.has(r)) name(l, r);
  const rest = ({ openings }: Side): ReadonlyMap<number, readonly Opening[]> =>
    byConnection([...openings.values()].filter(({ tokenized }) => !names.has(tokenized.exchange)));
  const rights = rest(right);
  for (const [connection, lefts] of rest(left))
    for (const { left: l, right: r } of alignInStages(lefts, rights.get(connection) ?? [], stages))
      if (l !== undefined && r !== undefined) name(l.tokenized.exchange, r.tokenized.exchange);
  return names;
};

/** Ids of transactions that began outside of one recording: they are equal if they are spelled equally. */
const sharedIds = (
  side: Side,
  other: Side,
  paired: ReadonlyMap<DialogueExchange, string>,
): ReadonlySet<string> => {
  const lone = new Set<string>();
  for (const [exchange, { id }] of other.openings)
    if (id !== undefined && !paired.has(exchange)) lone.add(id);
  return new Set([...side.strays].filter((id) => other.strays.has(id) || lone.has(id)));
};

const nameSide = (
  { tokenized, openings }: Side,
  paired: ReadonlyMap<DialogueExchange, string>,
  shared: ReadonlySet<string>,
  names: Map<DialogueExchange, string>,
): void => {
  const current = new Map<string, string>();
  const sharedName = (id: string | undefined): string | undefined =>
    id !== undefined && shared.has(id) ? `=${id}` : undefined;
  const opened = (exchange: DialogueExchange): string | undefined => {
    const opening = openings.get(exchange);
    if (opening === undefined) return undefined;
    const name = paired.get(exchange) ?? sharedName(opening.id) ?? opening.own;
    if (opening.id !== undefined) current.set(opening.id, name);
    return exchange.action === "StartTransaction" ? name : undefined;
  };
  for (const { exchange, tokens } of tokenized) {
    const all = [opened(exchange), ...tokens.transactions.map((id) => current.get(id) ?? sharedName(id))];
    const known = all.filter((name) => name !== undefined);
    if (known.length > 0) names.set(exchange, known.join(" ").slice(0, longestName));
  }
};

/** Names the transactions of both sides. */
export function nameTransactions(
  left: readonly TokenizedExchange[],
  right: readonly TokenizedExchange[],
  known: readonly KnownPair[],
): TransactionNames {
  const [l, r] = [sideOf(left, "l"), sideOf(right, "r")];
  const paired = pairOpenings(l, r, known);
  const shared = new Set([...sharedIds(l, r, paired), ...sharedIds(r, l, paired)]);
  const names = new Map<DialogueExchange, string>();
  nameSide(l, paired, shared, names);
  nameSide(r, paired, shared, names);
  return names;
}
