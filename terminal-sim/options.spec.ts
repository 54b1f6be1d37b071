import { describe, expect, it } from '@jest/globals';
import { needsOf, readOptions, UsageError, type Options } from './options.js';

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

  it('count by time too: who comes longer comes with more students', () => {
    const peak = ['--scenario', 'lunch-peak'];
    const minute = readOptions([...peak, '--seconds', '60']);
    expect(minute).toMatchObject({ sales: 6_000, students: 750, secondsMost: 75 });
    expect(readOptions(peak)).toMatchObject({ sales: 12_000, students: 1_500, secondsMost: null });
  });

  it('ask for a campus of their own where the demo has too few students, or its clock cannot be set', () => {
    const needs = (...args: string[]) => needsOf(readOptions(args) as Options);
    expect(needs('--scenario', 'quiet-day')).toBeNull();
    expect(needs('--scenario', 'lunch-peak')).toEqual({ students: 1_503, clock: 'real' });
    expect(needs('--scenario', 'weekday')).toMatchObject({ clock: 'simulated' });
    expect(
      needs('--scenario', 'lunch-peak', '--service', 'http://there', '--staff', 'f'),
    ).toBeNull();
  });

  it('of a day may make it shorter or longer', () => {
    expect(readOptions(['--scenario', 'weekday', '--speed', '30x'])?.daySpeed).toBe(30);
    expect(readOptions(['--scenario', 'weekday'])?.daySpeed).toBeNull();
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
    [['--sales', '5', '--seconds', '5']],
    [['--speed', 'max', '--seconds', '5']],
    [['--scenario', 'weekday', '--sales', '5']],
    [['--scenario', 'weekday', '--speed', '600x']],
  ])('refuse %j', (args) => {
    expect(() => readOptions(args)).toThrow(UsageError);
  });
});
