import { describe, expect, it } from '@jest/globals';
import { planLunch } from './plan-lunch.js';
import { parseScenario, readScenario, ScenarioError, scenarioNames } from './scenario.js';

const good = {
  title: { zh: '甲', en: 'A' },
  sales: 10,
  speed: 'max',
  terminals: 2,
  students: 5,
  mishaps: { 'answer-lost': 100 },
  salesAlone: 3,
  words: { confirm: 9, refuse: 1 },
  wordMs: { least: 10, most: 20 },
};
const noonOnly = {
  from: '11:00',
  until: '13:00',
  speed: 60,
  places: {
    canteen: {
      tills: 2,
      opens: [{ from: '10:30', until: '13:30' }],
      serviceSeconds: { least: 5, most: 10 },
      queueMost: 9,
    },
  },
  outings: [
    {
      name: { zh: '午餐', en: 'lunch' },
      kind: 'canteen',
      share: 500,
      at: '11:45',
      spreadMinutes: 20,
      amount: { least: 600, most: 900 },
    },
  ],
};
const { title, mishaps, salesAlone, words, wordMs } = good;
const readDay = (change: object) =>
  parseScenario(
    'mine',
    JSON.stringify({
      title,
      students: 9,
      mishaps,
      salesAlone,
      words,
      wordMs,
      day: { ...noonOnly, ...change },
    }),
  );
const read = (change: object) => parseScenario('mine', JSON.stringify({ ...good, ...change }));

describe('scenarios', () => {
  it('that ship can all be read', () => {
    const names = [
      'bad-network',
      'dorm-night',
      'gym-evening',
      'lunch',
      'lunch-peak',
      'offline-lunch',
      'quiet-day',
      'weekday',
    ];
    expect(scenarioNames().sort()).toEqual(names);
    for (const name of names) expect(readScenario(name).name).toBe(name);
  });

  it('say how much, how fast and what goes wrong', () => {
    expect(read({})).toEqual({
      name: 'mine',
      title: good.title,
      sales: 10,
      speed: Infinity,
      terminals: 2,
      students: 5,
      habits: {
        mishaps: { 'answer-lost': 100 },
        salesAlone: 3,
        words: { confirm: 9, refuse: 1, nothing: 0 },
        wordMs: { least: 10, most: 20 },
      },
      clocksOff: { tillSeconds: 0, phoneSeconds: 0 },
      p99Mark: null,
      day: null,
    });
  });

  it('of a quiet day plan nothing that goes wrong, those of a bad network a good deal', () => {
    const wrong = (name: string): number => {
      const { habits } = readScenario(name);
      const size = { sales: 2000, speed: 20, students: 300, seed: 3, habits };
      const plan = planLunch({ ...size, kinds: ['canteen', 'gym', 'dorm'] });
      return plan.filter(({ mishap }) => mishap !== null).length;
    };
    expect(wrong('quiet-day')).toBe(0);
    expect(wrong('bad-network')).toBeGreaterThan(400);
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
  ])('are refused as %s', (_, text) => {
    expect(() => parseScenario('mine', text)).toThrow(ScenarioError);
  });

  it.each([
    ['a field that nobody knows', { weather: 'fair' }],
    ['a mishap that nobody knows', { mishaps: { earthquake: 1 } }],
    ['more mishaps than sales', { mishaps: { 'answer-lost': 600, 'line-cut': 401 } }],
    ['a share below zero', { mishaps: { 'answer-lost': -1 } }],
    ['half a sale', { sales: 1.5 }],
    ['a speed of nothing', { speed: 0 }],
    ['words that nobody says', { words: {} }],
    ['a haste that takes longer than the slowest', { wordMs: { least: 30, most: 20 } }],
    ['no title', { title: { en: 'A' } }],
    ['a phone whose codes nobody takes', { clocksOff: { tillSeconds: 5, phoneSeconds: 60 } }],
    ['sales beside a day', { day: noonOnly }],
  ])('are refused with %s', (_, change) => {
    expect(() => read(change)).toThrow(ScenarioError);
  });

  it('of a day say when what is open, and why people come', () => {
    expect(readDay({}).day).toMatchObject({
      hours: { from: 39_600, until: 46_800 },
      speed: 60,
      outings: [{ kind: 'canteen', at: 42_300, spreadSeconds: 1_200 }],
    });
  });

  it.each([
    ['a day that ends before it begins', { until: '10:00' }],
    ['a time that no clock shows', { from: '11:60' }],
    ['a haste in which no code lives long enough', { speed: 600 }],
    ['a kind of place that nobody knows', { places: { cinema: noonOnly.places.canteen } }],
    ['no reason to come', { outings: [] }],
    ['weather', { weather: 'fair' }],
  ])('are refused with %s', (_, change) => {
    expect(() => readDay(change)).toThrow(ScenarioError);
  });
});
