// The values of one run of one station: learned from what the CSMS says, made from the seed and the run, moved with the
// clock and the meter. Every text that goes out passes through here and gets its values by lossless splice; beside it
// comes the same text with the names of the values, which is equal in every run that did the same thing.

import { type Edit, splice } from "../../../ocpp/json/spans.js";
import type { OutgoingMessage, Plan } from "../../plan/plan.js";
import { differenceWh, inWh, readingPlus } from "../../plan/values/meters.js";
import type { MadePlace, MeterPlace, ValuePlace } from "../../plan/values/places.js";
import { sameSpelling } from "../../plan/values/slots.js";
import { dateIn, dateLike, shiftedDate } from "../../plan/values/times.js";
import type { ReceivedMessage } from "../../received-message.js";
import { FreshIds } from "./fresh-ids.js";
import type { ValueOptions } from "./value-options.js";

/** What a run needs to make values. */
export interface ValueMaking {
  readonly options: ValueOptions;
  readonly sha256: (bytes: Uint8Array) => string;
  readonly identity: string;
}

/** A text of the station with the values of this run. */
export interface Written {
  readonly text: string;
  /** With the names of values in place of them. */
  readonly named: string;
}

/** What a recorded message of the CSMS says about values, by pointers into its payload. */
export interface ReceivedPlaces {
  readonly teaches: ReadonlyMap<string, number>;
  readonly bound: ReadonlyMap<string, number>;
  readonly made?: ReadonlyMap<string, string>;
}

