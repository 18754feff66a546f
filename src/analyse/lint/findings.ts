// Folds detections into findings: detections with the same code, class, action, pointer (indexes as `*`) and direction are
// one finding with a count and its first and last place. Bounded; further findings are only counted.

import { text as decoded, utf8 } from "../../base/bytes.js";
import { type Direction, type Side, senderOf } from "../../base/direction.js";
import { starIndexes } from "../../ocpp/json/pointer.js";
import { type ByteSpan, byteSpanOf } from "./byte-span.js";
import type { Detection, FindingClass, FindingCode } from "./detectors/detector.js";

/** A place where a finding was detected. */
export interface FindingPlace {
  readonly connection: number;
  /** Index of the entry that completed the message. */
  readonly entry: number;
  /** Milliseconds since the session's start; null if unknown. */
  readonly atMs: number | null;
  /** JSON pointer with its indexes. */
  readonly pointer: string;
}

/** A finding: all detections of one kind. */
export interface Finding {
  readonly code: string;
  readonly class: FindingClass;
  readonly clause: string;
  readonly action: string | undefined;
  readonly direction: Direction;
  /** Who did it. */
  readonly by: Side;
  /** JSON pointer with `*` for indexes. */
  readonly pointer: string;
  /** The sentence of the first detection. */
  readonly message: string;
  /** The bytes of the first detection in the text of its message. */
  readonly span: ByteSpan;
  /** That text; of a long text only the part around the span, with the span inside that part. */
  readonly quoted: { readonly text: string; readonly span: ByteSpan };
  readonly first: FindingPlace;
  last: FindingPlace;
  count: number;
}

/** A rule of the user for findings that are not reported. */
export interface Suppression {
  readonly code: string;
  /** Only for this action. */
  readonly action?: string;
  /** Only at this pointer, with `*` for indexes. */
  readonly pointer?: string;
}

const mostFindings = 10_000;
/** Longer texts, in characters, are cut to this many bytes around the span. */
const longestText = 4096;
const around = 300;

/** Collects the findings of one recording. */
export class Findings {
  private readonly folded = new Map<string, Finding>();
  private readonly codes: ReadonlyMap<string, FindingCode>;
  private readonly suppressions: readonly Suppression[];
  /** Detections that a suppression covers. */
  suppressed = 0;
  /** Detections that were not kept because there are too many findings. */
  dropped = 0;

  constructor(codes: ReadonlyMap<string, FindingCode>, suppressions: readonly Suppression[] = []) {
    this.codes = codes;
    this.suppressions = suppressions;
  }

  /** Adds a detection; gives the finding if this is its first detection. */
  add(detection: Detection): Finding | undefined {
    const pointer = starIndexes(detection.pointer ?? "");
    if (this.suppressions.some((one) => covers(one, detection, pointer))) {
      this.suppressed++;
      return undefined;
    }
    const known = this.codes.get(detection.code);
    const findingClass = detection.class ?? known?.class ?? "smell";
    const { connection, entry, atMs, direction } = detection.place;
    const place = { connection, entry, atMs, pointer: detection.pointer ?? "" };
    const key = JSON.stringify([detection.code, findingClass, detection.action ?? null, pointer, direction]);
    const folded = this.folded.get(key);
    if (folded !== undefined) {
      folded.count++;
      folded.last = place;
      return undefined;
    }
    if (this.folded.size >= mostFindings) {
      this.dropped++;
      return undefined;
    }
    const span = detection.span ?? byteSpanOf(detection.place.text, detection.pointer ?? "");
    const finding: Finding = {
      code: detection.code,
      class: findingClass,
      clause: detection.clause ?? known?.clause ?? "",
      action: detection.action,
      direction,
      by: detection.by ?? senderOf(direction),
      pointer,
      message: detection.message,
      span,
      quoted: quotedFrom(detection.place.text, span),
      first: place,
      last: place,
      count: 1,
    };
    this.folded.set(key, finding);
    return finding;
  }

  /** All findings, in the order of their first place. */
  list(): readonly Finding[] {
    return [...this.folded.values()].sort((a, b) => a.first.entry - b.first.entry);
  }
}

const quotedFrom = (message: string, span: ByteSpan): Finding["quoted"] => {
  if (message.length <= longestText) return { text: message, span };
  const from = Math.max(0, span.offset - around);
  const bytes = utf8(message).subarray(from, span.offset + Math.min(span.length, around) + around);
  return {
    text: decoded(bytes),
    span: { offset: span.offset - from, length: Math.min(span.length, around) },
  };
};

const covers = (one: Suppression, detection: Detection, pointer: string): boolean =>
  one.code === detection.code &&
  (one.action === undefined || one.action === detection.action) &&
  (one.pointer === undefined || one.pointer === pointer);
