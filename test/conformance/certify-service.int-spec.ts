/** The kit drives every rule that a service keeps against this one, and then against wrong ones before it. */
import {
  certifyService,
  certifyWrongServices,
  serviceChecks,
  type Finding,
} from '@campus-paycode/conformance';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { givenColleague } from '../support/given-office.js';
import type { PlaceKind, Tariff } from '../../src/places/place.js';
import { entered, fixed, Given, metered, type Student } from '../support/given.js';
import { startService, type TestService } from '../support/service.js';

/** More than a hundred sales, on a machine that does much else. */
const mostMs = 180_000;

let service: TestService;
let findings: Finding[];
let behindWrongOnes: Awaited<ReturnType<typeof certifyWrongServices>>;

beforeAll(async () => {
  service = await startService();
  const given = new Given(service);
  const office = await givenColleague(service, 'gate.keeper', ['administrator']);
  const asks = { above: null, after: null, againSeconds: 60 };
  expect((await office.put('confirmation-rules/student', asks)).status).toBe(200);
  const enrolments: string[] = [];
  const register = async (kind: PlaceKind, tariff: Tariff) => {
    const terminal = await given.newTerminal(kind, tariff);
    enrolments.push(await given.enrolmentCode(terminal));
    return terminal;
  };
  await register('canteen', entered);
  await register('canteen', entered);
  await register('dorm', metered);
  const gate = await register('gym', fixed);
  const { rows } = await service.owner.query<{ place: string }>(
    'select place from terminals.terminal where id = $1',
    [gate.id.toString()],
  );
  const open = { passback: 'soft', opens: '00:00', closes: '24:00', hasSensor: true };
  const byTime = { group: 'student', charge: 'time', amount: 2_000, minutePrice: 10 };
  const rules = [{ ...byTime, from: '00:00', until: '24:00' }];
  const gates = `gates/${rows[0]?.place}`;
  expect((await office.put(gates, { ...open, forgottenAmount: 900, rules })).status).toBe(200);
  const poor = await given.student(0n);
  const rich: Student[] = [];
  for (let made = 0; made < 16; made += 1) rich.push(await given.student(1_000_000n));
  let turn = 0;
  const payers = {
    codes: (name: string, count: number) => {
      turn += 1;
      const student = name === 'approved' ? rich[turn % rich.length] : poor;
      return Promise.resolve(Array.from({ length: count }, () => student?.phone.next() ?? ''));
    },
  };
  const serviceName = service.config.SERVICE_NAME;
  const tell = () => undefined;
  findings = await certifyService({ url: service.url, serviceName, enrolments, payers, tell });
  const others = [];
  for (let made = 0; made < 2; made += 1) {
    others.push(await given.enrolmentCode(await given.newTerminal('canteen', entered)));
  }
  behindWrongOnes = await certifyWrongServices({
    url: service.url,
    serviceName,
    enrolments: others,
    payers,
  });
}, mostMs);
afterAll(() => service.close());

const told = ({ rule, title, seen }: Finding): string => `${rule} ${title}: ${seen}`;

describe('the service', () => {
  it('keeps every rule that the kit can look at', () => {
    expect(findings.filter(({ outcome }) => outcome !== 'passed').map(told)).toEqual([]);
    expect(findings).toHaveLength(serviceChecks.length);
  });
});

describe('a wrong service', () => {
  it('fails in its own rule, and in no other', () => {
    expect(behindWrongOnes.wrong).toEqual([]);
    expect(behindWrongOnes.count).toBeGreaterThan(15);
  });
});
