import { describe, expect, it } from '@jest/globals';
import { certifyInProcess } from './certify-in-process.js';
import { checkGroups, terminalChecks, watchChecks } from './certify-terminal.js';
import { answerChecks } from './answer-checks.js';
import { laterChecks } from './later-checks.js';
import { ReferenceCandidate } from './reference-candidate.js';
import { rulesOf } from '../report.js';
import { PlainTill } from '../wrong-clients/plain-till.js';
import { wrongReferences } from '../wrong-clients/wrong-reference.js';
import { wrongClients } from '../wrong-clients/wrong-clients.js';
import type { Finding } from '../check.js';

const told = ({ rule, title, seen }: Finding): string => `${rule} ${title}: ${seen}`;

describe('the reference client', () => {
  it('keeps every rule that the kit can look at', async () => {
    const findings = await certifyInProcess((line) => new ReferenceCandidate(line));
    expect(findings.filter(({ outcome }) => outcome !== 'passed').map(told)).toEqual([]);
    expect(findings).toHaveLength(terminalChecks.length + watchChecks.length);
  });
});

describe('a plain till', () => {
  it('keeps every rule of what it can do', async () => {
    const findings = await certifyInProcess((line) => new PlainTill(line));
    expect(findings.filter(({ outcome }) => outcome === 'failed').map(told)).toEqual([]);
  });
});

/** Those of its section; `npm run conformance` holds it against all of them. What every request breaks shows in any. */
const checksBeside = (rule: string) =>
  checkGroups.find((checks) => checks.some((check) => check.rule === rule)) ??
  (rule === 'R2' ? laterChecks : answerChecks);

describe('a wrong terminal', () => {
  it.each(wrongClients)('that $name breaks $rule alone', async ({ habits, rule }) => {
    const checks = checksBeside(rule);
    const findings = await certifyInProcess((line) => new PlainTill(line, habits), { checks });
    const failed = findings.filter(({ outcome }) => outcome === 'failed');
    expect([rulesOf(failed), failed.map(told)]).toEqual([[rule], expect.anything()]);
  });

  it.each(wrongReferences)('that $name breaks $rule alone', async ({ make, rule }) => {
    const checks = checksBeside(rule);
    const findings = await certifyInProcess(make, { checks });
    const failed = findings.filter(({ outcome }) => outcome === 'failed');
    expect([rulesOf(failed), failed.map(told)]).toEqual([[rule], expect.anything()]);
  });
});
