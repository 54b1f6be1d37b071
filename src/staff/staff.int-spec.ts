import cookie from '@fastify/cookie';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateSync } from 'otplib';
import { DataSource } from 'typeorm';
import { ask, type Question } from '../../test/support/ask.js';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.js';
import { Access } from '../platform/access/access.js';
import { Clock } from '../platform/clock/clock.js';
import { readConfig } from '../platform/config/app-config.js';
import type { KeyRing } from '../platform/config/key-ring.js';
import { keyRingToken } from '../platform/config/key-ring.token.js';
import { inTransaction } from '../platform/database/transaction.js';
import { RunJobs } from '../platform/jobs/run-jobs.js';
import { PlatformModule } from '../platform/platform.module.js';
import { newOneTimeSecret } from './domain/one-time-password.js';
import { hashPassword } from './domain/password.js';
import { sealSecret } from './domain/sealed-secret.js';
import { ProposeApproval } from './propose-approval.js';
import { StaffModule } from './staff.module.js';
import { LoginsStore } from './store/logins.store.js';
import { MembersStore } from './store/members.store.js';

/** A route of another module, for whoever holds its permission. */
@Controller('v1/staff/probe')
class ProbeController {
  @Get('campaigns')
  @Access('staff', 'campaigns.write')
  campaigns(): { ok: true } {
    return { ok: true };
  }

  @Get('cards')
  @Access('staff', 'cards.read')
  cards(): { ok: true } {
    return { ok: true };
  }
}

const password = 'seven lamps in a row';
let database: TestDatabase;
let folder: string;
let app: NestFastifyApplication;
let data: DataSource;
let base: string;
let passwordHash: string;
let addresses = 0;

/** Each call from an address of its own, unless the test is about addresses. */
const call = (method: 'GET' | 'POST' | 'DELETE', path: string, question: Question = {}) =>
  ask(`${base}${path}`, { method, address: `10.0.0.${(addresses += 1)}`, ...question });

/** Moves the service's clock; every login after it has a new one-time password. */
async function wait(interval: string): Promise<void> {
  await data.query(`select platform.set_clock(platform.now() + $1::interval, 1)`, [interval]);
  await app.get(Clock).settle();
}

const totpOf = (secret: string): string =>
  generateSync({ secret, epoch: app.get(Clock).unixSeconds() });

type Person = { id: bigint; name: string; secret: string };

/** As CreateStaffMember does, but with one hash for all: making one takes a while on purpose. */
async function hire(name: string, roles: string[]): Promise<Person> {
  const secret = newOneTimeSecret();
  const { key, sealed } = sealSecret(app.get<KeyRing>(keyRingToken), name, secret);
  const id = await inTransaction(data, (tx) =>
    app.get(MembersStore).insert(tx, {
      name,
      displayName: name,
      roles,
      passwordHash,
      totpKey: key,
      totpSealed: sealed,
      createdBy: null,
    }),
  );
  return { id, name, secret };
}

const tryLogIn = (
  name: string,
  secret: string,
  { password: typed = password, ...over }: Question & { password?: string } = {},
) =>
  call('POST', '/v1/staff/logins', {
    ...over,
    body: { name, password: typed, totp: totpOf(secret) },
  });

/** Somebody who logged in before, for tests of what comes after. */
const present = async (person: Person): Promise<string> =>
  (await inTransaction(data, (tx) => app.get(LoginsStore).open(tx, person.id))).token;

async function logIn(person: Person): Promise<string> {
  await wait('31 seconds');
  const answer = await tryLogIn(person.name, person.secret);
  expect(answer.status).toBe(201);
  return String(answer.body['token']);
}

