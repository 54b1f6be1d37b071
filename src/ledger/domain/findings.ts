/** So many are told; the rest is counted. */
const toldMax = 20;

/** What a proof found, in sentences. */
export class Findings {
  private readonly told: string[] = [];
  private found = 0n;

  add(sentence: string): void {
    this.found += 1n;
    if (this.told.length < toldMax) this.told.push(sentence);
  }

  get count(): bigint {
    return this.found;
  }

  get sentences(): readonly string[] {
    const more = this.found - BigInt(this.told.length);
    return more === 0n ? this.told : [...this.told, `and ${more} more`];
  }
}
