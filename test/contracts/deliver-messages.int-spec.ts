import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { receiptTemplateId } from '../../local/fakes/wechat/defaults.js';
import { startFakeWechat, type FakeWechat } from '../../local/fakes/wechat/start-fake-wechat.js';
import { BindWechat } from '../../src/cardholders/bind-wechat.js';
import { RegisterCardholder } from '../../src/cardholders/register-cardholder.js';
import { SendMessage } from '../../src/messages/send-message.js';
import { startService, type TestService } from '../support/service.js';

let fake: FakeWechat;
let service: TestService;
let people = 0;

beforeAll(async () => {
  fake = await startFakeWechat({ settings: { latencyMs: 0 }, retryDelayMs: 0 });
  service = await startService({ env: { WECHAT_API_URL: fake.url } });
  await lever('callback', { url: `${service.url}/v1/wechat/callback`, mode: 'aes', format: 'xml' });
});
beforeEach(async () => {
  await lever('faults', {});
  await service.owner.query(`update messages.channel_pause set until = '-infinity'`);
});
afterAll(async () => {
  await fake.close();
  await service.close();
});

async function lever(name: string, body: unknown): Promise<void> {
  const address = `${fake.url}/__fake/${name}`;
  const answer = await fetch(address, { method: 'POST', body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
}

/** A student who tapped "allow" so many times, as WeChat told it. */
async function student({ taps = 1 } = {}): Promise<{ id: bigint; openid: string }> {
  people += 1;
  const openid = `oDelivery${people}`;
  const id = await service.inTransaction(async (tx) => {
    const cardholder = await service
      .get(RegisterCardholder)
      .register(tx, { number: `d${people}`, name: '张小明', group: 'student' });
    await service.get(BindWechat).bind(tx, cardholder, { openid });
    return cardholder;
  });
  for (let n = 0; n < taps; n += 1) {
    await lever('tap', { openid, templates: [receiptTemplateId], choice: 'accept' });
    await fake.callbacksSettled();
    // Pushes are told apart by the second that they name.
    await service.owner.query('truncate messages.push');
  }
  return { id, openid };
}

async function say(cardholder: bigint, template = receiptTemplateId): Promise<string> {
  const { message, queued } = await service.inTransaction((tx) =>
    service.get(SendMessage).send(tx, {
      cardholder,
      purpose: 'service',
      kind: 'receipt',
      dedupeKey: randomUUID(),
      title: { zh: '消费 ¥12.50', en: 'Paid ¥12.50' },
      body: { zh: '一食堂 · B3-0427', en: 'Canteen 1 · B3-0427' },
      link: '/r/abc',
      wechat: {
        template,
        page: 'pages/receipt/index?t=abc',
        data: {
          amount1: '¥12.50',
          thing2: '一食堂',
          time3: '2026-11-22 11:58',
          character_string4: 'B3-0427',
        },
      },
    }),
  );
  expect(queued).toBe(true);
  return String(message);
}

const deliver = (): Promise<void> => service.runJob('deliver-messages');
const hurry = (): Promise<unknown> =>
  service.owner.query(
    `update messages.delivery set due_at = due_at - interval '1 minute',
      settled_at = settled_at - interval '1 minute', lease_until = lease_until - interval '1 minute'`,
  );
const delivery = async (message: string): Promise<Record<string, unknown>> =>
  (await service.owner.query('select * from messages.delivery where message = $1', [message]))
    .rows[0] as Record<string, unknown>;
const allowance = async (openid: string): Promise<unknown> =>
  (
    await service.owner.query<{ remaining: number }>(
      'select remaining from messages.allowance where openid = $1',
      [openid],
    )
  ).rows[0]?.remaining;

describe('a message on its way to a phone', () => {
  it('arrives, and WeChat’s word about it finds it by all 64 bits of its id', async () => {
    const { id, openid } = await student();
    const message = await say(id);
    await deliver();
    await fake.callbacksSettled();
    const [sent] = fake.books.messagesTo(openid);
    expect(sent?.data).toMatchObject({ amount1: '¥12.50', character_string4: 'B3-0427' });
    expect(await delivery(message)).toMatchObject({ state: 'delivered', msgid: sent?.msgid });
  });

  it('is tried again three times while WeChat is busy, and then given up', async () => {
    const { id, openid } = await student();
    const message = await say(id);
    await lever('faults', { only: 'subscribe/send', systemBusy: 1 });
    for (let n = 0; n < 6; n += 1) {
      await deliver();
      await hurry();
    }
    expect(await delivery(message)).toMatchObject({ state: 'failed', reason: 'busy', attempts: 4 });
    expect(fake.books.messagesTo(openid)).toHaveLength(0);
  });

  it('with the last allowance is tried once more after silence, and cannot arrive twice', async () => {
    const { id, openid } = await student();
    const message = await say(id);
    await lever('faults', {
      only: 'subscribe/send',
      dropAfter: 1,
      count: 1,
      callbacks: { lose: 1 },
    });
    await deliver();
    expect(await delivery(message)).toMatchObject({ state: 'unknown' });
    await hurry();
    await deliver();
    expect(await delivery(message)).toMatchObject({
      state: 'sent',
      reason: 'already_sent',
      code: 43101,
    });
    expect(fake.books.messagesTo(openid)).toHaveLength(1);
  });

  it('with more allowances left stays unknown after silence, until WeChat tells', async () => {
    const { id, openid } = await student({ taps: 2 });
    const message = await say(id);
    await lever('faults', {
      only: 'subscribe/send',
      dropAfter: 1,
      count: 1,
      callbacks: { delayMs: 300 },
    });
    await deliver();
    await hurry();
    await deliver();
    expect(await delivery(message)).toMatchObject({ state: 'unknown', attempts: 1 });
    await fake.callbacksSettled();
    const [sent] = fake.books.messagesTo(openid);
    expect(await delivery(message)).toMatchObject({ state: 'delivered', msgid: sent?.msgid });
    expect(await allowance(openid)).toBe(1);
  });

  it('is not sent again when the process that had it was lost', async () => {
    const { id, openid } = await student({ taps: 2 });
    const message = await say(id);
    await service.database.query('select * from messages.claim_deliveries(8, 30)');
    await hurry();
    await deliver();
    expect(await delivery(message)).toMatchObject({ state: 'unknown', reason: 'worker_lost' });
    expect(fake.books.messagesTo(openid)).toHaveLength(0);
  });

  it('that is not allowed ends the allowance, without taking it for a refusal', async () => {
    const { id, openid } = await student({ taps: 2 });
    const message = await say(id);
    await lever('faults', { only: 'subscribe/send', answer: { errcode: 43101 } });
    await deliver();
    expect(await delivery(message)).toMatchObject({ state: 'failed', reason: 'no_allowance' });
    const { rows } = await service.owner.query(
      'select remaining, refused_at from messages.allowance where openid = $1',
      [openid],
    );
    expect(rows).toEqual([{ remaining: 0, refused_at: null }]);
  });

  it('is cancelled when its owner refuses while it waits', async () => {
    const { id, openid } = await student();
    const message = await say(id);
    await lever('settings', { openid, template: receiptTemplateId, choice: 'reject' });
    await fake.callbacksSettled();
    await deliver();
    expect(await delivery(message)).toMatchObject({
      state: 'failed',
      reason: 'refused',
      attempts: 0,
    });
  });

  it('to an openid that is no longer ours loses the address, not the inbox', async () => {
    const { id, openid } = await student({ taps: 2 });
    const message = await say(id);
    await lever('faults', { only: 'subscribe/send', answer: { errcode: 40003 } });
    await deliver();
    expect(await delivery(message)).toMatchObject({ state: 'failed', reason: 'address_invalid' });
    const { rows } = await service.owner.query(
      'select code from messages.lost_address where openid = $1',
      [openid],
    );
    expect(rows).toEqual([{ code: 40003 }]);
  });

  it('that comes too late is not sent, and gives its allowance back', async () => {
    const { id, openid } = await student();
    const message = await say(id);
    await service.owner.query(
      'update messages.delivery set expires_at = clock_timestamp() where message = $1',
      [message],
    );
    await deliver();
    expect(await delivery(message)).toMatchObject({ state: 'expired', reason: 'too_late' });
    expect(await allowance(openid)).toBe(1);
  });

  it('goes out one at a time to one openid, and each once', async () => {
    const { id, openid } = await student({ taps: 4 });
    await lever('faults', { latencyMs: 30 });
    const messages = [await say(id), await say(id), await say(id), await say(id)];
    await deliver();
    await fake.callbacksSettled();
    expect(fake.books.messagesTo(openid)).toHaveLength(4);
    for (const message of messages)
      expect(await delivery(message)).toMatchObject({ code: null, attempts: 1 });
  });

  it('stops the whole line of a template that WeChat does not know', async () => {
    const messages: string[] = [];
    for (let n = 0; n < 12; n += 1) messages.push(await say((await student()).id));
    let calls = 0;
    await lever('templates', { remove: receiptTemplateId });
    const fetched = globalThis.fetch;
    globalThis.fetch = (...call) => {
      if (call[0] instanceof URL && call[0].pathname.endsWith('/send')) calls += 1;
      return fetched(...call);
    };
    try {
      await deliver();
      await deliver();
    } finally {
      globalThis.fetch = fetched;
      await lever('templates', { put: fake.settings.templates[0] });
      await service.owner.query('truncate messages.stopped_template');
    }
    expect(calls).toBeLessThanOrEqual(8);
    for (const message of messages)
      expect(await delivery(message)).toMatchObject({
        state: 'failed',
        reason: 'template_stopped',
      });
  });
});
