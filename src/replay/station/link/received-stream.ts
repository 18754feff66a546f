// One live connection as the station sees it: bytes of the CSMS -> messages, and both directions -> entries of
// the transcript. Bounded and total: no byte a CSMS can send does more than become an item or a note.

import { exactText } from "../../../base/bytes.js";
import type { Direction } from "../../../base/direction.js";
import type { Entry, StreamEnd } from "../../../cassette/format/entry.js";
import { type Assembled, createAssembler, messagePayload } from "../../../wire/websocket/assembler.js";
import { type FrameView, opcodes, payloadOf } from "../../../wire/websocket/frame.js";
import { createScanner, type Piece } from "../../../wire/websocket/scanner.js";

/** What the CSMS said. */
export type Heard =
  | { readonly kind: "message"; readonly text: string | undefined }
  | { readonly kind: "ping"; readonly payload: Uint8Array }
  | { readonly kind: "close"; readonly payload: Uint8Array }
  /** Something that is left out of the comparison, and why. */
  | { readonly kind: "left-out"; readonly code: string; readonly message: string };

/** What came of a chunk: what was said, and the entries of it. */
export interface LegOutput {
  readonly heard: readonly Heard[];
  readonly entries: readonly Entry[];
}

const maxFragments = 16_384;

/** Reads and records one connection. */
export class Leg {
  readonly connection: number;
  readonly ends: StreamEnd[] = [];
  private readonly maxFrame: number;
  private readonly scanner;
  private readonly assembler = createAssembler();
  private openBytes = 0;
  private readonly frames: Record<Direction, number> = { "cp-to-csms": 0, "csms-to-cp": 0 };

  constructor(connection: number, maxFrame: number) {
    this.connection = connection;
    this.maxFrame = maxFrame;
    this.scanner = createScanner(maxFrame);
  }

  /** Takes bytes of the CSMS. */
  receive(chunk: Uint8Array, at: number): LegOutput {
    const heard: Heard[] = [];
    const entries: Entry[] = [];
    for (const piece of this.scanner.push(chunk)) {
      entries.push(this.entryOf("csms-to-cp", piece, at));
      heard.push(...this.hear(piece));
    }
    return { heard, entries };
  }

  /** The entries of bytes that the station sends; they need not be whole frames. */
  sent(bytes: Uint8Array, at: number): readonly Entry[] {
    const scanner = createScanner(Number.POSITIVE_INFINITY);
    const entries = scanner.push(bytes).map((piece) => this.entryOf("cp-to-csms", piece, at));
    const rest = scanner.pending();
    if (rest.length > 0) entries.push(this.bytesEntry("cp-to-csms", rest, at, "opaque"));
    return entries;
  }

  /** Whether this peer's stream is over. */
  hasEnded(by: StreamEnd["by"]): boolean {
    return this.ends.some((end) => end.by === by);
  }

  /** The entries of a stream that is over. */
  end(end: StreamEnd): readonly Entry[] {
    if (this.hasEnded(end.by)) return [];
    this.ends.push(end);
    const rest = end.by === "csms" ? this.scanner.pending() : undefined;
    return rest === undefined || rest.length === 0
      ? []
      : [this.bytesEntry("csms-to-cp", rest, end.at, "cut-off")];
  }

  private hear(piece: Piece): readonly Heard[] {
    switch (piece.kind) {
      case "frame":
        return this.assembler
          .push(piece.frame)
          .flatMap((item) => this.assembled(item))
          .concat(this.bound(piece.frame));
      case "run":
        if (!piece.first) return [];
        return [
          leftOut(
            "frame-too-large",
            `a frame of ${piece.header.declaredLength} bytes is left out: the limit is ${this.maxFrame}`,
          ),
        ];
      case "opaque":
        return piece.first
          ? [leftOut("opaque", "the CSMS sends bytes that are no WebSocket frames; they are left out")]
          : [];
    }
  }

  private assembled(item: Assembled): readonly Heard[] {
    if (item.kind === "control") return control(item.frame);
    this.openBytes = 0;
    const opcode = item.frames[0]?.opcode;
    const isText = item.complete && opcode === opcodes.text;
    return [{ kind: "message", text: isText ? exactText(messagePayload(item.frames)) : undefined }];
  }

  /** A message in endless fragments must not fill the memory. */
  private bound(frame: FrameView): readonly Heard[] {
    const open = this.assembler.open();
    if (open.length === 0) return [];
    this.openBytes = open.length === 1 ? frame.raw.length : this.openBytes + frame.raw.length;
    if (this.openBytes <= this.maxFrame && open.length <= maxFragments) return [];
    this.assembler.release();
    return [
      leftOut(
        "message-too-large",
        `a message in more fragments than fit into ${this.maxFrame} bytes is left out`,
      ),
    ];
  }

  private entryOf(direction: Direction, piece: Piece, at: number): Entry {
    switch (piece.kind) {
      case "frame": {
        const seen = this.seen(direction);
        this.frames[direction]++;
        const { raw } = piece.frame;
        return { kind: "frame", connection: this.connection, direction, rx: at, tx: at, seen, raw };
      }
      case "run":
        return this.bytesEntry(direction, piece.bytes, at, "run");
      case "opaque":
        return this.bytesEntry(direction, piece.bytes, at, "opaque");
    }
  }

  private bytesEntry(
    direction: Direction,
    raw: Uint8Array,
    at: number,
    why: "opaque" | "run" | "cut-off",
  ): Entry {
    return {
      kind: "bytes",
      connection: this.connection,
      direction,
      rx: at,
      tx: at,
      seen: this.seen(direction),
      why,
      raw,
    };
  }

  private seen(direction: Direction): number {
    return this.frames[direction === "cp-to-csms" ? "csms-to-cp" : "cp-to-csms"];
  }
}

const leftOut = (code: string, message: string): Heard => ({ kind: "left-out", code, message });

const control = (frame: FrameView): readonly Heard[] => {
  if (frame.opcode === opcodes.ping) return [{ kind: "ping", payload: payloadOf(frame) }];
  if (frame.opcode === opcodes.close) return [{ kind: "close", payload: payloadOf(frame) }];
  return [];
};
