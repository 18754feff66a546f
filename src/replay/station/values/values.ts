// The values of one run: learned from the CSMS, made from the seed and the run, shifted with the clock and the meter.
// Every text that is sent gets its values here, and nothing else of it changes. The same text with the names of the values
// is made as well, for the fingerprint: it is equal in every run that did the same thing.

import { type Edit, splice } from "../../../ocpp/json/spans.js";
import type { OutgoingMessage, Plan } from "../../plan/plan.js";
import { differenceWh, inWh, readingPlus } from "../../plan/values/meters.js";
import type { MadePlace, MeterPlace, ValuePlace } from "../../plan/values/places.js";
import { sameSpelling } from "../../plan/values/slots.js";
import { dateIn, dateLike, shiftedDate } from "../../plan/values/times.js";
import type { ReceivedMessage } from "../../received-message.js";
import { FreshIds } from "./fresh-ids.js";
import type { ValueOptions } from "./value-options.js";

/** What values are made from. */
export interface ValueMaking {
  readonly options: ValueOptions;
  readonly sha256: (bytes: Uint8Array) => string;
  readonly identity: string;
}

/** A text of the station with the values of this run. */
export interface Written {
  readonly text: string;
  /** The same text with the names of values in place of them. */
  readonly named: string;
}

/** The values in a recorded message of the CSMS, by pointers into its payload; see RecordedAnswer and Expectation. */
export interface ReceivedPlaces {
  readonly teaches: ReadonlyMap<string, number>;
  readonly bound: ReadonlyMap<string, number>;
  readonly made?: ReadonlyMap<string, string>;
}

/** Sends everything as recorded. */
export const asRecorded: ValueOptions = {
  ids: "keep",
  seed: 0,
  run: 0,
  time: "keep",
  meter: "keep",
  lastStops: new Map(),
  startedMs: 0,
  leaveOpen: true,
};

const dayMs = 86_400_000;

/** The values of a run. */
export class Values {
  /** The time of the event that is being handled, in nanoseconds since the run's start. */
  atNs = 0;
  /** Whether the run has started 1.6 transactions. */
  startsTransactions = false;
  private readonly plan: Plan;
  private readonly options: ValueOptions;
  private readonly fresh: FreshIds | undefined;
  private readonly learned = new Map<number, string>();
  private readonly shifts = new Map<string, string>();
  private readonly stops = new Map<string, string>();
  private readonly registers = new Map<string, string>();
  /** The CSMS's time from a payload, and from the head of an upgrade, in milliseconds since 1970. */
  private clockMs: number | undefined;
  private headClockMs: number | undefined;
  private offset: { readonly seconds: number; readonly fixedAtNs: number } | undefined;
  private latestSentMs: number | undefined;

  constructor(plan: Plan, making?: ValueMaking) {
    this.plan = plan;
    this.options = making?.options ?? asRecorded;
    this.fresh =
      making === undefined ? undefined : new FreshIds(making.sha256, { ...this.options, ...making });
    for (const [index, slot] of plan.slots.entries())
      if (slot.given !== undefined) this.learned.set(index, slot.given);
  }

  // --- values of the CSMS ----------------------------------------------------------------------------------

  /** The value that this run has for a slot, as its characters stand in JSON; undefined while unknown. */
  liveValue(slot: number): string | undefined {
    return this.learned.get(slot);
  }

  /** Learns the values that a message of the CSMS hands out where the recorded one does. */
  learn({ teaches }: ReceivedPlaces, message: ReceivedMessage): void {
    for (const [pointer, slot] of teaches) {
      const source = message.payloadSources.get(pointer);
      if (source !== undefined && source !== "null") this.learned.set(slot, source);
    }
  }

  /** Takes the CSMS's time from the answer to a BootNotification or a Heartbeat. */
  learnClock(currentTime: unknown): void {
    const ms = typeof currentTime === "string" ? dateIn(currentTime)?.ms : undefined;
    if (ms !== undefined) this.clockMs = ms;
  }

