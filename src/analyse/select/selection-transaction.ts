// What belongs to a charging transaction: whatever names its id, what led to it (Authorize, the remote start, the
// reservation, earlier tries of its start), and what its connector said while it ran. By the messages alone, over
// reconnects. 1.6: the id that the CSMS gave; 2.x: the charger's own.

import {
  type IndexedMessage,
  isRequest,
  overlaps,
  type RecordingIndex,
  valueKey,
} from "./recording-index.js";

/** What is known of a transaction while its members are gathered. */
interface Found {
  readonly key: string;
  /** The exchanges that belong to it. */
  readonly exchanges: Set<number>;
  readonly connectors: Set<string>;
  readonly tags: Set<string>;
  readonly remoteStarts: Set<string>;
  /** The exchanges that began it; a CSMS may hand out an id twice. */
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

/** No transaction has these ids: they stand for having none, or not yet. */
const noIds: ReadonlySet<string> = new Set(["", valueKey("0"), valueKey("-1")]);

const learnFrom = (found: Found, item: IndexedMessage): void => {
  const { ids, message } = item;
  if (message.direction === "csms-to-cp" || !isRequest(item)) return;
  for (const connector of ids.connectors) if (connector !== "0") found.connectors.add(connector);
  for (const tag of ids.tags) found.tags.add(tag);
  for (const id of ids.remoteStarts) found.remoteStarts.add(id);
  if (isStart(item)) found.starts.push(item.index);
};

/** Everything that names the id, and what those messages say of tag and connector. */
const namesIt = (book: RecordingIndex, key: string): Found => {
  const found: Found = {
    key,
    exchanges: new Set(),
    connectors: new Set(),
    tags: new Set(),
    remoteStarts: new Set(),
    starts: [],
  };
  for (const item of book) if (item.ids.transactions.includes(key)) found.exchanges.add(item.exchange);
  for (const index of found.exchanges) {
    const item = book[index];
    if (item !== undefined) learnFrom(found, item);
  }
  return found;
};

const payloadText = ({ message, label }: IndexedMessage): string =>
  (message.text ?? "").replace(`"${label.id ?? ""}"`, "");

type Cause = "authorize" | "remote-start" | "earlier-try" | "other-transaction";

const causeOf = (item: IndexedMessage, found: Found, start: IndexedMessage): Cause | undefined => {
  const { action } = item.label;
  if (isStart(item) || isStop(item))
    return action === start.label.action && payloadText(item) === payloadText(start)
      ? "earlier-try"
      : "other-transaction";
  if (action === "Authorize") return "authorize";
  return remoteStartActions.has(action ?? "") && isForIt(item, found) ? "remote-start" : undefined;
};

/** Goes back from a start to what led to it; another transaction of the same tag ends the way. */
const addCauses = (book: RecordingIndex, found: Found, start: IndexedMessage): void => {
  const known = new Set<Cause>();
  for (const item of book.slice(0, start.index).reverse()) {
    if (!isRequest(item) || !overlaps(item.ids.tags, found.tags)) continue;
    const cause = causeOf(item, found, start);
    if (cause === "other-transaction") return;
    if (cause === undefined || known.has(cause)) continue;
    if (cause !== "earlier-try") known.add(cause);
    found.exchanges.add(item.exchange);
  }
};

/** Whether a remote start may have asked for it. */
const isForIt = ({ ids }: IndexedMessage, found: Found): boolean => {
  if (found.remoteStarts.size > 0 && ids.remoteStarts.length > 0)
    return overlaps(ids.remoteStarts, found.remoteStarts);
  return ids.connectors.length === 0 || overlaps(ids.connectors, found.connectors);
};

/** The last call of the CSMS before a message of the transaction that has a number in common with it. */
const addNumbered = (
  book: RecordingIndex,
  found: Found,
  item: IndexedMessage,
  number: "reservations" | "remoteStarts",
  actions: ReadonlySet<string>,
): void => {
  if (item.ids[number].length === 0 || item.message.direction === "csms-to-cp") return;
  const last = book
    .slice(0, item.index)
    .findLast(
      (one) =>
        isRequest(one) && actions.has(one.label.action ?? "") && overlaps(one.ids[number], item.ids[number]),
    );
  if (last !== undefined) found.exchanges.add(last.exchange);
};

/** What the CSMS asked for. */
const addAsked = (
  book: RecordingIndex,
  found: Found,
  number: "reservations" | "remoteStarts",
  actions: ReadonlySet<string>,
): void => {
  for (const index of [...found.exchanges]) {
    const item = book[index];
    if (item !== undefined) addNumbered(book, found, item, number, actions);
  }
};

/** What its connector and its tag said while it ran. */
const addCompany = (book: RecordingIndex, found: Found): void => {
  const places = book.filter(({ exchange }) => found.exchanges.has(exchange)).map(({ index }) => index);
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined) return;
  for (const item of book.slice(first, last + 1)) {
    if (item.message.direction === "csms-to-cp" || !isRequest(item)) continue;
    const { action } = item.label;
    const { connectors, tags, transactions } = item.ids;
    const ofConnector = overlaps(connectors, found.connectors);
    if (action === "StatusNotification" && ofConnector) found.exchanges.add(item.exchange);
    else if (action === "MeterValues" && ofConnector && transactions.every((id) => noIds.has(id)))
      found.exchanges.add(item.exchange);
    else if (action === "Authorize" && overlaps(tags, found.tags)) found.exchanges.add(item.exchange);
  }
};

/** The exchanges that belong to the transaction of this key; none where the recording does not name it. */
export function exchangesOfTransaction(book: RecordingIndex, key: string): ReadonlySet<number> {
  const found = namesIt(book, key);
  for (const index of found.starts) {
    const start = book[index];
    if (start !== undefined) addCauses(book, found, start);
  }
  // In 2.x a remote start may come when the transaction runs already.
  addAsked(book, found, "remoteStarts", remoteStartActions);
  addCompany(book, found);
  // A reservation may be hours older; what its connector said since is no part of the transaction.
  addAsked(book, found, "reservations", reservingActions);
  return found.exchanges;
}

/** The keys of the transactions that the messages of the charger name, in their order. */
export function transactionKeys(book: RecordingIndex, connectors?: readonly string[]): readonly string[] {
  const keys = new Set<string>();
  for (const item of book) {
    const call = item.label.type === "CALLRESULT" ? book[item.exchange] : item;
    if (call?.message.direction !== "cp-to-csms") continue;
    if (connectors !== undefined && !overlaps(call.ids.connectors, connectors)) continue;
    for (const key of item.ids.transactions) if (!noIds.has(key)) keys.add(key);
  }
  return [...keys];
}
