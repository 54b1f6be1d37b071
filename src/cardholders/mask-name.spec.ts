import { describe, expect, it } from '@jest/globals';
import { maskName } from './mask-name.js';

describe('a masked name', () => {
  it('keeps the first character and hides the rest', () => {
    expect(maskName('张明')).toBe('张*');
    expect(maskName('张小明')).toBe('张**');
  });

  it('does not tell how long a long name is', () => {
    expect(maskName('阿卜杜拉·买买提')).toBe('阿**');
    expect(maskName('Alice Zhang')).toBe('A**');
  });

  it('counts characters and not halves of them', () => {
    expect(maskName('𠮷田')).toBe('𠮷*');
    expect(maskName('李')).toBe('李');
    expect(maskName('')).toBe('');
  });
});
