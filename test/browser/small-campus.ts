/** The smallest campus that can sell: one student with money, one canteen, one terminal code. */
import { IssueCard } from '../../src/cards/issue-card.js';
import { IssueEnrolmentLink } from '../../src/cardholders/issue-enrolment-link.js';
import { RegisterCardholder } from '../../src/cardholders/register-cardholder.js';
import { OpenPlace, type NewPlace } from '../../src/places/open-place.js';
import { RegisterMerchant } from '../../src/places/register-merchant.js';
import { RegisterTerminal } from '../../src/terminals/register-terminal.js';
import type { TestService } from '../support/service.js';

export type Student = { readonly cardholder: bigint; readonly card: bigint };

let count = 0;

/** `balance` is fen in the cash purse. */
export async function admitStudent(service: TestService, balance: number): Promise<Student> {
  count += 1;
  const number = `2026${String(count).padStart(4, '0')}`;
  const student = await service.inTransaction(async (tx) => {
    const group = 'student' as const;
    const person = { number, name: '张小明', nameEn: 'Zhang Xiaoming', group };
    const cardholder = await service.get(RegisterCardholder).register(tx, person);
    const card = await service.get(IssueCard).issue(tx, cardholder, `8${number}`);
    return { cardholder, card };
  });
  await service.owner.query(
    `select ledger.record('top-up',
       array[ledger.open_account(0, 'bank', null, false), ledger.account_of($1, 'cash')],
       array[-$2::bigint, $2::bigint], '{}')`,
    [student.card.toString(), balance],
  );
  return student;
}

export async function enrolmentTokenFor(
  service: TestService,
  { cardholder }: Student,
): Promise<string> {
  return (await service.get(IssueEnrolmentLink).issue(cardholder)).token;
}

const canteen = {
  name: { zh: '第一食堂', en: 'Canteen 1' },
  kind: 'canteen',
  tariff: { type: 'entered', maximum: 10_000n },
} as const;
const showers = {
  name: { zh: '三号楼热水', en: 'Hot water, house 3' },
  kind: 'dorm',
  tariff: { type: 'metered', hold: 500n, unit: 'liter', unitPrice: 5n, holdSeconds: 900 },
} as const;
const gym = {
  name: { zh: '体育馆', en: 'Gym' },
  kind: 'gym',
  tariff: { type: 'fixed', amount: 300n },
} as const;

export const places = { canteen, showers, gym } as const;
export type PlaceName = keyof typeof places;

/** A one-time code for a new terminal `code` at a new place. */
export async function terminalCodeAt(
  service: TestService,
  place: Omit<NewPlace, 'merchant'>,
  code: string,
): Promise<string> {
  const catering = { zh: '后勤饮食中心', en: 'Campus Catering' };
  const merchant = await service.get(RegisterMerchant).register(catering, null);
  const id = await service.get(OpenPlace).open({ ...place, merchant });
  const terminals = service.get(RegisterTerminal);
  const name = { zh: `${code} 号机`, en: `Terminal ${code}` };
  const terminal = await terminals.register({ place: id, code, name });
  return (await terminals.issueEnrolmentCode(terminal)).code;
}
