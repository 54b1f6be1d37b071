/** Records that do not follow one another, codes that come twice, and what two people make of them. */
import {
  recordMessage,
  toBase64Url,
  type OfflineRecord,
  type SignedRecord,
} from '@campus-paycode/terminal-protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OfflineCampus } from '../support/offline-campus.js';
import type { OfflineTill } from '../support/offline-till.js';
import { noon, startService, type TestService } from '../support/service.js';
import { newTerminalKey } from '../support/test-terminal.js';
import type { Student } from '../support/given.js';

let service: TestService;
let campus: OfflineCampus;
let till: OfflineTill;
let student: Student;

beforeAll(async () => {
  service = await startService();
  campus = await OfflineCampus.on(service);
});
beforeEach(async () => {
  till = await campus.till();
  student = await campus.student(50_000n);
});
afterEach(() => service.setTime(noon));
afterAll(() => service.close());

const qr = (): string => student.phone.signedQr();

/** What the till is told that it may do by itself. */
async function offlineTerms({ terminal }: OfflineTill): Promise<unknown> {
  return (await terminal.send('GET', '/v1/terminal-settings')).body['offline'];
}

async function stopped({ terminal }: OfflineTill): Promise<Record<string, unknown> | undefined> {
  const { body } = await campus.maker.get('offline-terminals');
  return (body['terminals'] as Record<string, unknown>[]).find(
    ({ terminalId }) => terminalId === terminal.id.toString(),
  );
}

async function alarms(kind: string): Promise<number> {
  const { body } = await campus.maker.get('code-alarms');
  return (body['alarms'] as { kind: string }[]).filter((alarm) => alarm.kind === kind).length;
}

async function sales({ terminal }: OfflineTill): Promise<number> {
  const { rows } = await service.owner.query<{ count: number }>(
    `select count(*)::int from payments.payment where terminal = $1 and state = 'captured'`,
    [terminal.id.toString()],
  );
  return rows[0]?.count ?? -1;
}