/** Everything as it was recorded. */
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
  /** The instant of the event that is being handled, in nanoseconds since the run's start. */
  at = 0;
  /** Whether a CSMS was asked for the id of a transaction. */
  startsTransactions = false;
  private readonly plan: Plan;
  private readonly options: ValueOptions;
  private readonly fresh: FreshIds | undefined;
  private readonly learned = new Map<number, string>();
  private readonly moved = new Map<string, string>();
  private readonly stops = new Map<string, string>();
  private readonly registers = new Map<string, string>();
  /** What the CSMS's clock showed: in a payload, in the head of an upgrade. */
  private clock: number | undefined;
  private headClock: number | undefined;
  private offset: { readonly seconds: number; readonly fixedAt: number } | undefined;
  private latestSent: number | undefined;

  constructor(plan: Plan, making?: ValueMaking) {
    this.plan = plan;
    this.options = making?.options ?? asRecorded;
    this.fresh =
      making === undefined ? undefined : new FreshIds(making.sha256, { ...this.options, ...making });
    for (const [index, slot] of plan.slots.entries())
      if (slot.given !== undefined) this.learned.set(index, slot.given);
  }

  // --- what the CSMS says ----------------------------------------------------------------------------------

  /** The value that this run has for a slot, as its characters stand in the message; undefined while unknown. */
  live(slot: number): string | undefined {
    return this.learned.get(slot);
  }

  /** Learns what a message of the CSMS hands out in the places of the recorded one. */
  learn({ teaches }: ReceivedPlaces, message: ReceivedMessage): void {
    for (const [pointer, slot] of teaches) {
      const source = message.payloadSources.get(pointer);
      if (source !== undefined && source !== "null") this.learned.set(slot, source);
    }
  }

  /** Takes the CSMS's time from the answer to a BootNotification or a Heartbeat. */
  hearClock(currentTime: unknown): void {
    const ms = typeof currentTime === "string" ? dateIn(currentTime)?.ms : undefined;
    if (ms !== undefined) this.clock = ms;
  }

  /** Whether this would fix the dates of the run although the CSMS has not told its time yet. */
  needsClock(out: OutgoingMessage): boolean {
    if (this.options.time === "keep" || this.clock !== undefined || this.offset !== undefined) return false;
    return out.places?.some(({ kind }) => kind === "time") ?? false;
  }

  /** Takes the date of the response to an upgrade. */
  hearHead(ms: number | undefined): void {
    this.headClock = ms ?? this.headClock;
  }

  /** Whether a live value stands for the recorded one at this place. */
  stands(
    heard: ReceivedPlaces,
    connection: number,
    pointer: string,
    recorded: string,
    live: string,
  ): boolean {
    if (heard.teaches.has(pointer)) return true;
    const made = heard.made?.get(pointer);
    if (made !== undefined && this.isFresh(connection))
      return live === `"${this.fresh?.for("transaction", made)}"`;
    const slot = heard.bound.get(pointer);
    const value = slot === undefined ? undefined : this.learned.get(slot);
    if (slot === undefined || value === undefined) return false;
    return (
      sameSpelling(recorded) === this.plan.slots[slot]?.recorded && sameSpelling(live) === sameSpelling(value)
    );
  }

  // --- what the station says -------------------------------------------------------------------------------

  /** The text of a recorded message with the values of now; undefined where it has none to write. */
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

  /** The message id with which a recorded CALL goes out. */
  messageId(out: OutgoingMessage, connection: number, recorded: string): string {
    const place = out.places?.find((one) => one.kind === "made" && one.what === "message");
    return (place?.kind === "made" ? this.made(place, connection) : undefined) ?? recorded;
  }

  /** An id for a message of the run's own. */
  ownId(name: string): string {
    return this.fresh?.made(name) ?? name;
  }

  /** An id for a CALL that is made beside the plan: the name itself where ids are kept. */
  madeId(connection: number, name: string): string {
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
        return readingPlus(recorded, place.power, this.metersMoved(place.connector));
    }
  }

  private made(place: MadePlace, connection: number): string | undefined {
    return this.isFresh(connection) ? this.fresh?.for(place.what, place.recorded) : undefined;
  }

  /** A value that this CSMS never handed out is sent as recorded, and that is not the same thing done. */
  private nameOf(place: ValuePlace, isWritten: boolean): string | undefined {
    switch (place.kind) {
      case "slot":
        return isWritten ? `{{${this.plan.slots[place.slot]?.name ?? ""}}}` : undefined;
      case "made":
        return `{{${place.name}}}`;
      case "time":
        return `{{time+${Math.floor((place.ms - (this.plan.times?.earliest ?? 0)) / 1000)}}}`;
      case "meter":
        // A register is named by what it was: the same in every run, and told apart from others.
        return undefined;
    }
  }

  private note(place: ValuePlace, written: string): void {
    if (place.kind === "time") this.latestSent = Math.max(this.latestSent ?? place.ms, place.ms);
    if (place.kind === "meter") this.noteRegister(place, written);
  }

  // --- the clock -------------------------------------------------------------------------------------------

  /** One offset for the whole run, fixed when it is asked for first. */
  private get seconds(): number {
    this.offset ??= { seconds: this.secondsFrom(this.now), fixedAt: this.at };
    return this.offset.seconds;
  }

  private get now(): number {
    return this.clock ?? this.headClock ?? this.options.startedMs + this.at / 1e6;
  }

  private secondsFrom(now: number): number {
    const { times } = this.plan;
    if (times === undefined) return 0;
    switch (this.options.time) {
      case "keep":
        return 0;
      case "end-now":
        return Math.floor((now - times.latest) / 1000);
      case "start-now":
        return Math.floor((now - times.first) / 1000);
      case "days":
        return (Math.floor((now - times.latest) / dayMs) * dayMs) / 1000;
    }
  }

  /** A date for a message of the run's own, in the style of one that was sent: now, as far as the run has come. */
  ownDate(sample: string): string {
    const { time } = this.options;
    const reached = time === "end-now" ? this.plan.times?.latest : this.latestSent;
    if (reached === undefined) return dateLike(sample, this.now);
    return dateLike(sample, reached + this.seconds * 1000);
  }

  /** What the next run has to know of this one. */
  get left(): { readonly stopped: ReadonlyMap<string, string>; readonly freeAt: number | undefined } {
    const { time } = this.options;
    const isNow = time === "end-now" || time === "start-now";
    // Dates are moved by whole seconds, and a CSMS knows a 1.6 transaction by its start: in another second it is another.
    const isBusy = this.startsTransactions && this.offset !== undefined && isNow;
    const freeAt = isBusy ? (this.offset?.fixedAt ?? 0) + 1e9 : undefined;
    return { stopped: this.stops, freeAt };
  }

  /** Whether transactions stay open at the end. */
  get leavesOpen(): boolean {
    return this.options.leaveOpen;
  }

  // --- the meters ------------------------------------------------------------------------------------------

  /** By how many Wh the registers of a connector are moved. */
  private metersMoved(connector: string): string {
    const known = this.moved.get(connector);
    if (known !== undefined) return known;
    const stop = this.options.meter === "keep" ? undefined : this.options.lastStops.get(connector);
    const first = this.plan.registers.get(connector);
    const moved = stop === undefined || first === undefined ? undefined : differenceWh(stop, first);
    this.moved.set(connector, moved ?? "0");
    return moved ?? "0";
  }

  private noteRegister({ connector, power, role }: MeterPlace, written: string): void {
    const wh = inWh(written, power);
    if (wh === undefined) return;
    this.registers.set(connector, wh);
    if (role === "stop") this.stops.set(connector, wh);
  }

  /** The last register of a connector that was sent, in Wh. */
  registerOf(connector: string | undefined): string | undefined {
    return connector === undefined ? undefined : this.registers.get(connector);
  }

  /** A transaction was stopped at the last register of its connector. */
  stoppedAt(connector: string | undefined): void {
    const wh = this.registerOf(connector);
    if (connector !== undefined && wh !== undefined) this.stops.set(connector, wh);
  }
}
