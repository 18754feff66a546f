// Random numbers as a pure function of a seed and a key, without a stream or state, so that no draw depends on other draws.
// MurmurHash3's 32-bit mixing over the UTF-16 units of the key, twice with different start values, gives the 53 bits
// of a double.

const mix = (h: number): number => {
  let x = h;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
};

const hash = (text: string, start: number): number => {
  let h = start;
  for (let i = 0; i < text.length; i++) {
    let k = Math.imul(text.charCodeAt(i), 0xcc9e2d51);
    k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
    h ^= k;
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  }
  return mix(h ^ text.length);
};

/**
 * A number in [0, 1) that depends only on the seed and the parts of the key. The parts are joined with their lengths, so
 * that ["ab", "c"] and ["a", "bc"] are different keys.
 */
export function draw(seed: number, key: readonly (string | number)[]): number {
  const text = key.map((part) => `${String(part).length}:${part}`).join("|");
  const high = hash(text, mix(seed >>> 0) ^ 0x9747b28c);
  const low = hash(text, mix((Math.floor(seed / 0x1_0000_0000) ^ seed ^ 0x5bd1e995) >>> 0));
  return ((high >>> 5) * 0x400_0000 + (low >>> 6)) / 0x20_0000_0000_0000;
}
