import { Refusal } from '../platform/errors/problem.js';
import type { Place } from './place.js';
import { placesProblems } from './places.errors.js';

/** What a sale at a place asks for: captured at once, or held for so many seconds. Fen. */
export type Quote = { readonly amount: bigint; readonly holdSeconds: number | null };

/**
 * The cashier says the amount where the tariff lets them; everywhere else the place's tariff decides and an amount is
 * refused, so that no terminal can set its own price.
 * @throws {Refusal} amount_required, amount_not_allowed, amount_out_of_range, place_closed
 */
export function quotePrice(place: Place, entered: bigint | undefined): Quote {
  if (!place.isOpen) throw new Refusal(placesProblems, 'place_closed');
  const { tariff } = place;
  if (tariff.type === 'entered') {
    if (entered === undefined) throw new Refusal(placesProblems, 'amount_required');
    if (entered < 1n || entered > tariff.maximum)
      throw new Refusal(placesProblems, 'amount_out_of_range', {
        detail: `Enter between 1 and ${tariff.maximum} fen.`,
      });
    return { amount: entered, holdSeconds: null };
  }
  if (entered !== undefined) throw new Refusal(placesProblems, 'amount_not_allowed');
  return tariff.type === 'fixed'
    ? { amount: tariff.amount, holdSeconds: null }
    : { amount: tariff.hold, holdSeconds: tariff.holdSeconds };
}

/**
 * What a fixed place costs this payer at this meal, in fen: the price for the group at the meal, else for the group, else
 * for the meal, else the tariff's amount.
 */
export function priceFor(
  { tariff }: Pick<Place, 'tariff'>,
  quoted: bigint,
  payer: { readonly group: string; readonly meal: string | null },
): bigint {
  if (tariff.type !== 'fixed' || tariff.prices === undefined) return quoted;
  const { prices } = tariff;
  const at = (meal: string | null, group: string | null): bigint | undefined =>
    prices.find((price) => price.meal === meal && price.group === group)?.amount;
  const atMeal = payer.meal === null ? undefined : at(payer.meal, payer.group);
  const forAll = payer.meal === null ? undefined : at(payer.meal, null);
  return atMeal ?? at(null, payer.group) ?? forAll ?? quoted;
}
