import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../errors/problem.js';
import { readStrictJson } from './strict-json.js';

const read = (text: string | Uint8Array): unknown => {
  try {
    return readStrictJson(Buffer.from(text as string));
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

describe('a body of JSON', () => {
  it.each([
    ['{"a":[{"b":1},{"b":2}],"b":"x"}'],
    [' { "a\\"b" : "\\\\" , "c\\\\" : "{\\"a\\":1,\\"a\\":2}" } '],
    ['{"zh":"二食堂","en":"\\u0041","emoji":"\\ud83d\\ude00"}'],
    ['{"a":"","b":{"a":""},"c":["a","a"]}'],
    ['7'],
    ['null'],
  ])('%s is read as it stands', (text) => {
    expect(read(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ['a name twice', '{"amount":1,"amount":1250}'],
    ['a name twice, once in disguise', '{"amount":1,"\\u0061mount":1250}'],
    ['a name twice with much space', `{"a":1,"a"${' '.repeat(100)}:2}`],
    ['a name twice further in', '{"a":{"b":1,"c":{},"b":2}}'],
    ['a byte order mark', '\ufeff{}'],
    ['33 levels', '['.repeat(33) + ']'.repeat(33)],
    ['half a million levels', '{"a":'.repeat(500_000)],
    ['an end too many', '{}}}'],
    ['a name that is no string', '{"\\x":1}'],
    ['a string without end', '{"a'],
    ['nothing', ''],
    ['NaN', '{"a":NaN}'],
  ])('with %s is refused', (_, text) => {
    expect(read(text)).toBe('malformed_request');
  });

  it('is refused when it is not UTF-8', () => {
    expect(read(Buffer.from([0x22, 0xff, 0x22]))).toBe('malformed_request');
  });

  it.each(['__proto__', 'constructor', 'prototype'])('has no field called %s', (name) => {
    expect(read(`{"a":{"${name}":1}}`)).toBe('unknown_field');
  });

  it('may nest 32 levels', () => {
    const text = '['.repeat(32) + ']'.repeat(32);
    expect(read(text)).toEqual(JSON.parse(text));
  });
});
