import { invariant } from '../../platform/errors/problem.js';
import { mostSlots } from './alias-keys.js';

/** Whose codes a seed makes, as whoever asks for a code learns it. */
export type IndexedCredential = {
  readonly id: bigint;
  readonly card: bigint;
  /** Of the seed that the key comes from. */
  readonly generation: number;
  /** 32 bytes: K_otp. */
  readonly otpKey: Uint8Array;
  /** The masked name of whoever pays, for the terminal's screen. */
  readonly payer: string;
  /** The cardholder's group. */
  readonly group: string;
};

const nobody = -1;
const otpBytes = 32;

/** Few texts that many have: each is kept once. */
class Texts {
  private readonly texts: string[] = [];
  private readonly numbers = new Map<string, number>();

  numberOf(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }

  at(number: number): string {
    return this.texts[number] ?? '';
  }
}

const columnsOf = (size: number) => ({
  id: new Float64Array(size),
  card: new Float64Array(size),
  generation: new Int32Array(size),
  payer: new Uint32Array(size),
  group: new Uint32Array(size),
  /** The credential's next slot: of the seed before this one. */
  next: new Int32Array(size),
  /** A mark of the sealed seed, to see that it is another one. */
  seal: new Float64Array(size),
  isTaken: new Uint8Array(size),
  otpKeys: new Uint8Array(size * otpBytes),
});

/**
 * A place for each seed, in columns: a million phones are a few dozen buffers and not millions of objects. A slot that is
 * given back stays empty while a table may still name it.
 */
export class PhoneSlots {
  private columns = columnsOf(1_024);
  private top = 0;
  private readonly first = new Map<number, number>();
  private readonly payers = new Texts();
  private readonly groups = new Texts();
  /** Given back, the oldest first, each with how many tables had been ordered by then. */
  private freed: { slot: number; orders: number }[] = [];

  /** Credentials. */
  get size(): number {
    return this.first.size;
  }

  get places(): number {
    return this.top;
  }

  /** @param oldestOrder of a table that still stands; slots that were given back before it was ordered are empty there. */
  allocate(oldestOrder: number): number {
    const [oldest] = this.freed;
    if (oldest !== undefined && oldest.orders < oldestOrder) {
      this.freed.shift();
      return oldest.slot;
    }
    invariant(this.top < mostSlots, `There are more than ${mostSlots} seeds.`);
    if (this.top === this.columns.id.length) this.grow();
    this.top += 1;
    return this.top - 1;
  }

  fill(slot: number, credential: Omit<IndexedCredential, 'otpKey'>, seal: number): void {
    const { columns } = this;
    columns.id[slot] = Number(credential.id);
    columns.card[slot] = Number(credential.card);
    columns.generation[slot] = credential.generation;
    columns.payer[slot] = this.payers.numberOf(credential.payer);
    columns.group[slot] = this.groups.numberOf(credential.group);
    columns.seal[slot] = seal;
  }

  /** From now on these are the credential's, the newest first, instead of those that were. */
  link(id: bigint, slots: readonly number[]): void {
    const [first] = slots;
    if (first === undefined) {
      this.first.delete(Number(id));
      return;
    }
    this.first.set(Number(id), first);
    for (const [at, slot] of slots.entries()) {
      this.columns.next[slot] = slots[at + 1] ?? nobody;
      this.columns.isTaken[slot] = 1;
    }
  }

  release(slot: number, orders: number): void {
    this.columns.isTaken[slot] = 0;
    this.columns.otpKeys.fill(0, slot * otpBytes, (slot + 1) * otpBytes);
    this.freed.push({ slot, orders });
  }

  slotsOf(id: bigint): readonly number[] {
    const slots: number[] = [];
    for (
      let slot = this.first.get(Number(id)) ?? nobody;
      slot !== nobody;
      slot = this.columns.next[slot] ?? nobody
    )
      slots.push(slot);
    return slots;
  }

  isTaken(slot: number): boolean {
    return this.columns.isTaken[slot] === 1;
  }

  generationAt(slot: number): number {
    return this.columns.generation[slot] ?? 0;
  }

  sealAt(slot: number): number {
    return this.columns.seal[slot] ?? 0;
  }

  setGroup(slot: number, group: string): void {
    this.columns.group[slot] = this.groups.numberOf(group);
  }

  setOtpKey(slot: number, key: Uint8Array): void {
    this.columns.otpKeys.set(key, slot * otpBytes);
  }

  at(slot: number): IndexedCredential {
    const { columns } = this;
    return {
      id: BigInt(columns.id[slot] ?? 0),
      card: BigInt(columns.card[slot] ?? 0),
      generation: columns.generation[slot] ?? 0,
      otpKey: columns.otpKeys.subarray(slot * otpBytes, (slot + 1) * otpBytes),
      payer: this.payers.at(columns.payer[slot] ?? 0),
      group: this.groups.at(columns.group[slot] ?? 0),
    };
  }

  private grow(): void {
    const old = this.columns;
    const larger = columnsOf(old.id.length * 2);
    for (const name of Object.keys(old) as (keyof typeof old)[]) larger[name].set(old[name]);
    this.columns = larger;
  }
}
