import { describe, expect, it } from '@jest/globals';
import type { OfflineSettings, PassageRequest } from '@campus-paycode/terminal-protocol';
import { MemoryJournalStore } from './journal-store.js';
import { OfflineCampus } from './testing/offline-campus.js';
import { offlineTerminal, offlineWorld } from './testing/offline-terminal.js';
import type { OfflineResult, SaleResult } from './terminal-events.js';

const HOUR = 3_600_000;

/** An enrolled terminal that has fetched all it needs, at a place where offline sales are allowed. */
async function terminal({ settings }: { settings?: Partial<OfflineSettings> | null } = {}) {
  const world = offlineWorld(settings);
  const { time, campus, service, list, events } = world;
  const journal = new MemoryJournalStore();
  const client = await offlineTerminal(world, journal);
  const cut = () => {
    service.isCut = true;
    return time.until(client.heartbeat('1').catch(() => {}));
  };
  const mend = async () => {
    service.isCut = false;
    await client.heartbeat('1');
    await time.until(client.drain());
  };
  const phone = campus.phone();
  const seconds = () => Math.floor(time.now() / 1000);
  const sell = (amount = 1250, code = phone.show(seconds())) =>
    time.until(client.sell({ code, amount }));
  return {
    time,
    campus,
    service,
    list,
    journal,
    events,
    client,
    cut,
    mend,
    phone,
    seconds,
    sell,
  };
}

const accepted = (result: SaleResult | OfflineResult) => {
  if (result.outcome !== 'accepted_offline') throw new Error(JSON.stringify(result));
  return result;
};