  /** Whether sending this would fix the run's dates before the CSMS's time is known. */
  needsCsmsClock(out: OutgoingMessage): boolean {
    if (this.options.time === "keep" || this.clockMs !== undefined || this.offset !== undefined) return false;
    return out.places?.some(({ kind }) => kind === "time") ?? false;
  }

  /** Takes the date of the answer to an upgrade, in milliseconds since 1970. */
  learnHeadDate(ms: number | undefined): void {
    this.headClockMs = ms ?? this.headClockMs;
  }

  /** Whether a value of a live message of the CSMS is this run's value for the recorded one at this pointer. */
  isLiveValue(
    places: ReceivedPlaces,
    connection: number,
    pointer: string,
    recorded: string,
    live: string,
  ): boolean {
    if (places.teaches.has(pointer)) return true;
    const made = places.made?.get(pointer);
    if (made !== undefined && this.isFresh(connection))
      return live === `"${this.fresh?.for("transaction", made)}"`;
    const slot = places.bound.get(pointer);
    const value = slot === undefined ? undefined : this.learned.get(slot);
    if (slot === undefined || value === undefined) return false;
    return (
      sameSpelling(recorded) === this.plan.slots[slot]?.recorded && sameSpelling(live) === sameSpelling(value)
    );
  }

  // --- values of the station -------------------------------------------------------------------------------

  /** The text of a recorded message with the values of this run; undefined where it has none. */
  write(out: OutgoingMessage, connection: number): Written | undefined {
    const { text, places = [] } = out;
    if (text === undefined || places.length === 0) return undefined;
    const edits: Edit[] = [];
    const names: Edit[] = [];
    for (const place of places) {
      const { offset, length } = place;
      const recorded = text.slice(offset, offset + length);
      const put = this.valueAt(place, recorded, connection);
      const name = this.nameOf(place, put !== undefined);
      if (put !== undefined) edits.push({ offset, length, put });
      if (name !== undefined) names.push({ offset, length, put: name });
      this.note(place, put ?? recorded);
    }
    return { text: splice(text, edits), named: splice(text, names) };
  }

  /** The message id that a recorded CALL is sent with. */
  messageId(out: OutgoingMessage, connection: number, recorded: string): string {
    const place = out.places?.find((one) => one.kind === "made" && one.what === "message");
    return (place?.kind === "made" ? this.made(place, connection) : undefined) ?? recorded;
  }

  /** An id for a message that the recording does not have. */
  ownId(name: string): string {
    return this.fresh?.made(name) ?? name;
  }

  /** An id for an extra CALL: the name itself where ids are kept. */
  extraId(connection: number, name: string): string {
    return this.isFresh(connection) ? this.ownId(name) : name;
  }

  private isFresh(connection: number): boolean {
    const { ids } = this.options;
    return ids === "by-version" ? this.plan.versions.get(connection) !== "1.6" : ids === "fresh";
  }

  private valueAt(place: ValuePlace, recorded: string, connection: number): string | undefined {
    switch (place.kind) {
      case "slot":
        return this.learned.get(place.slot);
      case "made":
        return this.made(place, connection);
      case "time":
        return shiftedDate(recorded, this.seconds);
      case "meter":
        return readingPlus(recorded, place.power, this.meterShift(place.connector));
    }
  }

  private made(place: MadePlace, connection: number): string | undefined {
    return this.isFresh(connection) ? this.fresh?.for(place.what, place.recorded) : undefined;
  }

  /** A value without a live one is sent as recorded and gets no name: that run did not do the same thing. */
  private nameOf(place: ValuePlace, isWritten: boolean): string | undefined {
    switch (place.kind) {
      case "slot":
        return isWritten ? `{{${this.plan.slots[place.slot]?.name ?? ""}}}` : undefined;
      case "made":
        return `{{${place.name}}}`;
      case "time":
        return `{{time+${Math.floor((place.ms - (this.plan.times?.earliestMs ?? 0)) / 1000)}}}`;
      case "meter":
        // The recorded register stands in the named text: it is the same in every run.
        return undefined;
    }
  }

