import { stepOf } from '@campus-paycode/paycode';
import type { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { maskName } from '../../cardholders/mask-name.js';
import type { Clock } from '../../platform/clock/clock.js';
import type { KeyRing } from '../../platform/config/key-ring.js';
import { FreshLook } from '../../platform/database/fresh-look.js';
import { Refusal } from '../../platform/errors/problem.js';
import { AliasIndex, type IndexedPhone, type PhoneSeed } from '../domain/alias-index.js';
import { paymentCodesProblems } from '../payment-codes.errors.js';
import {
  areMoreThan,
  readHorizon,
  readMoved,
  readPhones,
  type IndexedPhoneRow,
} from '../store/indexed-phones.store.js';
import { IndexThread } from './index-thread.js';

const usualLimits = {
  /** A campus of so many is indexed in a moment; nobody is sent away meanwhile, neither at the start nor after a leap. */
  phonesToWaitFor: 20_000,
  phonesInPage: 5_000,
};

/** What one thread was given, and how far it has come. With the thread it is gone, and read again. */
class Reading {
  readonly index: AliasIndex;
  /** Closed phones stay known for as long as they may make codes, and when that ends (unix milliseconds). */
  readonly closed = new Map<bigint, number>();
  horizon = '0';
  isComplete = false;

  constructor(readonly thread: IndexThread) {
    this.index = new AliasIndex(thread);
  }
}

/**
 * The index of all phones that may make codes, kept behind the snapshot horizon of the database, so that a phone whose
 * enrolment committed late is not missed.
 */
export class LiveIndex {
  private reading: Reading | undefined;
  private readonly fresh = new FreshLook(() => this.readChanges());
  private isClosed = false;

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly keys: KeyRing,
    private readonly logger: Pick<Logger, 'log' | 'warn' | 'error' | 'debug'>,
    private readonly limits = usualLimits,
  ) {}

  /** Reads all phones. A few are waited for; many are read while whoever asks is told to come again. */
  async open(): Promise<void> {
    const reading = this.keepUp();
    if (await areMoreThan(this.database, this.limits.phonesToWaitFor))
      reading.catch((error: Error) => this.logger.warn(error.message));
    else await reading;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.reading?.thread.close();
    this.reading = undefined;
  }

  /** @throws {Refusal} index_loading before the phones have been read. */
  get index(): AliasIndex {
    const { reading } = this;
    if (reading?.isComplete !== true) throw loading();
    return reading.index;
  }

  get step(): number {
    return stepOf(this.clock.unixSeconds());
  }

  /** Brings it up to what was committed before this call. */
  keepUp(): Promise<void> {
    return this.fresh.take();
  }

  /** What the next epoch will need. */
  async buildAhead(): Promise<void> {
    if (this.reading?.isComplete === true) await this.reading.index.prepare(this.step);
  }

  /**
   * Makes the tables of now, after a leap of the clock.
   * @throws {Refusal} index_loading where that takes longer than somebody should wait.
   */
  async reach(): Promise<void> {
    const { index } = this;
    const reached = index.advance(this.step);
    if (index.size <= this.limits.phonesToWaitFor) return reached;
    reached.catch((error: Error) => this.logger.debug(error.message));
    throw loading();
  }

  private async readChanges(): Promise<void> {
    if (this.isClosed) return;
    const reading = (this.reading ??= this.begin());
    const { horizon, isComplete } = reading;
    const most = this.limits.phonesInPage;
    const started = performance.now();
    const next = await readHorizon(this.database);
    const page = (after: string): Promise<IndexedPhoneRow[]> =>
      readPhones(this.database, { horizon, after, most });
    // Rows of transactions that were still open are read again next time; reading a row twice changes nothing.
    for (let rows = await page('0'); ;) {
      const last = rows.at(-1);
      if (last === undefined) break;
      const more = rows.length < most ? [] : page(last.id);
      [rows] = await Promise.all([more, this.take(reading, rows)]);
    }
    if (isComplete)
      for (const { id, group_code: group } of await readMoved(this.database, horizon))
        reading.index.setGroup(BigInt(id), group);
    this.forgetClosed(reading);
    await reading.index.advance(this.step);
    reading.horizon = next;
    reading.isComplete = true;
    if (!isComplete) this.tell(reading, started);
  }

  private begin(): Reading {
    const reading = new Reading(
      new IndexThread((reason) => {
        this.logger.error(`The index is read again; its thread ended: ${reason.message}`);
        if (this.reading === reading) this.reading = undefined;
      }),
    );
    return reading;
  }

  private async take({ index, closed }: Reading, rows: readonly IndexedPhoneRow[]): Promise<void> {
    // Whoever still holds a closed phone is told that it was unbound, not to refresh its codes for ever.
    for (const { id, closed_until: until } of rows)
      if (until !== null) closed.set(BigInt(id), until.getTime());
    const changed = rows.map((row) => this.phoneOf(row)).filter((phone) => !index.has(phone));
    if (changed.length === 0) return;
    for (const id of await index.put(changed))
      this.logger.error(`A seed of credential ${id} cannot be opened; it makes no codes.`);
  }

  private phoneOf(row: IndexedPhoneRow): IndexedPhone {
    return {
      id: BigInt(row.id),
      card: BigInt(row.card),
      payer: maskName(row.name),
      group: row.group_code,
      seeds: this.seedsOf(row),
    };
  }

  /** The seeds that the phone may make codes by: the newest, and the one before until the newest was used. */
  private seedsOf(row: IndexedPhoneRow): readonly PhoneSeed[] {
    const wrappingKey = this.keys.wrappingKeys.get(row.wrapping_key) ?? new Uint8Array(0);
    const newest = {
      generation: row.generation,
      aliasSeconds: row.alias_seconds,
      sealed: row.sealed_seed,
      wrappingKey,
    };
    const { sealed_previous: sealed, previous_alias_seconds: aliasSeconds } = row;
    if (sealed === null || aliasSeconds === null || row.proven_generation === row.generation)
      return [newest];
    return [newest, { generation: row.generation - 1, aliasSeconds, sealed, wrappingKey }];
  }

  private forgetClosed({ index, closed }: Reading): void {
    for (const [id, until] of closed) {
      if (until > this.clock.nowMs()) continue;
      index.remove(id);
      closed.delete(id);
    }
  }

  private tell({ index }: Reading, started: number): void {
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    this.logger.log(`${index.size} phones were read and indexed in ${seconds} s.`);
  }
}

const loading = (): Refusal =>
  new Refusal(paymentCodesProblems, 'index_loading', { retryAfterSeconds: 1 });
