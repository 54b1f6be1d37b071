import { describe, expect, it } from '@jest/globals';
import { fitThing } from './issue-receipt.js';

describe('the name of a place in a template', () => {
  it.each([
    ['一食堂', '一食堂'],
    ['', '校园'],
    ['\n\t', '校园'],
    ['一\n食堂', '一 食堂'],
    ['食'.repeat(21), '食'.repeat(20)],
    ['食'.repeat(19) + '👩‍🍳', '食'.repeat(19)],
    ['{{7*7}}', '{{7*7}}'],
  ])('%j is written %j', (text, written) => {
    expect(fitThing(text)).toBe(written);
  });
});
