import { describe, expect, it } from '@jest/globals';
import { MemoryJournalStore } from './journal-store.js';
import { TerminalClient } from './terminal-client.js';
import { FakeService } from './testing/fake-service.js';
import { VirtualTime } from './testing/virtual-time.js';
import type { TerminalEvent } from './terminal-events.js';
import type { WireTariff } from '@campus-paycode/terminal-protocol';

const CODE = '97185965475126865312';

async function terminal(tariff?: WireTariff) {
  const time = new VirtualTime();
  const service = new FakeService(time, tariff);
  const journal = new MemoryJournalStore();
  const events: TerminalEvent[] = [];
  const options = {
    baseUrl: 'http://127.0.0.1:1',
    stateDir: null,
    surroundings: time,
    transport: service.transport,
    onEvent: (event: TerminalEvent) => {
      events.push(event);
    },
  };
  const client = await TerminalClient.enrol({
    ...options,
    journal,
    serviceName: service.name,
    enrolmentCode: '7F3K-9QXA',
    model: 'test',
    softwareVersion: '1',
  });
  service.log.length = 0;
  const started = time.now();
  const sentAt = () =>
    service.log.filter(({ target }) => target === '/v1/payments').map(({ at }) => at - started);
  return { time, service, journal, events, client, sentAt };
}

