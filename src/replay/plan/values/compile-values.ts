// The values inside a recording -> the slots that a run fills and the places where it writes: what the CSMS chose
// (bindings), what the station made (ids), what its clock and its meters showed. One pass in the order of the recording.
//
// Not shifted later: dates that no clock of the recording's time can have shown, dates that the CSMS said first,
// and whatever is signed.

import { writePointer } from "../../../ocpp/json/pointer.js";
import { type Leaf, leavesOf } from "../../../ocpp/json/spans.js";
import { connectorPaths } from "../../../ocpp/payload.js";
import type { OcppVersion } from "../../../ocpp/version.js";
import { assumed2x, assumedVersion, familyOf, type OcppFamily } from "../../../ocpp/version.js";
import { type Binding, BindingTable, builtInBindings, transactionBinding } from "./bindings.js";
import { leavesByPointer, ownRegister, sampledRegisters } from "./compile-meters.js";
import { inWh } from "./meters.js";
import type { MeterPlace, PlanTimes, Slot, SlotUse, ValuePlace } from "./places.js";
import { isPlausible, type RecordedSpan } from "./recorded-span.js";
import { sameSpelling } from "./slots.js";
import { dateIn } from "./times.js";

/** Slots by the pointers into a payload where their values stand. */
export type SlotPointers = ReadonlyMap<string, number>;

/** What is found in a message of the CSMS. */
export interface ReceivedValues {
  /** Where it hands out the value of a slot. */
  readonly teaches: SlotPointers;
  /** Where it carries one. */
  readonly bound: SlotPointers;
  /** Where it carries an id that the station made, as recorded. */
  readonly made: ReadonlyMap<string, string>;
}

/** What is found in a message of the station. */
export interface SentValues {
  readonly uses: readonly SlotUse[];
  readonly places: readonly ValuePlace[];
}

/** How far from a clock a timestamp may lie to be one that it shows. */
const dueMs = 3_600_000;

const none: ReadonlyMap<string, never> = new Map<string, never>();

const isText = (leaf: Leaf): boolean => leaf.source.startsWith('"') && !leaf.source.includes("\\");

const isTransactionId = (leaf: Leaf): boolean =>
  leaf.path.length > 1 && leaf.path.at(-1) === "transactionId" && isText(leaf) && leaf.length > 2;

const pointerOf = (leaf: Leaf): string => writePointer(leaf.path.slice(1));

/** Whether a payload is signed as a whole (2.0.1 part 4 chapter 7), so that no value in it can be written. */
const isSigned = (action: string): boolean => action.endsWith("-Signed");

/** Finds the values of a recording, message by message. */
export class ValueCompiler {
  readonly slots: Slot[] = [];
  /** The first register of each connector, in Wh. */
  readonly registers: Map<string, string> = new Map();
  private readonly span: RecordedSpan | undefined;
  private readonly tables: Readonly<Record<OcppFamily, BindingTable>>;
  private readonly latest = new Map<string, number>();
  private readonly counted = new Map<string, number>();
  private readonly names = new Map<string, string>();
  /** Connectors of transactions: by the step of the start, by the slot of the id, by the id itself. */
  private readonly connectors = new Map<string, string>();
  private readonly stated = new Set<number>();
  private readonly invented = new Set<number>();
  private readonly startRegisters = new Set<string>();
  /** What the CSMS's clock or the station's showed last. */
  private clock: number | undefined;
  private firstDate: number | undefined;
  private earliest = Number.POSITIVE_INFINITY;
  private latestDate = Number.NEGATIVE_INFINITY;

  constructor(span: RecordedSpan | undefined, own: readonly Binding[]) {
    this.span = span;
    this.tables = {
      "1.6": new BindingTable([...own, ...builtInBindings(assumedVersion)]),
      "2.x": new BindingTable([...own, ...builtInBindings(assumed2x)]),
    };
  }

  /** What the dates that were found span. */
  get times(): PlanTimes | undefined {
    const { earliest, latestDate: latest } = this;
    return earliest <= latest
      ? { firstMs: this.firstDate ?? earliest, earliestMs: earliest, latestMs: latest }
      : undefined;
  }

  /** Takes a CALL or SEND of the station. */
  ofCall(version: OcppVersion, step: number, action: string, text: string): SentValues {
    const leaves = leavesOf(text);
    const places: ValuePlace[] = [...this.messageId(leaves)];
    if (isSigned(action)) return { uses: [], places };
    const uses = this.uses(version, "CALL", action, leaves);
    places.push(
      ...uses.map((use): ValuePlace => ({ kind: "slot", ...use })),
      ...this.transactionIds(version, leaves),
    );
    places.push(...this.dates(leaves, true), ...this.meters(version, step, action, leaves, uses, text));
    return { uses, places };
  }

