import { describe, expect, it } from '@jest/globals';
import { compareShift } from './shift-words.js';

const tally = (count: number, amount: number) => ({ count, amount });
const wordsOf = (till: object, service: object) =>
  compareShift(
    till as Parameters<typeof compareShift>[0],
    service as Parameters<typeof compareShift>[1],
  ).map(({ name, difference }) => `${name}: ${difference?.en ?? 'agrees'}`);

describe('the comparison of a shift', () => {
  it('says nothing where both counted the same', () => {
    const totals = { sales: tally(3, 1500), reversals: tally(1, 500) };
    expect(wordsOf(totals, totals)).toEqual(['sales: agrees', 'reversals: agrees']);
  });

  it('says who has more, and by how much', () => {
    expect(
      wordsOf(
        { sales: tally(3, 1500), reversals: tally(1, 500) },
        { sales: tally(4, 1450), reversals: tally(1, 400) },
      ),
    ).toEqual([
      'sales: The service has 1 more (-¥0.50)',
      'reversals: As many, but the service has ¥1.00 less',
    ]);
  });

  it('counts a kind that only one of them has', () => {
    expect(
      wordsOf({ sales: tally(1, 100), voids: tally(1, 100) }, { sales: tally(1, 100) }),
    ).toEqual(['sales: agrees', 'voids: The service has 1 fewer (-¥1.00)']);
  });
});
