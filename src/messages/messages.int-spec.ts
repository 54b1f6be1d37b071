import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { startService, type TestService } from '../../test/support/service.js';
import { BindWechat } from '../cardholders/bind-wechat.js';
import { RegisterCardholder } from '../cardholders/register-cardholder.js';
import { SignInCardholder } from '../cardholders/sign-in-cardholder.js';
import { pushSignature } from '../platform/wechat/message-push.js';
import { CountLanding } from './count-landing.js';
import { SendMessage, type Message, type Said } from './send-message.js';
import { TakeInPush } from './take-in-push.js';

let service: TestService;
let people = 0;

beforeAll(async () => {
  service = await startService({ env: { WECHAT_API_URL: 'http://127.0.0.1:1' } });
});
afterAll(() => service.close());

type Student = { id: bigint; openid: string; token: string };

async function student(): Promise<Student> {
  people += 1;
  const openid = `oMessages${people}`;
  return service.inTransaction(async (tx) => {
    const id = await service
      .get(RegisterCardholder)
      .register(tx, { number: `m${people}`, name: '张小明', group: 'student' });
    await service.get(BindWechat).bind(tx, id, { openid });
    const { token } = await service.get(SignInCardholder).signIn(tx, id, 'a test');
    return { id, openid, token };
  });
}

async function call(
  { token }: { token: string },
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(service.url + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}

function say(cardholder: bigint, more: Partial<Message> = {}): Promise<Said> {
  return service.inTransaction((tx) =>
    service.get(SendMessage).send(tx, {
      cardholder,
      purpose: 'service',
      kind: 'receipt',
      dedupeKey: randomUUID(),
      title: { zh: '消费 ¥12.50', en: 'Paid ¥12.50' },
      body: { zh: '一食堂 · B3-0427', en: 'Canteen 1 · B3-0427' },
      link: '/r/abc',
      ...more,
    }),
  );
}

const template = (): string => service.config.WECHAT_RECEIPT_TEMPLATE;
const onPhone = (): Pick<Message, 'wechat'> => ({
  wechat: { template: template(), page: 'pages/receipt/index', data: { amount1: '¥1.00' } },
});

async function report(who: Student, choice: 'accept' | 'reject', tap: string = randomUUID()) {
  const choices = [{ template: template(), choice }];
  const { body } = await call(who, 'POST', '/v1/me/wechat-subscriptions', { tap, choices });
  return body['templates'];
}

const pushed = (openid: string, event: string, status: string, createTime = '1') =>
  service.get(TakeInPush).takeIn({
    event,
    openid,
    createTime,
    items: [{ TemplateId: template(), SubscribeStatusString: status }],
  });

const allowed = async ({ openid }: Student): Promise<number> => {
  const { rows } = await service.owner.query<{ remaining: number }>(
    'select remaining from messages.allowance where openid = $1',
    [openid],
  );
  return rows[0]?.remaining ?? 0;
};

describe('an inbox', () => {
  it('holds a message once, however often it is said', async () => {
    const who = await student();
    const dedupeKey = randomUUID();
    const first = await say(who.id, { dedupeKey });
    expect(await say(who.id, { dedupeKey })).toEqual({ message: null, queued: false });
    const { body } = await call(who, 'GET', '/v1/me/inbox');
    expect(body).toMatchObject({
      unread: 1,
      next: null,
      messages: [{ id: first.message?.toString(), title: { zh: '消费 ¥12.50' }, readAt: null }],
    });
  });

  it('is paged, newest first', async () => {
    const who = await student();
    const ids: (string | undefined)[] = [];
    for (let n = 0; n < 3; n += 1) ids.unshift((await say(who.id)).message?.toString());
    const first = await call(who, 'GET', '/v1/me/inbox?limit=2');
    expect(first.body).toMatchObject({ next: ids[1], messages: [{ id: ids[0] }, { id: ids[1] }] });
    const last = await call(who, 'GET', `/v1/me/inbox?limit=2&before=${ids[1]}`);
    expect(last.body).toMatchObject({ next: null, messages: [{ id: ids[2] }] });
  });

  it('marks a message as read, but only its own', async () => {
    const [who, other] = [await student(), await student()];
    const { message } = await say(who.id);
    const foreign = await call(other, 'POST', `/v1/me/inbox/${message}/read`);
    expect(foreign).toMatchObject({ status: 404, body: { code: 'message_unknown' } });
    expect((await call(who, 'POST', `/v1/me/inbox/${message}/read`)).status).toBe(204);
    expect((await call(who, 'GET', '/v1/me/inbox')).body).toMatchObject({ unread: 0 });
  });
});

describe('marketing', () => {
  it('is said only to who granted it, and never leaves the inbox', async () => {
    const who = await student();
    await report(who, 'accept');
    expect(await say(who.id, { purpose: 'marketing' })).toMatchObject({ message: null });
    await call(who, 'POST', '/v1/me/marketing-consent');
    expect(await say(who.id, { purpose: 'marketing', ...onPhone() })).toMatchObject({
      message: expect.any(BigInt),
      queued: false,
    });
  });

  it('once refused stays refused, whoever asks', async () => {
    const who = await student();
    const before = await call(who, 'GET', '/v1/me/consents');
    expect(before.body).toEqual({ marketing: { state: 'unanswered', saidAt: null } });
    await call(who, 'POST', '/v1/me/marketing-consent');
    const refused = await call(who, 'POST', '/v1/me/marketing-refusal');
    expect(refused.body).toMatchObject({ marketing: { state: 'refused' } });
    const again = await call(who, 'POST', '/v1/me/marketing-consent');
    expect(again).toMatchObject({ status: 409, body: { code: 'marketing_refusal_is_final' } });
    expect((await call(who, 'POST', '/v1/me/marketing-refusal')).body).toEqual(refused.body);
    expect(await say(who.id, { purpose: 'marketing' })).toMatchObject({ message: null });
    for (const change of [
      `update messages.consent set state = 'granted' where cardholder = ${who.id}`,
      `delete from messages.consent where cardholder = ${who.id}`,
      'truncate messages.consent',
    ])
      await expect(service.owner.query(change)).rejects.toThrow('a refusal is final');
  });
});

describe('an allowance', () => {
  it('is spent by the message that is queued, and never below nothing', async () => {
    const who = await student();
    await report(who, 'accept');
    const said = await Promise.all([1, 2, 3].map(() => say(who.id, onPhone())));
    expect(said.filter(({ queued }) => queued)).toHaveLength(1);
    expect(said.filter(({ message }) => message !== null)).toHaveLength(3);
    expect(await allowed(who)).toBe(0);
  });

  it('counts one tap once, whether the phone or WeChat tells of it first', async () => {
    const who = await student();
    await report(who, 'accept');
    await pushed(who.openid, 'subscribe_msg_popup_event', 'accept', '1');
    expect(await allowed(who)).toBe(1);
    await pushed(who.openid, 'subscribe_msg_popup_event', 'accept', '2');
    await report(who, 'accept');
    expect(await allowed(who)).toBe(2);
  });

  it('counts a push that came three times once', async () => {
    const who = await student();
    for (let n = 0; n < 3; n += 1)
      await pushed(who.openid, 'subscribe_msg_popup_event', 'accept', '7');
    expect(await allowed(who)).toBe(1);
  });

  it('is not lifted by a tap that is told again, nor beyond a bound by invented taps', async () => {
    const who = await student();
    const tap = randomUUID();
    await report(who, 'accept', tap);
    expect(await report(who, 'accept', tap)).toEqual([{ template: template(), remaining: 1 }]);
    for (let n = 0; n < 10; n += 1) await report(who, 'accept');
    expect(await allowed(who)).toBe(5);
  });

  it('is kept for a message that waits while nobody listens', async () => {
    const who = await student();
    await report(who, 'accept');
    const { message } = await say(who.id, onPhone());
    await service.runJob('deliver-messages');
    await service.runJob('deliver-messages');
    const { rows } = await service.owner.query(
      'select state, attempts from messages.delivery where message = $1',
      [message?.toString()],
    );
    expect(rows).toEqual([{ state: 'queued', attempts: 0 }]);
    expect((await call(who, 'GET', '/v1/me/inbox')).body).toMatchObject({ unread: 1 });
  });

  it('ends with a refusal in WeChat, until the owner accepts again', async () => {
    const who = await student();
    await report(who, 'accept');
    await pushed(who.openid, 'subscribe_msg_change_event', 'reject');
    expect(await say(who.id, onPhone())).toMatchObject({ queued: false });
    await pushed(who.openid, 'subscribe_msg_popup_event', 'accept', '3');
    expect(await say(who.id, onPhone())).toMatchObject({ queued: true });
  });

  it('cannot be reported without a WeChat user', async () => {
    const who = await student();
    await service.owner.query(
      'update cardholders.cardholder set wechat_openid = null where id = $1',
      [who.id.toString()],
    );
    const choices = [{ template: template(), choice: 'accept' }];
    const answer = await call(who, 'POST', '/v1/me/wechat-subscriptions', {
      tap: randomUUID(),
      choices,
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'wechat_not_bound' } });
  });
});

