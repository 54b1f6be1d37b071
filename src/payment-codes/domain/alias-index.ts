import { aliasEpochOf, aliasOf, type CodeKeys, type Hotp } from '@campus-paycode/paycode';

export type IndexedCredential = {
  readonly id: bigint;
  readonly card: bigint;
  /** Of the seed that the keys come from. */
  readonly generation: number;
  readonly keys: CodeKeys;
  /** Seconds that an alias lives. */
  readonly aliasSeconds: number;
  /** The masked name of whoever pays, for the terminal's screen. */
  readonly payer: string;
};

type Aliases = Map<string, IndexedCredential[]>;
type Epochs = Map<number, Aliases>;

/** An epoch that is being built ahead. What is put meanwhile comes last in `rest`, and so is placed once. */
type Ahead = {
  readonly epoch: number;
  readonly aliases: Aliases;
  readonly rest: Iterator<readonly IndexedCredential[]>;
};

/**
 * Who an alias may be: for each alias period, the previous, current and next epoch. Two credentials may share an alias;
 * the passwords tell them apart. A phone between two seeds stands in it twice.
 */
export class AliasIndex {
  private readonly credentials = new Map<bigint, readonly IndexedCredential[]>();
  private readonly byPeriod = new Map<number, Epochs>();
  private readonly ahead = new Map<number, Ahead>();

  constructor(private readonly hotp: Hotp) {}

  get size(): number {
    return this.credentials.size;
  }

  periods(): Iterable<number> {
    return this.byPeriod.keys();
  }

  candidates(aliasSeconds: number, epoch: number, alias: string): readonly IndexedCredential[] {
    return this.byPeriod.get(aliasSeconds)?.get(epoch)?.get(alias) ?? [];
  }

  /** Which generations of a credential are here. */
  generationsOf(id: bigint): readonly number[] {
    return (this.credentials.get(id) ?? []).map(({ generation }) => generation);
  }

  /** All generations of one credential, instead of those that were here. */
  put(id: bigint, generations: readonly IndexedCredential[], nowStep: number): void {
    this.remove(id);
    for (const { aliasSeconds } of generations) this.epochsOf(aliasSeconds);
    // An epoch that begins with a newcomer must have everybody else in it as well.
    this.advance(nowStep);
    this.credentials.set(id, generations);
    for (const each of generations)
      for (const [epoch, aliases] of this.epochsOf(each.aliasSeconds))
        this.place(aliases, epoch, each);
  }

  remove(id: bigint): void {
    for (const known of this.credentials.get(id) ?? [])
      for (const [epoch, aliases] of this.built(known.aliasSeconds)) {
        const alias = aliasOf(known.keys.aliasKey, epoch, this.hotp);
        const rest = (aliases.get(alias) ?? []).filter((other) => other !== known);
        if (rest.length === 0) aliases.delete(alias);
        else aliases.set(alias, rest);
      }
    this.credentials.delete(id);
  }

  /**
   * Builds a slice of the epochs that will be needed when the next ones have begun, so that nobody waits for them then.
   * @param most credentials to look at
   * @returns false when there is nothing left to build ahead
   */
  prepare(nowStep: number, most: number): boolean {
    let left = most;
    for (const [aliasSeconds, epochs] of this.byPeriod) {
      const epoch = aliasEpochOf(nowStep, aliasSeconds) + 2;
      if (epochs.has(epoch)) continue;
      const ahead = this.aheadOf(aliasSeconds, epoch);
      for (; left > 0; left -= 1) {
        const next = ahead.rest.next();
        if (next.done === true) {
          epochs.set(epoch, ahead.aliases);
          this.ahead.delete(aliasSeconds);
          break;
        }
        for (const each of next.value)
          if (each.aliasSeconds === aliasSeconds) this.place(ahead.aliases, epoch, each);
      }
      if (left === 0) return true;
    }
    return false;
  }

  /** Builds what the step needs and the epoch after it, and forgets what nobody can present any more. */
  advance(nowStep: number): void {
    for (const [aliasSeconds, epochs] of this.byPeriod) {
      const now = aliasEpochOf(nowStep, aliasSeconds);
      for (const epoch of [now - 1, now, now + 1])
        if (!epochs.has(epoch)) epochs.set(epoch, this.build(aliasSeconds, epoch));
      for (const epoch of epochs.keys())
        if (epoch < now - 1 || epoch > now + 2) epochs.delete(epoch);
    }
  }

  /** True when a code of this step can be looked up without building anything. */
  covers(nowStep: number): boolean {
    for (const [aliasSeconds, epochs] of this.byPeriod) {
      const now = aliasEpochOf(nowStep, aliasSeconds);
      if (![now - 1, now, now + 1].every((epoch) => epochs.has(epoch))) return false;
    }
    return true;
  }

  private aheadOf(aliasSeconds: number, epoch: number): Ahead {
    const known = this.ahead.get(aliasSeconds);
    if (known?.epoch === epoch) return known;
    const ahead: Ahead = { epoch, aliases: new Map(), rest: this.credentials.values() };
    this.ahead.set(aliasSeconds, ahead);
    return ahead;
  }

  /** The epochs that can be looked up, and the one that is being built. */
  private built(aliasSeconds: number): [number, Aliases][] {
    const ahead = this.ahead.get(aliasSeconds);
    return [
      ...this.epochsOf(aliasSeconds),
      ...(ahead === undefined ? [] : [[ahead.epoch, ahead.aliases] as [number, Aliases]]),
    ];
  }

  private build(aliasSeconds: number, epoch: number): Aliases {
    const aliases: Aliases = new Map();
    for (const generations of this.credentials.values())
      for (const each of generations)
        if (each.aliasSeconds === aliasSeconds) this.place(aliases, epoch, each);
    return aliases;
  }

  private place(aliases: Aliases, epoch: number, credential: IndexedCredential): void {
    const alias = aliasOf(credential.keys.aliasKey, epoch, this.hotp);
    const others = aliases.get(alias);
    if (others === undefined) aliases.set(alias, [credential]);
    else others.push(credential);
  }

  private epochsOf(aliasSeconds: number): Epochs {
    const known = this.byPeriod.get(aliasSeconds);
    if (known !== undefined) return known;
    const epochs: Epochs = new Map();
    this.byPeriod.set(aliasSeconds, epochs);
    return epochs;
  }
}
