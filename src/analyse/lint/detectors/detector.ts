// The contract of a detector: the codes of its findings, and a function that receives the events of a recording and
// reports what it detects. A run keeps the state of one uninterrupted part of a recording; after a gap a new run starts.
// docs/writing-a-detector.md shows how to add one.

import { type Direction, type Side, senderOf } from "../../../base/direction.js";
import type { Profile } from "../../../ocpp/validation/validation-rules.js";
import type { HistoryEvent, RecordingPlace } from "../../history/events.js";

/** `defect`: a MUST or SHALL is broken, or data is lost; `smell`: allowed, but it breaks peers; `event`: allowed, and worth knowing. */
export type FindingClass = "defect" | "smell" | "event";

/** All classes, from the worst to the mildest. */
export const findingClasses: readonly FindingClass[] = ["defect", "smell", "event"];

/** A code of findings, and what it means. */
export interface FindingCode {
  readonly code: string;
  readonly class: FindingClass;
  /** The document and section that contain the rule, or describe what happened. */
  readonly clause: string;
  /** What happened and when it is reported, in a few sentences; the first one is shown by `lint --list`. */
  readonly doc: string;
}

/** One thing that a detector detected at one place. */
export interface Detection {
  readonly code: string;
  readonly place: RecordingPlace;
  /** One sentence: what happened, who did it and what it means. At most 300 characters are shown. */
  readonly message: string;
  readonly action?: string | undefined;
  /** JSON pointer from the root of the message; absent: the whole message. */
  readonly pointer?: string;
  /** Bytes of the text, if the pointer is not exact enough. */
  readonly span?: { readonly offset: number; readonly length: number };
  /** Who did it; absent: the sender of the message. */
  readonly by?: Side;
  /** Class and clause, if they differ from those of the code. */
  readonly class?: FindingClass;
  readonly clause?: string;
}

/** The sender of a message in the words of a detection: "the charger" or "the CSMS". */
export function senderName(direction: Direction): string {
  return senderOf(direction) === "csms" ? "the CSMS" : "the charger";
}

/** Receives what a detector detected. */
export type ReportDetection = (detection: Detection) => void;

/** Receives the events of a recording one by one, and reports. */
export type DetectorRun = (event: HistoryEvent, report: ReportDetection) => void;

/** The settings of the user. */
export interface LintSettings {
  /** How strictly single messages are validated. */
  readonly profile: Profile;
  /** A CALL without an answer for longer than this no longer counts as open, in milliseconds. */
  readonly callTimeoutMs: number;
}

/** What a run starts with. */
export interface DetectorSettings extends LintSettings {
  /** Whether this part of the recording follows a gap, so that what came before is unknown. */
  readonly isAfterGap: boolean;
}

/** A detector: one file in this folder, and one line in registry.ts. */
export interface Detector {
  readonly codes: readonly FindingCode[];
  /** Starts a run. */
  start(settings: DetectorSettings): DetectorRun;
}
