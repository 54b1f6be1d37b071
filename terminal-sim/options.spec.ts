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
    [['2000']],
  ])('refuse %j', (args) => {
    expect(() => readOptions(args)).toThrow(UsageError);
  });
});
