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
const read = (change: object) => parseScenario('mine', JSON.stringify({ ...good, ...change }));

describe('scenarios', () => {
  it('that ship can all be read', () => {
    const names = ['bad-network', 'lunch', 'lunch-peak', 'offline-lunch', 'quiet-day'];
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
  ])('are refused with %s', (_, change) => {
    expect(() => read(change)).toThrow(ScenarioError);
  });
});
