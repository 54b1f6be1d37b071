/** Somebody with every right damages the books; the proofs say what is wrong, and nothing that is not. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PoolClient } from 'pg';
import { allProofs } from '../../src/proofs.js';
import { proveWith, type Proof } from '../../src/platform/proofs/proof.js';
import type { TestService } from '../support/service.js';
import { startBusyCampus } from './busy-campus.js';
import { damagedElsewhere, damages } from './damages.js';

let service: TestService;
let client: PoolClient;

beforeAll(async () => {
  const campus = await startBusyCampus();
  service = campus.service;
  client = await service.owner.connect();
  for (const [name, { id }] of Object.entries(campus.payments))
    await client.query(
      `create temp view ${name} as select * from payments.payment where id = ${id}`,
    );
});
afterAll(async () => {
  client.release(true);
  await service.close();
});

/** As the one who does the damage, within the transaction of the damage. */
const prove = (): Promise<readonly Proof[]> =>
  proveWith(allProofs(service.config), {
    query: async (sql: string, values: unknown[] = []): Promise<never> =>
      (await client.query(sql, values)).rows as never,
  });

async function broken(): Promise<string[]> {
  const proofs = await prove();
  return proofs.filter(({ broken: n }) => n !== 0n).map(({ proof }) => proof);
}

describe('the proofs', () => {
  it('find nothing in sound books', async () => {
    expect(await broken()).toEqual([]);
  });

  it.each(damages.map(({ breaks, by }) => [breaks[0], by, breaks] as const))(
    'find that not %s: %s',
    async (_, damage, breaks) => {
      await client.query('begin; set local session_replication_role = replica');
      try {
        await client.query(damage);
        expect((await broken()).sort()).toEqual([...breaks].sort());
      } finally {
        await client.query('rollback');
      }
    },
  );

  it('are each put to the test here, and leave the books as they were', async () => {
    const proofs = await prove();
    expect(proofs.filter(({ broken: n }) => n !== 0n)).toEqual([]);
    const tried = new Set([...damages.map(({ breaks }) => breaks[0]), ...damagedElsewhere]);
    expect([...tried].sort()).toEqual(proofs.map(({ proof }) => proof).sort());
  });
});
