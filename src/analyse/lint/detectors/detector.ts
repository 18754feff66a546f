// What a detector is: a description of what it finds, and a watch that is told what happens and reports. A
// watch holds the state of one stretch of recording; after a gap a new one begins.

import type { Side } from "../../../base/direction.js";
import type { Profile } from "../../../ocpp/validation/validation-rules.js";
import type { HistoryEvent, RecordingPlace } from "../../history/events.js";

/** `defect`: a MUST is broken or data is lost; `smell`: legal, yet it breaks peers; `event`: what happened. */
export type FindingClass = "defect" | "smell" | "event";

/** All classes, the worst first. */
export const findingClasses: readonly FindingClass[] = ["defect", "smell", "event"];

/** A code that findings carry. */
export interface FindingCode {
  readonly code: string;
  readonly class: FindingClass;
  /** Where the rule is written; of events, where what happened is described. */
  readonly clause: string;
  /** What it means and when it is said, in a few sentences. */
  readonly doc: string;
}

/** Something that a detector found. */
export interface Detection {
  readonly code: string;
  readonly place: RecordingPlace;
  readonly message: string;
  readonly action?: string | undefined;
  /** From the root of the frame; the whole message where it is missing. */
  readonly pointer?: string;
  /** In bytes of the text, where the detector knows better than the pointer. */
  readonly span?: { readonly offset: number; readonly length: number };
  /** Who did it; the sender of the message unless said otherwise. */
  readonly by?: Side;
  /** Where it differs from what the code says of itself. */
  readonly class?: FindingClass;
  readonly clause?: string;
}

/** Takes what was found. */
export type ReportDetection = (found: Detection) => void;

/** Is told what happens. */
export type DetectorRun = (event: HistoryEvent, report: ReportDetection) => void;

/** How a recording is judged. */
export interface LintSettings {
  readonly profile: Profile;
  /** An open CALL older than this does not count against the next one. */
  readonly callTimeoutMs: number;
}

/** What a watch is begun with. */
export interface DetectorSettings extends LintSettings {
  /** What came before this stretch of recording is unknown. */
  readonly isAfterGap: boolean;
}

/** A detector. */
export interface Detector {
  readonly codes: readonly FindingCode[];
  /** Begins a watch. */
  start(settings: DetectorSettings): DetectorRun;
}
