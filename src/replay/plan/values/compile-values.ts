// The values in a recording -> the slots that a run fills and the places that it writes to: values of the CSMS (bindings),
// ids of the station, readings of its clock and its meters. One pass in the order of the recording.
//
// These dates are not shifted: dates far from the time of the recording, dates that the CSMS was the first to send, and
// all dates in signed data.

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

/** Slots by pointers into a payload. */
export type SlotPointers = ReadonlyMap<string, number>;

/** The values in a message of the CSMS. */
export interface ReceivedValues {
  /** The slots whose values it hands out. */
  readonly teaches: SlotPointers;
  /** The slots whose values it carries. */
  readonly bound: SlotPointers;
  /** The ids of the station that it carries, as recorded. */
  readonly made: ReadonlyMap<string, string>;
}

/** The values in a message of the station. */
export interface SentValues {
  readonly uses: readonly SlotUse[];
  readonly places: readonly ValuePlace[];
}

/** How far a timestamp may be from the last known time of a clock to be a reading of it. */
const clockToleranceMs = 3_600_000;

const none: ReadonlyMap<string, never> = new Map<string, never>();

const isText = (leaf: Leaf): boolean => leaf.source.startsWith('"') && !leaf.source.includes("\\");

const isTransactionId = (leaf: Leaf): boolean =>
  leaf.path.length > 1 && leaf.path.at(-1) === "transactionId" && isText(leaf) && leaf.length > 2;

const pointerOf = (leaf: Leaf): string => writePointer(leaf.path.slice(1));

/** Whether a payload is signed as a whole (2.0.1 part 4 chapter 7), so that no value in it can change. */
const isSigned = (action: string): boolean => action.endsWith("-Signed");

/** Finds the values of a recording, message by message. */
export class ValueCompiler {
  readonly slots: Slot[] = [];
  /** The first energy register of each connector, in Wh. */
  readonly registers: Map<string, string> = new Map();
  private readonly span: RecordedSpan | undefined;
  private readonly tables: Readonly<Record<OcppFamily, BindingTable>>;
  /** The last slot of a binding and a value. */
  private readonly latest = new Map<string, number>();
  private readonly counted = new Map<string, number>();
  private readonly names = new Map<string, string>();
  /** The connectors of transactions: by the step of the start, by the slot of the id, by the id itself. */
  private readonly connectors = new Map<string, string>();
  /** Dates that the station was the first to send, in ms since 1970, and those of the CSMS. */
  private readonly ofStation = new Set<number>();
  private readonly ofCsms = new Set<number>();
  private readonly startRegisters = new Set<string>();
  /** The last time on the CSMS's clock or the station's, in ms since 1970, like all dates here. */
  private clockMs: number | undefined;
  private firstMs: number | undefined;
  private earliestMs = Number.POSITIVE_INFINITY;
  private latestMs = Number.NEGATIVE_INFINITY;

  constructor(span: RecordedSpan | undefined, own: readonly Binding[]) {
    this.span = span;
    this.tables = {
      "1.6": new BindingTable([...own, ...builtInBindings(assumedVersion)]),
      "2.x": new BindingTable([...own, ...builtInBindings(assumed2x)]),
    };
  }

  /** The span of the dates that a run may shift. */
  get times(): PlanTimes | undefined {
    const { earliestMs, latestMs } = this;
    if (earliestMs > latestMs) return undefined;
    return { firstMs: this.firstMs ?? earliestMs, earliestMs, latestMs };
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
    const received = this.ofCsmsMessage(version, "CALL", action, leaves, -1);
    const ids = version === "1.6" ? [] : leaves.filter(isTransactionId);
    const made = ids.map((leaf) => [pointerOf(leaf), leaf.source.slice(1, -1)] as const);
    return made.length === 0 ? received : { ...received, made: new Map(made) };
  }

  /** Takes an answer of the CSMS. */
  ofCsmsAnswer(version: OcppVersion, step: number, action: string, text: string): ReceivedValues {
    return this.ofCsmsMessage(version, "CALLRESULT", action, leavesOf(text), step);
  }

  // --- values of the CSMS ----------------------------------------------------------------------------------

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

  private ofCsmsMessage(
    version: OcppVersion,
    type: "CALL" | "CALLRESULT",
    action: string,
    leaves: readonly Leaf[],
    step: number,
  ): ReceivedValues {
    for (const leaf of leaves) this.noteCsmsDate(leaf);
    const table = this.table(version);
    const bound = new Map<string, number>();
    for (const { binding, leaf } of table.usesIn(type, action, leaves)) {
      const slot = this.latest.get(`${binding} ${sameSpelling(leaf.source)}`);
      if (slot !== undefined) bound.set(pointerOf(leaf), slot);
    }
    // Of a key given twice the last one counts.
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

  // --- ids of the station ----------------------------------------------------------------------------------

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

  // --- readings of its clock and its meters ----------------------------------------------------------------

  private dateOf(leaf: Leaf): { readonly ms: number; readonly length: number } | undefined {
    if (leaf.length < 17 || leaf.length > 66 || !/^"\d{4}/.test(leaf.source)) return undefined;
    return dateIn(leaf.source.slice(1, -1));
  }

  private noteCsmsDate(leaf: Leaf): void {
    const ms = this.dateOf(leaf)?.ms;
    if (ms === undefined) return;
    // The CSMS's current time is a reading of a clock, not a date that the CSMS sets.
    if (leaf.path.at(-1) === "currentTime") this.clockMs = ms;
    else if (!this.ofStation.has(ms)) this.ofCsms.add(ms);
  }

  /** Whether the CSMS was the first to send a date; but a timestamp close to the current time is a reading of a clock. */
  private isOfCsms(leaf: Leaf, ms: number): boolean {
    if (!this.ofCsms.has(ms)) return false;
    const isNow = this.clockMs !== undefined && Math.abs(ms - this.clockMs) <= clockToleranceMs;
    return !(isNow && leaf.path.at(-1) === "timestamp");
  }

  private dates(leaves: readonly Leaf[], isCall: boolean): readonly ValuePlace[] {
    const { span } = this;
    if (span === undefined) return [];
    return leaves.flatMap((leaf): ValuePlace[] => {
      const date = leaf.path.length < 2 ? undefined : this.dateOf(leaf);
      if (date === undefined || leaf.path.includes("signedMeterValue")) return [];
      if (!isPlausible(date.ms, span) || this.isOfCsms(leaf, date.ms)) return [];
      this.ofStation.add(date.ms);
      if (leaf.path.at(-1) === "timestamp") this.clockMs = date.ms;
      if (isCall) this.firstMs ??= date.ms;
      this.earliestMs = Math.min(this.earliestMs, date.ms);
      this.latestMs = Math.max(this.latestMs, date.ms);
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

  /** The EVSE of a message: the first event of a transaction names it, later ones need not (2.0.1 part 2, E01). */
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
