import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { serve } from '../serve.js';
import type { Call, Outcome, Serving } from '../serve.js';
import { longTermReceiptTemplateId, receiptTemplateId, wechatDefaults } from './defaults.js';
import type { Callback, Template } from './defaults.js';
import { decryptPush, pushSignature } from './push-crypt.js';
import { startFakeWechat } from './start-fake-wechat.js';
import type { FakeWechat } from './start-fake-wechat.js';

type Pushed = { Event: string; List: unknown; CreateTime: number; FromUserName: string };

const OPENID = 'oStudent0001';
const { pushToken, encodingAesKey, originalId, appid } = wechatDefaults;
let wechat: FakeWechat;
let receiver: Serving;
let calls: Call[];
let answers: Outcome[];

const text = (status: number, body: string): Outcome => ({ status, body, headers: {} });

async function startWith(change: Partial<Callback>): Promise<void> {
  const second = { ...(wechatDefaults.templates[0] as Template), priTmplId: 't2', title: '到账' };
  wechat = await startFakeWechat({
    retryDelayMs: 0,
    settings: {
      latencyMs: 0,
      templates: [...wechatDefaults.templates, second],
      callback: { url: `${receiver.url}/push?from=wechat`, mode: 'aes', format: 'json', ...change },
    },
  });
}

async function lever(name: string, body: unknown): Promise<number> {
  const address = `${wechat.url}/__fake/${name}`;
  return (await fetch(address, { method: 'POST', body: JSON.stringify(body) })).status;
}

const tapOn = (...templates: string[]): Promise<number> =>
  lever('tap', { openid: OPENID, templates, choice: 'accept' });

