/** A sandbox has students who give one verdict each, every time, and answers that fail as in real life. */
import { mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FaultAnswers } from '../../src/sandbox/fault-answers.js';
import { personas } from '../../src/sandbox/personas.js';
import { readConfig } from '../../src/platform/config/app-config.js';
import { FindCard } from '../../src/cards/find-card.js';
import { IssueCard } from '../../src/cards/issue-card.js';
import { SetLimits } from '../../src/cards/set-limits.js';
import { IssueEnrolmentLink } from '../../src/cardholders/issue-enrolment-link.js';
import { RegisterCardholder } from '../../src/cardholders/register-cardholder.js';
import { Given } from '../support/given.js';
import { startService, type TestService } from '../support/service.js';
import { TestPhone } from '../support/test-phone.js';
import type { TestTerminal } from '../support/test-terminal.js';

let service: TestService;
let till: TestTerminal;
let given: Given;

beforeAll(async () => {
  service = await startService({ env: { SANDBOX: '1' } });
  given = new Given(service);
  till = await given.canteen();
});
afterAll(() => service.close());

async function phoneOf(name: string): Promise<TestPhone> {
  const persona = personas.find((each) => each.name === name);
  if (persona === undefined) throw new Error(name);
  const { cardholder, card } = await service.inTransaction(async (tx) => {
    const { number, cardNumber } = persona;
    const registered = await service
      .get(RegisterCardholder)
      .register(tx, { number, name, group: 'student' });
    return {
      cardholder: registered,
      card: await service.get(IssueCard).issue(tx, registered, cardNumber),
    };
  });
  await given.fund(card, 10_000n);
  const { token } = await service.get(IssueEnrolmentLink).issue(cardholder);
  return TestPhone.enrol(service, token);
}

describe('a persona of the sandbox', () => {
  it('whose answer is lost has paid, and hears so when it is asked again by the same bytes', async () => {
    const phone = await phoneOf('answer-lost');
    for (const slot of [0, 1]) {
      const sale = till.draft(phone.codeOf(0, slot), 100);
      await expect(till.post(sale)).rejects.toThrow(/hang up|ECONNRESET/);
      expect((await till.post(sale)).body['verdict']).toBe('approved');
    }
  });

  it('whose answer comes late has paid long before, and the terminal takes it back', async () => {
    const faults = service.get(FaultAnswers);
    expect(faults.lateMs).toBe(30_000);
    faults.lateMs = 500;
    const phone = await phoneOf('late-30s');
    const sale = till.draft(phone.codeOf(0), 100);
    const late = till.post(sale);
    let verdict: unknown;
    while (verdict !== 'approved') verdict = (await till.find(sale.orderNumber)).body['verdict'];
    expect((await till.reverse(sale.orderNumber)).body['outcome']).toBe('reversed');
    expect((await late).body['verdict']).toBe('approved');
  });

  it('that is answered by 503 has bought nothing, and its number can be barred', async () => {
    const phone = await phoneOf('unavailable-503');
    const sale = till.draft(phone.codeOf(0), 100);
    for (let at = 0; at < 2; at += 1) {
      const answer = await till.post(sale);
      expect([answer.status, answer.body.code, answer.body['effect'], answer.signed]).toEqual([
        503,
        'unavailable',
        'unknown',
        'bound',
      ]);
    }
    expect((await till.reverse(sale.orderNumber)).body['outcome']).toBe('never_seen');
  });

  it('whose phone is asked answers by itself, each time: yes, no, or nothing at all', async () => {
    const ends = { 'pin-approved': 'approved', 'pin-refused': 'declined', 'pin-silent': 'pending' };
    for (const [name, verdict] of Object.entries(ends)) {
      const phone = await phoneOf(name);
      const { cardNumber } = personas.find((each) => each.name === name) ?? { cardNumber: '' };
      const { id } = await service.get(FindCard).byNumber(cardNumber);
      await service.get(SetLimits).setAsksAboveForCard(id, 1n);
      for (const slot of [0, 1]) {
        const sale = await till.sell(phone.codeOf(0, slot), 100);
        expect(sale.body).toMatchObject({ verdict: 'pending', awaits: 'phone' });
        await service.relayAll();
        const order = String(sale.body['orderNumber']);
        expect((await till.find(order)).body['verdict']).toBe(verdict);
      }
    }
    await service.passTime(61);
    await service.runJob('end-expired-waits');
    const { rows } = await service.owner.query(
      `select reason, count(*)::int from payments.payment where reason like 'confirmation%' group by 1 order by 1`,
    );
    expect(rows).toEqual([
      { reason: 'confirmation_expired', count: 2 },
      { reason: 'confirmation_refused', count: 2 },
    ]);
  });

  it('is nobody else: other students are answered at once', async () => {
    const student = await given.student(1_000n);
    expect((await till.sell(student.phone.codeOf(0), 100)).body['verdict']).toBe('approved');
  });
});

describe('a sandbox', () => {
  it('says of itself that it is one', async () => {
    const health = (await (await fetch(`${service.url}/health`)).json()) as object;
    expect(health).toMatchObject({ status: 'ok', sandbox: true });
  });

  it('refuses to be in production', () => {
    const env = { DATABASE_URL: 'postgres://campus@127.0.0.1/campus', SANDBOX: '1' };
    expect(() => readConfig(env)).toThrow('SANDBOX is for a demo');
    expect(readConfig({ ...env, DEMO: '1' }).isSandbox).toBe(true);
  });

  it('is asked for a student by name on the command line, which says so where there is none', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'campus-sandbox-'));
    const { status, stderr } = spawnSync(
      process.execPath,
      [path.join('dist', 'local', 'paycode.js'), '--persona', 'approved'],
      { encoding: 'utf8', env: { ...process.env, DATA_DIR: folder } },
    );
    rmSync(folder, { recursive: true });
    expect([status, stderr]).toEqual([2, expect.stringContaining('npm start makes them')]);
  });
});
