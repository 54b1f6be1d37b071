import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Given } from '../../test/support/given.js';
import { startService, type TestService } from '../../test/support/service.js';
import type { TestTerminal } from '../../test/support/test-terminal.js';
import { FindCard } from './find-card.js';
import { FreezeCard } from './freeze-card.js';
import { IssueCard } from './issue-card.js';
import { OpenPurse } from './open-purse.js';

let service: TestService;
let given: Given;
let till: TestTerminal;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  till = await given.canteen();
});
afterAll(() => service.close());

const by = { kind: 'cardholder', id: 1n } as const;

async function changesOf(card: bigint): Promise<string[]> {
  const { rows } = await service.owner.query<{ status: string }>(
    'select status from cards.status_change where card = $1 order by id',
    [card.toString()],
  );
  return rows.map(({ status }) => status);
}

describe('freezing a card', () => {
  it('twice is freezing once; every change is kept and told', async () => {
    const { card, cardholder } = await given.student(0n);
    const freezing = service.get(FreezeCard);
    await freezing.freeze(card, by);
    await freezing.freeze(card, by);
    await freezing.unfreeze(card, by);
    expect(await changesOf(card)).toEqual(['frozen', 'active']);
    const { rows } = await service.owner.query(
      `select type, payload->>'cardholder' as cardholder from platform.outbox
       where type like 'card.%' and payload->>'card' = $1 order by id`,
      [card.toString()],
    );
    expect(rows).toEqual([
      { type: 'card.frozen', cardholder: cardholder.toString() },
      { type: 'card.active', cardholder: cardholder.toString() },
    ]);
  });

  it.each(['lost', 'closed'])(
    'is refused for one that is %s, which pays nothing',
    async (status) => {
      const { card, phone } = await given.student(1_000n);
      await service.owner.query(`select cards.set_status($1, array['active'], $2, 'staff', 1)`, [
        card.toString(),
        status,
      ]);
      for (const change of ['freeze', 'unfreeze'] as const)
        await expect(service.get(FreezeCard)[change](card, by)).rejects.toMatchObject({
          code: 'card_not_usable',
        });
      expect((await till.sell(phone.next(), 100)).body['reason']).toBe(`card_${status}`);
    },
  );

  it('counts for the very next scan, however many are on their way', async () => {
    const { card, phone } = await given.student(10_000n);
    const codes = Array.from({ length: 6 }, () => phone.next());
    const [answers] = await Promise.all([
      Promise.all(codes.map((code) => till.sell(code, 100))),
      service.get(FreezeCard).freeze(card, by),
    ]);
    const reasons = answers.map(({ body }) => body['reason']);
    expect(reasons.every((r) => r === null || r === 'card_frozen' || r === 'code_used')).toBe(true);
    expect((await till.sell(phone.next(), 100)).body['reason']).toBe('card_frozen');
  });
});

describe('a card', () => {
  it('has a number of its own, and a purse for each kind and day', async () => {
    const { card, cardholder, cardNumber } = await given.student(0n);
    await expect(
      service.inTransaction((tx) => service.get(IssueCard).issue(tx, cardholder, cardNumber)),
    ).rejects.toMatchObject({ code: 'card_number_taken' });
    const day = new Date(service.clock.nowMs() + 86_400_000);
    const [first, again, cash] = await service.inTransaction(async (tx) => [
      await service.get(OpenPurse).open(tx, card, 'subsidy', day),
      await service.get(OpenPurse).open(tx, card, 'subsidy', day),
      await service.get(OpenPurse).open(tx, card, 'cash', null),
    ]);
    expect(first).toBe(again);
    expect(cash).not.toBe(first);
  });

  it('is found by its number and its cardholder, and a strange one is not', async () => {
    const { card, cardholder, cardNumber } = await given.student(250n);
    const cards = service.get(FindCard);
    expect((await cards.byNumber(cardNumber)).id).toBe(card);
    expect(await cards.ofCardholder(cardholder)).toMatchObject({
      status: 'active',
      limits: { dayAmount: 50_000n, dayCount: null },
    });
    await expect(cards.byNumber('000000')).rejects.toMatchObject({ code: 'card_unknown' });
  });
});
