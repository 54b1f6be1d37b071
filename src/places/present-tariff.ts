import { toWireAmount } from '../money/amount.js';
import type { Tariff } from './place.js';

/** A tariff as terminals and staff read it. */
export function presentTariff(tariff: Tariff): Record<string, unknown> {
  if (tariff.type === 'entered') return { type: 'entered', maximum: toWireAmount(tariff.maximum) };
  if (tariff.type === 'fixed') {
    const { type, amount, prices } = tariff;
    const fixed = { type, amount: toWireAmount(amount) };
    if (prices === undefined) return fixed;
    return {
      ...fixed,
      prices: prices.map((each) => ({ ...each, amount: toWireAmount(each.amount) })),
    };
  }
  return {
    type: 'metered',
    hold: toWireAmount(tariff.hold),
    unit: tariff.unit,
    unitPrice: toWireAmount(tariff.unitPrice),
    holdSeconds: tariff.holdSeconds,
  };
}
