import { describe, expect, it } from '@jest/globals';
import { costOf, type DeviceUse } from './device-uses.js';
import { judgeDevices, type KeptSession } from './judge-devices.js';

const use: DeviceUse = {
  orderNumber: 'a',
  terminalId: '1',
  held: 500,
  unitPrice: 3,
  hasProgramme: false,
  counted: 45_900,
  heard: 45_900,
  end: 'device',
};
const session: KeptSession = {
  orderNumber: 'a',
  endReason: 'final',
  reading: 45_900,
  charged: 137,
  paid: 137,
};
const broken = (uses: readonly DeviceUse[], sessions: readonly KeptSession[]) =>
  judgeDevices(uses, sessions).filter(({ holds }) => !holds).length;

describe('what devices gave', () => {
  it('costs what the last report says, begun fen left out, and never more than was held', () => {
    expect(costOf(use)).toBe(137);
    expect(costOf({ ...use, heard: 900_000 })).toBe(500);
    expect(costOf({ ...use, hasProgramme: true, heard: 1 })).toBe(500);
    expect(costOf({ ...use, hasProgramme: true, heard: 0 })).toBe(0);
    expect(broken([use], [session])).toBe(0);
  });

  it('is ended by the clock where the device lost its power, by what had been heard', () => {
    const orphan: DeviceUse = { ...use, counted: 60_000, end: 'clock' };
    expect(broken([orphan], [{ ...session, endReason: 'expired' }])).toBe(0);
    expect(broken([orphan], [session])).toBe(1);
    expect(broken([orphan], [{ ...session, endReason: null, charged: null }])).toBe(4);
  });

  it.each([
    ['a use is not known', []],
    ['it cost something else', [{ ...session, charged: 138, paid: 138 }]],
    ['its sale took something else', [{ ...session, paid: 138 }]],
    ['a report was lost', [{ ...session, reading: 30_000 }]],
    ['a device runs for nobody', [session, { ...session, orderNumber: 'b' }]],
  ])('is noticed when %s', (_, sessions) => {
    expect(broken([use], sessions)).toBeGreaterThan(0);
  });
});
