import {
  hotlistAge,
  issuerKeySet,
  judgeOffline,
  parseScan,
  type Hotlist,
  type IssuerTrust,
  type OfflineRefusal,
  type ParsedSignedQr,
  type VerifyEd25519,
} from '@campus-paycode/paycode';
import {
  fromBase64Url,
  toBase64Url,
  type OfflineSettings,
  type TerminalSettings,
} from '@campus-paycode/terminal-protocol';
import type { Surroundings } from './surroundings.js';
import type { OfflineBook } from './offline-book.js';

/** Why a terminal sells nothing by itself now, whoever pays. */
export type OfflineStop =
  | 'offline_not_allowed'
  | 'offline_stopped'
  | 'time_unknown'
  | 'offline_too_long'
  | 'hotlist_stale'
  | 'hotlist_ahead'
  | 'terminal_limit';

/** Why it refuses this sale. `code_not_signed` is a code that only the service can judge. */
export type OfflineSaleRefusal =
  | OfflineStop
  | OfflineRefusal
  | 'code_not_signed'
  | 'code_malformed'
  | 'amount_out_of_range'
  | 'sale_limit'
  | 'certificate_limit';

/** All that a sale without a network is judged by. */
export type OfflineGround = {
  readonly settings: TerminalSettings;
  readonly book: OfflineBook;
  readonly hotlist: Hotlist;
  /** Trusted time in unix milliseconds, see `trustedNow`; null when there is none. */
  readonly now: number | null;
};

export type OfflineVerdict =
  | { readonly kind: 'accept'; readonly code: ParsedSignedQr; readonly amount: number }
  /** The very code of a sale that was accepted already: that sale, and no other. */
  | {
      readonly kind: 'again';
      readonly sale: NonNullable<OfflineBook['used'][string]['sale']>;
    }
  | { readonly kind: 'refused'; readonly refusal: OfflineSaleRefusal };

/** Of one certificate at one terminal, until what was sold by it has been acknowledged. */
const SALES_OF_A_CERTIFICATE = 2;
const HOUR_MILLIS = 3_600_000;

/**
 * The service's time as this machine's own running clock tells it, which nobody can set; null
 * after a restart of the machine, until the service has been heard.
 */
export function trustedNow(
  { heard, end }: OfflineBook,
  surroundings: Pick<Surroundings, 'boot' | 'monotonic'>,
): number | null {
  const { boot } = surroundings;
  const now = surroundings.monotonic();
  if (heard?.boot !== boot || now < heard.monotonic) return null;
  // A clock that runs backwards within one boot is broken.
  if (end.last?.boot === boot && now < end.last.monotonic) return null;
  return heard.service + Math.floor(now - heard.monotonic);
}

/** Whether this terminal may sell by itself now; undefined when it may. */
export function refuseToSellAlone(ground: OfflineGround): OfflineStop | undefined {
  const { settings, book, hotlist, now } = ground;
  const { offline, tariff } = settings;
  if (offline === undefined || offline === null || tariff.type === 'metered') {
    return 'offline_not_allowed';
  }
  if (trustIn(offline) === undefined) return 'offline_not_allowed';
  if (book.stopped !== null) return 'offline_stopped';
  if (now === null || book.heard === null) return 'time_unknown';
  const age = hotlistAge(hotlist, now / 1000);
  if (age === 'stale' || age === 'ahead') return `hotlist_${age}`;
  const share = age === 'old' ? 2 : 1;
  const begun = Math.min(book.heard.service, book.waiting[0]?.statedAt ?? Infinity);
  if (now - begun > (offline.perTerminal.hours * HOUR_MILLIS) / share) return 'offline_too_long';
  const full = book.waiting.length >= Math.floor(offline.perTerminal.records / share);
  return full ? 'terminal_limit' : undefined;
}

