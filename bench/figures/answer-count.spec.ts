import { describe, expect, it } from '@jest/globals';
import { add, explains, noAnswers, otherwise, requireExpected, take } from './answer-count.js';

function counted(approved: number, declined: number, none: number) {
  const count = noAnswers();
  for (let n = 0; n < approved; n += 1) take(count, { verdict: 'approved' });
  for (let n = 0; n < declined; n += 1) take(count, { verdict: 'declined', why: 'code_used' });
  for (let n = 0; n < none; n += 1) take(count, { verdict: 'none', why: 'unavailable' });
  return count;
}

describe('the answers that were counted', () => {
  it('are as many as there are payments, whatever the verdict', () => {
    expect(explains(counted(5, 2, 0), 7)).toBe(true);
    expect(explains(counted(5, 2, 0), 6)).toBe(false);
    expect(explains(counted(5, 2, 0), 8)).toBe(false);
  });

  it('leave open what became of those without a verdict', () => {
    for (const stored of [5, 6, 7]) expect(explains(counted(5, 0, 2), stored)).toBe(true);
    for (const stored of [4, 8]) expect(explains(counted(5, 0, 2), stored)).toBe(false);
  });

  it('are worth nothing when more than one in a hundred went otherwise', () => {
    expect(() => requireExpected(counted(990, 5, 5))).not.toThrow();
    expect(() => requireExpected(counted(980, 6, 5))).toThrow('6 times: code_used');
  });

  it('are put together from several processes', () => {
    const count = counted(1, 1, 0);
    add(count, counted(2, 1, 1));
    expect(count).toMatchObject({ approved: 3, declined: 2, none: 1 });
    expect(otherwise(count)).toEqual(['2 times: code_used', '1 times: unavailable']);
  });
});
