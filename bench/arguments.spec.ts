import { describe, expect, it } from '@jest/globals';
import { readArguments, UsageError, type Arguments } from './arguments.js';

const read = (...args: string[]): Arguments => {
  const asked = readArguments(args);
  if (asked === 'help') throw new Error('It was asked for help.');
  return asked;
};

describe('the arguments of the bench', () => {
  it('ask for everything in the long form', () => {
    const { only, cards, rounds, quick } = read();
    expect([...only]).toEqual([
      'pgbench',
      'one-commit',
      'ledger',
      'hot',
      'http',
      'noop',
      'index',
      'history',
    ]);
    expect({ cards, rounds, quick }).toEqual({ cards: 50_000, rounds: 3, quick: false });
  });

  it('leave history and the index out of the short form', () => {
    const { only, cards, rounds } = read('--quick');
    expect([only.has('history'), only.has('index')]).toEqual([false, false]);
    expect(only.has('http')).toBe(true);
    expect({ cards, rounds }).toEqual({ cards: 6_000, rounds: 1 });
  });

  it('name a part that the short form leaves out', () => {
    expect([...read('--quick', '--only', 'index').only]).toEqual(['index']);
  });

  it('name the parts that are measured', () => {
    expect([...read('--only', 'ledger,pgbench').only].sort()).toEqual(['ledger', 'pgbench']);
  });

  it.each([
    ['--only', 'ledgers'],
    ['--cards', '12.5'],
    ['--cards', '10'],
    ['--seconds', '0'],
    ['--rounds', 'many'],
    ['--fast'],
  ])('are refused when nobody can mean them: %s %s', (...args) => {
    expect(() => readArguments(args)).toThrow(UsageError);
  });
});
