import { aliasEpochOf } from '@campus-paycode/paycode';
import { placeOf, readPlace, type NewSeeds, type OpenedSeeds } from './alias-keys.js';
import { PhoneSlots, type IndexedCredential } from './phone-slots.js';
import { sealedBytes } from './seal-seed.js';

/** Opens seeds and builds tables, one request after the other, beside whoever looks codes up. */
export interface AliasBuilder {
  put(seeds: NewSeeds): Promise<OpenedSeeds>;
  drop(slots: Uint32Array): void;
  /** The sorted places of one epoch. Whoever was put before is in it. */
  build(aliasSeconds: number, epoch: number): Promise<Float64Array>;
}

export type PhoneSeed = {
  readonly generation: number;
  /** Seconds that an alias lives. */
  readonly aliasSeconds: number;
  readonly sealed: Uint8Array;
  readonly wrappingKey: Uint8Array;
};

/** A phone with the seeds that it may make codes by, the newest first. */
export type IndexedPhone = Pick<IndexedCredential, 'id' | 'card' | 'payer' | 'group'> & {
  readonly seeds: readonly PhoneSeed[];
};

/** Slots by alias. */
type Late = Map<number, number[]>;

type Epoch = {
  readonly order: number;
  /** Sorted; undefined while it is being built. */
  table: Float64Array | undefined;
  /** Who came after it was ordered. */
  readonly late: Late;
  built: Promise<void>;
};

type Period = {
  readonly epochs: Map<number, Epoch>;
  /** Looked up once its first epochs stand: the first phone of another period must hold up nobody. */
  isReady: boolean;
};

type Placed = { readonly phone: IndexedPhone; readonly seed: PhoneSeed; readonly slot: number };

const nobody: readonly IndexedCredential[] = [];
const emptyTable = new Float64Array(0);

const sealBytes = 6;

/** Random in every seed that was sealed, so that another one shows. What is too short for it was sealed by nobody. */
const sealOf = ({ sealed }: PhoneSeed): number =>
  sealed.length < sealBytes ? 0 : Buffer.from(sealed).readUIntBE(0, sealBytes);

/**
 * Who an alias may be: for each alias period, the previous, current and next epoch. Two credentials may share an alias;
 * the passwords tell them apart. A phone between two seeds stands in it twice.
 */
export class AliasIndex {
  private readonly slots = new PhoneSlots();
  private readonly byPeriod = new Map<number, Period>();
  private orders = 0;

  constructor(private readonly builder: AliasBuilder) {}

  /** Phones. */
  get size(): number {
    return this.slots.size;
  }

  /** Places that were ever given out: one for each seed, and those that wait to be given to another. */
  get places(): number {
    return this.slots.places;
  }

  *periods(): Iterable<number> {
    for (const [aliasSeconds, { isReady }] of this.byPeriod) if (isReady) yield aliasSeconds;
  }

  candidates(aliasSeconds: number, epoch: number, alias: string): readonly IndexedCredential[] {
    const found = this.byPeriod.get(aliasSeconds)?.epochs.get(epoch);
    if (found === undefined) return nobody;
    const { table = emptyTable, late } = found;
    const number = Number(alias);
    const end = placeOf(number + 1, 0);
    const newcomers = late.get(number);
    let at = firstAtLeast(table, placeOf(number, 0));
    if (newcomers === undefined && !((table[at] ?? end) < end)) return nobody;
    const slots = new Set(newcomers);
    // Who came while the table was built may be in both.
    for (; (table[at] ?? end) < end; at += 1) slots.add((table[at] ?? 0) - placeOf(number, 0));
    return Array.from(slots)
      .filter((slot) => this.slots.isTaken(slot))
      .map((slot) => this.slots.at(slot));
  }

  /** Which generations of a credential are here. */
  generationsOf(id: bigint): readonly number[] {
    return this.slots.slotsOf(id).map((slot) => this.slots.generationAt(slot));
  }

  /** True when the phone is here with these seeds. */
  has({ id, seeds }: IndexedPhone): boolean {
    const slots = this.slots.slotsOf(id);
    const [newest] = seeds;
    return (
      newest !== undefined &&
      slots.length === seeds.length &&
      seeds.every(({ generation }, at) => this.slots.generationAt(slots[at] ?? 0) === generation) &&
      this.slots.sealAt(slots[0] ?? 0) === sealOf(newest)
    );
  }

  /** The cardholder moved to another group. */
  setGroup(id: bigint, group: string): void {
    for (const slot of this.slots.slotsOf(id)) this.slots.setGroup(slot, group);
  }

  /**
   * Takes phones in with all their seeds, instead of those that were here. Until they are in, they are found as they were.
   * @returns credentials of which a seed could not be opened: that seed makes no codes.
   */
  async put(phones: readonly IndexedPhone[]): Promise<readonly bigint[]> {
    const placed = phones.flatMap((phone) =>
      phone.seeds.map((seed): Placed => ({ phone, seed, slot: this.place(phone, seed) })),
    );
    const standing = this.standing(new Set(placed.map(({ seed }) => seed.aliasSeconds)));
    const epochs = standing.map(({ aliasSeconds, epoch }) => ({ aliasSeconds, epoch }));
    const opened = await this.builder.put({ ...packed(placed), epochs });
    const slotsOf = new Map<IndexedPhone, number[]>(phones.map((phone) => [phone, []]));
    const unopened = new Set<bigint>();
    for (const [at, { phone, slot }] of placed.entries()) {
      if (opened.isOpen[at] === 1) {
        this.slots.setOtpKey(slot, opened.otpKeys.subarray(at * 32, (at + 1) * 32));
        slotsOf.get(phone)?.push(slot);
      } else {
        this.slots.release(slot, this.orders);
        unopened.add(phone.id);
      }
    }
    for (const [at, { late }] of standing.entries()) addTo(late, opened.places[at]);
    for (const [{ id }, slots] of slotsOf) {
      this.release(this.slots.slotsOf(id));
      this.slots.link(id, slots);
    }
    return [...unopened];
  }

