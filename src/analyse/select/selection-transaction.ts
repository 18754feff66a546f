// Finds the exchanges of a charging transaction: those that name its id, those that led to it (Authorize, the remote start,
// the reservation, earlier attempts of its start), and those of its connector while it ran. Works over reconnects. The id
// is that of the CSMS in 1.6 and that of the charger in 2.x.

import {
  type IndexedMessage,
  isRequest,
  overlaps,
  type RecordingIndex,
  valueKey,
} from "./recording-index.js";

/** The parts of a transaction that are known so far. */
interface Parts {
  readonly key: string;
  /** Indexes of its exchanges. */
  readonly exchanges: Set<number>;
  readonly connectors: Set<string>;
  readonly tags: Set<string>;
  readonly remoteStarts: Set<string>;
  /** Indexes of the exchanges that began it; several if the CSMS used the id again. */
  readonly starts: number[];
}

const remoteStartActions = new Set(["RemoteStartTransaction", "RequestStartTransaction"]);
const reservingActions = new Set(["ReserveNow"]);
const eventType = /"eventType"\s*:\s*"(Started|Ended)"/;

const isEvent = ({ label, message }: IndexedMessage, type: "Started" | "Ended"): boolean =>
  label.action === "TransactionEvent" && eventType.exec(message.text ?? "")?.[1] === type;

const isStart = (item: IndexedMessage): boolean =>
  isRequest(item) && (item.label.action === "StartTransaction" || isEvent(item, "Started"));

const isStop = (item: IndexedMessage): boolean =>
  isRequest(item) && (item.label.action === "StopTransaction" || isEvent(item, "Ended"));

/** Ids that stand for no transaction. */
const noIds: ReadonlySet<string> = new Set(["", valueKey("0"), valueKey("-1")]);

const learnFrom = (parts: Parts, item: IndexedMessage): void => {
  const { ids, message } = item;
  if (message.direction === "csms-to-cp" || !isRequest(item)) return;
  for (const connector of ids.connectors) if (connector !== "0") parts.connectors.add(connector);
  for (const tag of ids.tags) parts.tags.add(tag);
  for (const id of ids.remoteStarts) parts.remoteStarts.add(id);
  if (isStart(item)) parts.starts.push(item.index);
};

/** Collects the exchanges that name the id, with their tags and connectors. */
const exchangesWithId = (indexed: RecordingIndex, key: string): Parts => {
  const parts: Parts = {
    key,
    exchanges: new Set(),
    connectors: new Set(),
    tags: new Set(),
    remoteStarts: new Set(),
    starts: [],
  };
  for (const item of indexed) if (item.ids.transactions.includes(key)) parts.exchanges.add(item.exchange);
  for (const position of parts.exchanges) {
    const item = indexed[position];
    if (item !== undefined) learnFrom(parts, item);
  }
  return parts;
};

const payloadText = ({ message, label }: IndexedMessage): string =>
  (message.text ?? "").replace(`"${label.id ?? ""}"`, "");

/** How an exchange before a start relates to it. */
type Cause = "authorize" | "remote-start" | "earlier-attempt" | "other-transaction";

const causeOf = (item: IndexedMessage, parts: Parts, start: IndexedMessage): Cause | undefined => {
  const { action } = item.label;
  if (isStart(item) || isStop(item))
    return action === start.label.action && payloadText(item) === payloadText(start)
      ? "earlier-attempt"
      : "other-transaction";
  if (action === "Authorize") return "authorize";
  return remoteStartActions.has(action ?? "") && mayRequest(item, parts) ? "remote-start" : undefined;
};

/** Adds the exchanges that led to a start, back to the last other transaction with the same tag. */
const addCauses = (indexed: RecordingIndex, parts: Parts, start: IndexedMessage): void => {
  const known = new Set<Cause>();
  for (const item of indexed.slice(0, start.index).reverse()) {
    if (!isRequest(item) || !overlaps(item.ids.tags, parts.tags)) continue;
    const cause = causeOf(item, parts, start);
    if (cause === "other-transaction") return;
    if (cause === undefined || known.has(cause)) continue;
    if (cause !== "earlier-attempt") known.add(cause);
    parts.exchanges.add(item.exchange);
  }
};