describe('a sale', () => {
  it('is approved under a number that was written down before it was sent', async () => {
    const { client, service, journal, events } = await terminal();
    const before: string[] = [];
    service.verdict = () => {
      before.push(Buffer.from(journal.bytes).toString());
      return {};
    };
    const result = await client.pay({ code: CODE, amount: 1250 });
    expect(result).toMatchObject({ outcome: 'approved', shortNumber: 'B3-0001', sendings: 1 });
    expect(before[0]).toContain(result.orderNumber);
    expect(before[0]).toContain(JSON.stringify(service.log[0]?.body).slice(1, -1));
    expect(events.map(({ type }) => type)).toEqual(['sent', 'ended']);
    expect(client.totals().sales).toEqual({ count: 1, amount: 1250 });
  });

  it('is declined, and the next one has the next number', async () => {
    const { client, service } = await terminal();
    const declined = { verdict: 'declined', state: 'declined', captured: 0 } as const;
    service.verdict = () => ({ ...declined, reason: 'insufficient_funds' });
    expect(await client.pay({ code: CODE, amount: 1 })).toMatchObject({ outcome: 'declined' });
    expect(await client.pay({ code: CODE, amount: 1 })).toMatchObject({ shortNumber: 'B3-0002' });
    expect(client.totals().sales).toEqual({ count: 0, amount: 0 });
  });

  it('is asked for with the same bytes at 0.5, 1, 2 and 3 s after 2.5 s of silence', async () => {
    const { client, service, time, sentAt, events } = await terminal();
    service.faults = ['drop_after', 'drop_after', 'drop_after', 'drop_after'];
    const result = await time.until(client.pay({ code: CODE, amount: 1250 }));
    expect(result).toMatchObject({ outcome: 'approved', sendings: 5 });
    expect(sentAt()).toEqual([0, 3_000, 4_000, 6_000, 9_000]);
    expect(new Set(service.log.map(({ body }) => body)).size).toBe(1);
    expect(events.map(({ type }) => type)).toEqual(['sent', 'checking', 'ended']);
    expect(service.sales.size).toBe(1);
  });

  it('is reversed 10 s after the scan, whether it arrived or not', async () => {
    for (const fault of ['drop_before', 'drop_after'] as const) {
      const { client, service, time, events, sentAt } = await terminal();
      service.faults = [fault, fault, fault, fault, fault];
      const result = await time.until(client.pay({ code: CODE, amount: 1250 }));
      const outcome = fault === 'drop_before' ? 'never_seen' : 'reversed';
      expect(result).toMatchObject({ outcome: 'reversed', reversal: { outcome } });
      expect(result.sendings).toBe(5);
      expect(sentAt()).toHaveLength(fault === 'drop_before' ? 0 : 5);
      expect(service.log.at(-1)).toMatchObject({ body: '{"reason":"timeout"}' });
      expect(result.elapsedMillis).toBe(10_000);
      expect(events.map(({ type }) => type)).toContain('reversing');
      const { sales, reversals } = client.totals();
      expect(sales).toEqual(reversals);
      expect(reversals.amount).toBe(fault === 'drop_before' ? 0 : 1250);
      expect(service.barred.has(result.orderNumber)).toBe(true);
    }
  });

  it('takes an answer that does not verify for none', async () => {
    for (const fault of ['tampered', 'stranger', 'unbound'] as const) {
      const { client, service, time, sentAt } = await terminal();
      service.faults = [fault];
      const result = await time.until(client.pay({ code: CODE, amount: 1250 }));
      expect(result).toMatchObject({ outcome: 'approved', sendings: 2 });
      expect(sentAt()).toEqual([0, 500]);
    }
  });

  it('takes a late answer when nothing else has ended it', async () => {
    const { client, service, time } = await terminal();
    service.faults = [{ delay: 5_000 }, 'drop_before', 'drop_before', 'drop_before'];
    const result = await time.until(client.pay({ code: CODE, amount: 1250 }));
    expect(result).toMatchObject({ outcome: 'approved', elapsedMillis: 5_000 });
  });

  it('waits as long as a busy service asks, and never beyond its deadline', async () => {
    const { client, service, time, sentAt } = await terminal();
    service.faults = [{ problem: 'rate_limited', retryAfter: 4 }, { problem: 'unavailable' }];
    await time.until(client.pay({ code: CODE, amount: 1250 }));
    expect(sentAt()[1]).toBeGreaterThanOrEqual(4_000 - 3_500);
    service.faults = [{ problem: 'index_loading', retryAfter: 60 }];
    const result = await time.until(client.pay({ code: CODE, amount: 1250 }));
    expect(result).toMatchObject({ outcome: 'reversed', elapsedMillis: 10_000 });
  });

  it('ends at once with a problem that no repetition can mend', async () => {
    const { client, service } = await terminal();
    service.faults = [{ problem: 'code_foreign' }];
    const result = await client.pay({ code: CODE, amount: 1250 });
    expect(result).toMatchObject({ outcome: 'problem', problem: { code: 'code_foreign' } });
    expect(client.queued()).toBe(0);
  });

  it('is taken back when it is refused after an unanswered sending', async () => {
    const { client, service, time } = await terminal();
    service.faults = ['drop_after', { problem: 'place_closed' }];
    const result = await time.until(client.pay({ code: CODE, amount: 1250 }));
    expect(result).toMatchObject({ outcome: 'reversed', reversal: { outcome: 'reversed' } });
    service.faults = [{ problem: 'index_loading' }, { problem: 'place_closed' }];
    const refused = await time.until(client.pay({ code: CODE, amount: 1250 }));
    expect(refused).toMatchObject({ outcome: 'problem', sendings: 2 });
  });

  it('states a time that never goes back, so that shifts cut between sales', async () => {
    const { client, service } = await terminal();
    service.routes.set('POST /v1/shifts', (body) => {
      const { shiftNumber, sales, reversals } = JSON.parse(body);
      return { status: 200, body: { shiftNumber, agrees: true, service: { sales, reversals } } };
    });
    service.skewMillis = 50_000;
    await client.pay({ code: CODE, amount: 1 });
    await client.pay({ code: CODE, amount: 2 });
    service.skewMillis = -40_000;
    await client.heartbeat('1').catch(() => {});
    await client.closeShift();
    await client.pay({ code: CODE, amount: 3 });
    const bodies = service.log.map(({ body }) => (body === '' ? {} : JSON.parse(body)));
    const stated = bodies.map(({ occurredAt }) => occurredAt).filter(Boolean);
    const { closedAt } = bodies.find(({ shiftNumber }) => shiftNumber);
    expect(stated.filter((at: string) => at < closedAt)).toHaveLength(2);
    expect(new Set(stated.filter((at: string) => at >= closedAt)).size).toBe(1);
  });

  it('corrects the clock by the signed answer and is sent again at once', async () => {
    const { client, service, sentAt } = await terminal();
    service.skewMillis = 3_600_000;
    const result = await client.pay({ code: CODE, amount: 1250 });
    expect(result).toMatchObject({ outcome: 'approved', sendings: 2 });
    expect(sentAt()).toEqual([0, 0]);
    expect(await client.pay({ code: CODE, amount: 1250 })).toMatchObject({ sendings: 1 });
  });

  it('that is pending is polled every 2 s and reversed 5 s after its time', async () => {
    const { client, service, time } = await terminal();
    const expiresAt = new Date(time.now() + 20_000).toISOString();
    service.verdict = () => ({ verdict: 'pending', state: 'held', captured: 0, expiresAt });
    const result = await time.until(client.pay({ code: CODE, amount: 1250 }));
    expect(result).toMatchObject({ outcome: 'reversed' });
    const polls = service.log.filter(({ method }) => method === 'GET');
    expect(polls.length).toBeGreaterThanOrEqual(11);
    expect(result.elapsedMillis).toBeGreaterThanOrEqual(25_000);
  });
});

