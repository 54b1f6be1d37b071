/** Everything that chance decides in a lunch; the same seed throws the same dice. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** In [0, 1). Mulberry32: small, fast, good enough for a simulation, and never for secrets. */
  throw(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.throw() * (most - least + 1));
  }

  /** One of the names, as often as its weight says. */
  weighted<Name extends string>(weights: readonly (readonly [Name, number])[]): Name {
    const all = weights.reduce((sum, [, weight]) => sum + weight, 0);
    let left = this.throw() * all;
    for (const [name, weight] of weights) {
      left -= weight;
      if (left < 0) return name;
    }
    const last = weights.at(-1);
    if (last === undefined) throw new RangeError('Nothing to choose from.');
    return last[0];
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    const order = items.map((item) => ({ item, rank: this.throw() }));
    return order.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
  }
}
