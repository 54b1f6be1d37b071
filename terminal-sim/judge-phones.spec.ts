import { describe, expect, it } from '@jest/globals';
import type { BookedPayment } from './books.js';
import type { Fate } from './fates.js';
import { judgePhones } from './judge-phones.js';
import type { PhoneLine } from './student-phone.js';

const fate = (orderNumber: string, told: Partial<Fate> = {}): Fate => ({
  orderNumber,
  terminalId: '1',
  kind: 'canteen',
  student: 7,
  mishap: null,
  outcome: 'approved',
  reason: null,
  amount: 800,
  captured: 800,
  returned: 0,
  beganAt: 0,
  millis: 20,
  asked: null,
  word: null,
  heard: null,
  finalMillis: null,
  ...told,
});
const booked = (id: string, orderNumber: string): BookedPayment => ({
  id,
  orderNumber,
  verdict: 'approved',
  reason: null,
  state: 'captured',
  amount: 800,
  captured: 800,
  returned: 0,
});
const line = (id: string, told: Partial<PhoneLine> = {}): PhoneLine => ({
  id,
  shortNumber: 'S01-0001',
  verdict: 'approved',
  reason: null,
  state: 'captured',
  amount: 800,
  captured: 800,
  returned: 0,
  decidedAt: '2026-11-23T04:00:00.000Z',
  ...told,
});
const holds = (fates: Fate[], lines: PhoneLine[], student = 7) =>
  judgePhones(fates, [booked('1', 'one'), booked('2', 'two')], [{ student, lines }]).map(
    ({ holds: does }) => does,
  );

describe('what the phones show', () => {
  it('is what the tills did', () => {
    expect(holds([fate('one')], [line('1')])).toEqual([true, true]);
    const declined = { verdict: 'declined', reason: 'limit_day', captured: 0 };
    const told = { outcome: 'declined', reason: 'limit_day', captured: 0 } as const;
    expect(holds([fate('one', told)], [line('1', declined)])).toEqual([true, true]);
    expect(holds([fate('one', { outcome: 'reversed' })], [line('1', { returned: 800 })])).toEqual([
      true,
      true,
    ]);
  });

  it.each([
    ['a paid sale is missing', fate('one'), []],
    ['another sum was taken', fate('one'), [line('1', { captured: 700 })]],
    ['it was given back', fate('one'), [line('1', { returned: 800 })]],
    ['a reversed sale still took money', fate('one', { outcome: 'reversed' }), [line('1')]],
    ['a refused one is there', fate('one', { outcome: 'refused' }), [line('1')]],
    ['another reason is told', fate('one', { outcome: 'declined', reason: 'a' }), [line('1')]],
  ])('differs where %s', (_, told, lines) => {
    expect(holds([told], lines)[0]).toBe(false);
  });

  it('is nothing of another student', () => {
    expect(holds([fate('two', { student: 8 })], [line('2')])[1]).toBe(false);
    expect(holds([fate('one')], [line('1'), line('1')])[1]).toBe(false);
  });
});
