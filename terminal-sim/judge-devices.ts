import { costOf, type DeviceUse } from './device-uses.js';
import type { Check } from './judge.js';
import { noneBreaks } from './none-breaks.js';

/** What the service keeps of one use of a device. Fen; thousandths of the unit. */
export type KeptSession = {
  readonly orderNumber: string;
  readonly endReason: string | null;
  readonly reading: number;
  readonly charged: number | null;
  /** What its sale took, less what went back. */
  readonly paid: number;
};

/** Whether every use of a device ended, and cost what the device said. */
export function judgeDevices(
  uses: readonly DeviceUse[],
  sessions: readonly KeptSession[],
): Check[] {
  if (uses.length === 0) return [];
  const keptOf = new Map(sessions.map((kept) => [kept.orderNumber, kept]));
  const orphans = uses.filter(({ end }) => end === 'clock');
  const known = new Set(uses.map(({ orderNumber }) => orderNumber));
  return [
    noneBreaks(
      `Every use of a device cost what its last report said (${uses.length})`,
      uses.filter((use) => {
        const kept = keptOf.get(use.orderNumber);
        return kept?.reading !== use.heard || kept.charged !== costOf(use);
      }),
    ),
    noneBreaks(
      `What nobody told the end of was ended by the clock (${orphans.length})`,
      orphans.filter(({ orderNumber }) => keptOf.get(orderNumber)?.endReason !== 'expired'),
    ),
    noneBreaks(
      'Everything else ended when its device said so',
      uses.filter(
        ({ end, orderNumber }) =>
          end === 'device' && keptOf.get(orderNumber)?.endReason !== 'final',
      ),
    ),
    noneBreaks(
      'No device runs any more, and none for nobody',
      sessions.filter(
        ({ orderNumber, endReason }) =>
          endReason === null ||
          (!known.has(orderNumber) && endReason !== 'taken_back' && endReason !== 'declined'),
      ),
    ),
    noneBreaks(
      'Every use of a device cost what its sale took',
      sessions.filter(({ charged, paid }) => charged !== paid),
    ),
  ];
}
