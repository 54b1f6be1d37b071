/** What the kit holds itself against: terminals that are right, and terminals with one wrong habit each. */
import { rulesOf } from './report.js';
import { certifyInProcess } from './terminal/certify-in-process.js';
import { ReferenceCandidate } from './terminal/reference-candidate.js';
import { PlainTill } from './wrong-clients/plain-till.js';
import { wrongClients } from './wrong-clients/wrong-clients.js';
import { wrongReferences } from './wrong-clients/wrong-reference.js';
import type { Finding, Tell } from './check.js';
import type { Line } from './wrong-clients/plain-channel.js';

const allWrong = [
  ...wrongClients.map(({ name, habits, rule }) => ({
    name,
    rule,
    make: (line: Line) => new PlainTill(line, habits),
  })),
  ...wrongReferences,
];

/** The reference client, in a time that takes none. */
export function certifyReference(tell: Tell): Promise<Finding[]> {
  return certifyInProcess((line) => new ReferenceCandidate(line), { tell });
}

/** @returns of each wrong terminal that was found otherwise than it should have been, what was found */
export async function certifyWrongClients(): Promise<{ readonly count: number; wrong: string[] }> {
  const wrong: string[] = [];
  for (const { name, make, rule } of allWrong) {
    const findings = await certifyInProcess(make);
    const failed = rulesOf(findings, ({ outcome }) => outcome === 'failed');
    const found = failed.join(' ');
    if (found !== rule) wrong.push(`that ${name}: ${found || 'nothing'} instead of ${rule}`);
  }
  return { count: allWrong.length, wrong };
}