describe('the address for pushes', () => {
  const path = '/v1/wechat/callback';

  it('echoes to WeChat and to nobody else', async () => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = pushSignature(service.config.WECHAT_CALLBACK_TOKEN, timestamp, '5');
    const query = `?timestamp=${timestamp}&nonce=5&echostr=42`;
    const right = await fetch(`${service.url}${path}${query}&signature=${signature}`);
    expect([right.status, await right.text()]).toEqual([200, '42']);
    const wrong = await fetch(`${service.url}${path}${query}&signature=${'0'.repeat(40)}`);
    expect(wrong.status).toBe(403);
    expect(await wrong.json()).toMatchObject({ code: 'wechat_push_refused' });
  });

  it('takes nothing in that is not encrypted, or was recorded long ago', async () => {
    const token = service.config.WECHAT_CALLBACK_TOKEN;
    const timestamp = '1714112445';
    const plain = { Event: 'subscribe_msg_popup_event', FromUserName: 'o', CreateTime: 1 };
    for (const body of [JSON.stringify(plain), '{"Encrypt":"AAAA"}', 'no json']) {
      const signature = pushSignature(token, timestamp, '5');
      const safe = pushSignature(token, timestamp, '5', 'AAAA');
      const answer = await fetch(
        `${service.url}${path}?timestamp=${timestamp}&nonce=5&signature=${signature}&msg_signature=${safe}`,
        { method: 'POST', headers: { 'content-type': 'text/xml' }, body },
      );
      expect(answer.status).toBe(403);
    }
  });
});

describe('a landing', () => {
  it('counts each visitor once and keeps nobody’s address', async () => {
    const came = (visitor: string) =>
      service.inTransaction((tx) =>
        service.get(CountLanding).count(tx, { kind: 'receipt', subject: 1n, visitor }),
      );
    expect([await came('a'), await came('a'), await came('b')]).toEqual([true, false, true]);
    const { rows } = await service.owner.query('select opens from messages.landing order by opens');
    expect(rows).toEqual([{ opens: 1 }, { opens: 2 }]);
  });
});
