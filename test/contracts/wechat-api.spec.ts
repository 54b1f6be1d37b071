import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { receiptTemplateId } from '../../local/fakes/wechat/defaults.js';
import { startFakeWechat, type FakeWechat } from '../../local/fakes/wechat/start-fake-wechat.js';
import { AppConfig } from '../../src/platform/config/app-config.js';
import { WechatApi } from '../../src/platform/wechat/wechat-api.js';
import {
  WechatRefused,
  WechatSilent,
  WechatUnreachable,
} from '../../src/platform/wechat/wechat.errors.js';

const openid = 'oStudent0001';
const message = {
  openid,
  template: receiptTemplateId,
  page: 'pages/receipt/index?t=abc',
  data: {
    amount1: '¥12.50',
    thing2: '一食堂',
    time3: '2026-11-22 11:58',
    character_string4: 'B3-0427',
  },
};
let fake: FakeWechat;
let api: WechatApi;

async function lever(name: string, body: unknown): Promise<Record<string, string>> {
  const address = `${fake.url}/__fake/${name}`;
  const answer = await fetch(address, { method: 'POST', body: JSON.stringify(body) });
  return (await answer.json()) as Record<string, string>;
}

const accept = (): Promise<unknown> =>
  lever('tap', { openid, templates: [receiptTemplateId], choice: 'accept' });

const apiAt = (url: string): WechatApi =>
  new WechatApi(Object.assign(new AppConfig(), { WECHAT_API_URL: url }));

beforeEach(async () => {
  fake = await startFakeWechat({ settings: { latencyMs: 0 } });
  api = apiAt(fake.url);
});
afterEach(() => fake.close());

describe('WechatApi against the platform', () => {
  it('learns who logged in from a one-time code', async () => {
    const { code = '' } = await lever('login', { openid });
    expect(await api.sessionOf(code)).toMatchObject({ openid, unionid: expect.any(String) });
    await expect(api.sessionOf(code)).rejects.toMatchObject({ code: 40029 });
  });

  it('learns whether a phone checked finger or face, and from nobody else', async () => {
    const challenge = 'proof-of-this-sale';
    const lent = await lever('soter', { openid, challenge });
    const check = { resultJson: lent.resultJSON ?? '', signature: lent.resultJSONSignature ?? '' };
    expect(JSON.parse(check.resultJson)).toMatchObject({ raw: challenge });
    expect(await api.isDeviceCheckGenuine(openid, check)).toBe(true);
    const changed = { ...check, resultJson: check.resultJson.replace('proof', 'other') };
    expect(await api.isDeviceCheckGenuine(openid, changed)).toBe(false);
    await lever('soter', { openid: 'oStudent0002', challenge });
    expect(await api.isDeviceCheckGenuine('oStudent0002', check)).toBe(false);
    const stranger = api.isDeviceCheckGenuine('oNobodyHere', check);
    await expect(stranger).rejects.toMatchObject({ code: 40003 });
    await lever('faults', { only: 'soter', dropBefore: 1 });
    await expect(api.isDeviceCheckGenuine(openid, check)).rejects.toBeInstanceOf(WechatSilent);
  });

  it('sends a receipt and keeps every digit of its message id', async () => {
    await accept();
    const msgid = await api.sendSubscribeMessage(message);
    expect(msgid).toBe(fake.books.messages[0]?.msgid);
    expect(BigInt(msgid)).toBeGreaterThan(2n ** 53n);
  });

  it('hears that nothing may be sent any more, with the id of the call', async () => {
    await accept();
    await api.sendSubscribeMessage(message);
    const again = api.sendSubscribeMessage(message);
    await expect(again).rejects.toBeInstanceOf(WechatRefused);
    await expect(again).rejects.toMatchObject({
      code: 43101,
      answer: expect.stringMatching(/rid:/),
    });
  });

  it('asks for one token however many messages wait for it', async () => {
    const openids = Array.from({ length: 20 }, (_, n) => `oStudent1${n}0`);
    for (const each of openids)
      await lever('tap', { openid: each, templates: [receiptTemplateId], choice: 'accept' });
    let asked = 0;
    const fetched = globalThis.fetch;
    globalThis.fetch = (...call) => {
      if (call[0] instanceof URL && call[0].pathname.endsWith('stable_token')) asked += 1;
      return fetched(...call);
    };
    try {
      await Promise.all(
        openids.map((each) => api.sendSubscribeMessage({ ...message, openid: each })),
      );
      // Somebody else of the bank forces a new one: ours is dead, and everybody finds out at once.
      await fetch(`${fake.url}/cgi-bin/stable_token`, {
        method: 'POST',
        body: JSON.stringify({
          grant_type: 'client_credential',
          appid: fake.settings.appid,
          secret: fake.settings.secret,
          force_refresh: true,
        }),
      });
      for (const each of openids)
        await lever('tap', { openid: each, templates: [receiptTemplateId], choice: 'accept' });
      await Promise.all(
        openids.map((each) => api.sendSubscribeMessage({ ...message, openid: each })),
      );
    } finally {
      globalThis.fetch = fetched;
    }
    expect(asked).toBe(2);
    expect(fake.books.messages).toHaveLength(40);
  });

  it('does not know what happened when the answer is cut off', async () => {
    await accept();
    await lever('faults', { only: 'subscribe/send', dropAfter: 1, count: 1 });
    await expect(api.sendSubscribeMessage(message)).rejects.toBeInstanceOf(WechatSilent);
    expect(fake.books.messages).toHaveLength(1);
  });

  it('knows that nothing happened when no token could be had', async () => {
    await accept();
    await lever('faults', { only: 'stable_token', dropAfter: 1, count: 1 });
    await expect(api.sendSubscribeMessage(message)).rejects.toBeInstanceOf(WechatUnreachable);
    expect(await api.sendSubscribeMessage(message)).not.toBe('');
  });

  it('knows that nothing happened when nobody listens', async () => {
    const gone = apiAt('http://127.0.0.1:1');
    await expect(gone.sendSubscribeMessage(message)).rejects.toBeInstanceOf(WechatUnreachable);
  });

  it('sends nothing without an address', () => {
    expect(new WechatApi(new AppConfig()).isConfigured).toBe(false);
  });
});
