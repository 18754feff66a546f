// For tests of the admin API: makes the frames of a charger and of its CSMS, and reads the texts that a peer received.
import { utf8 } from "../../../src/base/bytes.js";
import { encodeFrame, payloadOf } from "../../../src/wire/websocket/frame.js";
import { createScanner } from "../../../src/wire/websocket/scanner.js";
import type { RawPeer } from "../peers/raw-peer.js";
import { chargerMask } from "./relay-player.js";

/** A text frame of a charger. */
export const up = (text: string): Uint8Array =>
  encodeFrame({ opcode: 1, payload: utf8(text), mask: chargerMask });

/** A text frame of a CSMS. */
export const down = (text: string): Uint8Array => encodeFrame({ opcode: 1, payload: utf8(text) });

/** The texts that a peer has received; a close frame is `close <code>`. */
export const textsOf = (peer: RawPeer): readonly string[] =>
  createScanner(1 << 24)
    .push(new Uint8Array(peer.body))
    .flatMap((piece) => {
      if (piece.kind !== "frame") return [];
      const payload = payloadOf(piece.frame);
      if (piece.frame.opcode === 8) return [`close ${(payload[0] ?? 0) * 256 + (payload[1] ?? 0)}`];
      return piece.frame.opcode === 1 ? [new TextDecoder().decode(payload)] : [];
    });

/** Waits until a peer has received so many texts. */
export const gets = (peer: RawPeer, count: number): Promise<readonly string[]> =>
  peer
    .until((one) => one.text.includes("\r\n\r\n") && textsOf(one).length >= count)
    .then(() => textsOf(peer));

/** A Heartbeat of this id. */
export const beat = (id: string): string => `[2,"${id}","Heartbeat",{}]`;

/** Its answer. */
export const beatAnswer = (id: string): string => `[3,"${id}",{"currentTime":"2026-01-01T00:00:00Z"}]`;
