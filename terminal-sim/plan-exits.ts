import type { Hours, PlaceWays } from './day.js';
import type { DaySale } from './day-sale.js';

/** From the scan on the way out to the next one. */
const scanSeconds = 3;
/** Before a place closes everybody is asked to leave, some sooner than others. */
const lastCallSeconds = 900;

/** When whoever came in at this second leaves at the latest. `part`, 0 to 1, tells one from another. */
export function leavesBy(opens: readonly Hours[], enteredAt: number, part: number): number {
  const closes = opens.find(({ from, until }) => enteredAt >= from && enteredAt < until)?.until;
  return (closes ?? enteredAt) - lastCallSeconds * (0.3 + 0.7 * part);
}

/**
 * Everybody who comes in leaves again, through lanes that only let people out: as many as let people in. Nobody is turned
 * away there. Whoever forgets to scan, or never went in, is not among them.
 */
export function planExits(
  entries: readonly DaySale[],
  waysOf: (place: number) => PlaceWays | undefined,
  firstSecond: number,
): DaySale[] {
  const leaving = entries.flatMap((entry) => {
    const { passage, mishap } = entry;
    const stays = passage?.staysUntil ?? null;
    const isSeen = mishap !== 'exit-forgotten' && mishap !== 'turned-back';
    return stays !== null && isSeen ? [{ entry, at: stays }] : [];
  });
  leaving.sort((a, b) => a.at - b.at || a.entry.student - b.entry.student);
  const freeAt = new Map<string, number>();
  return leaving.map(({ entry, at }, turn) => {
    const { place } = entry;
    const lanes = waysOf(place)?.tills ?? 1;
    const till = lanes + (turn % lanes);
    const lane = `${place} ${till}`;
    const turnAt = Math.max(at, freeAt.get(lane) ?? at);
    freeAt.set(lane, turnAt + scanSeconds);
    const passage = { direction: 'exit' as const, staysUntil: null };
    const dueAt = (turnAt - firstSecond) * 1000;
    return { ...entry, mishap: null, till, cameAt: at, turnAt, dueAt, passage };
  });
}
