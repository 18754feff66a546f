// The msgpack of record bodies -> plain values, strictly: nil, booleans, numbers, texts, bytes, arrays and
// maps with text keys, nothing else (no extensions, no records, no key twice). The file may be hostile: no
// length is believed before as many bytes are there, nesting is bounded, keys never touch an object's prototype.

import { exactText } from "../../base/bytes.js";

/** A value of a body; maps are `Map`s, so that no key means anything. */
export type Unpacked = null | boolean | number | string | Uint8Array | readonly Unpacked[] | UnpackedMap;

/** A map of a body. */
export interface UnpackedMap extends ReadonlyMap<string, Unpacked> {}

const deepest = 8;

/** Thrown and caught in this file only: the way out of nested values. */
class NotOurs extends Error {}

/** Up to here, decoding by hand is much faster than the engine's decoder; every key is this short. */
const shortText = 24;

const shortAscii = (bytes: Uint8Array, at: number, length: number): string | undefined => {
  let found = "";
  for (let i = at; i < at + length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte >= 0x80) return undefined;
    found += String.fromCharCode(byte);
  }
  return found;
};

class Cursor {
  private at = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  atEnd(): boolean {
    return this.at === this.bytes.length;
  }

  value(depth: number): Unpacked {
    const type = this.unsigned(1);
    if (type < 0x80) return type;
    if (type < 0x90) return this.map(type & 15, depth);
    if (type < 0xa0) return this.array(type & 15, depth);
    if (type < 0xc0) return this.text(type & 31);
    if (type >= 0xe0) return type - 0x100;
    return this.wide(type, depth);
  }

  private wide(type: number, depth: number): Unpacked {
    switch (type) {
      case 0xc0:
        return null;
      case 0xc2:
      case 0xc3:
        return type === 0xc3;
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return this.take(this.unsigned(1 << (type - 0xc4)));
      case 0xca:
      case 0xcb:
        return this.float(type === 0xca ? 4 : 8);
      case 0xcc:
      case 0xcd:
      case 0xce:
        return this.unsigned(1 << (type - 0xcc));
      case 0xd0:
      case 0xd1:
      case 0xd2:
        return this.signed(1 << (type - 0xd0));
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.text(this.unsigned(1 << (type - 0xd9)));
      case 0xdc:
      case 0xdd:
        return this.array(this.unsigned(type === 0xdc ? 2 : 4), depth);
      case 0xde:
      case 0xdf:
        return this.map(this.unsigned(type === 0xde ? 2 : 4), depth);
      default:
        throw new NotOurs(`msgpack type 0x${type.toString(16)} is not used in cassettes`);
    }
  }

  private take(length: number): Uint8Array {
    const end = this.at + length;
    if (end > this.bytes.length) throw new NotOurs(`a value of ${length} bytes does not fit its body`);
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  private unsigned(length: number): number {
    const end = this.at + length;
    if (end > this.bytes.length) throw new NotOurs("the body ends inside a value");
    let value = 0;
    while (this.at < end) value = value * 256 + (this.bytes[this.at++] ?? 0);
    return value;
  }

  private signed(length: number): number {
    const value = this.unsigned(length);
    return value >= 2 ** (8 * length - 1) ? value - 2 ** (8 * length) : value;
  }

  private float(length: number): number {
    const bytes = this.take(length);
    const view = new DataView(bytes.buffer, bytes.byteOffset, length);
    return length === 4 ? view.getFloat32(0) : view.getFloat64(0);
  }

  private text(length: number): string {
    if (length <= shortText && this.at + length <= this.bytes.length) {
      const found = shortAscii(this.bytes, this.at, length);
      if (found !== undefined) {
        this.at += length;
        return found;
      }
    }
    const found = exactText(this.take(length));
    if (found === undefined) throw new NotOurs("a text is not UTF-8");
    return found;
  }

  private array(length: number, depth: number): readonly Unpacked[] {
    this.enter(length, depth);
    const elements: Unpacked[] = [];
    for (let i = 0; i < length; i++) elements.push(this.value(depth + 1));
    return elements;
  }

  private map(length: number, depth: number): UnpackedMap {
    this.enter(length * 2, depth);
    const entries = new Map<string, Unpacked>();
    for (let i = 0; i < length; i++) {
      const key = this.value(depth + 1);
      if (typeof key !== "string") throw new NotOurs("a key is no text");
      if (entries.has(key)) throw new NotOurs(`the key ${JSON.stringify(key.slice(0, 40))} is given twice`);
      entries.set(key, this.value(depth + 1));
    }
    return entries;
  }

  private enter(values: number, depth: number): void {
    if (depth >= deepest) throw new NotOurs(`values are nested deeper than ${deepest}`);
    if (values > this.bytes.length - this.at) throw new NotOurs(`${values} values do not fit their body`);
  }
}

/** The map that a body holds, or why it holds none. */
export function unpackBody(body: Uint8Array): { readonly map: UnpackedMap } | { readonly why: string } {
  const cursor = new Cursor(body);
  try {
    const value = cursor.value(0);
    if (!(value instanceof Map)) return { why: "the body is no map" };
    if (!cursor.atEnd()) return { why: "bytes follow the body's map" };
    return { map: value };
  } catch (error) {
    if (error instanceof NotOurs) return { why: error.message };
    throw error;
  }
}
