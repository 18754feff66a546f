// Findings folded: those of one code, action, pointer (indexes as `*`) and direction are one, with a count and
// the first and last place. Bounded: what does not fit any more is only counted.

import { text as decoded, utf8 } from "../../base/bytes.js";
import { type Direction, type Side, senderOf } from "../../base/direction.js";
import { type ByteSpan, byteSpanOf } from "./byte-span.js";
import type { Detection, FindingClass, FindingCode } from "./detectors/detector.js";

/** One place of a finding. */
export interface FindingPlace {
  readonly connection: number;
  readonly entry: number;
  readonly atMs: number | null;
  /** With its indexes. */
  readonly pointer: string;
}

/** A folded finding. */
export interface Finding {
  readonly code: string;
  readonly class: FindingClass;
  readonly clause: string;
  readonly action: string | undefined;
  readonly direction: Direction;
  /** Whose doing it is. */
  readonly by: Side;
  /** Indexes as `*`. */
  readonly pointer: string;
  /** Of the first place: what it says, the bytes in the message's text, and that text. */
  readonly message: string;
  readonly span: ByteSpan;
  /** Of a long text the part around the span; `span` is that in it. */
  readonly quoted: { readonly text: string; readonly span: ByteSpan };
  readonly first: FindingPlace;
  last: FindingPlace;
  count: number;
}

/** What is not to be told. */
export interface Suppression {
  readonly code: string;
  /** Of this action only. */
  readonly action?: string;
  /** At this pointer only (indexes as `*`). */
  readonly pointer?: string;
}

const mostFindings = 10_000;
const longestText = 4096;
const around = 300;

const starred = (pointer: string): string => pointer.replace(/(?<=\/[^/]+)\/\d+(?=\/|$)/g, "/*");

/** Collects findings. */
export class Findings {
  private readonly folded = new Map<string, Finding>();
  private readonly codes: ReadonlyMap<string, FindingCode>;
  private readonly suppressions: readonly Suppression[];
  /** Findings that were asked not to be told. */
  suppressed = 0;
  /** Findings beyond what is kept. */
  dropped = 0;

  constructor(codes: ReadonlyMap<string, FindingCode>, suppressions: readonly Suppression[] = []) {
    this.codes = codes;
    this.suppressions = suppressions;
  }

  /** Takes one; gives the folded finding if it is the first of its kind. */
  add(found: Detection): Finding | undefined {
    const pointer = starred(found.pointer ?? "");
    if (this.suppressions.some((one) => isMeant(one, found, pointer))) {
      this.suppressed++;
      return undefined;
    }
    const known = this.codes.get(found.code);
    const judgement = found.class ?? known?.class ?? "smell";
    const { connection, entry, atMs, direction } = found.place;
    const place = { connection, entry, atMs, pointer: found.pointer ?? "" };
    const key = JSON.stringify([found.code, judgement, found.action ?? null, pointer, direction]);
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
    const span = found.span ?? byteSpanOf(found.place.text, found.pointer ?? "");
    const finding: Finding = {
      code: found.code,
      class: judgement,
      clause: found.clause ?? known?.clause ?? "",
      action: found.action,
      direction,
      by: found.by ?? senderOf(direction),
      pointer,
      message: found.message,
      span,
      quoted: quotedFrom(found.place.text, span),
      first: place,
      last: place,
      count: 1,
    };
    this.folded.set(key, finding);
    return finding;
  }

  /** All of them, in the order of their first place. */
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

const isMeant = (one: Suppression, found: Detection, pointer: string): boolean =>
  one.code === found.code &&
  (one.action === undefined || one.action === found.action) &&
  (one.pointer === undefined || one.pointer === pointer);
