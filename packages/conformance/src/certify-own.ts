/** What the kit holds itself against: terminals that are right, and terminals with one wrong habit each. */
import { rulesOf } from './report.js';
import { certifyInProcess } from './terminal/certify-in-process.js';
import { ReferenceCandidate } from './terminal/reference-candidate.js';
import { wrongTerminals } from './wrong-clients/all-wrong.js';
import type { Finding, Tell } from './check.js';

/** The reference client, in a time that takes none. */
export function certifyReference(tell: Tell): Promise<Finding[]> {
  return certifyInProcess((line) => new ReferenceCandidate(line), { tell });
}

/** Each mostly waits for a disk, and has a time of its own. */
const LANES = 4;

/** @returns of each wrong terminal that was found otherwise than it should have been, what was found */
export async function certifyWrongClients(): Promise<{ readonly count: number; wrong: string[] }> {
  const wrong: string[] = [];
  const waiting = [...wrongTerminals];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { name, rule } = next;
      const findings = await certifyInProcess(next.make);
      const failed = findings.filter(({ outcome }) => outcome === 'failed');
      if (rulesOf(failed).join(' ') === rule) continue;
      const others = failed.filter((each) => each.rule !== rule);
      const found = others.map((each) => `${each.rule} (${each.seen})`).join(', ');
      wrong.push(`that ${name}: ${found || 'nothing'} instead of ${rule}`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return { count: wrongTerminals.length, wrong };
}