/** What a careful service does with a push: proves it before it reads it. */
function open({ query, body }: Call): Pushed {
  const [timestamp, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
  expect(query.get('signature')).toBe(pushSignature(pushToken, timestamp, nonce));
  if (query.get('encrypt_type') !== 'aes') return JSON.parse(body) as Pushed;
  const { Encrypt } = JSON.parse(body) as { Encrypt: string };
  expect(query.get('msg_signature')).toBe(pushSignature(pushToken, timestamp, nonce, Encrypt));
  const opened = decryptPush(encodingAesKey, Encrypt);
  expect(opened.appid).toBe(appid);
  return JSON.parse(opened.message) as Pushed;
}

beforeEach(async () => {
  calls = [];
  answers = [];
  receiver = await serve(0, async (call) => {
    calls.push(call);
    const echo = call.method === 'GET' ? call.query.get('echostr') : null;
    return Promise.resolve(answers.shift() ?? text(200, echo ?? 'success'));
  });
});

afterEach(async () => {
  await wechat.close();
  await receiver.close();
});

describe('callbacks', () => {
  it('carry one item as an object and several as an array, encrypted', async () => {
    await startWith({});
    await tapOn(receiptTemplateId);
    await wechat.callbacksSettled();
    await tapOn(receiptTemplateId, 't2');
    await wechat.callbacksSettled();
    const [single, many] = calls.map(open);
    const item = { SubscribeStatusString: 'accept', PopupScene: '0' };
    expect(single).toMatchObject({
      ToUserName: originalId,
      FromUserName: OPENID,
      MsgType: 'event',
      Event: 'subscribe_msg_popup_event',
      List: { TemplateId: receiptTemplateId, ...item },
    });
    expect(typeof single?.CreateTime).toBe('number');
    expect(many?.List).toEqual([
      { TemplateId: receiptTemplateId, ...item },
      { TemplateId: 't2', ...item },
    ]);
  });

  it('report a delivery, its failure, and a cancelled subscription, in plain JSON', async () => {
    await startWith({ mode: 'plain' });
    await tapOn(longTermReceiptTemplateId);
    await sendReceipt();
    await lever('faults', { deliveryFailure: 1 });
    await sendReceipt();
    await wechat.callbacksSettled();
    await lever('settings', {
      openid: OPENID,
      template: longTermReceiptTemplateId,
      choice: 'reject',
    });
    await wechat.callbacksSettled();
    const lists = calls.map(open).map(({ Event, List }) => ({ Event, List }));
    const [first, second] = wechat.books.messages;
    expect(lists).toEqual(
      expect.arrayContaining([
        {
          Event: 'subscribe_msg_sent_event',
          List: expect.objectContaining({ MsgID: first?.msgid, ErrorStatus: 'success' }),
        },
        {
          Event: 'subscribe_msg_sent_event',
          List: expect.objectContaining({ MsgID: second?.msgid, ErrorCode: '1' }),
        },
        {
          Event: 'subscribe_msg_change_event',
          List: { TemplateId: longTermReceiptTemplateId, SubscribeStatusString: 'reject' },
        },
      ]),
    );
  });

  it('nest their items when they are XML', async () => {
    await startWith({ mode: 'plain', format: 'xml' });
    await tapOn(receiptTemplateId);
    await wechat.callbacksSettled();
    expect(calls[0]?.body).toContain(
      `<SubscribeMsgPopupEvent><List><TemplateId><![CDATA[${receiptTemplateId}]]></TemplateId>`,
    );
  });

  it('are tried three times in all, then lost', async () => {
    await startWith({});
    answers = [text(500, ''), 'cut', text(200, 'busy'), text(500, ''), text(200, '')];
    await tapOn(receiptTemplateId);
    await wechat.callbacksSettled();
    expect(calls).toHaveLength(3);
    await tapOn('t2');
    await wechat.callbacksSettled();
    expect(calls).toHaveLength(5);
  });

  it('come three times or late when the weather says so', async () => {
    await startWith({});
    await lever('faults', { callbacks: { duplicate: 1 } });
    await tapOn(receiptTemplateId);
    await wechat.callbacksSettled();
    expect(new Set(calls.map(open).map((push) => JSON.stringify(push))).size).toBe(1);
    expect(calls).toHaveLength(3);
    await lever('faults', { callbacks: { delayMs: 80 } });
    await tapOn(receiptTemplateId);
    await lever('faults', {});
    await tapOn('t2');
    await wechat.callbacksSettled();
    expect(calls.slice(3).map(open)).toMatchObject([
      { List: { TemplateId: 't2' } },
      { List: { TemplateId: receiptTemplateId } },
    ]);
  });

  it('stay away from a silent tap unless told otherwise', async () => {
    await startWith({});
    const kept = { openid: OPENID, templates: [receiptTemplateId], choice: 'accept', keep: true };
    await lever('tap', kept);
    await lever('tap', kept);
    await wechat.callbacksSettled();
    expect(calls).toHaveLength(1);
    expect(wechat.books.subscription(OPENID, receiptTemplateId).allowance).toBe(2);
    await lever('faults', { silentTapPushes: true });
    await lever('tap', kept);
    await wechat.callbacksSettled();
    expect(calls).toHaveLength(2);
  });
});

describe('the callback address', () => {
  it('is taken only when it echoes', async () => {
    await startWith({});
    answers = [text(200, 'no')];
    expect(await lever('callback', { url: `${receiver.url}/push` })).toBe(422);
    expect(await lever('callback', { url: `${receiver.url}/push`, mode: 'plain' })).toBe(200);
    await tapOn(receiptTemplateId);
    await wechat.callbacksSettled();
    expect(calls.at(-1)?.query.get('encrypt_type')).toBeNull();
    const check = calls[0]?.query ?? new URLSearchParams();
    const [timestamp, nonce] = [check.get('timestamp') ?? '', check.get('nonce') ?? ''];
    expect(check.get('signature')).toBe(pushSignature(pushToken, timestamp, nonce));
  });
});

async function sendReceipt(): Promise<void> {
  const { secret } = wechatDefaults;
  const post = async (path: string, body: unknown): Promise<Record<string, unknown>> => {
    const answer = await fetch(wechat.url + path, { method: 'POST', body: JSON.stringify(body) });
    return (await answer.json()) as Record<string, unknown>;
  };
  const given = await post('/cgi-bin/stable_token', {
    grant_type: 'client_credential',
    appid,
    secret,
  });
  const path = `/cgi-bin/message/subscribe/send?access_token=${String(given['access_token'])}`;
  const sent = await post(path, {
    touser: OPENID,
    template_id: longTermReceiptTemplateId,
    data: {
      amount1: { value: '¥3.00' },
      thing2: { value: '体育馆' },
      time3: { value: '18:00' },
      character_string4: { value: 'G1-0001' },
    },
  });
  expect(sent['errcode']).toBe(0);
}
