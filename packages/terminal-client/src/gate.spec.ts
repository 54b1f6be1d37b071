import { describe, expect, it } from '@jest/globals';
import type { PassageRequest } from '@campus-paycode/terminal-protocol';
import { MemoryJournalStore, type JournalStore } from './journal-store.js';
import { TerminalClient } from './terminal-client.js';
import { CrashingStore } from './testing/crashing-store.js';
import { FakeService, type Fault } from './testing/fake-service.js';
import { VirtualTime } from './testing/virtual-time.js';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const WAIT = 8_000;

/** What the service knows of passages: decided once, settled once. */
class FakeGate {
  readonly decided = new Map<string, { bytes: string; expiresAt: number; said: string | null }>();
  verdict: 'approved' | 'declined' = 'approved';
  state = 'authorized';

  constructor(
    private readonly time: VirtualTime,
    service: FakeService,
  ) {
    service.routes.set('POST /v1/passages', (body) => this.decide(body));
    service.other = (route) => this.settle(route);
  }

  private decide(bytes: string): { status: number; body: unknown } {
    const { orderNumber, direction } = JSON.parse(bytes) as PassageRequest;
    const known = this.decided.get(orderNumber);
    if (known?.said === 'never_seen') throw new Error('It was barred.');
    if (known !== undefined && known.bytes !== bytes) throw new Error('Other bytes.');
    const expiresAt = known?.expiresAt ?? this.time.now() + WAIT;
    if (known === undefined) this.decided.set(orderNumber, { bytes, expiresAt, said: null });
    const isApproved = this.verdict === 'approved';
    const body = {
      orderNumber,
      direction,
      verdict: this.verdict,
      state: isApproved ? this.state : 'declined',
      amount: 300,
      expiresAt: isApproved ? new Date(expiresAt).toISOString() : null,
      decidedAt: new Date(expiresAt - WAIT).toISOString(),
    };
    return { status: 200, body };
  }

  private settle(route: string): { status: number; body: unknown } | null {
    const [, orderNumber, word] =
      /^POST \/v1\/passages\/([^/]+)\/(passed|not-passed)$/.exec(route) ?? [];
    if (orderNumber === undefined) return null;
    const known = this.decided.get(orderNumber);
    const outcome = word === 'passed' ? 'passed' : 'not_passed';
    if (known === undefined)
      this.decided.set(orderNumber, { bytes: '', expiresAt: 0, said: 'never_seen' });
    else known.said ??= outcome;
    return { status: 200, body: { orderNumber, outcome: known?.said ?? 'never_seen' } };
  }
}

async function gate(
  journal: JournalStore = new MemoryJournalStore(),
  stateDir: string | null = null,
) {
  const time = new VirtualTime();
  const service = new FakeService(time);
  const fake = new FakeGate(time, service);
  const around = {
    baseUrl: 'http://127.0.0.1:1',
    surroundings: time,
    transport: service.transport,
  };
  const client = await TerminalClient.enrol({
    ...around,
    journal,
    stateDir,
    serviceName: service.name,
    enrolmentCode: '7F3K-9QXA',
    model: 'test',
    softwareVersion: '1',
  });
  const scan = () => client.pass({ code: '97185965475126865312', direction: 'entry' });
  const said = () => [...fake.decided.values()].map((each) => each.said);
  return { time, service, fake, client, around, scan, said };
}

