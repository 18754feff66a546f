// Splitting bytes into frames, however they arrive.
import { EventEmitter } from "node:events";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as ws from "ws";
import { concat, hex, noBytes, sameBytes, text, utf8 } from "../../../src/base/bytes.js";
import { encodeFrame, opcodes, payloadOf } from "../../../src/wire/websocket/frame.js";
import { createScanner, type Piece } from "../../../src/wire/websocket/scanner.js";
import { anyCuts, anyFrame, anyMask, anyStream, bytesFrom, cut } from "../../support/cassettes/frames.js";

/** The halves of ws that its types leave out. */
const { Receiver, Sender } = ws as unknown as {
  readonly Receiver: new (options: object) => NodeJS.WritableStream;
  readonly Sender: new (
    socket: object,
  ) => {
    send(data: Buffer, options: object, done: () => void): void;
    ping(data: Buffer, mask: boolean, done: () => void): void;
  };
};

const limit = 70_000;

const bytesOf = (piece: Piece): Uint8Array => (piece.kind === "frame" ? piece.frame.raw : piece.bytes);

const feed = (chunks: readonly Uint8Array[], maxFrame = limit) => {
  const scanner = createScanner(maxFrame);
  return { pieces: chunks.flatMap((chunk) => [...scanner.push(chunk)]), scanner };
};

/** Pieces with runs and opaque bytes joined, to compare inputs that are split differently. */
const shape = (pieces: readonly Piece[]): readonly string[] => {
  const lines: string[] = [];
  let open: string | undefined;
  for (const piece of pieces) {
    const digits = hex(bytesOf(piece));
    if (piece.kind === "frame") lines.push(`frame ${digits}`);
    else if (open === piece.kind && !piece.first) lines.push(`${lines.pop()}${digits}`);
    else lines.push(`${piece.kind} ${digits}`);
    open = piece.kind;
  }
  return lines;
};

const rows = [
  { name: "an empty text", digits: "8100", kind: "frame" },
  { name: "a masked text", digits: "818537fa213d7f9f4d5158", kind: "frame" },
  { name: "125 bytes", digits: `827d${"00".repeat(125)}`, kind: "frame" },
  { name: "126 bytes", digits: `827e007e${"00".repeat(126)}`, kind: "frame" },
  { name: "127 bytes", digits: `827e007f${"00".repeat(127)}`, kind: "frame" },
  { name: "65535 bytes", digits: `827effff${"00".repeat(65535)}`, kind: "frame" },
  { name: "65536 bytes", digits: `827f0000000000010000${"00".repeat(65536)}`, kind: "frame" },
  { name: "a length of 1 in 64 bits", digits: "827f000000000000000141", kind: "frame" },
  { name: "reserved bits", digits: "f10141", kind: "frame" },
  { name: "2^31 declared", digits: "827f00000000800000004142", kind: "run" },
  { name: "2^32 declared", digits: "827f00000001000000004142", kind: "run" },
  { name: "2^53 declared", digits: "827f00200000000000004142", kind: "run" },
  { name: "2^60 declared", digits: "82ff100000000000000037fa213d4142", kind: "run" },
  { name: "2^63 declared", digits: "827f80000000000000004142", kind: "opaque" },
] as const;

describe.each(rows)("$name", ({ digits, kind }) => {
  const bytes = bytesFrom(digits);
  const tail = kind === "frame" ? encodeFrame({ opcode: 9, payload: utf8("x") }) : noBytes;
  const whole = concat([bytes, tail]);
  const expected = kind === "frame" ? [`frame ${digits}`, `frame ${hex(tail)}`] : [`${kind} ${digits}`];

  test.each([
    ["whole", [whole]],
    ["with its tail in a second chunk", [bytes, tail]],
    ["cut in the middle", [whole.slice(0, 3), whole.slice(3)]],
    ["byte by byte", Array.from(whole, (byte) => Uint8Array.of(byte))],
  ] as const)("is a %s", (_name, chunks) => {
    const before = chunks.map((chunk) => chunk.slice());
    const { pieces, scanner } = feed(chunks);
    expect(shape(pieces)).toEqual(expected);
    expect(scanner.pending()).toEqual(noBytes);
    expect(scanner.between).toBe(kind === "frame");
    expect(sameBytes(concat(chunks), concat(before))).toBe(true);
  });
});

