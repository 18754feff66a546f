// Where a recorded text of the station holds something that a run may write anew, and what it is. Data only: the places
// are found when the plan is compiled and filled when the text is sent; nothing else of the text changes.

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

/** A date that the station's clock showed: the characters up to its seconds. */
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

/** One place. */
export type ValuePlace = SlotPlace | MadePlace | TimePlace | MeterPlace;

/** What the dates of a whole plan span, in milliseconds since 1970. */
export interface PlanTimes {
  /** The date that is sent first. */
  readonly firstMs: number;
  readonly earliestMs: number;
  readonly latestMs: number;
}

/** A value that the CSMS chooses, with a name that is the same in every run. */
export interface Slot {
  readonly name: string;
  /** As recorded, in the spelling that is the same for the same number. */
  readonly recorded: string;
  /** The step whose answer holds it; -1 where a call of the CSMS brings it. */
  readonly learnedFrom: number;
  /** The value, in the characters of JSON, that a person gave; it is written until another is learned. */
  readonly given?: string;
}

/** Where a recorded text holds the value of a slot. */
export interface SlotUse {
  readonly slot: number;
  readonly offset: number;
  readonly length: number;
}
