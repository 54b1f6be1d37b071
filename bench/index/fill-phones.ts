import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { sealSeed } from '../../src/payment-codes/domain/seal-seed.js';
import type { AppConfig } from '../../src/platform/config/app-config.js';
import { openKeyRing } from '../../src/platform/config/key-ring.js';

const chunk = 5_000;

/** Fills a migrated and empty database with so many cards, each with a phone, and with nothing else. */
export async function fillPhones(config: AppConfig, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: config.ownerUrl });
  await client.connect();
  try {
    await client.query(
      `insert into cardholders.cardholder (number, name, group_code)
       select 'N' || n, substr('赵钱孙李周吴郑王冯陈', 1 + n % 10, 1) || '同学', 'student'
       from generate_series(1, $1::int) n order by n`,
      [count],
    );
    await client.query(
      `insert into cards.card (cardholder, number)
       select h.id, (10000000 + h.id)::text from cardholders.cardholder h order by h.id`,
    );
    const keys = openKeyRing(config);
    for (let from = 1; from <= count; from += chunk) {
      const cards = Array.from({ length: Math.min(chunk, count - from + 1) }, (_, at) => from + at);
      const seeds = cards.map((card) => sealSeed(keys, BigInt(card), randomBytes(32)).sealed);
      await client.query(
        `insert into payment_codes.credential
           (card, sealed_seed, wrapping_key, alias_seconds, device_name, usable_until)
         select k.card, k.seed, $3, $4, 'bench', platform.now() + interval '1 year'
         from unnest($1::bigint[], $2::bytea[]) k (card, seed) order by k.card`,
        [cards, seeds, keys.currentWrappingKey, aliasSecondsFor(count)],
      );
    }
    await client.query(
      'vacuum (analyze) cardholders.cardholder, cards.card, payment_codes.credential',
    );
  } finally {
    await client.end();
  }
}

/** As the standard advises for a campus of this size. */
const aliasSecondsFor = (phones: number): number => (phones > 500_000 ? 60 : 30);