  private note(place: ValuePlace, written: string): void {
    if (place.kind === "time") this.latestSentMs = Math.max(this.latestSentMs ?? place.ms, place.ms);
    if (place.kind === "meter") this.noteRegister(place, written);
  }

  // --- the clock -------------------------------------------------------------------------------------------

  /** By how many seconds dates are shifted: one offset for the whole run, fixed when it is first needed. */
  private get seconds(): number {
    this.offset ??= { seconds: this.secondsFrom(this.nowMs), fixedAtNs: this.atNs };
    return this.offset.seconds;
  }

  private get nowMs(): number {
    return this.clockMs ?? this.headClockMs ?? this.options.startedMs + this.atNs / 1e6;
  }

  private secondsFrom(nowMs: number): number {
    const { times } = this.plan;
    if (times === undefined) return 0;
    switch (this.options.time) {
      case "keep":
        return 0;
      case "end-now":
        return Math.floor((nowMs - times.latestMs) / 1000);
      case "start-now":
        return Math.floor((nowMs - times.firstMs) / 1000);
      case "days":
        return (Math.floor((nowMs - times.latestMs) / dayMs) * dayMs) / 1000;
    }
  }

  /** The current date in the shifted time of the run, in the style of a date that was sent. */
  ownDate(sample: string): string {
    const { time } = this.options;
    const reached = time === "end-now" ? this.plan.times?.latestMs : this.latestSentMs;
    if (reached === undefined) return dateLike(sample, this.nowMs);
    return dateLike(sample, reached + this.seconds * 1000);
  }

  /** What later runs have to know of this one, see Outcome. */
  get forNextRun(): { readonly stopped: ReadonlyMap<string, string>; readonly freeAtNs: number | undefined } {
    const { time } = this.options;
    const isNow = time === "end-now" || time === "start-now";
    // Dates are shifted by whole seconds, and a CSMS may identify a 1.6 transaction by its start date: a run that begins
    // in the next second has other dates.
    const isBusy = this.startsTransactions && this.offset !== undefined && isNow;
    const freeAtNs = isBusy ? (this.offset?.fixedAtNs ?? 0) + 1e9 : undefined;
    return { stopped: this.stops, freeAtNs };
  }

  /** Whether transactions stay open at the end of the run. */
  get leavesOpen(): boolean {
    return this.options.leaveOpen;
  }

  // --- the meters ------------------------------------------------------------------------------------------

  /** By how many Wh the registers of a connector are shifted. */
  private meterShift(connector: string): string {
    const known = this.shifts.get(connector);
    if (known !== undefined) return known;
    const stop = this.options.meter === "keep" ? undefined : this.options.lastStops.get(connector);
    const first = this.plan.registers.get(connector);
    const shift = stop === undefined || first === undefined ? undefined : differenceWh(stop, first);
    this.shifts.set(connector, shift ?? "0");
    return shift ?? "0";
  }

  private noteRegister({ connector, power, role }: MeterPlace, written: string): void {
    const wh = inWh(written, power);
    if (wh === undefined) return;
    this.registers.set(connector, wh);
    if (role === "stop") this.stops.set(connector, wh);
  }

  /** The last register of a connector that this run sent, in Wh. */
  registerOf(connector: string | undefined): string | undefined {
    return connector === undefined ? undefined : this.registers.get(connector);
  }

  /** Notes that a transaction was stopped at the last register of its connector. */
  stoppedAt(connector: string | undefined): void {
    const wh = this.registerOf(connector);
    if (connector !== undefined && wh !== undefined) this.stops.set(connector, wh);
  }
}