/** The whole judgement of one scan, in the order of the standard; `amount` as in an online sale. */
export function judgeOfflineSale(
  ground: OfflineGround,
  { scan, amount }: { readonly scan: string; readonly amount: number | undefined },
  verify: VerifyEd25519,
): OfflineVerdict {
  const { settings, book, hotlist, now } = ground;
  const code = parseScan(scan, settings.codePrefix);
  if (!code.ok) return refused('code_malformed');
  if (code.form !== 'signed') return refused('code_not_signed');
  const used = book.used[referenceOf(code)];
  if (used?.digits === code.code) {
    return used.sale === null ? refused('code_used') : { kind: 'again', sale: used.sale };
  }
  const stop = refuseToSellAlone(ground);
  if (stop !== undefined) return refused(stop);
  const { offline } = settings;
  const trust = offline ? trustIn(offline) : undefined;
  if (!offline || trust === undefined || now === null) return refused('offline_not_allowed');
  const accepted = used === undefined ? undefined : bytesOf(used.digits, settings.codePrefix);
  const judgement = judgeOffline(code, { trust, hotlist, now: now / 1000, accepted }, verify);
  if (judgement.kind === 'refused') return refused(judgement.refusal);
  const price = priceOf(settings, amount);
  if (price === null) return refused('amount_out_of_range');
  const share = judgement.kind === 'genuine' && judgement.limits === 'lower' ? 2 : 1;
  const limit = refuseByLimits({ offline, book, code, price, share });
  return limit === undefined ? { kind: 'accept', code, amount: price } : refused(limit);
}

export function referenceOf(code: ParsedSignedQr): string {
  return toBase64Url(code.certificate.reference);
}

/** Of a signed QR that was accepted: it can be read. */
function bytesOf(digits: string, prefix: string): Uint8Array | undefined {
  const parsed = parseScan(digits, prefix);
  return parsed.ok && parsed.form === 'signed' ? parsed.bytes : new Uint8Array();
}

function priceOf({ tariff }: TerminalSettings, amount: number | undefined): number | null {
  if (tariff.type === 'fixed') return amount === undefined ? tariff.amount : null;
  if (tariff.type !== 'entered' || amount === undefined) return null;
  return Number.isSafeInteger(amount) && amount > 0 && amount <= tariff.maximum ? amount : null;
}

function refuseByLimits(given: {
  readonly offline: OfflineSettings;
  readonly book: OfflineBook;
  readonly code: ParsedSignedQr;
  readonly price: number;
  /** Limits are divided by this. */
  readonly share: number;
}): 'sale_limit' | 'certificate_limit' | 'terminal_limit' | undefined {
  const { offline, book, code, price, share } = given;
  const limits = offline.classes.find((each) => each.class === code.certificate.limitClass);
  if (limits === undefined || price > limits.perSale / share) return 'sale_limit';
  const reference = referenceOf(code);
  const own = book.waiting.filter((sale) => sale.reference === reference);
  if (own.length + 1 > SALES_OF_A_CERTIFICATE / share) return 'certificate_limit';
  if (sumOf(own) + price > limits.perCard / share) return 'certificate_limit';
  const all = sumOf(book.waiting) + price;
  return all > offline.perTerminal.amount / share ? 'terminal_limit' : undefined;
}

function sumOf(sales: readonly { readonly amount: number }[]): number {
  return sales.reduce((sum, { amount }) => sum + amount, 0);
}

/** Undefined when the keys are none that anybody should trust. */
export function trustIn({ scheme, issuerKeys }: OfflineSettings): IssuerTrust | undefined {
  const keys = issuerKeys.map(({ keyId, publicKey, notBefore, notAfter }) => ({
    id: keyId,
    publicKey: fromBase64Url(publicKey) ?? new Uint8Array(),
    notBefore: Math.floor(Date.parse(notBefore) / 1000),
    notAfter: Math.floor(Date.parse(notAfter) / 1000),
  }));
  try {
    return { scheme, issuerKeys: issuerKeySet(keys) };
  } catch {
    return undefined;
  }
}

function refused(refusal: OfflineSaleRefusal): OfflineVerdict {
  return { kind: 'refused', refusal };
}