  remove(id: bigint): void {
    this.release(this.slots.slotsOf(id));
    this.slots.link(id, []);
  }

  /** Orders what the step needs and the epoch after it, and forgets what nobody can present any more. */
  async advance(nowStep: number): Promise<void> {
    await Promise.all(
      Array.from(this.byPeriod, async ([aliasSeconds, period]) => {
        const now = aliasEpochOf(nowStep, aliasSeconds);
        for (const epoch of period.epochs.keys())
          if (epoch < now - 1 || epoch > now + 2) period.epochs.delete(epoch);
        const needed = [now, now - 1, now + 1].filter((epoch) => epoch >= 0);
        await Promise.all(needed.map((epoch) => this.order(period, aliasSeconds, epoch).built));
        period.isReady = true;
      }),
    );
  }

  /** Orders what will be needed when the next epoch has begun, so that nobody waits for it then. */
  async prepare(nowStep: number): Promise<void> {
    await Promise.all(
      Array.from(this.byPeriod, ([aliasSeconds, period]) => {
        const epoch = aliasEpochOf(nowStep, aliasSeconds) + 2;
        return this.order(period, aliasSeconds, epoch).built;
      }),
    );
  }

  /** True when a code of this step can be looked up without waiting. */
  covers(nowStep: number): boolean {
    for (const [aliasSeconds, { epochs, isReady }] of this.byPeriod) {
      if (!isReady) continue;
      const now = aliasEpochOf(nowStep, aliasSeconds);
      for (let epoch = Math.max(0, now - 1); epoch <= now + 1; epoch += 1)
        if (epochs.get(epoch)?.table === undefined) return false;
    }
    return true;
  }

  private place({ id, card, payer, group }: IndexedPhone, seed: PhoneSeed): number {
    let oldest = Infinity;
    for (const { epochs } of this.byPeriod.values())
      for (const { order } of epochs.values()) oldest = Math.min(oldest, order);
    const slot = this.slots.allocate(oldest);
    const { generation } = seed;
    this.slots.fill(slot, { id, card, generation, payer, group }, sealOf(seed));
    return slot;
  }

  private release(slots: readonly number[]): void {
    if (slots.length === 0) return;
    for (const slot of slots) this.slots.release(slot, this.orders);
    this.builder.drop(Uint32Array.from(slots));
  }

  /** The epochs of these periods that were ordered: newcomers are not in their tables, or not surely. */
  private standing(
    periods: ReadonlySet<number>,
  ): { readonly aliasSeconds: number; readonly epoch: number; readonly late: Late }[] {
    return Array.from(periods).flatMap((aliasSeconds) => {
      const { epochs } = this.periodOf(aliasSeconds);
      return Array.from(epochs, ([epoch, { late }]) => ({ aliasSeconds, epoch, late }));
    });
  }

  private order({ epochs }: Period, aliasSeconds: number, epoch: number): Epoch {
    const known = epochs.get(epoch);
    if (known !== undefined) return known;
    this.orders += 1;
    const ordered: Epoch = {
      order: this.orders,
      table: undefined,
      late: new Map(),
      built: Promise.resolve(),
    };
    epochs.set(epoch, ordered);
    ordered.built = this.builder.build(aliasSeconds, epoch).then((table) => {
      ordered.table = table;
    });
    // Whoever waits for it hears of a failure, and it is ordered again; somebody may not be waiting at all.
    ordered.built.catch(() => epochs.delete(epoch));
    return ordered;
  }

  private periodOf(aliasSeconds: number): Period {
    const known = this.byPeriod.get(aliasSeconds);
    if (known !== undefined) return known;
    const period: Period = { epochs: new Map(), isReady: false };
    this.byPeriod.set(aliasSeconds, period);
    return period;
  }
}

/** The first index whose value is not below `least`. */
function firstAtLeast(sorted: Float64Array, least: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] ?? 0) < least) from = middle + 1;
    else to = middle;
  }
  return from;
}

function addTo(late: Late, places: Float64Array | undefined): void {
  for (const place of places ?? []) {
    const { alias, slot } = readPlace(place);
    const others = late.get(alias);
    if (others === undefined) late.set(alias, [slot]);
    else others.push(slot);
  }
}

function packed(placed: readonly Placed[]): Omit<NewSeeds, 'epochs'> {
  const sealed = new Uint8Array(placed.length * sealedBytes);
  const wrappingKeys = [...new Set(placed.map(({ seed }) => seed.wrappingKey))];
  const numbers = new Map(wrappingKeys.map((key, number) => [key, number]));
  for (const [at, { seed }] of placed.entries())
    if (seed.sealed.length === sealedBytes) sealed.set(seed.sealed, at * sealedBytes);
  return {
    slots: Uint32Array.from(placed, ({ slot }) => slot),
    cards: BigInt64Array.from(placed, ({ phone }) => phone.card),
    periods: Uint16Array.from(placed, ({ seed }) => seed.aliasSeconds),
    sealed,
    wrappedBy: Uint16Array.from(placed, ({ seed }) => numbers.get(seed.wrappingKey) ?? 0),
    wrappingKeys,
  };
}
