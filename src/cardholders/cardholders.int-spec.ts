import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes, scryptSync } from 'node:crypto';
import { startFakeWechat } from '../../local/fakes/wechat/start-fake-wechat.js';
import { startService, type TestService } from '../../test/support/service.js';
import { BindWechat } from './bind-wechat.js';
import { FindCardholder } from './find-cardholder.js';
import { IssueEnrolmentLink } from './issue-enrolment-link.js';
import { RedeemEnrolmentLink } from './redeem-enrolment-link.js';
import { RegisterCardholder } from './register-cardholder.js';
import { SetPassword } from './set-password.js';
import { SignInCardholder } from './sign-in-cardholder.js';

let service: TestService;
let wechat: Awaited<ReturnType<typeof startFakeWechat>>;
let numbers = 0;

beforeAll(async () => {
  wechat = await startFakeWechat();
  service = await startService({ env: { WECHAT_API_URL: wechat.url } });
});
afterAll(async () => {
  await service.close();
  await wechat.close();
});

/** Pulls a lever of the pretended WeChat. */
async function lever(name: string, fields: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${wechat.url}/__fake/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  });
  return (await response.json()) as Record<string, unknown>;
}

/** What `wx.login` would give the client of this WeChat user. */
const loginCode = async (user: string): Promise<string> =>
  String((await lever('login', { openid: user.padEnd(28, 'x') }))['code']);

/** Parameters travel with a hash: one that a test can afford, many times on a busy machine. */
function cheapHash(password: string): string {
  const salt = randomBytes(16);
  const hash = scryptSync(password, salt, 32, { N: 1024, r: 8, p: 1 });
  return ['scrypt', 1024, 8, 1, salt.toString('base64'), hash.toString('base64')].join('$');
}

async function registered(password?: string): Promise<{ id: bigint; number: string }> {
  numbers += 1;
  const number = `2026${String(numbers).padStart(4, '0')}`;
  const id = await service.inTransaction(async (tx) => {
    const cardholder = await service
      .get(RegisterCardholder)
      .register(tx, { number, name: '张小明', group: 'student' });
    if (password !== undefined)
      await tx.query('insert into cardholders.password (cardholder, hash) values ($1, $2)', [
        cardholder.toString(),
        cheapHash(password),
      ]);
    return cardholder;
  });
  return { id, number };
}

async function signedIn(id: bigint): Promise<string> {
  const { token } = await service.inTransaction((tx) =>
    service.get(SignInCardholder).signIn(tx, id, 'a test'),
  );
  return token;
}

type Answer = { status: number; body: Record<string, unknown>; headers: Headers };

