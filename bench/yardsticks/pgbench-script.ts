import { randomInt } from 'node:crypto';
import pg from 'pg';

const tellersPerScale = 10;
const accountsPerScale = 100_000;

/** The tables of `pgbench -i`. */
export async function prepareOwnTables(url: string, scale: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`
      create table pgbench_branches (bid int not null, bbalance int, filler char(88)) with (fillfactor = 100);
      create table pgbench_tellers (tid int not null, bid int, tbalance int, filler char(84)) with (fillfactor = 100);
      create table pgbench_accounts (aid int not null, bid int, abalance int, filler char(84)) with (fillfactor = 100);
      create table pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
      insert into pgbench_branches (bid, bbalance) select n, 0 from generate_series(1, ${scale}) n;
      insert into pgbench_tellers (tid, bid, tbalance)
      select n, (n - 1) / ${tellersPerScale} + 1, 0 from generate_series(1, ${scale * tellersPerScale}) n;
      insert into pgbench_accounts (aid, bid, abalance, filler)
      select n, (n - 1) / ${accountsPerScale} + 1, 0, '' from generate_series(1, ${scale * accountsPerScale}) n;
      alter table pgbench_branches add primary key (bid);
      alter table pgbench_tellers add primary key (tid);
      alter table pgbench_accounts add primary key (aid)`);
    await client.query('vacuum (analyze)');
  } finally {
    await client.end();
  }
}

/** pgbench's TPC-B-like script, statement by statement as pgbench sends it, each prepared once for each connection. */
export async function measureOwnScript(
  url: string,
  { clients, scale, seconds }: { clients: number; scale: number; seconds: number },
): Promise<{ tps: number; latencyMs: number }> {
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const started = performance.now();
  const ends = started + seconds * 1000;
  let count = 0;
  const run = async (client: pg.Client): Promise<void> => {
    while (performance.now() < ends) {
      await transact(client, scale);
      count += 1;
    }
  };
  await Promise.all(connections.map(run));
  const took = (performance.now() - started) / 1000;
  await Promise.all(connections.map((client) => client.end()));
  return { tps: count / took, latencyMs: (clients * took * 1000) / count };
}

async function transact(client: pg.Client, scale: number): Promise<void> {
  const aid = randomInt(1, scale * accountsPerScale + 1);
  const bid = randomInt(1, scale + 1);
  const tid = randomInt(1, scale * tellersPerScale + 1);
  const delta = randomInt(-5_000, 5_001);
  const say = (name: string, text: string, values: number[] = []): Promise<unknown> =>
    client.query({ name, text, values });
  await say('begin', 'begin');
  await say('a', 'update pgbench_accounts set abalance = abalance + $1 where aid = $2', [
    delta,
    aid,
  ]);
  await say('b', 'select abalance from pgbench_accounts where aid = $1', [aid]);
  await say('c', 'update pgbench_tellers set tbalance = tbalance + $1 where tid = $2', [
    delta,
    tid,
  ]);
  await say('d', 'update pgbench_branches set bbalance = bbalance + $1 where bid = $2', [
    delta,
    bid,
  ]);
  await say(
    'e',
    'insert into pgbench_history (tid, bid, aid, delta, mtime) values ($1, $2, $3, $4, current_timestamp)',
    [tid, bid, aid, delta],
  );
  await say('end', 'end');
}
