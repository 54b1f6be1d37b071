import { describe, expect, it } from '@jest/globals';
import type { CampusClock } from './campus-clock.js';
import { CodeCounters } from './code-counters.js';

const cards = 100;

function at(step: number, secondsIntoStep: number): { counters: CodeCounters; clock: CampusClock } {
  const clock = { step: () => step, secondsIntoStep: () => secondsIntoStep } as CampusClock;
  return { counters: new CodeCounters(cards, clock), clock };
}

const take = (counters: CodeCounters, count: number): [number, number][] =>
  Array.from({ length: count }, () => {
    const { card, counter } = counters.next();
    return [card, counter];
  });

describe('the codes of a campus', () => {
  it('come from every card in turn, and rise with each card', () => {
    const { counters } = at(1_000, 0);
    const codes = take(counters, 3 * cards);
    expect(new Set(codes.slice(0, cards).map(([card]) => card)).size).toBe(cards);
    const ofOne = codes.filter(([card]) => card === 7).map(([, counter]) => counter);
    expect(ofOne).toEqual([3_996, 3_997, 3_998]);
  });

  it('are of three steps, and then there are none', () => {
    const { counters } = at(1_000, 0);
    const codes = take(counters, 12 * cards);
    expect(Math.max(...codes.map(([, counter]) => counter))).toBe(4_007);
    expect(() => counters.next()).toThrow('no codes left');
  });

  it('leave out a step that would be over too soon', () => {
    expect(at(1_000, 26).counters.next().counter).toBe(4_000);
    expect(at(1_000, 10).counters.next(25).counter).toBe(4_000);
  });

  it('are taken back when nobody used them', () => {
    const { counters } = at(1_000, 0);
    const codes = take(counters, 12 * cards);
    counters.takeBack(codes.slice(cards));
    expect(counters.next().counter).toBe(3_997);
  });
});