beforeAll(async () => {
  passwordHash = await hashPassword(password);
  database = await createTestDatabase();
  folder = mkdtempSync(path.join(tmpdir(), 'campus-staff-'));
  const config = readConfig({
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    DEMO: '1',
    CLOCK: 'simulated',
    PUBLIC_ORIGINS: 'https://office.example',
    LOG_LEVEL: 'silent',
  });
  @Module({ imports: [PlatformModule.of(config, []), StaffModule], controllers: [ProbeController] })
  class OfficeModule {}
  app = await NestFactory.create<NestFastifyApplication>(
    OfficeModule,
    new FastifyAdapter({ trustProxy: true }),
    {
      logger: false,
      abortOnError: false,
    },
  );
  await app.register(cookie);
  await app.listen({ port: 0, host: '127.0.0.1' });
  base = await app.getUrl();
  data = app.get(DataSource);
  await data.query(`select platform.set_clock('2026-11-22T04:00:00Z', 1)`);
  await app.get(Clock).settle();
}, 60_000);

afterAll(async () => {
  await app.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a login', () => {
  it('opens with name, password and one-time password, as cookie and as token', async () => {
    const wang = await hire('wang.li', ['auditor']);
    const answer = await tryLogIn('Wang.Li', wang.secret);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ memberId: wang.id.toString(), roles: ['auditor'] });
    const set = String(answer.headers.get('set-cookie'));
    expect(set).toMatch(/^staff_login=[\w-]{43}; .*Path=\/; HttpOnly; SameSite=Strict$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');

    const byToken = await call('GET', '/v1/staff/me', { token: String(answer.body['token']) });
    expect(byToken).toMatchObject({ status: 200, body: { name: 'wang.li', status: 'active' } });
    const byCookie = await call('GET', '/v1/staff/me', { cookie: set.split(';')[0] ?? '' });
    expect(byCookie.status).toBe(200);
  });

  it('answers the same for an unknown name, a wrong password and a wrong one-time password', async () => {
    const zhao = await hire('zhao', ['auditor']);
    const answers = [
      await tryLogIn('nobody', zhao.secret),
      await tryLogIn('zhao', zhao.secret, { password: 'not her password' }),
      await call('POST', '/v1/staff/logins', { body: { name: 'zhao', password, totp: '000000' } }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect({ ...answer.body, requestId: '' }).toEqual({ ...answers[0]?.body, requestId: '' });
      expect(answer.body.code).toBe('login_refused');
    }
  });

  it('takes a one-time password once, also when two logins race with it', async () => {
    const sun = await hire('sun', ['auditor']);
    const answers = await Promise.all([tryLogIn('sun', sun.secret), tryLogIn('sun', sun.secret)]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 401]));
    expect((await tryLogIn('sun', sun.secret)).body.code).toBe('login_refused');
    await wait('30 seconds');
    expect((await tryLogIn('sun', sun.secret)).status).toBe(201);
  });

  it.each(['li.wei', 'nobody.at.all'])(
    'locks the name %s for fifteen minutes after five failures, known or not',
    async (name) => {
      const li = name === 'li.wei' ? await hire(name, ['auditor']) : undefined;
      const secret = li?.secret ?? 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
      const refused = await Promise.all(
        Array.from({ length: 5 }, () => tryLogIn(name, secret, { password: 'a wrong password' })),
      );
      expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
      const locked = await tryLogIn(name, secret);
      expect(locked).toMatchObject({ status: 429, body: { code: 'login_locked' } });
      expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800);
      await wait('15 minutes');
      expect((await tryLogIn(name, secret)).status).toBe(li === undefined ? 401 : 201);
    },
  );

  it('limits the attempts of one address', async () => {
    const address = '192.0.2.7';
    const body = { name: 'x', password: 'x', totp: '000000' };
    const codes = [];
    for (let attempt = 0; attempt < 21; attempt += 1)
      codes.push((await call('POST', '/v1/staff/logins', { address, body })).body.code);
    expect(codes[4]).toBe('login_refused');
    expect(codes[19]).toBe('login_locked');
    expect(codes[20]).toBe('rate_limited');
  });

  it('ends after half an hour without a request, after eight hours, and on logging out', async () => {
    const zhou = await hire('zhou', ['auditor']);
    const me = (token: string) => call('GET', '/v1/staff/me', { token });

    const idle = await logIn(zhou);
    await wait('29 minutes');
    expect((await me(idle)).status).toBe(200);
    await wait('29 minutes');
    expect((await me(idle)).status).toBe(200);
    await wait('31 minutes');
    expect((await me(idle)).body.code).toBe('unauthenticated');

    const busy = await logIn(zhou);
    for (let half = 0; half < 18; half += 1) {
      await wait('25 minutes');
      expect((await me(busy)).status).toBe(200);
    }
    await wait('29 minutes');
    expect((await me(busy)).status).toBe(200);
    await wait('2 minutes');
    expect((await me(busy)).status).toBe(401);

    const left = await logIn(zhou);
    expect((await call('DELETE', '/v1/staff/logins/current', { token: left })).status).toBe(204);
    expect((await me(left)).status).toBe(401);
  });

  it('keeps only the hash of the token, and no secret in the clear', async () => {
    const wu = await hire('wu', ['auditor']);
    const token = await logIn(wu);
    const [row] = await data.query<{ text: string }[]>(
      `select (select string_agg(l::text, '') from staff.login l)
         || (select string_agg(m::text, '') from staff.member m) as text`,
    );
    expect(row?.text).toContain('wu');
    expect(row?.text).not.toContain(token);
    expect(row?.text).not.toContain(wu.secret);
    expect(row?.text).not.toContain(password);
  });

  it('refuses a change that a foreign page asks a browser to make', async () => {
    const chen = await hire('chen', ['administrator']);
    await wait('31 seconds');
    const foreign = { origin: 'https://evil.example' };
    expect((await tryLogIn('chen', chen.secret, foreign)).body.code).toBe('origin_refused');
    const { body } = await tryLogIn('chen', chen.secret, { origin: 'https://office.example' });
    const own = `staff_login=${String(body['token'])}`;
    const url = '/v1/staff/logins/current';
    const refused = await call('DELETE', url, { cookie: own, ...foreign });
    expect(refused).toMatchObject({ status: 403, body: { code: 'origin_refused' } });
    expect((await call('DELETE', url, { cookie: own })).status).toBe(204);
  });

  it('forgets dead logins and old attempts, not live ones', async () => {
    const feng = await hire('feng', ['auditor']);
    await tryLogIn('stranger', feng.secret);
    await wait('25 hours');
    const token = await logIn(feng);
    await app.get(RunJobs).runNow('forget-dead-logins');
    expect((await call('GET', '/v1/staff/me', { token })).status).toBe(200);
    const [left] = await data.query<{ logins: number; attempts: number }[]>(
      `select (select count(*) from staff.login)::int as logins,
         (select count(*) from staff.login_attempt)::int as attempts`,
    );
    expect(left).toEqual({ logins: 1, attempts: 0 });
  });
});

