import { describe, expect, it } from '@jest/globals';
import { certifyInProcess } from './certify-in-process.js';
import { checkGroups, terminalChecks, watchChecks } from './certify-terminal.js';
import { answerChecks } from './answer-checks.js';
import { laterChecks } from './later-checks.js';
import { ReferenceCandidate } from './reference-candidate.js';
import { rulesOf } from '../report.js';
import { wrongTerminals } from '../wrong-clients/all-wrong.js';
import { PlainDevice } from '../wrong-clients/plain-device.js';
import { PlainGate } from '../wrong-clients/plain-gate.js';
import { PlainTill } from '../wrong-clients/plain-till.js';
import type { Candidate } from './candidate.js';
import type { Finding } from '../check.js';
import type { Line } from '../wrong-clients/plain-channel.js';

const told = ({ rule, title, seen }: Finding): string => `${rule} ${title}: ${seen}`;

describe('the reference client', () => {
  it('keeps every rule that the kit can look at', async () => {
    const findings = await certifyInProcess((line) => new ReferenceCandidate(line));
    expect(findings.filter(({ outcome }) => outcome !== 'passed').map(told)).toEqual([]);
    expect(findings).toHaveLength(terminalChecks.length + watchChecks.length);
  });
});

const plain: readonly (readonly [string, (line: Line) => Candidate, string])[] = [
  ['till', (line) => new PlainTill(line), 'R26'],
  ['gate', (line) => new PlainGate(line), 'R69'],
  ['device', (line) => new PlainDevice(line), 'R89'],
];

describe('a plain terminal', () => {
  it.each(plain)('that is a %s keeps every rule of what it can do', async (_, make, rule) => {
    const findings = await certifyInProcess(make);
    const isKept = ({ outcome }: Finding) => outcome === 'passed' || outcome === 'absent';
    expect(findings.filter((each) => !isKept(each)).map(told)).toEqual([]);
    expect(rulesOf(findings, ({ outcome }) => outcome === 'passed')).toContain(rule);
  });
});

/** Those of its section; `npm run conformance` holds it against all of them. What every request breaks shows in any. */
const checksBeside = ({ rule, make }: (typeof wrongTerminals)[number]) => {
  const { abilities } = make({
    transport: () => Promise.reject(new Error()),
    now: () => 0,
    after: () => () => {},
  });
  return (
    checkGroups.find((checks) =>
      checks.some(
        (check) =>
          check.rule === rule &&
          [check.needs ?? 'sell'].flat().every((each) => abilities.has(each)),
      ),
    ) ?? (rule === 'R2' ? laterChecks : answerChecks)
  );
};

describe('a wrong terminal', () => {
  it.each(wrongTerminals)('that $name breaks $rule alone', async (wrong) => {
    const findings = await certifyInProcess(wrong.make, { checks: checksBeside(wrong) });
    const failed = findings.filter(({ outcome }) => outcome === 'failed');
    expect([rulesOf(failed), failed.map(told)]).toEqual([[wrong.rule], expect.anything()]);
  });
});
