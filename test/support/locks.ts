/** Barriers for races: a test holds a lock, sees in pg_locks who waits for it, and lets go when all are there. */
import type { Pool, PoolClient } from 'pg';
import type { TestService } from './service.js';

const turnstileLock = 20_261_122;

/** Only for a test that fails: whoever is expected comes at once. */
const givenUpAfterMs = 20_000;

/** Resolves when it is so; what is waited for comes by itself. */
export async function until(comes: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + givenUpAfterMs;
  while (!(await comes()))
    if (performance.now() > deadline) throw new Error(`Nobody came: ${what}.`);
}

/** Begins a transaction of the test's own, which holds whatever it locks until `commit`. */
export class Holding {
  private static readonly open = new Set<Holding>();

  private constructor(private readonly client: PoolClient) {
    Holding.open.add(this);
  }

  static async begin(owner: Pool): Promise<Holding> {
    const client = await owner.connect();
    await client.query('begin');
    return new Holding(client);
  }

  /** After each test: one that failed lets go of what it held, and takes nobody with it. */
  static endAll(): void {
    for (const holding of Holding.open) holding.client.release(true);
    Holding.open.clear();
  }

  async query<Row extends Record<string, unknown>>(
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    return (await this.client.query<Row>(sql, [...values])).rows;
  }

  /** Resolves when somebody waits for this very transaction. */
  untilBlocking(): Promise<void> {
    return until(async () => {
      const [row] = await this.query<{ blocks: boolean }>(
        `select exists (select from pg_locks l where not l.granted
           and pg_backend_pid() = any (pg_blocking_pids(l.pid))) as blocks`,
      );
      return row?.blocks === true;
    }, 'nobody waits for this transaction');
  }

  async commit(): Promise<void> {
    await this.client.query('commit');
    Holding.open.delete(this);
    this.client.release();
  }
}

/** Resolves when so many connections to the test's database wait for a lock; reads pg_locks until then. */
export function untilWaiting(service: TestService, count: number): Promise<void> {
  return until(async () => {
    const { rows } = await service.owner.query<{ waiting: number }>(
      `select count(distinct l.pid)::int as waiting from pg_locks l join pg_stat_activity a using (pid)
       where not l.granted and a.datname = current_database()`,
    );
    return rows[0]?.waiting === count;
  }, `${count} do not wait`);
}

/**
 * Stops each sale just before its commit, when it has locked and written everything: its order number is there, and
 * nobody else sees it. `close` stops all that come; the answer lets them through.
 */
export class Turnstile {
  private constructor(private readonly owner: Pool) {}

  static async build({ owner }: TestService): Promise<Turnstile> {
    await owner.query(
      `create function payments.pass_turnstile() returns trigger language plpgsql as $$
       begin
         perform pg_advisory_xact_lock_shared(${turnstileLock});
         return null;
       end $$;
       create trigger turnstile after insert on payments.order_number
       for each row when (new.hash is not null) execute function payments.pass_turnstile()`,
    );
    return new Turnstile(owner);
  }

  async close(): Promise<{ open(): Promise<void> }> {
    const holding = await Holding.begin(this.owner);
    await holding.query('select pg_advisory_xact_lock($1)', [turnstileLock]);
    return { open: () => holding.commit() };
  }
}

/** How many deadlocks PostgreSQL has broken in this database. */
export async function deadlocks({ owner }: TestService): Promise<number> {
  const { rows } = await owner.query<{ deadlocks: number }>(
    `select pg_stat_get_db_deadlocks(oid)::int as deadlocks from pg_database
     where datname = current_database()`,
  );
  return rows[0]?.deadlocks ?? 0;
}
