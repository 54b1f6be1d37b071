import { describe, expect, it } from '@jest/globals';
import { Fates } from './fates.js';
import type { PlannedSale } from './plan-lunch.js';
import { tally } from './tally.js';

const sale: PlannedSale = {
  index: 0,
  kind: 'canteen',
  student: 1,
  amount: 900,
  uses: [],
  useSeconds: null,
  mishap: null,
  word: { says: 'confirm', afterMs: 1_000 },
  dueAt: 0,
};

describe('a tally', () => {
  it('tells who said yes too late from who said nothing', () => {
    const fates = new Fates(null);
    const words = ['confirm', 'confirm', 'nothing', 'refuse'] as const;
    for (const [at, word] of words.entries()) {
      const order = String(at);
      fates.begin(order, '1', sale);
      const isPaid = at === 0;
      const reason = word === 'refuse' ? 'confirmation_refused' : 'confirmation_expired';
      const end = isPaid
        ? { outcome: 'approved' as const }
        : { outcome: 'declined' as const, reason };
      fates.change(order, { asked: 'phone', word, ...end });
    }
    expect(tally(fates.all())).toMatchObject({ asked: 4, approved: 1, lateWords: 1 });
  });
});
