import type { PlaceKind } from '../../places/place.js';
import type { PurseRule } from '../card.js';

/** The kinds of purses, and for each group the codes of those that pay, in their order. */
export type PurseRules = {
  readonly kinds: readonly PurseRule[];
  readonly orders: ReadonlyMap<string, readonly string[]>;
};

/** Where, when and for whom a sale draws. */
export type Spending = {
  readonly group: string;
  readonly place: { readonly id: bigint; readonly kind: PlaceKind };
  /** The meal period; null between meals. */
  readonly meal: string | null;
};

const allows = <Value>(list: readonly Value[] | null, value: Value): boolean =>
  list === null || list.includes(value);

/** Whether money of this kind is good at this place and meal. */
export const isGood = (rule: PurseRule, { place, meal }: Spending): boolean =>
  allows(rule.placeKinds, place.kind) &&
  allows(rule.places, place.id) &&
  (rule.meals === null || (meal !== null && rule.meals.includes(meal)));

/** The kinds that may pay, in the order of the payer's group. */
export function kindsAt({ kinds, orders }: PurseRules, spending: Spending): readonly string[] {
  const rules = new Map(kinds.map((rule) => [rule.code, rule]));
  return (orders.get(spending.group) ?? []).filter((code) => {
    const rule = rules.get(code);
    return rule !== undefined && isGood(rule, spending);
  });
}
