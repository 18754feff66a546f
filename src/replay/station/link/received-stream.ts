// What a CSMS sends on one connection: bytes -> messages, pings and closes for the station, and entries for the
// transcript. The station's own bytes become entries here, too. Bounded and total over any bytes.

import { exactText } from "../../../base/bytes.js";
import type { Direction } from "../../../base/direction.js";
import type { Entry, StreamEnd } from "../../../cassette/format/entry.js";
import { type Assembled, createAssembler, messagePayload } from "../../../wire/websocket/assembler.js";
import { type FrameView, opcodes, payloadOf } from "../../../wire/websocket/frame.js";
import { createScanner, type Piece } from "../../../wire/websocket/scanner.js";
import { ReceivedMessage } from "../../received-message.js";

/** One thing that the CSMS sent. */
export type ReceivedItem =
  | { readonly kind: "message"; readonly message: ReceivedMessage }
  /** A binary message, or one that is not UTF-8. */
  | { readonly kind: "not-text" }
  | { readonly kind: "ping"; readonly payload: Uint8Array }
  | { readonly kind: "close"; readonly payload: Uint8Array }
  /** Something that is left out of the comparison, and why. */
  | { readonly kind: "left-out"; readonly code: string; readonly reason: string };

/** What a chunk contains, and its entries for the transcript. */
export interface ReceivedItems {
  readonly items: readonly ReceivedItem[];
  readonly entries: readonly Entry[];
}

const maxFragments = 16_384;

/** Reads what the CSMS sends on one connection, and records both directions. */
export class ReceivedStream {
  /** The connection's number in the transcript. */
  readonly ordinal: number;
  readonly ends: StreamEnd[] = [];
  /** The connection's number in the plan. */
  private readonly connection: number;
  /** In bytes. */
  private readonly maxFrame: number;
  private readonly scanner;
  private readonly assembler = createAssembler();
  private openBytes = 0;
  private readonly frames: Record<Direction, number> = { "cp-to-csms": 0, "csms-to-cp": 0 };

  constructor(connection: number, ordinal: number, maxFrame: number) {
    this.connection = connection;
    this.ordinal = ordinal;
    this.maxFrame = maxFrame;
    this.scanner = createScanner(maxFrame);
  }

  /** Takes bytes of the CSMS. */
  receive(chunk: Uint8Array, atNs: number): ReceivedItems {
    const items: ReceivedItem[] = [];
    const entries: Entry[] = [];
    for (const piece of this.scanner.push(chunk)) {
      entries.push(this.entryOf("csms-to-cp", piece, atNs));
      items.push(...this.itemsOf(piece, atNs));
    }
    return { items, entries };
  }

  /** The entries of bytes that the station sends; they need not be whole frames. */
  sent(bytes: Uint8Array, atNs: number): readonly Entry[] {
    const scanner = createScanner(Number.POSITIVE_INFINITY);
    const entries = scanner.push(bytes).map((piece) => this.entryOf("cp-to-csms", piece, atNs));
    const rest = scanner.pending();
    if (rest.length > 0) entries.push(this.bytesEntry("cp-to-csms", rest, atNs, "opaque"));
    return entries;
  }

  /** Whether this peer has ended its half of the connection. */
  hasEnded(by: StreamEnd["by"]): boolean {
    return this.ends.some((end) => end.by === by);
  }

  /** Notes the end of a half; gives the entries of a frame that it cut off. */
  end(end: StreamEnd): readonly Entry[] {
    if (this.hasEnded(end.by)) return [];
    this.ends.push(end);
    const rest = end.by === "csms" ? this.scanner.pending() : undefined;
    return rest === undefined || rest.length === 0
      ? []
      : [this.bytesEntry("csms-to-cp", rest, end.at, "cut-off")];
  }

  private itemsOf(piece: Piece, atNs: number): readonly ReceivedItem[] {
    switch (piece.kind) {
      case "frame":
        return this.assembler
          .push(piece.frame)
          .flatMap((item) => this.assembled(item, atNs))
          .concat(this.tooLarge(piece.frame));
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

  private assembled(item: Assembled, atNs: number): readonly ReceivedItem[] {
    if (item.kind === "control") return controlItems(item.frame);
    this.openBytes = 0;
    const isText = item.complete && item.frames[0]?.opcode === opcodes.text;
    const text = isText ? exactText(messagePayload(item.frames)) : undefined;
    if (text === undefined) return [{ kind: "not-text" }];
    return [{ kind: "message", message: new ReceivedMessage(text, this.connection, atNs) }];
  }

  /** Gives up a message in fragments that would fill the memory. */
  private tooLarge(frame: FrameView): readonly ReceivedItem[] {
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

  private entryOf(direction: Direction, piece: Piece, atNs: number): Entry {
    switch (piece.kind) {
      case "frame": {
        const seen = this.seen(direction);
        this.frames[direction]++;
        const { raw } = piece.frame;
        return { kind: "frame", connection: this.ordinal, direction, rx: atNs, tx: atNs, seen, raw };
      }
      case "run":
        return this.bytesEntry(direction, piece.bytes, atNs, "run");
      case "opaque":
        return this.bytesEntry(direction, piece.bytes, atNs, "opaque");
    }
  }

  private bytesEntry(
    direction: Direction,
    raw: Uint8Array,
    atNs: number,
    why: "opaque" | "run" | "cut-off",
  ): Entry {
    return {
      kind: "bytes",
      connection: this.ordinal,
      direction,
      rx: atNs,
      tx: atNs,
      seen: this.seen(direction),
      why,
      raw,
    };
  }

  private seen(direction: Direction): number {
    return this.frames[direction === "cp-to-csms" ? "csms-to-cp" : "cp-to-csms"];
  }
}

const leftOut = (code: string, reason: string): ReceivedItem => ({ kind: "left-out", code, reason });

const controlItems = (frame: FrameView): readonly ReceivedItem[] => {
  if (frame.opcode === opcodes.ping) return [{ kind: "ping", payload: payloadOf(frame) }];
  if (frame.opcode === opcodes.close) return [{ kind: "close", payload: payloadOf(frame) }];
  return [];
};