  /** Takes the station's answer to a call of the CSMS. */
  ofReply(version: OcppVersion, action: string, text: string): readonly ValuePlace[] {
    const leaves = leavesOf(text);
    if (isSigned(action)) return [];
    const uses = this.uses(version, "CALLRESULT", action, leaves);
    return [
      ...uses.map((use): ValuePlace => ({ kind: "slot", ...use })),
      ...this.transactionIds(version, leaves),
      ...this.dates(leaves, false),
    ];
  }

  /** Takes a call of the CSMS. */
  ofCsmsCall(version: OcppVersion, action: string, text: string): ReceivedValues {
    const leaves = leavesOf(text);
    const heard = this.heard(version, "CALL", action, leaves, -1);
    const ids = version === "1.6" ? [] : leaves.filter(isTransactionId);
    const made = ids.map((leaf) => [pointerOf(leaf), leaf.source.slice(1, -1)] as const);
    return made.length === 0 ? heard : { ...heard, made: new Map(made) };
  }

  /** Takes an answer of the CSMS. */
  ofCsmsAnswer(version: OcppVersion, step: number, action: string, text: string): ReceivedValues {
    return this.heard(version, "CALLRESULT", action, leavesOf(text), step);
  }

  // --- what the CSMS chose ---------------------------------------------------------------------------------

  private table(version: OcppVersion): BindingTable {
    return this.tables[familyOf(version)];
  }

  private uses(
    version: OcppVersion,
    type: "CALL" | "CALLRESULT",
    action: string,
    leaves: readonly Leaf[],
  ): readonly SlotUse[] {
    return this.table(version)
      .usesIn(type, action, leaves)
      .flatMap(({ binding, leaf }) => {
        const slot = this.latest.get(`${binding} ${sameSpelling(leaf.source)}`);
        return slot === undefined ? [] : [{ slot, offset: leaf.offset, length: leaf.length }];
      });
  }

  private heard(
    version: OcppVersion,
    type: "CALL" | "CALLRESULT",
    action: string,
    leaves: readonly Leaf[],
    step: number,
  ): ReceivedValues {
    for (const leaf of leaves) this.invents(leaf);
    const table = this.table(version);
    const bound = new Map<string, number>();
    for (const { binding, leaf } of table.usesIn(type, action, leaves)) {
      const slot = this.latest.get(`${binding} ${sameSpelling(leaf.source)}`);
      if (slot !== undefined) bound.set(pointerOf(leaf), slot);
    }
    // Of a key that is given twice the last one counts.
    const learned = new Map(
      table.learnsIn(type, action, leaves).map((found) => [pointerOf(found.leaf), found]),
    );
    const teaches = new Map<string, number>();
    for (const [pointer, { binding, leaf }] of learned)
      teaches.set(pointer, this.slot(binding, leaf.source, step));
    return { teaches: orNone(teaches), bound: orNone(bound), made: none };
  }

  private slot(binding: string, source: string, step: number): number {
    const slot = this.slots.length;
    const recorded = sameSpelling(source);
    this.slots.push({ name: `${binding}-${this.ordinal(binding)}`, recorded, learnedFrom: step });
    this.latest.set(`${binding} ${recorded}`, slot);
    const connector = this.connectors.get(`step ${step}`);
    if (binding === transactionBinding && connector !== undefined)
      this.connectors.set(`slot ${slot}`, connector);
    return slot;
  }

  private ordinal(of: string): number {
    const count = (this.counted.get(of) ?? 0) + 1;
    this.counted.set(of, count);
    return count;
  }

  // --- what the station made -------------------------------------------------------------------------------

  private messageId(leaves: readonly Leaf[]): readonly ValuePlace[] {
    const leaf = leaves.find(({ path }) => path.length === 1 && path[0] === 1);
    return leaf === undefined || !isText(leaf) || leaf.length === 2 ? [] : [this.made("message", leaf)];
  }

  private transactionIds(version: OcppVersion, leaves: readonly Leaf[]): readonly ValuePlace[] {
    if (version === "1.6") return [];
    return leaves.filter(isTransactionId).map((leaf) => this.made("transaction", leaf));
  }

  private made(what: "message" | "transaction", leaf: Leaf): ValuePlace {
    const recorded = leaf.source.slice(1, -1);
    const key = `${what} ${recorded}`;
    const name =
      this.names.get(key) ??
      `${what === "message" ? "id" : "made-transaction"}-${this.ordinal(key[0] ?? "")}`;
    this.names.set(key, name);
    return { kind: "made", what, recorded, name, offset: leaf.offset + 1, length: recorded.length };
  }

  // --- what its clock and its meters showed ----------------------------------------------------------------

