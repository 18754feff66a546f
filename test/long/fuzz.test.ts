// Seeded random input for every reader of foreign bytes. The seed is in the title of each test; OCPP_VCR_FUZZ_SEED sets
// another.
import { expect, test } from "vitest";
import { sameBytes, utf8 } from "../../src/base/bytes.js";
import { draw } from "../../src/base/draw.js";
import { readCassette } from "../../src/cassette/format/reader.js";
import { crc32 } from "../../src/io/platform/digests.js";
import { parseEnvelope } from "../../src/ocpp/envelope/parse-envelope.js";
import { peek } from "../../src/ocpp/envelope/peek.js";
import { leavesOf, splice } from "../../src/ocpp/json/spans.js";
import { readHead } from "../../src/wire/http/head.js";
import { encodeFrame } from "../../src/wire/websocket/frame.js";
import { cassetteBytes } from "../support/cassettes/cassette-bytes.js";
import { smallRecording } from "../support/cassettes/entries.js";
import { linesOf, sample } from "../support/cassettes/samples.js";
import { chargerMask, RelayWorld } from "../support/worlds/relay-player.js";
import { neverFiring } from "../support/worlds/relay-rules.js";

const seed = Number(process.env.OCPP_VCR_FUZZ_SEED ?? 20_261_121);
const quirks = linesOf(sample("quirk-frames.ndjson")).map(
  (line) => (JSON.parse(line) as { raw: string }).raw,
);

/** Draws whole numbers below a bound, one after the other, for one case. */
const dice = (campaign: string, index: number): ((below: number) => number) => {
  let count = 0;
  return (below) => Math.floor(draw(seed, [campaign, index, count++]) * below);
};

const mutated = (bytes: Uint8Array, roll: (below: number) => number): Uint8Array => {
  const out = Uint8Array.from(bytes);
  for (let i = roll(4); i >= 0 && out.length > 0; i--) out[roll(out.length)] = roll(256);
  return roll(5) === 0 ? out.subarray(0, roll(out.length + 1)) : out;
};

const anyStream = (roll: (below: number) => number): Uint8Array => {
  const parts: number[] = [];
  for (let i = roll(5); i >= 0; i--) {
    const payload = utf8(quirks[roll(quirks.length)] ?? "");
    const opcode = [1, 1, 1, 0, 2, 8, 9, 10][roll(8)] ?? 1;
    const mask = roll(4) === 0 ? undefined : chargerMask;
    parts.push(
      ...mutated(
        encodeFrame({ opcode, payload, mask, fin: roll(5) > 0, rsv: roll(10) === 0 ? roll(8) : 0 }),
        roll,
      ),
    );
  }
  return Uint8Array.from(parts);
};

test.each([
  ["taps", undefined],
  ["gates whose rules never fire", neverFiring],
])(`50,000 mutated streams pass %s byte for byte (seed ${seed})`, (name, rules) => {
  for (let i = 0; i < 50_000; i++) {
    const roll = dice(name, i);
    const stream = anyStream(roll);
    const world = new RelayWorld(rules === undefined ? {} : { rules });
    for (let at = 0; at < stream.length; ) {
      const size = 1 + roll(stream.length);
      world.bytes("charger", stream.subarray(at, at + size));
      at += size;
    }
    world.perform("charger end");
    world.perform("csms end");
    if (!sameBytes(world.sentTo("csms"), stream) || !world.done)
      expect({ case: i, done: world.done }).toBe("bytes as they came");
  }
});

test(`a million mutated messages are read without a throw, and replacing a value by itself changes nothing (seed ${seed})`, () => {
  for (let i = 0; i < 1_000_000; i++) {
    const roll = dice("messages", i);
    const original = quirks[roll(quirks.length)] ?? "";
    const at = roll(original.length + 1);
    const piece =
      ["", ",", '"', "\\", "[", "]", "{", "}", "1e999", "\u0000", "\uFEFF", "\ud800", "9".repeat(30), ":"][
        roll(14)
      ] ?? "";
    const message = original.slice(0, at) + piece + original.slice(at + roll(3));
    peek(message);
    parseEnvelope(message);
    const leaf = leavesOf(message).at(-1);
    if (
      leaf !== undefined &&
      splice(message, [{ offset: leaf.offset, length: leaf.length, put: leaf.source }]) !== message
    )
      expect({ case: i, message }).toBe("the message as it was");
  }
});

test(`100,000 mutated heads are read without a throw (seed ${seed})`, () => {
  const head = utf8(
    "GET /ocpp/CP%201?x=1 HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nSec-WebSocket-Key: k\r\n\r\n",
  );
  for (let i = 0; i < 100_000; i++) readHead(mutated(head, dice("heads", i)));
});

test(`10,000 flipped bits of a cassette never give a record that was not written (seed ${seed})`, () => {
  const bytes = cassetteBytes(smallRecording());
  const whole = readCassette(bytes, crc32).entries.map(({ entry }) => JSON.stringify(entry));
  for (let i = 0; i < 10_000; i++) {
    const roll = dice("bits", i);
    const broken = Uint8Array.from(bytes);
    const at = roll(broken.length);
    broken[at] = (broken[at] ?? 0) ^ (1 << roll(8));
    const left = readCassette(broken, crc32).entries.map(({ entry }) => JSON.stringify(entry));
    const wrong = left.filter((entry) => !whole.includes(entry));
    if (wrong.length > 0 || left.length < whole.length - 1)
      expect({ case: i, at, wrong, left: left.length }).toBe("the records as they were");
  }
});
