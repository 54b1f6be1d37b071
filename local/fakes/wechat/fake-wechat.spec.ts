import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { longTermReceiptTemplateId, receiptTemplateId, wechatDefaults } from './defaults.js';
import { startFakeWechat } from './start-fake-wechat.js';
import type { FakeWechat, FakeWechatOptions } from './start-fake-wechat.js';

type Answer = Record<string, unknown> & { errcode?: number; errmsg?: string };

const START = Date.parse('2026-11-22T04:00:00.000Z');
const OPENID = 'oStudent0001';
let now = START;
let wechat: FakeWechat;

const start = async (options: FakeWechatOptions = {}): Promise<FakeWechat> =>
  startFakeWechat({
    clock: () => now,
    ...options,
    settings: { latencyMs: 0, ...options.settings },
  });

const post = async (path: string, body: unknown): Promise<Answer> => {
  const response = await fetch(wechat.url + path, { method: 'POST', body: JSON.stringify(body) });
  return (await response.json()) as Answer;
};

const lever = (name: string, body: unknown): Promise<Answer> => post(`/__fake/${name}`, body);

const stableToken = (force = false): Promise<Answer> =>
  post('/cgi-bin/stable_token', {
    grant_type: 'client_credential',
    appid: wechatDefaults.appid,
    secret: wechatDefaults.secret,
    force_refresh: force,
  });

const token = async (force = false): Promise<string> =>
  String((await stableToken(force))['access_token']);

const receipt = {
  amount1: { value: '¥12.50' },
  thing2: { value: '一食堂' },
  time3: { value: '2026-11-22 12:00' },
  character_string4: { value: 'B3-0427' },
};

const message = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  touser: OPENID,
  template_id: receiptTemplateId,
  page: 'pages/receipt/index?t=abc',
  miniprogram_state: 'formal',
  lang: 'zh_CN',
  data: receipt,
  ...change,
});

const send = async (change: Record<string, unknown> = {}, access?: string): Promise<Answer> =>
  post(
    `/cgi-bin/message/subscribe/send?access_token=${access ?? (await token())}`,
    message(change),
  );

const tapOn = (choice: string, templates = [receiptTemplateId], keep = false): Promise<Answer> =>
  lever('tap', { openid: OPENID, templates, choice, keep });

beforeEach(async () => {
  now = START;
  wechat = await start();
});

afterEach(() => wechat.close());

describe('the stable token', () => {
  it('stays the same until five minutes before its end, then two are valid', async () => {
    await tapOn('accept');
    const first = await token();
    now += 6_899_000;
    expect(await stableToken()).toEqual({ access_token: first, expires_in: 301 });
    now += 2_000;
    const second = await token();
    expect(second).not.toBe(first);
    expect((await send({}, first)).errcode).toBe(0);
    now += 300_000;
    expect((await send({}, first)).errcode).toBe(42001);
    expect((await send({}, second)).errcode).toBe(43101);
  });

  it('is killed by force, at most once in 30 seconds and 20 times a day', async () => {
    const first = await token();
    const second = await token(true);
    expect((await send({}, first)).errcode).toBe(40001);
    expect(await token(true)).toBe(second);
    for (let times = 1; times < 20; times += 1) {
      now += 31_000;
      await token(true);
    }
    now += 31_000;
    expect((await stableToken(true)).errcode).toBe(45009);
  });

  it('is given for the right credentials only', async () => {
    const wanted = { grant_type: 'client_credential', appid: wechatDefaults.appid, secret: 'no' };
    expect((await post('/cgi-bin/stable_token', wanted)).errcode).toBe(40125);
    const other = { ...wanted, appid: 'wxother' };
    const refused = await post('/cgi-bin/stable_token', other);
    expect(refused.errcode).toBe(40013);
    expect(refused.errmsg).toMatch(/ rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/);
    expect((await send({}, 'nonsense')).errcode).toBe(40014);
    expect((await send({}, '')).errcode).toBe(41001);
  });
});

describe('signing in', () => {
  const exchange = async (code: string): Promise<Answer> => {
    const { appid, secret } = wechatDefaults;
    const query = new URLSearchParams({ appid, secret, js_code: code });
    query.set('grant_type', 'authorization_code');
    return (await (await fetch(`${wechat.url}/sns/jscode2session?${query}`)).json()) as Answer;
  };

  it('exchanges a code once, within five minutes', async () => {
    const { code } = await lever('login', { openid: OPENID });
    const session = await exchange(String(code));
    expect(session).toMatchObject({ openid: OPENID, unionid: expect.any(String) });
    expect(session.errcode).toBeUndefined();
    expect((await exchange(String(code))).errcode).toBe(40029);
    const late = await lever('login', { openid: OPENID });
    await lever('clock', { advanceMs: 301_000 });
    expect((await exchange(String(late['code']))).errcode).toBe(40029);
  });
});