describe('a permission', () => {
  it('opens a route to whoever has a role with it, and to nobody else', async () => {
    const token = await present(await hire('han', ['marketing']));
    expect((await call('GET', '/v1/staff/probe/campaigns', { token })).status).toBe(200);
    const refused = await call('GET', '/v1/staff/probe/cards', { token });
    expect(refused).toMatchObject({ status: 403, body: { code: 'permission_missing' } });
    expect(refused.body['detail']).toContain('cards.read');
    expect((await call('GET', '/v1/staff/probe/cards')).body.code).toBe('unauthenticated');
    const other = await call('GET', '/v1/staff/probe/cards', { token: 'x'.repeat(43) });
    expect(other.body.code).toBe('unauthenticated');
  });
});

describe('members', () => {
  const member = { name: 'new.one', displayName: '新人', roles: ['auditor'], password };

  it('are created by an administrator, who alone sees the new secret, once', async () => {
    const token = await present(await hire('admin', ['administrator']));
    const created = await call('POST', '/v1/staff/members', { token, body: member });
    expect(created.status).toBe(201);
    expect(String(created.body['totpUri'])).toMatch(/^otpauth:\/\/totp\//);
    await logIn({
      id: BigInt(String(created.body['id'])),
      name: 'new.one',
      secret: String(created.body['totpSecret']),
    });
    const again = await call('POST', '/v1/staff/members', { token, body: member });
    expect(again.body.code).toBe('staff_name_taken');
    const list = await call('GET', '/v1/staff/members', { token });
    expect(JSON.stringify(list.body)).toContain('"new.one"');
    expect(JSON.stringify(list.body)).not.toMatch(/secret|hash|scrypt/i);
  });

  it('have a long password that does not hold their name', async () => {
    const token = await present(await hire('admin2', ['administrator']));
    for (const wrong of ['short', 'me-new.one-again'])
      expect(
        (await call('POST', '/v1/staff/members', { token, body: { ...member, password: wrong } }))
          .body,
      ).toMatchObject({ code: 'staff_member_invalid', errors: [{ pointer: '/password' }] });
  });

  it('cannot be created by anybody but an administrator', async () => {
    const token = await present(await hire('cashier', ['cashier-office']));
    const refused = await call('POST', '/v1/staff/members', { token, body: member });
    expect(refused.body.code).toBe('permission_missing');
  });

  it('are closed by somebody else, and are out at once', async () => {
    const boss = await hire('boss', ['administrator']);
    const leaver = await hire('leaver', ['auditor']);
    const token = await present(boss);
    const leaving = await present(leaver);
    const close = (id: bigint) => call('POST', `/v1/staff/members/${id}/closure`, { token });
    expect((await close(boss.id)).body.code).toBe('staff_closes_self');
    expect((await close(987_654n)).body.code).toBe('staff_member_unknown');
    expect((await close(leaver.id)).status).toBe(204);
    expect((await call('GET', '/v1/staff/me', { token: leaving })).status).toBe(401);
    await wait('31 seconds');
    expect((await tryLogIn('leaver', leaver.secret)).body.code).toBe('login_refused');
  });
});

describe('an approval', () => {
  const propose = (maker: bigint, subject: string): Promise<bigint> =>
    inTransaction(data, (tx) =>
      app
        .get(ProposeApproval)
        .propose(tx, { maker, kind: 'funding.import', subject, summary: 'Pays 100 cards.' }),
    );
  const events = (approval: bigint): Promise<{ type: string; payload: unknown }[]> =>
    data.query(
      `select type, payload from platform.outbox where payload->>'approval' = $1 order by id`,
      [approval.toString()],
    );

  it('is consented to by a second person, once, and says so in the same transaction', async () => {
    const maker = await hire('maker', ['cashier-office']);
    const checker = await hire('checker', ['cashier-office']);
    const id = await propose(maker.id, 'batch-1');
    const [own, other] = [await present(maker), await present(checker)];
    const consent = (token: string) => call('POST', `/v1/staff/approvals/${id}/consent`, { token });

    expect((await consent(own)).body.code).toBe('approval_needs_another');
    const answers = await Promise.all([consent(other), consent(other)]);
    for (const answer of answers)
      expect(answer).toMatchObject({
        status: 200,
        body: { state: 'consented', maker: String(maker.id), checker: String(checker.id) },
      });
    expect(await events(id)).toEqual([
      {
        type: 'approval.consented',
        payload: {
          approval: id.toString(),
          kind: 'funding.import',
          subject: 'batch-1',
          checker: checker.id.toString(),
        },
      },
    ]);
    const rejected = await call('POST', `/v1/staff/approvals/${id}/rejection`, {
      token: other,
      body: { reason: 'changed my mind' },
    });
    expect(rejected.body.code).toBe('approval_already_decided');
  });

  it('is rejected with a reason, after which the same may be proposed again', async () => {
    const maker = await hire('maker2', ['cashier-office']);
    const token = await present(await hire('checker2', ['administrator']));
    const id = await propose(maker.id, 'batch-2');
    await expect(propose(maker.id, 'batch-2')).rejects.toMatchObject({
      code: 'approval_already_proposed',
    });
    const rejected = await call('POST', `/v1/staff/approvals/${id}/rejection`, {
      token,
      body: { reason: 'Wrong month' },
    });
    expect(rejected.body).toMatchObject({ state: 'rejected', reason: 'Wrong month' });
    expect((await events(id)).map(({ type }) => type)).toEqual(['approval.rejected']);
    const again = await propose(maker.id, 'batch-2');
    const open = await call('GET', '/v1/staff/approvals?state=proposed', { token });
    expect(open.body['approvals']).toMatchObject([{ id: again.toString(), state: 'proposed' }]);
  });

  it('cannot be given by somebody who may not do the thing itself, or to nothing', async () => {
    const maker = await hire('maker3', ['cashier-office']);
    const auditor = await present(await hire('checker3', ['auditor']));
    const cashier = await present(await hire('checker4', ['cashier-office']));
    const id = await propose(maker.id, 'batch-3');
    const refused = await call('POST', `/v1/staff/approvals/${id}/consent`, { token: auditor });
    expect(refused.body.code).toBe('permission_missing');
    const missing = await call('POST', '/v1/staff/approvals/999999/consent', { token: cashier });
    expect(missing.body.code).toBe('approval_unknown');
  });

  it('never has one person for both, whoever asks the database, and is never undone', async () => {
    const maker = await hire('maker5', ['administrator']);
    const other = await hire('checker5', ['administrator']);
    const id = await propose(maker.id, 'batch-5');
    const decide = (state: string, checker: bigint): Promise<unknown> =>
      data.query(
        `update staff.approval set state = $2, checker = $3, decided_at = platform.now() where id = $1`,
        [id.toString(), state, checker.toString()],
      );
    await expect(decide('consented', maker.id)).rejects.toThrow('approval_takes_two_people');
    await decide('rejected', other.id);
    await expect(decide('consented', other.id)).rejects.toThrow('is decided');
  });
});

describe('the audit', () => {
  it('keeps changes, refusals and reads of personal data, with who, what and how it ended', async () => {
    const boss = await hire('audited', ['administrator']);
    const viewer = await hire('viewer', ['marketing']);
    const token = await logIn(boss);
    const weak = await logIn(viewer);
    const deeds = async (staffId: bigint): Promise<unknown[]> => {
      const url = `/v1/staff/audit?staffId=${staffId}`;
      return (await call('GET', url, { token })).body['deeds'] as unknown[];
    };
    await call('GET', '/v1/staff/probe/cards', { token });
    await call('GET', '/v1/staff/probe/campaigns', { token });
    await call('POST', '/v1/staff/approvals/424242/consent', { token });
    await call('GET', '/v1/staff/probe/cards', { token: weak });

    expect(await deeds(boss.id)).toMatchObject([
      {
        method: 'POST',
        route: '/v1/staff/approvals/:id/consent',
        target: { id: '424242' },
        status: 404,
      },
      { method: 'GET', route: '/v1/staff/probe/cards', target: {}, status: 200 },
      { method: 'POST', route: '/v1/staff/logins', status: 201 },
    ]);
    expect(await deeds(viewer.id)).toMatchObject([
      { route: '/v1/staff/probe/cards', status: 403 },
      {},
    ]);
    expect(await deeds(boss.id)).toMatchObject([{ route: '/v1/staff/audit' }, {}, {}, {}, {}]);
    const [all] = await data.query<{ text: string }[]>(
      `select string_agg(a::text, '') as text from staff.audit a`,
    );
    expect(all?.text).not.toContain(password);
  });

  it('is never changed or shortened', async () => {
    await data.query(
      `insert into staff.audit (method, route, target, status, request_id)
       values ('GET', '/', '{}', 200, 'r')`,
    );
    await expect(data.query(`update staff.audit set status = 200`)).rejects.toThrow(
      'permission denied',
    );
    const owner = new DataSource({ type: 'postgres', url: database.ownerUrl });
    await owner.initialize();
    try {
      await expect(owner.query('delete from staff.audit')).rejects.toThrow('append-only');
      await expect(owner.query('truncate staff.audit')).rejects.toThrow('append-only');
    } finally {
      await owner.destroy();
    }
  });
});
