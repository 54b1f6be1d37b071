import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { problemMeanings } from './index.js';

const read = (path: string) => readFileSync(join(process.cwd(), path), 'utf8');
const english = read('docs/terminal-protocol.md');
const chinese = read('docs/terminal-protocol.zh.md');

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([whole]) => whole);
const examples = (text: string) => all(text, /^```[^]*?^```$/gm);

type Vector = { base: string; body: string; headers: Record<string, string> };
type Vectors = { requests: Vector[]; answers: Vector[] };

describe('the written standard', () => {
  it('has the same rules and the same sections in both languages, each once', () => {
    const rules = all(english, /\*\*R\d+\*\*/g);
    expect(rules.length).toBeGreaterThan(40);
    expect(new Set(rules).size).toBe(rules.length);
    expect(all(chinese, /\*\*R\d+\*\*/g)).toEqual(rules);
    const sections = (text: string) => all(text, /^## \d+\./gm);
    expect(sections(chinese)).toEqual(sections(english));
  });

  it('has the same examples in both languages, and they are JSON where they say so', () => {
    expect(examples(chinese)).toEqual(examples(english));
    for (const example of examples(english)) {
      const [, json] = /^```json\n([^]*)\n```$/.exec(example) ?? [];
      if (json !== undefined) expect(() => JSON.parse(json) as unknown).not.toThrow();
    }
  });

  it('works through the very bytes of the vectors', () => {
    const vectors = JSON.parse(
      read('packages/terminal-protocol/vectors/signatures.json'),
    ) as Vectors;
    const [sale, verdict] = [vectors.requests[0], vectors.answers[0]];
    if (sale === undefined || verdict === undefined) throw new Error('the vectors are empty');
    for (const { base, body, headers } of [sale, verdict]) {
      expect(english).toContain(`\n${base}\n`);
      expect(english).toContain(`\n${body}\n`);
      for (const value of Object.values(headers)) expect(english).toContain(`: ${value}\n`);
    }
  });

  it('lists every problem with its meaning, in both languages', () => {
    const meanings = Object.entries(problemMeanings).map(
      ([code, { status, retryable, effect }]) =>
        `| \`${code}\` | ${status} | ${retryable ? 'yes' : 'no'} | ${effect} |`,
    );
    for (const text of [english, chinese]) {
      const listed = all(text, /^\| `[a-z_]+` +\| \d+ +\| \w+ +\| \w+ +\|/gm);
      const rows = listed.map((row) => row.replaceAll(/ +/g, ' '));
      expect(rows.toSorted()).toEqual(meanings.toSorted());
    }
  });
});
