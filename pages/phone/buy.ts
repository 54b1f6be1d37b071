import { makeOrderNumber } from '@campus-paycode/terminal-protocol';
import { call, isRefused, Refused } from '../shared/call.js';
import type { LocalText } from '../shared/language.js';
import { forgetStored, readStored, writeStored } from '../shared/stored.js';
import type { Phone } from './more-view.js';

/** What became of a purchase, as every route that sells to phones answers. */
export type Purchased = {
  readonly orderNumber: string;
  readonly verdict: 'approved' | 'declined' | 'pending';
  readonly reason: string | null;
  readonly message: LocalText;
  readonly amount: number;
};

/** A purchase with its bytes: kept before it is sent, until its end is known. */
type Kept = { readonly path: string; readonly body: Record<string, unknown> };

const KEPT = 'campus-paycode.purchase';
/** Hints come sooner; this is how often a waiting purchase is asked for without one. */
const POLL_MILLIS = 1_500;
const NO_CODE: LocalText = {
  zh: '此手机现在不能付款，请先绑定手机或联网更新付款码',
  en: 'This phone makes no payment codes now. Bind it first, or go online.',
};

/** The purchase whose end this phone has not heard yet. */
export const unfinished = (): Kept | null => readStored<Kept>(KEPT);

/**
 * Buys something from a route that sells to phones, and waits for a yes on the phone where one is asked. Rejects with the
 * code `offline` or `unreadable` when nothing was heard: then it is unfinished, and `finish` asks again with the same bytes.
 * @throws {Refused}
 */
export function buy(phone: Phone, path: string, what: Record<string, unknown>): Promise<Purchased> {
  const code = phone.nextCode();
  if (code === null) throw new Refused('no_code', NO_CODE);
  const random = crypto.getRandomValues(new Uint8Array(10));
  const body = { ...what, orderNumber: makeOrderNumber(phone.now(), random), code };
  writeStored(KEPT, { path, body } satisfies Kept);
  return settle(phone, { path, body });
}

/** Asks what became of the unfinished purchase; null when there is none. @throws {Refused} */
export async function finish(phone: Phone): Promise<Purchased | null> {
  const kept = unfinished();
  return kept === null ? null : settle(phone, kept);
}

async function settle(phone: Phone, kept: Kept): Promise<Purchased> {
  for (;;) {
    const answer = await send(kept);
    if (answer.verdict !== 'pending') {
      forgetStored(KEPT);
      phone.refresh();
      return answer;
    }
    phone.lookAsked();
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
  }
}

async function send({ path, body }: Kept): Promise<Purchased> {
  try {
    return await call<Purchased>('POST', path, body);
  } catch (error) {
    const isUnknown = ['offline', 'unreadable', 'unauthenticated', 'unavailable'].some((code) =>
      isRefused(error, code),
    );
    // Refused for good: nothing was bought, and nothing is left to ask for.
    if (!isUnknown) forgetStored(KEPT);
    throw error;
  }
}
