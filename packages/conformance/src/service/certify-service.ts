/** Drives a service as its terminals would, rule by rule. */
import { problemMeanings, isProblemCode } from '@campus-paycode/terminal-protocol';
import { must, runChecks, type Check, type Finding, type Tell } from '../check.js';
import { cashierChecks, staticChecks, versionChecks } from './cashier-checks.js';
import { meterChecks, sessionChecks } from './device-checks.js';
import { enrolmentChecks, keyChecks } from './enrolment-checks.js';
import { formChecks } from './form-checks.js';
import { gateChecks } from './gate-checks.js';
import { dayChecks, holdChecks, pendingChecks } from './later-checks.js';
import { offlineChecks } from './offline-checks.js';
import type { Payers } from './payers.js';
import { saleChecks } from './sale-checks.js';
import { ServiceWorld, type ServiceCheck } from './service-world.js';
import { answerChecks, signatureChecks } from './signature-checks.js';

export type ServiceOptions = {
  /** Where the service, or a proxy before it, is reached; without a path. */
  readonly url: string;
  readonly serviceName: string;
  /** Of terminals that the kit may have: two with an entered amount, and one of each other kind. */
  readonly enrolments: readonly string[];
  readonly payers: Payers;
  readonly tell: Tell;
};

const tableCheck: ServiceCheck = {
  rule: 'R40',
  title: 'gives every problem the status, effect and retryable of the table',
  run: (world) => {
    const codes = new Set<string>();
    for (const { body, status, request } of world.heard()) {
      const { code } = body;
      if (!isProblemCode(code)) continue;
      codes.add(code);
      const meaning = problemMeanings[code];
      const is = JSON.stringify([status, body['retryable'], body['effect']]);
      const told = JSON.stringify([meaning.status, meaning.retryable, meaning.effect]);
      must(is === told, `${request}: ${code} ${is} instead of ${told}`);
    }
    return Promise.resolve(`${codes.size} codes seen: ${[...codes].sort().join(', ')}`);
  },
};

/** What every answer must have been; looked at when everything was asked. */
export const answersChecked: readonly ServiceCheck[] = [...answerChecks, tableCheck];

/** In an order in which none spoils what another needs: the keys of the desk change last. */
export const serviceChecks: readonly Check<ServiceWorld>[] = [
  ...enrolmentChecks,
  ...formChecks,
  ...signatureChecks,
  ...saleChecks,
  ...holdChecks,
  ...sessionChecks,
  ...meterChecks,
  ...pendingChecks,
  ...dayChecks,
  ...cashierChecks,
  ...staticChecks,
  ...versionChecks,
  ...offlineChecks,
  ...gateChecks,
  ...keyChecks,
  ...answersChecked,
];

export async function certifyService(options: ServiceOptions): Promise<Finding[]> {
  const { url, serviceName, enrolments, payers, tell } = options;
  const world = new ServiceWorld({ url, serviceName }, payers);
  const refused: Check<ServiceWorld>[] = [];
  for (const code of enrolments) {
    const { status, text } = await world.enrol(code);
    const seen = `${code}: ${status} ${text.slice(0, 200)}`;
    if (status !== 201) refused.push(refusal(seen));
  }
  return runChecks('service', [...refused, ...serviceChecks], () => world, tell);
}

const refusal = (seen: string): ServiceCheck => ({
  rule: 'R16',
  title: 'takes an enrolment code that the office has just given',
  run: () => Promise.reject(new Error(seen)),
});
