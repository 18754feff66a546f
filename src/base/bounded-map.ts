// A map with a limited number of keys, for state about names that a peer chooses.

/** A map that drops its oldest key when it has more than `limit`. A key that is set again becomes the newest. */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  private readonly limit: number;

  constructor(limit: number) {
    super();
    this.limit = limit;
  }

  override set(key: Key, value: Value): this {
    this.delete(key);
    super.set(key, value);
    if (this.size > this.limit) {
      const [oldest] = this.keys();
      this.delete(oldest as Key);
    }
    return this;
  }
}
