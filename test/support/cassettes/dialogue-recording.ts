// Makes a recording from a compact script of a dialogue, for tests of everything that reads recordings.
//   "1 dial"  "1> TEXT"  "1< TEXT"  "1 close"  "1 close by csms"  "1 fin"  "1 reset"  "1 gone"  "1> hex:8900"
// `1` is the connection; each line is one millisecond later than the one before, or at `@MS` if it begins so.
import { fromLatin1, utf8 } from "../../../src/base/bytes.js";
import type { Direction } from "../../../src/base/direction.js";
import type { Entry } from "../../../src/cassette/format/entry.js";
import { closeBody } from "../../../src/wire/websocket/close-frame.js";
import { encodeFrame, opcodes } from "../../../src/wire/websocket/frame.js";

/** The masking key of the charger's frames. */
const recordingMask = Uint8Array.of(1, 2, 3, 4);

/** The facts of every recording made here, unless the test changes them. */
export interface RecordingOptions {
  readonly identity?: string;
  readonly subprotocol?: string | null;
  /** The head of the charger's upgrade request. */
  readonly head?: string;
}

const nsPerMs = 1e6;

/** The bytes of a message frame as a charger or a CSMS sends it. */
export function messageFrame(direction: Direction, text: string): Uint8Array {
  const mask = direction === "cp-to-csms" ? recordingMask : undefined;
  return encodeFrame({ opcode: opcodes.text, payload: utf8(text), mask });
}

const closeFrame = (direction: Direction): Uint8Array =>
  encodeFrame({
    opcode: opcodes.close,
    payload: closeBody(1000, ""),
    mask: direction === "cp-to-csms" ? recordingMask : undefined,
  });

const frameBytes = (direction: Direction, words: string): Uint8Array =>
  words.startsWith("hex:")
    ? Uint8Array.from(Buffer.from(words.slice(4), "hex"))
    : messageFrame(direction, words);

const frame = (connection: number, direction: Direction, at: number, raw: Uint8Array): Entry => ({
  kind: "frame",
  connection,
  direction,
  rx: at,
  tx: at,
  seen: 0,
  raw,
});

const opened = (connection: number, at: number, options: RecordingOptions): Entry => ({
  kind: "connection-opened",
  connection,
  ordinal: connection,
  at,
  identity: options.identity ?? "CP-1",
  from: null,
  url: null,
  subprotocol: options.subprotocol === undefined ? "ocpp1.6" : options.subprotocol,
  request: options.head === undefined ? null : { raw: fromLatin1(options.head), hidden: [] },
  response: null,
});

const closed = (connection: number, at: number, by: "charger" | "csms", how: "end" | "reset"): Entry => ({
  kind: "connection-closed",
  connection,
  at,
  ends: [{ by, how, at }],
});

const entryOf = (connection: number, words: string, at: number, options: RecordingOptions): Entry => {
  if (words.startsWith("> "))
    return frame(connection, "cp-to-csms", at, frameBytes("cp-to-csms", words.slice(2)));
  if (words.startsWith("< "))
    return frame(connection, "csms-to-cp", at, frameBytes("csms-to-cp", words.slice(2)));
  switch (words.trim()) {
    case "dial":
      return opened(connection, at, options);
    case "close":
      return frame(connection, "cp-to-csms", at, closeFrame("cp-to-csms"));
    case "close by csms":
      return frame(connection, "csms-to-cp", at, closeFrame("csms-to-cp"));
    case "fin":
      return closed(connection, at, "charger", "end");
    case "reset":
      return closed(connection, at, "charger", "reset");
    case "gone":
      return closed(connection, at, "csms", "end");
    default:
      throw new Error(`not understood: ${words}`);
  }
};

/** The entries of a script, with a session in front. */
export function dialogueRecording(
  script: readonly string[],
  options: RecordingOptions = {},
): readonly Entry[] {
  const entries: Entry[] = [
    {
      kind: "session",
      format: 1,
      salt: 1,
      startedAt: "2026-01-01T00:00:00.000Z",
      identity: options.identity ?? "CP-1",
      capture: "wire",
      source: "test",
      tool: "test",
      csms: null,
      seed: null,
      rules: null,
    },
  ];
  let ms = 0;
  for (const line of script) {
    const found = /^(?:@(\d+) )?(\d+)([ ><].*)$/s.exec(line);
    if (found === null) throw new Error(`not understood: ${line}`);
    const [, at, connection, words = ""] = found;
    ms = at === undefined ? ms + 1 : Number(at);
    entries.push(entryOf(Number(connection), words, ms * nsPerMs, options));
  }
  return entries;
}
