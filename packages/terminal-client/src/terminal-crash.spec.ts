import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MemoryJournalStore, type JournalStore } from './journal-store.js';
import { TerminalClient } from './terminal-client.js';
import { CrashingStore } from './testing/crashing-store.js';
import { FakeService, type Fault } from './testing/fake-service.js';
import { VirtualTime } from './testing/virtual-time.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terminal-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const DROPPED: readonly Fault[] = Array.from({ length: 5 }, () => 'drop_after' as const);
const lives: Record<string, (Fault | undefined)[]> = {
  'is answered': [],
  'is answered at the third asking': ['drop_before', 'drop_after'],
  'arrives but is never answered': [...DROPPED],
  'never arrives, nor does its reversal at first': [
    ...DROPPED.map(() => 'drop_before' as const),
    'drop_before',
    'drop_after',
  ],
  'is answered, but its void is not at first': [undefined, 'drop_after', 'drop_before'],
  'is refused': [{ problem: 'code_foreign' }],
};

describe('a terminal killed at any write', () => {
  for (const [life, faults] of Object.entries(lives)) {
    for (const downFor of [3_000, 60_000]) {
      it(`knows what it sold when a sale ${life}, ${downFor / 1000} s later`, async () => {
        // The first write opens the shift; the sales begin after it.
        for (let writes = 1; writes < 8; writes += 1) {
          for (const torn of [0, 30]) await liveAndDie({ faults, downFor, writes, torn });
        }
      });
    }
  }
});

async function liveAndDie(plan: {
  faults: (Fault | undefined)[];
  downFor: number;
  writes: number;
  torn: number;
}): Promise<void> {
  const time = new VirtualTime();
  const service = new FakeService(time);
  const stateDir = await mkdtemp(join(folder, 'one-'));
  const first = new CrashingStore(plan.writes, plan.torn);
  const open = (journal: JournalStore, folderOfLife = stateDir) => ({
    baseUrl: 'http://127.0.0.1:1',
    stateDir: folderOfLife,
    surroundings: time,
    transport: service.transport,
    journal,
  });
  const words = { serviceName: service.name, enrolmentCode: 'A', model: 'm', softwareVersion: '1' };
  const client = await TerminalClient.enrol({ ...open(first), ...words });
  service.faults = [undefined, ...plan.faults];
  const day = (async () => {
    await client.pay({ code: '1', amount: 100 });
    const second = await client.pay({ code: '2', amount: 250 });
    if (second.outcome === 'approved') await client.void(second);
  })();
  day.catch(() => {});
  // After a short life the restart still has time to ask; after a long one it can only reverse.
  await time.advance(plan.downFor < 10_000 ? 4_000 : 20_000);
  // The killed process says nothing more, and its journal is what reached the disk.
  const bytes = first.bytes;
  void client.close();
  await time.advance(plan.downFor);
  const reborn = `${stateDir}-reborn`;
  await cp(join(stateDir, 'terminal.json'), join(reborn, 'terminal.json'));

  service.faults = [];
  const reopened = await TerminalClient.open(open(new MemoryJournalStore(bytes), reborn));
  await time.until(reopened.drain());
  const next = await time.until(reopened.pay({ code: '3', amount: 1 }));
  await time.until(reopened.drain());
  const { sales, reversals, voids = { amount: 0 } } = reopened.totals();
  const kept = [...service.sales.values()].filter(
    ({ answer }) => !service.barred.has(answer.orderNumber),
  );
  const sold = kept.reduce((sum, { answer }) => sum + answer.captured, 0);
  expect({ ...plan, counted: sales.amount - reversals.amount - voids.amount }).toEqual({
    ...plan,
    counted: sold,
  });
  const numbers = [...service.sales.values()].map(({ answer }) => answer.shortNumber);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(next.outcome).toBe('approved');
  await reopened.close();
}
