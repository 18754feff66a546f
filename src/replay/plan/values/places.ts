// The places of a recorded text of the station that a run writes new values to, and what these values are. Data only: the
// places are found when the plan is compiled and written when the text is sent; nothing else of the text changes.

interface Span {
  /** In UTF-16 units of the text. */
  readonly offset: number;
  readonly length: number;
}

/** A value that the CSMS chose. */
interface SlotPlace extends Span {
  readonly kind: "slot";
  readonly slot: number;
}

/** An id that the station made: the characters between the quotes. */
export interface MadePlace extends Span {
  readonly kind: "made";
  readonly what: "message" | "transaction";
  readonly recorded: string;
  /** The same in every run. */
  readonly name: string;
}

/** A date of the station's clock: its characters up to the seconds. */
interface TimePlace extends Span {
  readonly kind: "time";
  /** Milliseconds since 1970. */
  readonly ms: number;
}

/** A reading of an energy register: its digits. */
export interface MeterPlace extends Span {
  readonly kind: "meter";
  readonly connector: string;
  /** The power of ten of its unit: 0 for Wh, 3 for kWh. */
  readonly power: number;
  readonly role: "start" | "stop" | "reading";
}

/** A place. */
export type ValuePlace = SlotPlace | MadePlace | TimePlace | MeterPlace;

/** The span of the dates of a plan, in milliseconds since 1970. */
export interface PlanTimes {
  /** The date that is sent first. */
  readonly firstMs: number;
  readonly earliestMs: number;
  readonly latestMs: number;
}

/** A value that the CSMS chooses; its name is the same in every run. */
export interface Slot {
  readonly name: string;
  /** As recorded; numbers in the spelling of `sameSpelling`. */
  readonly recorded: string;
  /** The step whose answer hands it out; -1 where a call of the CSMS does. */
  readonly learnedFrom: number;
  /** The value that the user gave, in the characters of JSON; it is sent until another is learned. */
  readonly given?: string;
}

/** The place of a slot's value in a recorded text, in UTF-16 units. */
export interface SlotUse {
  readonly slot: number;
  readonly offset: number;
  readonly length: number;
}