describe('sending a subscribed message', () => {
  it('spends one allowance for each accept, and answers a 64-bit id', async () => {
    await tapOn('accept');
    const path = `/cgi-bin/message/subscribe/send?access_token=${await token()}`;
    const response = await fetch(wechat.url + path, {
      method: 'POST',
      body: JSON.stringify(message()),
    });
    const text = await response.text();
    expect(text).toMatch(/^\{"errcode":0,"errmsg":"ok","msgid":\d{19}\}$/);
    const msgid = /\d{19}/.exec(text)?.[0] ?? '';
    expect(String(JSON.parse(text).msgid)).not.toBe(msgid);
    expect((await send()).errcode).toBe(43101);
    expect(wechat.books.messagesTo(OPENID)).toMatchObject([{ msgid, page: message()['page'] }]);
  });

  it('stops at a rejection until the next accept', async () => {
    await tapOn('accept');
    await tapOn('reject');
    expect((await send()).errcode).toBe(43101);
    await tapOn('accept');
    expect((await send()).errcode).toBe(0);
  });

  it('goes on for a long-term template until the user cancels', async () => {
    await tapOn('accept', [longTermReceiptTemplateId]);
    const long = { template_id: longTermReceiptTemplateId };
    expect([(await send(long)).errcode, (await send(long)).errcode]).toEqual([0, 0]);
    await lever('settings', {
      openid: OPENID,
      template: longTermReceiptTemplateId,
      choice: 'reject',
    });
    expect((await send(long)).errcode).toBe(43101);
  });

  it('names what is wrong with a message and spends nothing', async () => {
    await tapOn('accept');
    expect((await send({ touser: 'oNobody' })).errcode).toBe(40003);
    expect((await send({ template_id: 'gone' })).errcode).toBe(40037);
    expect((await send({ page: 'pages/nowhere' })).errcode).toBe(41030);
    const long = { ...receipt, thing2: { value: '长'.repeat(21) } };
    expect((await send({ data: long })).errmsg).toContain('data.thing2.value invalid rid:');
    const bad = { ...receipt, thing2: { value: '赌博' } };
    expect((await send({ data: bad })).errcode).toBe(45168);
    expect((await send()).errcode).toBe(0);
  });

  it('can be told to spend the allowance of a refused message', async () => {
    await tapOn('accept');
    await lever('faults', { failedSendsSpend: true });
    expect((await send({ page: 'pages/nowhere' })).errcode).toBe(41030);
    expect((await send()).errcode).toBe(43101);
  });

  it('refuses a second message to a user while the first is on its way', async () => {
    await tapOn('accept');
    await tapOn('accept');
    const access = await token();
    await lever('faults', { latencyMs: 60 });
    const codes = await Promise.all([send({}, access), send({}, access)]);
    expect(codes.map(({ errcode }) => errcode).sort((one, other) => one! - other!)).toEqual([
      0, 43108,
    ]);
  });

  it('stops at the quota of the day and starts again at midnight', async () => {
    await lever('faults', { dailySendQuota: 1 });
    await tapOn('accept');
    await tapOn('accept');
    expect([(await send()).errcode, (await send()).errcode]).toEqual([0, 45009]);
    await lever('clock', { now: '2026-11-22T16:00:01.000Z' });
    expect((await send()).errcode).toBe(0);
  });
});

describe('faults', () => {
  it('are busy, forced, cut before and cut after acceptance', async () => {
    await tapOn('accept');
    const access = await token();
    await lever('faults', { systemBusy: 1, count: 1 });
    expect((await send({}, access)).errmsg).toMatch(/^system error rid: /);
    await lever('faults', { answer: { errcode: 45011 }, only: 'subscribe/send' });
    expect((await send({}, access)).errcode).toBe(45011);
    await lever('faults', { dropBefore: 1 });
    await expect(send({}, access)).rejects.toThrow('fetch failed');
    expect(wechat.books.messages).toHaveLength(0);
    await lever('faults', { hangAfter: 1, hangMs: 10 });
    await expect(send({}, access)).rejects.toThrow('fetch failed');
    expect(wechat.books.messages).toHaveLength(1);
  });
});

describe('the phone', () => {
  it('answers a tap as wx.requestSubscribeMessage does', async () => {
    expect(await tapOn('accept', [receiptTemplateId, receiptTemplateId])).toEqual({
      errMsg: 'requestSubscribeMessage:ok',
      [receiptTemplateId]: 'filter',
    });
    expect((await tapOn('accept', []))['errCode']).toBe(10001);
    expect((await tapOn('accept', ['gone']))['errCode']).toBe(20001);
    const mixed = [receiptTemplateId, longTermReceiptTemplateId];
    expect((await tapOn('accept', mixed))['errCode']).toBe(20002);
    await lever('settings', { openid: OPENID, mainSwitch: false });
    expect((await tapOn('accept'))['errCode']).toBe(20004);
  });

  it('shows its notices in Chinese, with everything escaped', async () => {
    await tapOn('accept');
    await send({ data: { ...receipt, thing2: { value: '<b>一食堂</b>' } } });
    const page = await (await fetch(`${wechat.url}/__fake/phone/${OPENID}`)).text();
    for (const text of ['服务通知', '消费成功通知', '消费金额', '¥12.50', '&lt;b&gt;一食堂']) {
      expect(page).toContain(text);
    }
    expect(page).not.toContain('<b>');
    expect(await (await fetch(`${wechat.url}/__fake/phone`)).text()).toContain(OPENID);
  });
});

describe('a restart', () => {
  it('keeps users, allowances, messages and the token', async () => {
    await wechat.close();
    const stateDir = await mkdtemp(join(tmpdir(), 'fake-wechat-'));
    wechat = await start({ stateDir });
    await tapOn('accept');
    await tapOn('accept');
    const access = await token();
    await send({}, access);
    await wechat.close();
    wechat = await start({ stateDir });
    expect((await send({}, access)).errcode).toBe(0);
    expect((await send({}, access)).errcode).toBe(43101);
    expect(new Set(wechat.books.messages.map(({ msgid }) => msgid)).size).toBe(2);
    await rm(stateDir, { recursive: true });
  });
});