describe("an oversized frame", () => {
  const frame = encodeFrame({ opcode: 2, payload: new Uint8Array(100).fill(7) });

  test("is returned as a run that ends at the end of the frame", () => {
    const chunks = [frame.slice(0, 1), frame.slice(1, 50), concat([frame.slice(50), bytesFrom("8900")])];
    const { pieces, scanner } = feed(chunks, 99);
    expect(pieces.map((piece) => [piece.kind, bytesOf(piece).length])).toEqual([
      ["run", 50],
      ["run", 52],
      ["frame", 2],
    ]);
    expect(pieces[0]).toMatchObject({ first: true, last: false, header: { declaredLength: 100 } });
    expect(pieces[1]).toMatchObject({ first: false, last: true });
    expect(scanner.between).toBe(true);
  });

  test("is returned in one piece below the limit", () => {
    expect(feed([frame], 100).pieces).toMatchObject([{ kind: "frame" }]);
  });

  test("has one first piece, even byte by byte", () => {
    const endless = bytesFrom("827f1000000000000000414243");
    const { pieces } = feed(Array.from(endless, (byte) => Uint8Array.of(byte)));
    expect(pieces.filter((piece) => piece.kind === "run" && piece.first)).toHaveLength(1);
  });
});

describe("createScanner", () => {
  test("returns pieces that, joined with the pending bytes, are the input", () => {
    fc.assert(
      fc.property(anyStream, anyCuts, (stream, places) => {
        const { pieces, scanner } = feed(cut(stream, places));
        const joined = concat([...pieces.map(bytesOf), scanner.pending()]);
        expect(hex(joined)).toBe(hex(stream));
      }),
    );
  });

  test("returns the same pieces however the input is split", () => {
    fc.assert(
      fc.property(anyStream, anyCuts, (stream, places) => {
        expect(shape(feed(cut(stream, places)).pieces)).toEqual(shape(feed([stream]).pieces));
      }),
    );
  });

  test("returns frames as they were encoded", () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { maxLength: 6 }), anyCuts, (frames, places) => {
        const { pieces } = feed(cut(concat(frames.map(encodeFrame)), places), 2 ** 20);
        expect(pieces.map((piece) => piece.kind === "frame" && hex(payloadOf(piece.frame)))).toEqual(
          frames.map(({ payload }) => hex(payload)),
        );
      }),
    );
  });
});

describe("compared with the ws package", () => {
  const message = fc.record({
    body: fc.string({ maxLength: 200 }),
    mask: fc.option(anyMask, { nil: undefined }),
  });

  test("the receiver of ws and the scanner read valid frames alike", () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), fc.boolean(), (messages, isServer) => {
        const frames = messages.map(({ body, mask }) =>
          encodeFrame({
            opcode: opcodes.text,
            payload: utf8(body),
            mask: isServer ? (mask ?? maskOf(1)) : undefined,
          }),
        );
        const received: string[] = [];
        const receiver = new Receiver({ isServer, allowSynchronousEvents: true });
        receiver.on("message", (data: Buffer) => received.push(data.toString()));
        // The receiver of ws unmasks in place.
        for (const frame of frames) receiver.write(Buffer.from(frame));
        const ours = feed(frames).pieces.map(
          (piece) => piece.kind === "frame" && text(payloadOf(piece.frame)),
        );
        expect(received).toEqual(ours);
      }),
    );
  });

  test("the scanner reads the frames that the sender of ws writes", () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), fc.boolean(), (messages, mask) => {
        const written: Buffer[] = [];
        const socket = Object.assign(new EventEmitter(), {
          cork: () => undefined,
          uncork: () => undefined,
          write: (chunk: Buffer) => written.push(Buffer.from(chunk)),
        });
        const sender = new Sender(socket);
        const options = { binary: false, compress: false, fin: true, mask };
        for (const { body } of messages) sender.send(Buffer.from(body), options, () => undefined);
        sender.ping(Buffer.from("p"), mask, () => undefined);
        const { pieces } = feed([concat(written)]);
        const seen = pieces.map((piece) => piece.kind === "frame" && text(payloadOf(piece.frame)));
        expect(seen).toEqual([...messages.map(({ body }) => text(utf8(body))), "p"]);
      }),
    );
  });
});

const maskOf = (byte: number): Uint8Array => new Uint8Array(4).fill(byte);