/** Whether a remote start may have requested the transaction. */
const mayRequest = ({ ids }: IndexedMessage, parts: Parts): boolean => {
  if (parts.remoteStarts.size > 0 && ids.remoteStarts.length > 0)
    return overlaps(ids.remoteStarts, parts.remoteStarts);
  return ids.connectors.length === 0 || overlaps(ids.connectors, parts.connectors);
};

/** Adds the last request of the CSMS before a message of the transaction that has an id in common with it. */
const addRequestBefore = (
  indexed: RecordingIndex,
  parts: Parts,
  item: IndexedMessage,
  kind: "reservations" | "remoteStarts",
  actions: ReadonlySet<string>,
): void => {
  if (item.ids[kind].length === 0 || item.message.direction === "csms-to-cp") return;
  const last = indexed
    .slice(0, item.index)
    .findLast(
      (one) =>
        isRequest(one) && actions.has(one.label.action ?? "") && overlaps(one.ids[kind], item.ids[kind]),
    );
  if (last !== undefined) parts.exchanges.add(last.exchange);
};

/** Adds the requests of the CSMS that the exchanges of the transaction refer to. */
const addRequests = (
  indexed: RecordingIndex,
  parts: Parts,
  kind: "reservations" | "remoteStarts",
  actions: ReadonlySet<string>,
): void => {
  for (const position of [...parts.exchanges]) {
    const item = indexed[position];
    if (item !== undefined) addRequestBefore(indexed, parts, item, kind, actions);
  }
};

/** Adds the exchanges of its connector and its tag while it ran. */
const addExchangesMeanwhile = (indexed: RecordingIndex, parts: Parts): void => {
  const places = indexed.filter(({ exchange }) => parts.exchanges.has(exchange)).map(({ index }) => index);
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined) return;
  for (const item of indexed.slice(first, last + 1)) {
    if (item.message.direction === "csms-to-cp" || !isRequest(item)) continue;
    const { action } = item.label;
    const { connectors, tags, transactions } = item.ids;
    const ofConnector = overlaps(connectors, parts.connectors);
    if (action === "StatusNotification" && ofConnector) parts.exchanges.add(item.exchange);
    else if (action === "MeterValues" && ofConnector && transactions.every((id) => noIds.has(id)))
      parts.exchanges.add(item.exchange);
    else if (action === "Authorize" && overlaps(tags, parts.tags)) parts.exchanges.add(item.exchange);
  }
};

/** Indexes of the exchanges of a transaction; none if the recording does not name it. `key`: see `valueKey`. */
export function exchangesOfTransaction(indexed: RecordingIndex, key: string): ReadonlySet<number> {
  const parts = exchangesWithId(indexed, key);
  for (const position of parts.starts) {
    const start = indexed[position];
    if (start !== undefined) addCauses(indexed, parts, start);
  }
  // In 2.x a remote start may come while the transaction already runs.
  addRequests(indexed, parts, "remoteStarts", remoteStartActions);
  addExchangesMeanwhile(indexed, parts);
  // A reservation may be hours older, so the connector's exchanges since then are not part of the transaction.
  addRequests(indexed, parts, "reservations", reservingActions);
  return parts.exchanges;
}

/** The keys of the transactions that the charger's messages name, in their order; only those of `connectors` if given. */
export function transactionKeys(indexed: RecordingIndex, connectors?: readonly string[]): readonly string[] {
  const keys = new Set<string>();
  for (const item of indexed) {
    const call = item.label.type === "CALLRESULT" ? indexed[item.exchange] : item;
    if (call?.message.direction !== "cp-to-csms") continue;
    if (connectors !== undefined && !overlaps(call.ids.connectors, connectors)) continue;
    for (const key of item.ids.transactions) if (!noIds.has(key)) keys.add(key);
  }
  return [...keys];
}