async function call(
  method: string,
  path: string,
  {
    token,
    body,
    headers,
  }: { token?: string; body?: object; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(service.url + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    headers: response.headers,
  };
}

const signIn = (number: string, password: string): Promise<Answer> =>
  call('POST', '/v1/cardholder-sign-ins', { body: { number, password, tokenIn: 'body' } });

describe('RegisterCardholder', () => {
  it('gives a number once', async () => {
    const { number } = await registered();
    await expect(
      service.inTransaction((tx) =>
        service.get(RegisterCardholder).register(tx, { number, name: '李雷', group: 'staff' }),
      ),
    ).rejects.toMatchObject({ code: 'cardholder_number_taken' });
  });

  it('makes somebody whom a search finds by the beginning of the number or a part of the name', async () => {
    const { id, number } = await registered();
    const find = service.get(FindCardholder);
    expect((await find.byNumber(number)).id).toBe(id);
    const ids = async (search: string): Promise<bigint[]> =>
      (await find.list({ search, limit: 100 })).map((each) => each.id);
    expect(await ids(number)).toEqual([id]);
    expect(await ids('小')).toContain(id);
    expect(await ids('%')).toEqual([]);
    await expect(find.byNumber('nobody')).rejects.toMatchObject({ code: 'cardholder_unknown' });
  });
});

describe('an enrolment link', () => {
  const redeem = (token: string, purpose?: 'sign-in'): Promise<bigint> =>
    service.inTransaction((tx) => service.get(RedeemEnrolmentLink).redeem(tx, token, purpose));

  it('is worth its cardholder once', async () => {
    const { id } = await registered();
    const { token, url } = await service.get(IssueEnrolmentLink).issue(id);
    expect(url).toBe(`${service.url}/#enrolment=${token}`);
    expect(await redeem(token)).toBe(id);
    await expect(redeem(token)).rejects.toMatchObject({ code: 'link_used' });
  });

  it('goes to one of two phones that race for it', async () => {
    const { id } = await registered();
    const { token } = await service.get(IssueEnrolmentLink).issue(id);
    const outcomes = await Promise.allSettled([redeem(token), redeem(token), redeem(token)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('stays unspent when the enrolment that spends it fails', async () => {
    const { id } = await registered();
    const { token } = await service.get(IssueEnrolmentLink).issue(id);
    await expect(
      service.inTransaction(async (tx) => {
        await service.get(RedeemEnrolmentLink).redeem(tx, token);
        throw new Error('the phone went away');
      }),
    ).rejects.toThrow('went away');
    expect(await redeem(token)).toBe(id);
  });

  it('expires after ten minutes of the service clock', async () => {
    const { id } = await registered();
    const { token } = await service.get(IssueEnrolmentLink).issue(id);
    await service.passTime(601);
    await expect(redeem(token)).rejects.toMatchObject({ code: 'link_expired' });
  });

  it('serves one purpose only', async () => {
    const { id } = await registered();
    const { token } = await service.get(IssueEnrolmentLink).issue(id, 'sign-in');
    await expect(redeem(token)).rejects.toMatchObject({ code: 'link_expired' });
    const body = { token, tokenIn: 'body' };
    const answer = await call('POST', '/v1/cardholder-sign-ins/by-link', { body });
    expect(answer).toMatchObject({ status: 201, body: { cardholder: id.toString() } });
  });

  it('rests in the database as a hash', async () => {
    const { id } = await registered();
    const { token } = await service.get(IssueEnrolmentLink).issue(id);
    const { rows } = await service.owner.query<{ row: string }>(
      'select l::text as row from cardholders.enrolment_link l',
    );
    expect(rows.some(({ row }) => row.includes(token))).toBe(false);
    expect(rows.length).toBeGreaterThan(0);
  });
});

describe('signing in', () => {
  it('opens a sign-in that lasts thirty days', async () => {
    const { id, number } = await registered();
    const given = service.get(SetPassword);
    await service.inTransaction((tx) => given.give(tx, id, 'correct horse'));
    const { status, body } = await signIn(number, 'correct horse');
    expect(status).toBe(201);
    const token = String(body['token']);
    const me = await call('GET', '/v1/me', { token });
    expect(me.body).toMatchObject({ id: id.toString(), number, name: '张小明', group: 'student' });
    await service.passTime(30 * 24 * 3600 + 1);
    expect((await call('GET', '/v1/me', { token })).status).toBe(401);
  });

  it('hands a browser a cookie that no script and no foreign page can use', async () => {
    const { number } = await registered('correct horse');
    const { headers, body } = await call('POST', '/v1/cardholder-sign-ins', {
      body: { number, password: 'correct horse' },
      headers: { origin: service.url },
    });
    expect(body).not.toHaveProperty('token');
    const cookie = headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const own = { cookie: cookie.split(';')[0] ?? '' };
    expect((await call('GET', '/v1/me', { headers: own })).status).toBe(200);
    const foreign = { ...own, origin: 'https://evil.example' };
    const refused = await call('DELETE', '/v1/cardholder-sign-ins/current', { headers: foreign });
    expect(refused.body).toMatchObject({ code: 'origin_refused' });
    const ended = await call('DELETE', '/v1/cardholder-sign-ins/current', { headers: own });
    expect(ended.status).toBe(204);
    const after = await call('GET', '/v1/me', { headers: own });
    expect(after.body).toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  it('has one answer for an unknown number, no password and a wrong one', async () => {
    const without = await registered();
    const having = await registered('correct horse');
    for (const [number, password] of [
      ['nobody', 'correct horse'],
      [without.number, 'correct horse'],
      [having.number, 'wrong horse'],
    ] as const) {
      const { status, body } = await signIn(number, password);
      expect([status, body['code']]).toEqual([401, 'sign_in_refused']);
    }
  });

  it('is locked for fifteen minutes by the fifth wrong password, also for the right one', async () => {
    const { number } = await registered('correct horse');
    const wrong = await Promise.all(Array.from({ length: 5 }, () => signIn(number, 'wrong horse')));
    expect(wrong.every(({ status }) => status === 401)).toBe(true);
    expect((await signIn(number, 'correct horse')).status).toBe(401);
    await service.passTime(15 * 60 + 1);
    expect((await signIn(number, 'correct horse')).status).toBe(201);
  });

  it('is refused to an address that tries too often', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    const body = { token: 'x'.repeat(43) };
    const answers = await Promise.all(
      Array.from({ length: 31 }, () =>
        call('POST', '/v1/cardholder-sign-ins/by-link', { headers, body }),
      ),
    );
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(1);
    expect(limited[0]?.body).toMatchObject({ code: 'rate_limited', retryable: true });
    expect(Number(limited[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('SetPassword', () => {
  it('needs the current password once there is one, and ends the other sign-ins', async () => {
    const { id } = await registered();
    const [token, other] = [await signedIn(id), await signedIn(id)];
    const change = (body: object): Promise<Answer> =>
      call('POST', '/v1/me/password', { token, body });
    expect((await change({ password: 'short' })).body).toMatchObject({ code: 'malformed_request' });
    expect((await change({ password: 'first password' })).status).toBe(204);
    expect((await change({ password: 'second password' })).body).toMatchObject({
      status: 403,
      code: 'current_password_wrong',
    });
    const changed = { current: 'first password', password: 'second password' };
    expect((await change(changed)).status).toBe(204);
    expect((await call('GET', '/v1/me', { token })).status).toBe(200);
    expect((await call('GET', '/v1/me', { token: other })).status).toBe(401);
  });
});

describe('BindWechat', () => {
  it('lets the bound WeChat user sign in without a password', async () => {
    const { id } = await registered();
    const byWechat = async (code: string): Promise<Answer> =>
      call('POST', '/v1/cardholder-sign-ins/by-wechat', { body: { code, tokenIn: 'body' } });
    expect((await byWechat(await loginCode('o-2'))).body).toMatchObject({ code: 'wechat_unknown' });
    const token = await signedIn(id);
    const bound = { token, body: { code: await loginCode('o-2') } };
    expect((await call('POST', '/v1/me/wechat', bound)).status).toBe(204);
    const { status, body } = await byWechat(await loginCode('o-2'));
    expect([status, body['cardholder']]).toEqual([201, id.toString()]);
  });

  it('takes a login code once, and says so when WeChat is away', async () => {
    const { id } = await registered();
    const token = await signedIn(id);
    const bind = (code: string): Promise<Answer> =>
      call('POST', '/v1/me/wechat', { token, body: { code } });
    const code = await loginCode('o-3');
    expect((await bind(code)).status).toBe(204);
    expect((await bind(code)).body).toMatchObject({ status: 401, code: 'wechat_login_refused' });
    await lever('faults', { dropBefore: 1 });
    expect((await bind('any')).body).toMatchObject({ status: 503, code: 'wechat_unavailable' });
  });

  it('gives a WeChat user to one cardholder', async () => {
    const [one, two] = [await registered(), await registered()];
    const bind = (id: bigint): Promise<void> =>
      service.inTransaction((tx) => service.get(BindWechat).bind(tx, id, { openid: 'o-1' }));
    await bind(one.id);
    await bind(one.id);
    expect(await service.get(BindWechat).find('o-1')).toBe(one.id);
    await expect(bind(two.id)).rejects.toMatchObject({ code: 'wechat_bound_elsewhere' });
  });
});
