// Names for the transactions of two recordings that are the same on both sides where the transaction is: their ids
// are chosen anew in every run, so beginnings are paired first, by what they say, and each id is named by its pair.
// An id may be handed out again: it belongs to the last transaction that began with it. One walk over each side.

import { flatten } from "../../ocpp/json/flat-values.js";
import { alignInStages } from "./align-in-stages.js";
import { type ExchangeTokens, mayOpen } from "./exchange-tokens.js";
import type { DialogueExchange } from "./exchanges.js";

/** An exchange, and by what it is recognised. */
export interface TokenizedExchange {
  readonly exchange: DialogueExchange;
  readonly tokens: ExchangeTokens;
}

/** Exchanges of which it is known that they belong together. */
interface KnownPair {
  readonly left: DialogueExchange | undefined;
  readonly right: DialogueExchange | undefined;
}

/** The names of the transactions that an exchange tells of; none for what tells of none, or of unknown ones. */
type TransactionNames = ReadonlyMap<DialogueExchange, string>;

interface Opening {
  readonly spoken: TokenizedExchange;
  readonly id: string | undefined;
  /** Equal for nothing else on either side, for stages at which it must not match. */
  readonly own: string;
}

interface Side {
  readonly spoken: readonly TokenizedExchange[];
  readonly openings: ReadonlyMap<DialogueExchange, Opening>;
  /** Ids that are told of although no transaction began with them. */
  readonly strays: ReadonlySet<string>;
}

const longestName = 2000;

const idIn = (answer: string | undefined): string | undefined =>
  answer === undefined ? undefined : flatten(answer, [[2, ""]])?.get("/transactionId")?.canonical;

/** In 1.6 the answer hands out the id, in 2.x the first event that carries it. */
const openedId = (
  { exchange, tokens }: TokenizedExchange,
  seen: ReadonlySet<string>,
): { readonly id: string | undefined } | undefined => {
  if (!mayOpen(exchange)) return undefined;
  if (exchange.action === "StartTransaction") return { id: idIn(exchange.answer) };
  const [id] = tokens.transactions;
  return id === undefined || seen.has(id) ? undefined : { id };
};

const sideOf = (spoken: readonly TokenizedExchange[], letter: string): Side => {
  const openings = new Map<DialogueExchange, Opening>();
  const seen = new Set<string>();
  const strays = new Set<string>();
  for (const one of spoken) {
    const opened = openedId(one, seen);
    if (opened !== undefined) {
      openings.set(one.exchange, { spoken: one, id: opened.id, own: `${letter}${openings.size}` });
      if (opened.id !== undefined) seen.add(opened.id);
    }
    for (const id of one.tokens.transactions) if (!seen.has(id)) strays.add(id);
  }
  return { spoken, openings, strays };
};

const stages = [
  ({ spoken, own }: Opening): string => spoken.tokens.exact ?? own,
  // A charger's own ids are mostly unique in the world; a CSMS counts, and counts anew.
  ({ spoken, own, id }: Opening): string =>
    spoken.exchange.action === "TransactionEvent" && id !== undefined ? id : own,
  ({ spoken, own }: Opening): string => spoken.tokens.strict ?? own,
  ({ spoken }: Opening): string => spoken.tokens.loose,
  ({ spoken }: Opening): string => spoken.exchange.action ?? "",
];

const byConnection = (openings: Iterable<Opening>): ReadonlyMap<number, readonly Opening[]> => {
  const found = new Map<number, Opening[]>();
  for (const opening of openings) {
    const { connection } = opening.spoken.exchange;
    const list = found.get(connection);
    if (list === undefined) found.set(connection, [opening]);
    else list.push(opening);
  }
  return found;
};

/** A name for each beginning that has a counterpart. */
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
    byConnection([...openings.values()].filter(({ spoken }) => !names.has(spoken.exchange)));
  const rights = rest(right);
  for (const [connection, lefts] of rest(left))
    for (const { left: l, right: r } of alignInStages(lefts, rights.get(connection) ?? [], stages))
      if (l !== undefined && r !== undefined) name(l.spoken.exchange, r.spoken.exchange);
  return names;
};

/** Ids that began out of the other side's sight are the same where they are spelled the same. */
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
  { spoken, openings }: Side,
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
  for (const { exchange, tokens } of spoken) {
    const told = [opened(exchange), ...tokens.transactions.map((id) => current.get(id) ?? sharedName(id))];
    const known = told.filter((name) => name !== undefined);
    if (known.length > 0) names.set(exchange, known.join(" ").slice(0, longestName));
  }
};

/** Names what both sides tell of transactions. */
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
