// The WebSocket frames of the load: masked CALLs, made before the clock runs, and the cheapest reader of frames that
// accepts a stream cut anywhere. Supports only what the load needs (final frames, below 64 KiB).

const maskKey = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

/** A masked text frame. */
export function maskedFrame(text) {
  const payload = Buffer.from(text);
  const long = payload.length > 125;
  const head = Buffer.alloc(long ? 4 : 2);
  head[0] = 0x81;
  head[1] = 0x80 | (long ? 126 : payload.length);
  if (long) head.writeUInt16BE(payload.length, 2);
  for (let i = 0; i < payload.length; i++) payload[i] ^= maskKey[i & 3];
  return Buffer.concat([head, maskKey, payload]);
}

/** An unmasked text frame of at most 125 bytes. */
export function shortFrame(text) {
  const frame = Buffer.alloc(2 + Buffer.byteLength(text));
  frame[0] = 0x81;
  frame[1] = frame.length - 2;
  frame.write(text, 2);
  return frame;
}

/** Calls `onFrame(buffer, at, end)` for every whole frame; returns the bytes of the one that is not whole yet. */
export function eachFrame(before, chunk, onFrame) {
  const bytes = before.length === 0 ? chunk : Buffer.concat([before, chunk]);
  let at = 0;
  while (bytes.length - at >= 2) {
    const short = bytes[at + 1] & 0x7f;
    if (short === 126 && bytes.length - at < 4) break;
    const length = short === 126 ? bytes.readUInt16BE(at + 2) : short;
    const end = at + 2 + (short === 126 ? 2 : 0) + ((bytes[at + 1] & 0x80) === 0 ? 0 : 4) + length;
    if (end > bytes.length) break;
    onFrame(bytes, at, end);
    at = end;
  }
  return bytes.subarray(at);
}

/** The offset of the payload of the frame at offset `at`. */
export function payloadStart(bytes, at) {
  return at + 2 + ((bytes[at + 1] & 0x7f) === 126 ? 2 : 0) + ((bytes[at + 1] & 0x80) === 0 ? 0 : 4);
}

/** Unmasks the bytes `from` .. `to` and returns them as a text. */
export function unmasked(bytes, from, to, payloadAt) {
  let text = "";
  for (let i = from; i < to; i++)
    text += String.fromCharCode(bytes[i] ^ bytes[payloadAt - 4 + ((i - payloadAt) & 3)]);
  return text;
}