describe('a sale without a network', () => {
  it('is on the disk, signed and chained, before it is shown, and is told when the network is back', async () => {
    const { cut, sell, events, journal, client, campus, mend } = await terminal();
    await cut();
    const first = accepted(await sell(1250));
    expect(first).toMatchObject({ shortNumber: 'B3-0001', amount: 1250, again: false });
    expect(Buffer.from(journal.bytes).toString()).toContain(first.orderNumber);
    const second = accepted(await sell(300));
    expect(second.shortNumber).toBe('B3-0002');
    expect(client.queued()).toBe(2);
    await mend();
    expect(campus.kept.map(({ record }) => record.orderNumber)).toEqual([
      first.orderNumber,
      second.orderNumber,
    ]);
    expect(campus.kept.map(({ answer }) => answer.decision)).toEqual(['captured', 'captured']);
    expect(client.queued()).toBe(0);
    expect(client.totals().sales).toEqual({ count: 2, amount: 1550 });
    const settled = events.filter(({ type }) => type === 'settled_offline');
    expect(settled).toMatchObject([{ amount: 1250 }, { amount: 300 }]);
  });

  it('is not made while the service answers: a signed QR is sent like any other code', async () => {
    const { sell, service } = await terminal();
    const result = await sell();
    expect(result.outcome).toBe('approved');
    const { instrument } = JSON.parse(service.log[0]?.body ?? '');
    expect(instrument.type).toBe('signed_qr');
    expect(instrument.text).toHaveLength(453);
  });

  it('begins after a sale that nobody answered, under another number, with another code', async () => {
    const { sell, service, client, phone, seconds, mend, campus } = await terminal();
    service.isCut = true;
    const code = phone.show(seconds());
    const lost = await sell(1250, code);
    expect(lost.outcome).toBe('reversing');
    expect(await sell(1250, code)).toMatchObject({ refusal: 'code_used' });
    const result = accepted(await sell(1250));
    expect(result.shortNumber).toBe('B3-0002');
    await mend();
    expect(service.barred.size).toBe(1);
    expect(service.sales.size).toBe(0);
    expect(campus.kept).toHaveLength(1);
    expect(client.totals().sales).toEqual({ count: 1, amount: 1250 });
  });

  it('begins when the service is there and can decide nothing, not when it sends people away', async () => {
    const { time, client, service, sell } = await terminal();
    service.faults = Array.from({ length: 50 }, () => ({ problem: 'unavailable' as const }));
    expect((await sell()).outcome).toBe('reversing');
    expect((await sell()).outcome).toBe('accepted_offline');
    service.faults = [];
    await client.heartbeat('1');
    await time.until(client.drain());
    service.faults = Array.from({ length: 9 }, () => ({ problem: 'terminal_paused' as const }));
    expect((await sell(1)).outcome).toBe('reversing');
    service.faults = [];
    expect((await sell(1)).outcome).toBe('approved');
  });

  it('takes no signed code that was sent at a gate', async () => {
    const { cut, sell, client, phone, seconds, service, time } = await terminal();
    const code = phone.show(seconds());
    service.routes.set('POST /v1/passages', (body) => {
      const { orderNumber, instrument } = JSON.parse(body) as PassageRequest;
      expect(instrument).toEqual({ type: 'signed_qr', text: code });
      return { status: 200, body: { orderNumber, verdict: 'declined', state: 'declined' } };
    });
    const { outcome } = await time.until(client.pass({ code, direction: 'exit' }));
    expect(outcome).toBe('declined');
    await cut();
    expect(await sell(1250, code)).toMatchObject({ refusal: 'code_used' });
    accepted(await sell(1250, phone.show(seconds())));
  });

  it('shown again is the same sale, also when the network is back and after it was told', async () => {
    const { cut, mend, sell, phone, seconds, service } = await terminal();
    await cut();
    const code = phone.show(seconds(), 9);
    const first = accepted(await sell(1250, code));
    expect(await sell(1250, code)).toEqual({ ...first, again: true });
    await mend();
    expect(await sell(900, code)).toEqual({ ...first, again: true });
    expect(service.sales.size).toBe(0);
    // An older code that was sent in between does not make it a new one.
    await sell(1250, phone.show(seconds(), 8));
    expect(await sell(900, code)).toEqual({ ...first, again: true });
  });

  it('gives a new sale its own number while old ones are told', async () => {
    const { cut, sell, service, campus, client, time } = await terminal();
    await cut();
    const old = accepted(await sell(100));
    service.isCut = false;
    service.faults = [undefined, 'drop_after'];
    await client.heartbeat('1');
    const fresh = await sell(200);
    await time.until(client.drain());
    expect(fresh.outcome).toBe('approved');
    expect(campus.kept.map(({ record }) => record.orderNumber)).toEqual([old.orderNumber]);
    expect([...service.sales.keys()]).not.toContain(old.orderNumber);
  });

  it('is told again when the answer was lost, as the same bytes, and counts once', async () => {
    const { cut, sell, service, campus, client, time } = await terminal();
    await cut();
    await sell(100);
    service.isCut = false;
    service.faults = ['drop_after', 'drop_after'];
    await time.until(client.drain());
    const told = service.log.filter(({ target }) => target === '/v1/offline-sales');
    expect(told.length).toBeGreaterThanOrEqual(2);
    expect(new Set(told.map(({ body }) => body)).size).toBe(1);
    expect(campus.kept).toHaveLength(1);
    expect(client.totals().sales).toEqual({ count: 1, amount: 100 });
  });

  it('tells more than one request holds, in order', async () => {
    const { cut, mend, campus, client, time, seconds, service } = await terminal();
    await cut();
    for (let n = 0; n < 60; n += 1) {
      const code = campus.phone().show(seconds());
      accepted(await time.until(client.sell({ code, amount: 100 + n })));
    }
    await mend();
    expect(campus.kept.map(({ record }) => record.sequence)).toEqual(
      Array.from({ length: 60 }, (_, index) => index + 1),
    );
    const told = service.log.filter(({ target }) => target === '/v1/offline-sales');
    const sizes = told.map(({ body }) => JSON.parse(body).records.length);
    expect(Math.max(...sizes)).toBe(50);
    expect(client.queued()).toBe(0);
  });
});