describe('a gate', () => {
  it('opens for one person, and tells that they passed until it is acknowledged', async () => {
    const { time, service, client, scan, said } = await gate();
    const result = await scan();
    if (result.outcome !== 'open') throw new Error(result.outcome);
    await expect(scan()).rejects.toThrow('still open');
    service.faults = ['drop_before', 'drop_after'];
    await client.gate.passed(result.orderNumber);
    expect([await result.ended, client.queued()]).toEqual([true, 1]);
    await time.until(client.drain());
    expect([said(), client.queued()]).toEqual([['passed'], 0]);
    expect((await scan()).outcome).toBe('open');
  });

  it('says that nobody passed when its sensor saw nobody in time', async () => {
    const { time, client, scan, said } = await gate();
    const result = await scan();
    if (result.outcome !== 'open') throw new Error(result.outcome);
    await time.advance(WAIT + 1);
    expect(await result.ended).toBe(false);
    await client.gate.passed(result.orderNumber);
    await time.until(client.drain());
    expect(said()).toEqual(['not_passed']);
  });

  it('stays shut without an answer, and takes back what was decided meanwhile', async () => {
    const { time, service, client, scan, said } = await gate();
    service.faults = Array.from({ length: 9 }, () => 'drop_after' as const);
    const result = await time.until(scan());
    expect(result.outcome).toBe('unknown');
    service.faults = [];
    await time.until(client.drain());
    expect(said()).toEqual(['not_passed']);
    const sent = service.log.filter(({ target }) => target === '/v1/passages');
    expect(sent.length).toBeGreaterThan(1);
    expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
  });

  it('bars a scan that never arrived', async () => {
    const { time, service, client, scan, said } = await gate();
    service.isCut = true;
    expect((await time.until(scan())).outcome).toBe('unknown');
    service.isCut = false;
    await time.until(client.drain());
    expect(said()).toEqual(['never_seen']);
  });

  it('opens for the second sending of the same scan', async () => {
    const { time, service, scan } = await gate();
    service.faults = ['drop_after'];
    expect((await time.until(scan())).outcome).toBe('open');
  });

  it('stays shut for whoever is declined, for a refusal, and for an answer that comes too late', async () => {
    const { time, service, fake, client, scan } = await gate();
    fake.verdict = 'declined';
    expect((await scan()).outcome).toBe('declined');
    service.faults = [{ problem: 'code_foreign' }];
    expect((await scan()).outcome).toBe('problem');
    fake.verdict = 'approved';
    service.skewMillis = WAIT * 2;
    // The answer tells the time: by it, the passage is over already.
    expect((await time.until(scan())).outcome).toBe('unknown');
    await time.until(client.drain());
    expect(client.queued()).toBe(0);
  });

  it('has nothing to tell where no sensor looks', async () => {
    const { fake, client, scan } = await gate();
    fake.state = 'passed';
    expect(await scan()).toMatchObject({ outcome: 'open', awaitsSensor: false });
    expect(client.queued()).toBe(0);
    expect((await scan()).outcome).toBe('open');
  });
});

const lives: Record<string, (Fault | undefined)[]> = {
  'is answered': [],
  'is answered at the second sending': ['drop_after'],
  'is never answered': ['drop_after', 'drop_before', 'drop_after', 'drop_after'],
};

describe('a gate killed at any write', () => {
  for (const [life, faults] of Object.entries(lives))
    it(`never says passed for whom it did not see, when a scan ${life}`, async () => {
      for (let writes = 1; writes < 6; writes += 1)
        for (const torn of [0, 30]) await liveAndDie(faults, writes, torn);
    });
});

async function liveAndDie(faults: (Fault | undefined)[], writes: number, torn: number) {
  const stateDir = await mkdtemp(join(tmpdir(), 'gate-'));
  const journal = new CrashingStore(writes, torn);
  const { time, service, fake, client, around, scan, said } = await gate(journal, stateDir);
  service.faults = [...faults];
  let saw = false;
  const day = (async () => {
    const result = await scan();
    if (result.outcome !== 'open') return;
    saw = true;
    await client.gate.passed(result.orderNumber);
  })();
  day.catch(() => {});
  await time.advance(7_000);
  const { bytes } = journal;
  void client.close();
  // The lock of the killed process went with it.
  const reborn = `${stateDir}-reborn`;
  await cp(join(stateDir, 'terminal.json'), join(reborn, 'terminal.json'));
  service.faults = [];
  const reopened = await TerminalClient.open({
    ...around,
    stateDir: reborn,
    journal: new MemoryJournalStore(bytes),
  });
  await time.until(reopened.drain());
  const [first] = said();
  // What the journal does not hold was not said; whoever was seen may have gone unsaid, never the other way round.
  if (first === 'passed') expect(saw).toBe(true);
  for (const { said: word, bytes: sent } of fake.decided.values())
    if (sent !== '') expect(word ?? 'nothing').not.toBe('nothing');
  const next = await time.until(
    reopened.pass({ code: '97185965475126865312', direction: 'entry' }),
  );
  expect({ writes, torn, next: next.outcome }).toEqual({ writes, torn, next: 'open' });
  await reopened.close();
  for (const folder of [stateDir, reborn]) await rm(folder, { recursive: true, force: true });
}
