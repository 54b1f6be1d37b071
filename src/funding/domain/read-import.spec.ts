import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../platform/errors/problem.js';
import { lineProblemOf, linesMax, readImport } from './read-import.js';

const file = (...lines: string[]): string => ['card_number,name,amount', ...lines].join('\n');
const problemOf = (line: string): unknown => readImport(file(line)).wrong[0]?.problem ?? 'none';

describe('an imported file', () => {
  it('is read line by line, amounts exactly', () => {
    const { lines, wrong } = readImport(
      `\uFEFF${['card_number,name,amount', '202600000001,张伟,50', '', ' 202600000002 ,"Li, Na",0.07', ''].join('\r\n')}`,
    );
    expect(wrong).toEqual([]);
    expect(lines).toEqual([
      { line: 2, cardNumber: '202600000001', name: '张伟', amount: 5_000n },
      { line: 4, cardNumber: '202600000002', name: 'Li, Na', amount: 7n },
    ]);
  });

  it.each([
    ['202600000001,张伟', 'malformed_line'],
    ['202600000001,张伟,5,extra', 'malformed_line'],
    ['not-a-card,张伟,5', 'malformed_line'],
    ['202600000001,张伟,5.005', 'amount_malformed'],
    ['202600000001,张伟,1e3', 'amount_malformed'],
    ['202600000001,张伟,¥5', 'amount_malformed'],
    ['202600000001,张伟,0.00', 'amount_not_positive'],
    ['202600000001,张伟,-5', 'amount_not_positive'],
    ['202600000001,张伟,10000.01', 'amount_too_large'],
    ['202600000001,张伟,10000.00', 'none'],
  ])('says what is wrong with %j: %s', (line, problem) => {
    expect(problemOf(line)).toBe(problem);
  });

  it('names the second line of the same card', () => {
    const { lines, wrong } = readImport(file('202600000001,张伟,5', '202600000001,张伟,6'));
    expect(lines).toHaveLength(1);
    expect(wrong).toEqual([{ line: 3, cardNumber: '202600000001', problem: 'card_twice' }]);
  });

  it.each([
    ['another header', 'number,name,amount\n1,2,3'],
    ['no line', 'card_number,name,amount\n'],
    ['an open quote', file('202600000001,"张伟,5')],
    ['too many lines', file(...Array.from({ length: linesMax + 1 }, () => '1,2,3'))],
  ])('with %s is refused as a whole', (_, csv) => {
    expect(() => readImport(csv)).toThrow(Refusal);
  });
});

describe('a line and its card', () => {
  const line = { line: 2, cardNumber: '202600000001', name: '张伟', amount: 1n };
  const known = { card: 1n, cardholder: 1n, status: 'active', name: '张伟' };

  it('must belong together', () => {
    expect(lineProblemOf(line, known)).toBeUndefined();
    expect(lineProblemOf(line, { ...known, status: 'lost' })).toBeUndefined();
    expect(lineProblemOf(line, undefined)).toBe('card_unknown');
    expect(lineProblemOf(line, { ...known, status: 'closed' })).toBe('card_closed');
    expect(lineProblemOf(line, { ...known, name: '张玮' })).toBe('name_differs');
  });
});