describe('what is refused without a network', () => {
  const refusal = async (sale: Promise<SaleResult | OfflineResult>) => {
    const result = await sale;
    return result.outcome === 'refused_offline' ? result.refusal : result.outcome;
  };

  it('a code of digits, which only the service can judge: it is sent, and taken back', async () => {
    const { cut, sell } = await terminal();
    await cut();
    expect(await refusal(sell(100, '97185965475126865312'))).toBe('reversing');
  });

  it('everything, where the place does not allow it', async () => {
    const { cut, sell, client } = await terminal({ settings: null });
    await cut();
    expect(client.offline().refusal).toBe('offline_not_allowed');
    expect(await refusal(sell())).toBe('reversing');
  });

  it('more than a sale, a certificate or the terminal may have', async () => {
    const perTerminal = { amount: 9_000, records: 4, hours: 24 };
    const { cut, sell, campus, seconds } = await terminal({ settings: { perTerminal } });
    await cut();
    expect(await refusal(sell(3_001))).toBe('sale_limit');
    expect(await refusal(sell(5_001))).toBe('amount_out_of_range');
    accepted(await sell(3_000));
    expect(await refusal(sell(3_000))).toBe('accepted_offline');
    expect(await refusal(sell(1))).toBe('certificate_limit');
    const other = () => campus.phone().show(seconds());
    expect(await refusal(sell(3_000, other()))).toBe('accepted_offline');
    expect(await refusal(sell(1, other()))).toBe('terminal_limit');
    expect(await refusal(sell(1, campus.phone(7).show(seconds())))).toBe('sale_limit');
  });

  it('more records than the terminal may have, and anything a day after the service was heard', async () => {
    const perTerminal = { amount: 300_000, records: 1, hours: 24 };
    const { cut, sell, client, time, mend } = await terminal({ settings: { perTerminal } });
    await cut();
    await sell(1);
    expect(client.offline().refusal).toBe('terminal_limit');
    await mend();
    await cut();
    expect(client.offline().refusal).toBeUndefined();
    await time.advance(24 * HOUR - 60_000);
    expect(client.offline().refusal).toBeUndefined();
    await time.advance(120_000);
    expect(client.offline().refusal).toBe('offline_too_long');
  });

  it('half as much with a list that is older than a day, and nothing after three', async () => {
    const perTerminal = { amount: 300_000, records: 200, hours: 200 };
    const { cut, sell, client, time, list, campus } = await terminal({ settings: { perTerminal } });
    list.next = { number: 1, update: '' };
    await cut();
    await time.advance(25 * HOUR);
    expect(await refusal(sell(1_501))).toBe('sale_limit');
    accepted(await sell(1_500));
    expect(await refusal(sell(1))).toBe('certificate_limit');
    await time.advance(48 * HOUR);
    expect(client.offline().refusal).toBe('hotlist_stale');
    expect(campus.kept).toHaveLength(0);
  });

  it('a certificate on the list, a code of another minute, one used, one of a stranger', async () => {
    const { cut, mend, sell, time, client, campus, phone, seconds, list } = await terminal();
    const lost = campus.phone();
    list.next = campus.makeList([lost.reference]);
    await client.fetchSettings();
    await cut();
    expect(await refusal(sell(1, lost.show(seconds())))).toBe('certificate_revoked');
    expect(await refusal(sell(1, phone.show(seconds() - 61)))).toBe('code_expired');
    const minuteOld = phone.show(seconds() - 60);
    await time.advance(400);
    expect(await refusal(sell(1, minuteOld))).toBe('code_expired');
    await time.advance(600);
    expect(await refusal(sell(1, phone.show(seconds() + 62)))).toBe('code_early');
    accepted(await sell(1, phone.show(seconds(), 9)));
    expect(await refusal(sell(1, phone.show(seconds() - 1, 9)))).toBe('code_used');
    expect(await refusal(sell(1, phone.show(seconds(), 8)))).toBe('code_used');
    const stranger = new OfflineCampus(() => seconds() * 1000).phone();
    expect(await refusal(sell(1, stranger.show(seconds())))).toBe('certificate_forged');
    await mend();
  });
});

describe('the clock of a terminal without a network', () => {
  it('cannot be set: the running one counts', async () => {
    const { cut, sell, time, phone, seconds } = await terminal();
    await cut();
    const then = seconds();
    time.set(time.now() - HOUR / 2);
    accepted(await sell(1, phone.show(then)));
    expect(await sell(1, phone.show(seconds()))).toMatchObject({ refusal: 'code_expired' });
  });

  it('is unknown after a loss of power, until the service is heard', async () => {
    const { cut, mend, sell, time, client } = await terminal();
    await cut();
    time.restart();
    expect(client.offline().refusal).toBe('time_unknown');
    expect((await sell()).outcome).toBe('reversing');
    await mend();
    await cut();
    expect(client.offline().refusal).toBeUndefined();
  });

  it('is unknown when even the running clock went back', async () => {
    const { cut, sell, time, client } = await terminal();
    await cut();
    await time.advance(60_000);
    accepted(await sell());
    time.stumble(1);
    expect(client.offline().refusal).toBe('time_unknown');
  });
});
