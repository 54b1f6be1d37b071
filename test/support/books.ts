/** The ledger alone, behind its functions: for tests of what it promises to whoever stands on it. */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from './database.js';

const lookMs = 10;

export type Account = { readonly owner: number; readonly id: string };

export class Books {
  private owners = 1_000;

  private constructor(
    private readonly copy: TestDatabase,
    readonly pool: pg.Pool,
    readonly bank: string,
  ) {}

  /** @param now what its clock says at the start. */
  static async open(now: string): Promise<Books> {
    const copy = await createTestDatabase();
    const pool = new pg.Pool({ connectionString: copy.ownerUrl, max: 6 });
    pool.on('error', () => undefined);
    await pool.query('select platform.set_clock($1)', [now]);
    await pool.query('select platform.make_partitions()');
    const sql = `select ledger.open_account(0, 'bank', null, false) as id`;
    const { rows } = await pool.query<{ id: string }>(sql);
    return new Books(copy, pool, rows[0]?.id ?? '');
  }

  async close(): Promise<void> {
    await this.pool.end();
    await this.copy.drop();
  }

  async one<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row> {
    const { rows } = await this.pool.query<Row>(sql, values);
    if (rows[0] === undefined) throw new Error(`Nothing came of ${sql}`);
    return rows[0];
  }

  /** A new owner with so much in cash. */
  async purse(cash: number): Promise<Account> {
    const account = await this.account('cash', true);
    if (cash > 0) await this.record(this.bank, account.id, cash);
    return account;
  }

  merchant(): Promise<Account> {
    return this.account('merchant', false);
  }

  async record(from: string, to: string, amount: number): Promise<void> {
    await this.pool.query(
      `select ledger.record('top-up', array[$1, $2]::bigint[], array[-$3::bigint, $3], '{}')`,
      [from, to, amount],
    );
  }

  /** A sale; with a time, a hold until then. @returns the number of the entry or hold, null without funds. */
  async draw(
    { owner }: Account,
    amount: number,
    { merchant, until = null }: { merchant?: Account; until?: string | null },
    by: pg.Pool | pg.PoolClient = this.pool,
  ): Promise<string | null> {
    const { rows } = await by.query<{ number: string | null }>(
      `select number from ledger.draw(array[$1::bigint], array['cash'], array[$2::bigint], array[$3::bigint],
         array[$4::timestamptz], array['sale'], array['{}'::jsonb])`,
      [owner, amount, merchant?.id ?? null, until],
    );
    return rows[0]?.number ?? null;
  }

  async capture(hold: string, amount: number, final: boolean, merchant: Account): Promise<void> {
    await this.pool.query(`select * from ledger.capture($1, $2, $3, $4, 'capture', '{}')`, [
      hold,
      amount,
      final,
      merchant.id,
    ]);
  }

  async passTime(interval: string): Promise<void> {
    await this.pool.query('select platform.set_clock(platform.now() + $1::interval)', [interval]);
    await this.pool.query('select platform.make_partitions()');
  }

  async balance(account: string): Promise<string> {
    const sql = 'select balance from ledger.account_balance where account = $1';
    return (await this.one<{ balance: string }>(sql, [account])).balance;
  }

  /** Until all is folded: other tests' transactions on this server hold the horizon back for a moment. */
  async foldAll(): Promise<void> {
    await this.untilNothing(
      `select from ledger.rollup r join ledger.delta d on d.account = r.account
       where (d.era, d.xid, d.id) > (r.era, r.xid, r.id)`,
      'select * from ledger.fold_deltas(0, 1000, 1000)',
    );
  }

  /** Until every day that is over is kept, some accounts at a time. */
  async keepBalances(accounts = 100): Promise<void> {
    await this.pool.query('select ledger.end_days(1000)');
    await this.untilNothing(
      'select from ledger.balance_cut where taken_at is null',
      `select ledger.take_snapshots(${accounts})`,
    );
  }

  /** What does not hold. */
  async broken(): Promise<string[]> {
    const { rows } = await this.pool.query<{ proof: string }>(
      `select proof from (select * from ledger.prove() union select * from ledger.prove_rollups()
         union select * from ledger.prove_snapshots()) p where broken <> 0`,
    );
    return rows.map(({ proof }) => proof);
  }

  /** Waits until a connection waits for a lock that another one has. */
  async untilSomebodyWaits(): Promise<void> {
    const sql = `select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await this.pool.query(sql)).rowCount === 0) await pause(lookMs);
  }

  private async account(kind: string, guarded: boolean): Promise<Account> {
    this.owners += 1;
    const owner = this.owners;
    const sql = 'select ledger.open_account($1, $2, null, $3) as id';
    const { id } = await this.one<{ id: string }>(sql, [owner, kind, guarded]);
    return { owner, id };
  }

  private async untilNothing(left: string, work: string): Promise<void> {
    for (;;) {
      await this.pool.query(work);
      if ((await this.pool.query(`${left} limit 1`)).rowCount === 0) return;
      await pause(lookMs);
    }
  }
}
