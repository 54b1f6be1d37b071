/** What the played service has for a till where somebody stands: PINs, supervisors, voids and shifts. */
import type { PaymentAnswer } from '@campus-paycode/terminal-protocol';
import { randomBytes } from 'node:crypto';
import { ok, problem, type Asked, type Reply } from './played-wire.js';

/** The one cardholder who has a PIN, and the one supervisor. */
export const PIN = { number: '20260001', pin: '402917' };
export const SUPERVISOR = { supervisor: '101', pin: '407291' };

const WORD_MILLIS = 120_000;
const TOKEN_MILLIS = 60_000;

type Book = {
  find(orderNumber: string): PaymentAnswer | undefined;
  decide(orderNumber: string, changes: Partial<PaymentAnswer>): void;
};

export class PlayedCounter {
  /** By token; each sale uses its own up, declined or not. */
  readonly tokens = new Map<string, { readonly until: number; usedBy: string | null }>();
  readonly voids = new Map<string, { readonly bytes: string; readonly reply: Reply }>();
  private readonly words = new Map<string, number>();

  constructor(
    private readonly book: Book,
    private readonly supervisorAbove: () => number,
    private readonly now: () => number,
  ) {}

  /** @returns null for what no cashier does */
  reply({ route, body, json }: Asked): Reply | null {
    if (route === 'pin_check') return this.check(json);
    if (route === 'supervision') return this.supervise(json);
    if (route === 'void') return this.void(body, json);
    const { shiftNumber, openedAt } = json;
    return route === 'opening' ? ok({ shiftNumber, openedAt }) : null;
  }

  /** Why a sale by number and PIN is declined; null when the token is good for it. */
  refuse(instrument: unknown, orderNumber: string): string | null {
    const { type, token = '' } = (instrument ?? {}) as { type?: string; token?: string };
    if (type !== 'number_pin') return null;
    const known = this.tokens.get(token);
    const isOther = known?.usedBy !== null && known?.usedBy !== orderNumber;
    if (known === undefined || isOther || known.until < this.now()) return 'pin_check_invalid';
    known.usedBy = orderNumber;
    return null;
  }

  private check({ number, pin }: Asked['json']): Reply {
    if (number !== PIN.number || pin !== PIN.pin) return problem('payment_pin_wrong');
    const token = randomBytes(32).toString('base64url');
    const until = this.now() + TOKEN_MILLIS;
    this.tokens.set(token, { until, usedBy: null });
    return ok({
      instrument: { type: 'number_pin', token },
      cardholder: { maskedName: '张*' },
      expiresAt: new Date(until).toISOString(),
    });
  }

  private supervise({ supervisor, pin }: Asked['json']): Reply {
    const isRight = supervisor === SUPERVISOR.supervisor && pin === SUPERVISOR.pin;
    if (!isRight) return problem('supervisor_pin_wrong');
    const supervision = randomBytes(32).toString('base64url');
    const until = this.now() + WORD_MILLIS;
    this.words.set(supervision, until);
    const expiresAt = new Date(until).toISOString();
    return ok({ supervision, supervisor: { maskedName: '李*' }, expiresAt });
  }

  private void(bytes: string, { voidNumber, orderNumber, supervision }: Asked['json']): Reply {
    const known = this.voids.get(String(voidNumber));
    if (known !== undefined) return known.bytes === bytes ? known.reply : problem(REUSED);
    const sale = this.book.find(String(orderNumber));
    if (sale === undefined) return problem('order_unknown');
    if (sale.captured > this.supervisorAbove()) {
      if (typeof supervision !== 'string') return problem('supervision_needed');
      const until = this.words.get(supervision) ?? 0;
      this.words.delete(supervision);
      if (until < this.now()) return problem('supervision_invalid');
    }
    const outcome = sale.state === 'reversed' ? 'already_voided' : 'voided';
    const reply = ok({ voidNumber, orderNumber, outcome, returned: sale.captured });
    this.book.decide(sale.orderNumber, { state: 'reversed' });
    this.voids.set(String(voidNumber), { bytes, reply });
    return reply;
  }
}

const REUSED = 'order_number_reused';
