import { parseScan } from '@campus-paycode/paycode';
import type { LocalText } from '../shared/language.js';

/** A scanner types faster than anyone; a longer pause begins a new scan. */
const PAUSE_MILLIS = 300;
/** The shortest code of any scheme; fewer digits are somebody's fingers. */
const SHORTEST = 16;

/** Hears a scanner that types like a keyboard, wherever the focus is, unless a field has it. */
export function hearScanner(scanned: (text: string) => void): void {
  let digits = '';
  let last = -Infinity;
  addEventListener('keydown', (event) => {
    if (event.target instanceof HTMLInputElement) return;
    const now = performance.now();
    if (now - last > PAUSE_MILLIS) digits = '';
    last = now;
    if (/^[0-9]$/.test(event.key)) {
      digits += event.key;
    } else if (event.key === 'Enter' && digits.length >= SHORTEST) {
      // Enter would also press whatever button was pressed last.
      event.preventDefault();
      scanned(digits);
      digits = '';
    }
  });
}

export type Scan =
  { readonly ok: true; readonly code: string } | { readonly ok: false; readonly why: LocalText };

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
export function readScan(text: string, prefix: string): Scan {
  const parsed = parseScan(text.trim().replaceAll(' ', ''), prefix);
  return parsed.ok ? { ok: true, code: parsed.code } : { ok: false, why: WHY[parsed.refusal] };
}
