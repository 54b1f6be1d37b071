import { parseScan } from '@campus-paycode/paycode';
import type { Instrument, TerminalSettings } from '@campus-paycode/terminal-protocol';
import type { LocalText } from '../shared/language.js';

/** A scanner types faster than anyone; a longer pause begins a new scan. */
const PAUSE_MILLIS = 300;
/** The shortest code of any scheme; fewer digits are somebody's fingers. */
const SHORTEST = 16;
/** The shortest number of a card, which only a reader types as fast as this. */
const SHORTEST_CARD = 8;
const READER_PAUSE_MILLIS = 40;
/** A chip's number in hex, or a printed number. Twenty digits are a code that was misread. */
const CARD_NUMBER = /^(?!\d{20}$)[0-9A-Z]{4,20}$/i;

type Heard = {
  /** Whether cards are taken here, whose numbers are shorter than a code. */
  readonly takesCards: () => boolean;
  /** A whole scan, wherever the focus was. */
  readonly scanned: (text: string) => void;
  /**
   * A key that somebody, or a scanner that has only begun, pressed outside of every field; `isFirst`
   * of those that may turn out to be a scan.
   */
  readonly pressed: (key: string, isFirst: boolean) => void;
  /** The keys since the first one were a scan: what they did is to be undone. */
  readonly takenBack: () => void;
};

/**
 * Hears a scanner that types like a keyboard, wherever the focus is. What it types looks like
 * somebody's fingers until it is long enough; then what its first digits did is undone.
 */
export function hearScanner({ takesCards, scanned, pressed, takenBack }: Heard): void {
  let digits = '';
  let last = -Infinity;
  let isFast = true;
  let field: { readonly input: HTMLInputElement; readonly value: string } | null = null;
  const hear = (event: KeyboardEvent): void => {
    // Shift is pressed for each capital letter of a card's number.
    if (event.ctrlKey || event.altKey || event.metaKey || event.key === 'Shift') return;
    const input = event.target instanceof HTMLInputElement ? event.target : null;
    const now = performance.now();
    const pause = now - last;
    last = now;
    if (pause > PAUSE_MILLIS) digits = '';
    isFast = digits === '' || (isFast && pause <= READER_PAUSE_MILLIS);
    const shortest = isFast && takesCards() ? SHORTEST_CARD : SHORTEST;
    if (event.key === 'Enter' && digits.length >= shortest) {
      // Enter would also press whatever button has the focus, or send the form.
      event.preventDefault();
      event.stopPropagation();
      if (field !== null) field.input.value = field.value;
      else if (digits.length < SHORTEST) takenBack();
      const text = digits;
      digits = '';
      scanned(text);
      return;
    }
    const isDigit = /^[0-9A-Z]$/i.test(event.key);
    if (!isDigit) digits = '';
    else if (digits === '') field = input === null ? null : { input, value: input.value };
    if (isDigit) digits += event.key;
    if (input !== null) return;
    if (digits.length === SHORTEST) takenBack();
    if (digits.length < SHORTEST) pressed(event.key, digits.length < 2);
  };
  addEventListener('keydown', hear, { capture: true });
}

export type Scan =
  | { readonly ok: true; readonly code: string | Instrument }
  | { readonly ok: false; readonly why: LocalText };

const WHY = {
  'foreign:wechat': {
    zh: '这是微信付款码，请出示校园卡付款码',
    en: 'This is a WeChat Pay code. Ask for the campus code.',
  },
  'foreign:alipay': {
    zh: '这是支付宝付款码，请出示校园卡付款码',
    en: 'This is an Alipay code. Ask for the campus code.',
  },
  'foreign:unionpay': {
    zh: '这是云闪付付款码，请出示校园卡付款码',
    en: 'This is a UnionPay code. Ask for the campus code.',
  },
  wrong_prefix: { zh: '这是其他学校的付款码', en: 'This code is of another campus.' },
  malformed: { zh: '没扫清楚，请再扫一次', en: 'Not read. Scan again.' },
} as const;

/** Judges a scan before anything is sent or accepted: a misread is nobody's sale. */
export function readScan(
  scanned: string,
  { codePrefix, instruments = [] }: Pick<TerminalSettings, 'codePrefix' | 'instruments'>,
): Scan {
  const text = scanned.trim().replaceAll(' ', '');
  const parsed = parseScan(text, codePrefix);
  if (parsed.ok) return { ok: true, code: parsed.code };
  const isCard = parsed.refusal === 'malformed' && CARD_NUMBER.test(text.replaceAll(/[:-]/g, ''));
  if (isCard && instruments.includes('plastic'))
    return { ok: true, code: { type: 'plastic', number: text } };
  return { ok: false, why: WHY[parsed.refusal] };
}
