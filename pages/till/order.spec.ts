import { describe, expect, it } from '@jest/globals';
import type { AmountKey } from './amount-entry.js';
import { Order, weighedAmount } from './order.js';

function press(order: Order, keys: string): void {
  for (const key of keys) order.press(key as AmountKey);
}

describe('an order', () => {
  it('adds dishes up, and counts the one that is not added yet', () => {
    const order = new Order();
    press(order, '4.5');
    expect(order.add()).toBe(true);
    expect(order.add()).toBe(false);
    press(order, '3');
    expect(order.items).toEqual([{ kind: 'typed', amount: 450 }]);
    expect(order.total()).toBe(750);
    order.remove(0);
    expect(order.total()).toBe(300);
  });

  it('weighs: the plate off, half a fen up', () => {
    const order = new Order();
    order.isWeighing = true;
    order.field = 'price';
    press(order, '2.85');
    order.field = 'tare';
    press(order, '120');
    order.field = 'gross';
    press(order, '443');
    const grams = 323;
    // 3.23 times 285 is 920.55.
    expect(order.current()).toEqual({ kind: 'weighed', amount: 921, grams, per100Grams: 285 });
    expect([weighedAmount(1, 50), weighedAmount(1, 49)]).toEqual([1, 0]);
  });

  it('keeps plate and price for the next dish, and nothing else', () => {
    const order = new Order({ tare: '120', price: '2' });
    order.isWeighing = true;
    press(order, '320');
    expect(order.total()).toBe(400);
    order.finish();
    expect(order.total()).toBe(0);
    expect(order.kept).toEqual({ tare: '120', price: '2' });
    press(order, '100');
    expect(order.current()).toBeNull();
  });

  it('takes no grams with a point and no key beyond five digits', () => {
    const order = new Order();
    order.isWeighing = true;
    press(order, '1.2345678');
    expect(order.on('gross')).toBe('12345');
  });

  it('clears what is typed first, and the dishes when nothing is', () => {
    const order = new Order();
    press(order, '4');
    order.add();
    press(order, '5');
    order.clear();
    expect(order.total()).toBe(400);
    order.clear();
    expect(order.total()).toBe(0);
  });
});