  private dateOf(leaf: Leaf): { readonly ms: number; readonly length: number } | undefined {
    if (leaf.length < 17 || leaf.length > 66 || !/^"\d{4}/.test(leaf.source)) return undefined;
    return dateIn(leaf.source.slice(1, -1));
  }

  private invents(leaf: Leaf): void {
    const ms = this.dateOf(leaf)?.ms;
    if (ms === undefined) return;
    // What the CSMS's clock shows is no appointment of its own making.
    if (leaf.path.at(-1) === "currentTime") this.clock = ms;
    else if (!this.stated.has(ms)) this.invented.add(ms);
  }

  /** A date that the CSMS said first; but a timestamp that is due now is a clock's, whoever said the same second before. */
  private isInvented(leaf: Leaf, ms: number): boolean {
    if (!this.invented.has(ms)) return false;
    const isDue = this.clock !== undefined && Math.abs(ms - this.clock) <= dueMs;
    return !(isDue && leaf.path.at(-1) === "timestamp");
  }

  private dates(leaves: readonly Leaf[], isCall: boolean): readonly ValuePlace[] {
    const { span } = this;
    if (span === undefined) return [];
    return leaves.flatMap((leaf): ValuePlace[] => {
      const date = leaf.path.length < 2 ? undefined : this.dateOf(leaf);
      if (date === undefined || leaf.path.includes("signedMeterValue")) return [];
      if (!isPlausible(date.ms, span) || this.isInvented(leaf, date.ms)) return [];
      this.stated.add(date.ms);
      if (leaf.path.at(-1) === "timestamp") this.clock = date.ms;
      if (isCall) this.firstDate ??= date.ms;
      this.earliest = Math.min(this.earliest, date.ms);
      this.latestDate = Math.max(this.latestDate, date.ms);
      return [{ kind: "time", ms: date.ms, offset: leaf.offset + 1, length: date.length }];
    });
  }

  private meters(
    version: OcppVersion,
    step: number,
    action: string,
    leaves: readonly Leaf[],
    uses: readonly SlotUse[],
    text: string,
  ): readonly MeterPlace[] {
    if (!meterActions.has(action)) return [];
    const byPointer = leavesByPointer(leaves);
    const connector =
      version === "1.6"
        ? this.connector16(action, step, byPointer, uses)
        : this.connector2(action, byPointer);
    if (connector === undefined) return [];
    const places = placesOf(version, action, byPointer, connector);
    for (const place of places) this.noteRegister(place, text);
    return places;
  }

  private connector16(
    action: string,
    step: number,
    leaves: ReadonlyMap<string, Leaf>,
    uses: readonly SlotUse[],
  ): string | undefined {
    if (action === "StopTransaction") return this.connectors.get(`slot ${uses[0]?.slot}`);
    const connector = connectorIn(leaves);
    if (action === "StartTransaction" && connector !== undefined)
      this.connectors.set(`step ${step}`, connector);
    return connector;
  }

  /** An event of a transaction names its EVSE at the beginning, not each time (2.0.1 part 2, E01). */
  private connector2(action: string, leaves: ReadonlyMap<string, Leaf>): string | undefined {
    if (action === "MeterValues") return connectorIn(leaves);
    const id = `id ${leaves.get("/3/transactionInfo/transactionId")?.source}`;
    const evse = connectorIn(leaves) ?? this.connectors.get(id);
    if (evse !== undefined) this.connectors.set(id, evse);
    return evse;
  }

  private noteRegister(place: MeterPlace, text: string): void {
    const { connector, offset, length, power, role } = place;
    const isBetter = role === "start" && !this.startRegisters.has(connector);
    const wh = inWh(text.slice(offset, offset + length), power);
    if (wh === undefined || (this.registers.has(connector) && !isBetter)) return;
    if (role === "start") this.startRegisters.add(connector);
    this.registers.set(connector, wh);
  }
}

/** The connector (2.x: EVSE) that a CALL names, as it is written. */
const connectorIn = (leaves: ReadonlyMap<string, Leaf>): string | undefined => {
  for (const path of connectorPaths) {
    const leaf = leaves.get(writePointer([3, ...path]));
    if (leaf !== undefined) return leaf.source;
  }
  return undefined;
};

const orNone = <Value>(map: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> =>
  map.size === 0 ? none : map;

const meterActions: ReadonlySet<string> = new Set([
  "StartTransaction",
  "StopTransaction",
  "MeterValues",
  "TransactionEvent",
]);

const placesOf = (
  version: OcppVersion,
  action: string,
  leaves: ReadonlyMap<string, Leaf>,
  connector: string,
): readonly MeterPlace[] => {
  if (action === "StartTransaction") return ownRegister(leaves, "start", connector);
  const samples = sampledRegisters(leaves, connector);
  if (action === "StopTransaction") return [...samples, ...ownRegister(leaves, "stop", connector)];
  if (version === "1.6" || action === "MeterValues") return samples;
  const event = leaves.get("/3/eventType")?.source;
  if (event === '"Started"')
    return samples.map((place, i) => (i === 0 ? { ...place, role: "start" } : place));
  if (event !== '"Ended"') return samples;
  return samples.map((place, i) => (i === samples.length - 1 ? { ...place, role: "stop" } : place));
};
