/** The service checks are held against services with one wrong habit each. */
import { runChecks } from '../check.js';
import { rulesOf } from '../report.js';
import { answersChecked, serviceChecks } from '../service/certify-service.js';
import { formChecks } from '../service/form-checks.js';
import type { Payers } from '../service/payers.js';
import { ServiceWorld, type ServiceCheck } from '../service/service-world.js';
import { signatureChecks } from '../service/signature-checks.js';
import { ResigningFront } from './resigning-front.js';
import { wrongServices, type WrongService } from './wrong-services.js';

export type RightService = {
  readonly url: string;
  readonly serviceName: string;
  /** Of two terminals where amounts are entered. */
  readonly enrolments: readonly string[];
  readonly payers: Payers;
};

/** Whoever guesses enrolment codes too often is not heard any more. */
const ofForm: readonly ServiceCheck[] = [...formChecks, ...signatureChecks].filter(
  ({ title }) => !title.includes('P-256'),
);

const checksFor = ({ beside }: Pick<WrongService, 'beside'>): readonly ServiceCheck[] => [
  ...(beside === undefined ? ofForm : serviceChecks.filter(({ rule }) => beside.includes(rule))),
  ...answersChecked,
];

/** @returns of each wrong service that was found otherwise than it should have been, what was found */
export async function certifyWrongServices({
  url,
  serviceName,
  enrolments,
  payers,
}: RightService): Promise<{ readonly count: number; readonly wrong: string[] }> {
  const front = await ResigningFront.before(url);
  const world = new ServiceWorld({ url: front.url, serviceName }, payers);
  const wrong: string[] = [];
  const hold = async (name: string, checks: readonly ServiceCheck[], expected: string) => {
    const findings = await runChecks(
      'service',
      checks,
      () => world,
      () => {},
    );
    const failed = findings.filter(({ outcome }) => outcome !== 'passed');
    const seen = failed.map(({ rule, seen: what }) => `${rule} ${what}`).join('; ');
    if (rulesOf(failed).join(' ') !== expected) {
      wrong.push(`that ${name}: ${seen || 'nothing'} instead of ${expected || 'nothing'}`);
    }
  };
  try {
    for (const code of enrolments) {
      const { status, text } = await world.enrol(code);
      if (status !== 201) wrong.push(`${code}: ${status} ${text.slice(0, 200)}`);
    }
    const right = [...ofForm, ...checksFor({ beside: ['R24', 'R25', 'R28', 'R31'] })];
    await hold('changes nothing', right, '');
    for (const service of wrongServices) {
      world.forget();
      front.turn(service.change);
      await hold(service.name, checksFor(service), service.rule);
    }
  } finally {
    await front.close();
  }
  return { count: wrongServices.length, wrong };
}
