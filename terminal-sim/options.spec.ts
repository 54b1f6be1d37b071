import { describe, expect, it } from '@jest/globals';
import { readOptions, UsageError } from './options.js';

describe('the options of a lunch', () => {
  it('have defaults', () => {
    const defaults = { sales: 500, speed: 20, terminals: 12, students: 300, json: null };
    expect(readOptions([])).toMatchObject(defaults);
  });

  it('know how to be fast', () => {
    expect(readOptions(['--speed', 'max'])?.speed).toBe(Infinity);
    expect(readOptions(['--speed', '2.5', '--seed', '7'])).toMatchObject({ speed: 2.5, seed: 7 });
  });

  it('take a scenario, over which every other flag wins', () => {
    const calm = readOptions(['--scenario', 'quiet-day', '--sales', '7', '--speed', 'max']);
    expect(calm).toMatchObject({ sales: 7, speed: Infinity, terminals: 8, students: 300 });
    expect(calm?.scenario).toMatchObject({ name: 'quiet-day', habits: { mishaps: {} } });
  });

  it('answer a call for help with nothing to run', () => {
    expect(readOptions(['--help'])).toBeNull();
  });

  it.each([
    [['--sales', '0']],
    [['--sales', 'many']],
    [['--sales', '1.5']],
    [['--speed', '']],
    [['--speed', '0']],
    [['--lunch']],
    [['--scenario', 'famine']],
    [['2000']],
  ])('refuse %j', (args) => {
    expect(() => readOptions(args)).toThrow(UsageError);
  });
});
