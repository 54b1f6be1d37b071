/** The card office and a phone that comes at the wrong moment are told what is in the way. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RegisterCardholder } from '../../src/cardholders/register-cardholder.js';
import { IssueEnrolmentLink } from '../../src/cardholders/issue-enrolment-link.js';
import { FreezeCard } from '../../src/cards/freeze-card.js';
import { IssueCard } from '../../src/cards/issue-card.js';
import { ResolveCode } from '../../src/payment-codes/resolve-code.js';
import { FindPayments } from '../../src/payments/find-payments.js';
import { FollowEvents } from '../../src/platform/events/follow-events.js';
import { keyRingToken } from '../../src/platform/config/key-ring.token.js';
import { RegisterTerminal } from '../../src/terminals/register-terminal.js';
import { Given } from '../support/given.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let given: Given;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
});
afterAll(() => service.close());

const nobody = 999_999n;

async function post(path: string, token: string | undefined, body: object): Promise<unknown> {
  const response = await fetch(service.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return response.json();
}

describe('the card office', () => {
  it('gives a card number once', async () => {
    const { cardNumber } = await given.student(0n);
    const issued = service.inTransaction(async (tx) => {
      const another = await service
        .get(RegisterCardholder)
        .register(tx, { number: 'B-1', name: '李雷', group: 'guest' });
      return service.get(IssueCard).issue(tx, another, cardNumber);
    });
    await expect(issued).rejects.toMatchObject({ code: 'card_number_taken' });
  });

  it('cannot freeze what was reported lost', async () => {
    const { card } = await given.student(0n);
    const by = { kind: 'staff', id: 1n } as const;
    await service.owner.query(`update cards.card set status = 'lost' where id = $1`, [
      card.toString(),
    ]);
    for (const change of ['freeze', 'unfreeze'] as const)
      await expect(service.get(FreezeCard)[change](card, by)).rejects.toMatchObject({
        code: 'card_not_usable',
      });
  });

  it('gives a terminal code once, and enrols and revokes only terminals that there are', async () => {
    const { code, id } = await given.canteen();
    const register = service.get(RegisterTerminal);
    const { rows } = await service.owner.query<{ place: string }>(
      'select place from terminals.terminal where id = $1',
      [id.toString()],
    );
    const place = BigInt(rows[0]?.place ?? 0);
    const again = register.register({ place, code, name: { zh: '一', en: 'One' } });
    await expect(again).rejects.toMatchObject({ code: 'terminal_code_taken' });
    for (const ask of ['issueEnrolmentCode', 'revoke'] as const)
      await expect(register[ask](nobody)).rejects.toMatchObject({ code: 'terminal_not_found' });
  });

  it('is told when there is no such payment', async () => {
    const found = service.get(FindPayments).byId(nobody);
    await expect(found).rejects.toMatchObject({ code: 'payment_unknown' });
  });
});

describe('a phone', () => {
  it('whose key agrees on nothing is not enrolled, and its link stays unspent', async () => {
    const { cardholder } = await given.student(0n);
    const { token } = await service.get(IssueEnrolmentLink).issue(cardholder);
    const zero = Buffer.alloc(32).toString('base64url');
    const phone = { token, devicePublicKey: zero, deviceRandom: zero, deviceName: 'a test' };
    const answer = await post('/v1/phone-enrolments', undefined, phone);
    expect(answer).toMatchObject({ status: 422, code: 'device_key_invalid' });
    const { rows } = await service.owner.query(
      'select from cardholders.enrolment_link where cardholder = $1 and redeemed_at is null',
      [cardholder.toString()],
    );
    expect(rows).toHaveLength(1);
  });

  it('is not renewed when another was bound, nor by the sign-in of somebody else', async () => {
    const student = await given.student(0n);
    const other = await given.student(0n);
    const question = student.phone.ask();
    expect(await student.phone.send(question)).toHaveProperty('usableUntil');
    const refusal = { code: 'phone_not_enrolled' };
    expect(await other.phone.send(question)).toMatchObject(refusal);
    const bound = await student.bindAnotherPhone();
    expect(await bound.send(question)).toMatchObject(refusal);
    // The sign-in of the phone before ended with it.
    expect(await student.phone.send(question)).toMatchObject({ code: 'unauthenticated' });
  });
});

describe('a service that has just started', () => {
  it('says that it is still reading the phones, instead of calling a code invalid', async () => {
    const starting = new ResolveCode(
      service.database,
      service.clock,
      service.app.get(keyRingToken),
      service.get(FollowEvents),
    );
    await expect(starting.resolve({} as never)).rejects.toMatchObject({ code: 'index_loading' });
  });
});