describe('records that come again', () => {
  it('are answered as before, and sold once', async () => {
    const records = [till.accept(qr(), 500), till.accept(qr(), 600), till.accept(qr(), 700)];
    const first = await till.upload(...records.slice(0, 2));
    const again = await till.upload(...records);
    expect(first.body['acknowledged']).toBe(2);
    expect(again.body['acknowledged']).toBe(3);
    expect((again.body['decisions'] as unknown[]).slice(0, 2)).toEqual(first.body['decisions']);
    expect((await till.upload(records[0] as SignedRecord)).body['acknowledged']).toBe(1);
    expect(await sales(till)).toBe(3);
  });

  it('at the same moment, are sold once', async () => {
    const records = [till.accept(qr(), 500), till.accept(qr(), 600)];
    const answers = await Promise.all([1, 2, 3].map(() => till.upload(...records)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await sales(till)).toBe(2);
  });
});

describe('records that do not follow one another', () => {
  const fault = async (name: string, ...records: SignedRecord[]): Promise<void> => {
    const before = await alarms('records_broken');
    expect(await offlineTerms(till)).not.toBeNull();
    const decisions = await till.bring(...records);
    expect(decisions[0]).toMatchObject({ decision: 'quarantined', reason: name });
    expect(await sales(till)).toBe(0);
    expect(await offlineTerms(till)).toBeNull();
    expect(await stopped(till)).toMatchObject({ fault: name });
    expect(await alarms('records_broken')).toBe(before + 1);
  };

  it('because some are missing are named and kept, and all that follow wait with them', async () => {
    const [, , third, fourth] = [500, 600, 700, 800].map((amount) => till.accept(qr(), amount));
    await fault('record_gap', third as SignedRecord);
    expect(await stopped(till)).toMatchObject({ sequence: 3, missing: [1, 2], waiting: 1 });
    const answer = await till.upload(fourth as SignedRecord);
    expect(answer.body).toMatchObject({
      acknowledged: 4,
      decisions: [{ sequence: 4, decision: 'quarantined', reason: 'terminal_stopped' }],
    });
  });

  it('because one was dropped and the others renumbered', async () => {
    till.accept(qr(), 500);
    const forged = till.accept(qr(), 600, { sequence: 1 });
    await fault('chain_broken', forged);
  });

  it('because time went back', async () => {
    const first = till.accept(qr(), 500);
    const second = till.accept(qr(), 600, {
      occurredAt: new Date(service.clock.nowMs() - 5_000).toISOString(),
    });
    await till.bring(first);
    const decisions = await till.bring(second);
    expect(decisions).toMatchObject([{ decision: 'quarantined', reason: 'time_disorder' }]);
    expect(await stopped(till)).toMatchObject({ fault: 'time_disorder' });
  });

  it('because the clock that nobody sets went back', async () => {
    await till.bring(till.accept(qr(), 500));
    const decisions = await till.bring(till.accept(qr(), 600, { monotonic: 1 }));
    expect(decisions).toMatchObject([{ reason: 'time_disorder' }]);
  });

  it('because a list was older than the one before', async () => {
    await till.bring(till.accept(qr(), 500, { hotlistVersion: 9 }));
    const decisions = await till.bring(till.accept(qr(), 600, { hotlistVersion: 8 }));
    expect(decisions).toMatchObject([{ reason: 'hotlist_went_back' }]);
  });

  it('because the terminal was restored from an old copy: what it wrote anew is kept beside what it wrote first', async () => {
    const copy = till.end;
    await till.bring(till.accept(qr(), 500), till.accept(qr(), 600));
    till.end = copy;
    const decisions = await till.bring(till.accept(qr(), 700), till.accept(qr(), 800));
    expect(decisions).toMatchObject([
      { sequence: 1, decision: 'quarantined', reason: 'record_rewritten' },
      { sequence: 2, decision: 'quarantined', reason: 'terminal_stopped' },
    ]);
    expect(await sales(till)).toBe(2);
    expect(await offlineTerms(till)).toBeNull();
  });

  it('because somebody else signed', async () => {
    const { record } = till.accept(qr(), 500);
    const signature = toBase64Url(newTerminalKey().sign(recordMessage(record)));
    await fault('record_forged', { record, signature });
  });

  it("because it is another terminal's", async () => {
    const other = await campus.till();
    await fault('record_of_another', other.accept(qr(), 500));
  });

  it.each([
    ['a bit was turned', (text: string) => text.replace('"amount":500', '"amount":580')],
    ['the end was cut off', (text: string) => text.slice(0, -40)],
    ['nothing is left of it', () => ' '],
    ['it is not even text of ours', () => '\u0000\ud800号'],
  ])('because %s: the later ones are kept', async (_, damage) => {
    const [first, second] = [till.accept(qr(), 500), till.accept(qr(), 600)];
    const bad = { ...first, record: damage(first.record) };
    const answer = await till.upload(bad, second);
    expect(answer.body).toMatchObject({
      acknowledged: 2,
      decisions: [
        { sequence: 1, decision: 'quarantined' },
        { sequence: 2, decision: 'quarantined', reason: 'chain_broken' },
      ],
    });
    expect(await stopped(till)).toMatchObject({ sequence: 1 });
  });
});

describe('a record that waits', () => {
  it('is sold when two people release it, as it would have been', async () => {
    till.accept(qr(), 500);
    const [waiting] = await till.bring(till.accept(qr(), 600));
    if (waiting === undefined) throw new Error('Nothing was decided.');
    const { id } = await campus.kept(till, waiting);
    const asked = await campus.maker.post(`offline-sales/${id}/words`, {
      word: 'release',
      reason: 'the paper says so',
    });
    const alone = await campus.maker.post(
      `approvals/${String(asked.body['approvalId'])}/consent`,
      {},
    );
    expect(alone.body.code).toBe('approval_needs_another');
    expect(await sales(till)).toBe(0);
    await campus.checker.post(`approvals/${String(asked.body['approvalId'])}/consent`, {});
    await service.relayAll();
    expect(await campus.kept(till, waiting)).toMatchObject({
      decision: 'captured',
      bears: 'cardholder',
    });
    expect(await sales(till)).toBe(1);
    const later = await campus.maker.post(`offline-sales/${id}/words`, {
      word: 'dismiss',
      reason: 'x',
    });
    expect(later.body.code).toBe('offline_record_decided');
  });

  it("is the merchant's when two people dismiss it", async () => {
    till.accept(qr(), 500);
    const [waiting] = await till.bring(till.accept(qr(), 600));
    if (waiting === undefined) throw new Error('Nothing was decided.');
    expect(await campus.say(till, waiting, 'dismiss')).toMatchObject({
      decision: 'refused',
      reason: 'record_gap',
      bears: 'merchant',
    });
    expect(await sales(till)).toBe(0);
  });

  it('and cannot be read can only be dismissed', async () => {
    const record = till.accept(qr(), 500);
    const [waiting] = await till.bring({ ...record, record: record.record.slice(1) });
    if (waiting === undefined) throw new Error('Nothing was decided.');
    const { id } = await campus.kept(till, waiting);
    const asked = await campus.maker.post(`offline-sales/${id}/words`, {
      word: 'release',
      reason: 'x',
    });
    expect(asked.body.code).toBe('offline_record_unreadable');
    expect(await campus.say(till, waiting, 'dismiss')).toMatchObject({ bears: 'merchant' });
  });

  it('goes on waiting when the second person says no', async () => {
    till.accept(qr(), 500);
    const [waiting] = await till.bring(till.accept(qr(), 600));
    if (waiting === undefined) throw new Error('Nothing was decided.');
    const { id } = await campus.kept(till, waiting);
    const wish = { word: 'dismiss', reason: 'too late' };
    const { body } = await campus.maker.post(`offline-sales/${id}/words`, wish);
    await campus.checker.post(`approvals/${String(body['approvalId'])}/rejection`, {
      reason: 'ask the till',
    });
    await service.relayAll();
    expect(await campus.kept(till, waiting)).toMatchObject({ decision: 'quarantined' });
    expect(await campus.say(till, waiting, 'release')).toMatchObject({ decision: 'captured' });
  });

  it.each<[string, number, Partial<OfflineRecord>]>([
    ['amount_over_limit', 3_001, {}],
    ['code_time_off', 500, { occurredAt: new Date(Date.parse(noon) - 120_000).toISOString() }],
  ])('because of %s does not stop the terminal', async (reason, amount, changes) => {
    expect(await till.sell(qr(), amount, changes)).toMatchObject({
      decision: 'quarantined',
      reason,
    });
    expect(await offlineTerms(till)).not.toBeNull();
    expect(await till.sell(qr(), 500)).toMatchObject({ decision: 'captured' });
  });

  it('because the card bought too much there does not either', async () => {
    const decisions = await till.bring(
      ...[3_000, 3_000, 100].map((amount) => till.accept(qr(), amount)),
    );
    expect(decisions).toMatchObject([
      { decision: 'captured' },
      { decision: 'captured' },
      { decision: 'quarantined', reason: 'card_over_limit' },
    ]);
  });
});

describe('a terminal that was stopped', () => {
  it('sells by itself again when two people have looked, from where its records are', async () => {
    till.accept(qr(), 500);
    await till.bring(till.accept(qr(), 600));
    expect(await offlineTerms(till)).toBeNull();
    await campus.resume(till);
    expect(await offlineTerms(till)).not.toBeNull();
    expect(await till.sell(qr(), 700)).toMatchObject({ sequence: 3, decision: 'captured' });
    const { body } = await campus.maker.post(`offline-terminals/${till.terminal.id}/resumptions`, {
      reason: 'once more',
    });
    expect(body.code).toBe('terminal_not_stopped');
  });
});

describe('an upload', () => {
  it.each([
    ['of nothing', { records: [] }],
    [
      'of more than fifty',
      { records: Array.from({ length: 51 }, () => ({ record: 'x', signature: 'x' })) },
    ],
    ['with a field that nobody knows', { records: [{ record: 'x', signature: 'x', note: 1 }] }],
  ])('%s is refused, and nothing is kept', async (_, body) => {
    const { status } = await till.terminal.send('POST', '/v1/offline-sales', body);
    expect(status).toBe(400);
    expect(await stopped(till)).toBeUndefined();
  });

  it('of a terminal that was revoked is refused', async () => {
    const record = till.accept(qr(), 500);
    await service.owner.query(`update terminals.terminal set status = 'revoked' where id = $1`, [
      till.terminal.id.toString(),
    ]);
    expect((await till.upload(record)).body.code).toBe('terminal_revoked');
  });
});

describe('all of it together', () => {
  it('holds every proof', async () => {
    await service.relayAll();
    expect(await campus.broken()).toEqual([]);
  });
});
