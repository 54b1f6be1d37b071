import type { DayPlace } from './day.js';
import type { DaySale } from './day-sale.js';

/**
 * A shower loses its power for the night only with its last student, so that the clock ends what nobody told the end of; any
 * other device has its power back in a moment, and says what it had counted.
 * @param sales in the order of the day
 */
export function letDevicesDie(sales: readonly DaySale[], places: readonly DayPlace[]): DaySale[] {
  const lastOf = new Map(sales.map((sale, at) => [`${sale.place} ${sale.till}`, at]));
  return sales.map((sale, at) => {
    const { mishap, place, till } = sale;
    if (mishap !== 'device-dead') return sale;
    const isLast = lastOf.get(`${place} ${till}`) === at && places[place]?.kind === 'shower';
    return isLast ? sale : { ...sale, mishap: 'till-killed' };
  });
}
