/** Where the payment codes come from: the phones of test students. */
import {
  deriveKeys,
  hotpFrom,
  makeCode,
  nextToShow,
  type HmacSha256,
} from '@campus-paycode/paycode';
import { createHmac } from 'node:crypto';
import { NotLookedAt } from '../check.js';

const hmac: HmacSha256 = (key, message) => createHmac('sha256', key).update(message).digest();

/** A phone as a file describes it: `name` says what becomes of its sales. */
export type PayerPhone = {
  readonly name: string;
  /** 32 bytes in hexadecimal, see docs/payment-code.md. */
  readonly seed: string;
  readonly aliasPeriod: number;
  readonly prefix: string;
  readonly lastShown: number | null;
};

/** Codes of one student called so that are valid now; `approved` pays, the others are declined. */
export interface Payers {
  codes(name: string, count: number, now: number): Promise<string[]>;
}

/** From the eleventh sale of a day on, a student may be asked on the phone (R55). */
const mostSales = 9;

type Phone = { readonly phone: PayerPhone; shown: number | null; sales: number };

/** Each code is another one, and no phone gives so many that somebody would be asked. */
export class PhonePayers implements Payers {
  private readonly phones: readonly Phone[];

  constructor(phones: readonly PayerPhone[]) {
    this.phones = phones.map((phone) => ({ phone, shown: phone.lastShown, sales: 0 }));
  }

  codes(name: string, count: number, now: number): Promise<string[]> {
    const own = this.phones.filter(({ phone }) => phone.name === name);
    for (const each of own.toSorted((a, b) => a.sales - b.sales)) {
      const codes = showSome(each, count, now);
      if (codes !== null) return Promise.resolve(codes);
    }
    const none = own.length === 0 ? 'is given' : 'has a code left now';
    return Promise.reject(new NotLookedAt(`no phone called ${name} ${none}`));
  }
}

function showSome(from: Phone, count: number, now: number): string[] | null {
  if (from.sales + count > mostSales) return null;
  const codes: string[] = [];
  for (let { shown } = from; codes.length < count;) {
    const next = nextToShow(now / 1000, shown);
    if (next.kind === 'wait') return null;
    shown = next.counter;
    const { seed, aliasPeriod, prefix } = from.phone;
    const keys = deriveKeys(Buffer.from(seed, 'hex'), hmac);
    codes.push(makeCode({ keys, counter: shown, aliasPeriod, prefix }, hotpFrom(hmac)));
    if (codes.length === count) from.shown = shown;
  }
  from.sales += count;
  return codes;
}