describe('the queue', () => {
  it('repeats a reversal after 1 s, 2 s and so on to 5 min, until it is acknowledged', async () => {
    const { client, service, time } = await terminal();
    const paid = await client.pay({ code: CODE, amount: 1250 });
    service.log.length = 0;
    service.faults = Array.from({ length: 12 }, () => ({ problem: 'unavailable' as const }));
    expect(await client.reverse(paid.orderNumber)).toBeNull();
    expect(client.queued()).toBe(1);
    await time.until(client.drain());
    await time.advance(3_600_000);
    expect(client.queued()).toBe(0);
    const gaps = service.log.map(({ at }, index) => at - (service.log[index - 1]?.at ?? at));
    expect(Math.max(...gaps)).toBe(300_000);
    expect(client.totals().reversals).toEqual({ count: 1, amount: 1250 });
  });

  it('is asked once for a reversal that is queued already', async () => {
    const { client, service, time } = await terminal();
    const paid = await client.pay({ code: CODE, amount: 1250 });
    service.faults = ['drop_before', 'drop_after'];
    const [first, second] = [client.reverse(paid.orderNumber), client.reverse(paid.orderNumber)];
    expect(await second).toBeNull();
    expect(await time.until(first)).toBeNull();
    await time.until(client.drain());
    expect(client.totals().reversals).toEqual({ count: 1, amount: 1250 });
  });

  it('keeps a reversal that came too late for a person to look at', async () => {
    const { client, service } = await terminal();
    service.faults = [undefined, { problem: 'reversal_too_late' }];
    const paid = await client.pay({ code: CODE, amount: 1250 });
    expect(await client.reverse(paid.orderNumber)).toBeNull();
    expect(client.queued()).toBe(0);
    expect(client.exceptions()).toMatchObject([{ what: 'reversal', code: 'reversal_too_late' }]);
  });

  it('captures a hold and tells the shift what it took', async () => {
    const tariff = { type: 'metered', hold: 500, unit: 'liter', unitPrice: 5 } as const;
    const { client, service, time } = await terminal({ ...tariff, holdSeconds: 900 });
    service.verdict = () => ({ amount: 500, captured: 0, state: 'held' });
    const { orderNumber } = await client.pay({ code: CODE });
    expect(client.holds()).toMatchObject([{ orderNumber, held: 500 }]);
    service.routes.set(`POST /v1/payments/${orderNumber}/captures`, (body) => {
      const { captureNumber } = JSON.parse(body);
      const taken = { captured: 137, released: 363, state: 'captured' };
      return { status: 200, body: { captureNumber, orderNumber, ...taken } };
    });
    service.faults = ['drop_after', 'drop_after'];
    const captured = client.capture({ orderNumber, amount: 137, final: true });
    expect(await time.until(captured)).toMatchObject({ captured: 137 });
    expect(new Set(service.log.slice(1).map(({ body }) => body)).size).toBe(1);
    expect(client.holds()).toEqual([]);
    service.routes.set('POST /v1/shifts', (body) => {
      const { shiftNumber, sales, reversals } = JSON.parse(body);
      return { status: 200, body: { shiftNumber, agrees: true, service: { sales, reversals } } };
    });
    expect(await client.closeShift()).toMatchObject({
      agrees: true,
      service: { sales: { count: 1, amount: 137 } },
    });
    expect(client.totals().sales.count).toBe(0);
  });
});
