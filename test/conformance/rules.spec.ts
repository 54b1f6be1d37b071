/** Every rule of the protocol is driven by the kit, or a person is asked to look, who is told at what. */
import {
  askedOfAPerson,
  serviceChecks,
  terminalChecks,
  watchChecks,
} from '@campus-paycode/conformance';
import { describe, expect, it } from '@jest/globals';
import { read } from '../support/sources.js';

const driven = new Set(
  [...serviceChecks, ...terminalChecks, ...watchChecks].map(({ rule }) => rule),
);
const rulesIn = (file: string): string[] => {
  const found = [...read(file).matchAll(/^- \*\*(R\d+)\*\*/gm)];
  return found.map(([, rule = '']) => rule);
};

describe('the rules of the protocol', () => {
  it.each(['docs/terminal-protocol.md', 'docs/terminal-protocol.zh.md'])(
    'that stand in %s are all looked at',
    (page) => {
      const rules = rulesIn(page);
      expect(rules.length).toBeGreaterThan(90);
      const left = rules.filter((rule) => !driven.has(rule) && askedOfAPerson[rule] === undefined);
      expect(left).toEqual([]);
    },
  );

  it('are the only ones that the kit looks at or asks about', () => {
    const rules = new Set(rulesIn('docs/terminal-protocol.md'));
    const known = [...driven, ...Object.keys(askedOfAPerson)];
    expect(known.filter((rule) => !rules.has(rule))).toEqual([]);
  });
});
