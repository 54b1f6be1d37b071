/** What the cashier has typed, in yuan, as text: never a float. */

/** Seven digits of yuan are beyond any tariff; two digits of fen. */
const TYPED = /^(?:0|[1-9]\d{0,6})?(?:\.\d{0,2})?$/;

export type AmountKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '00' | '.';

/** The text after a key; a key that makes no amount changes nothing. */
export function typed(text: string, key: AmountKey): string {
  const next = text === '0' && key !== '.' ? key : text + key;
  const whole = next.startsWith('.') ? `0${next}` : next;
  if (whole === '00') return '0';
  return TYPED.test(whole) ? whole : text;
}

/** Fen; 0 for nothing. `fenOf('12.5')` is 1250. */
export function fenOf(text: string): number {
  const [yuan = '', fen = ''] = text.split('.');
  return Number(yuan === '' ? '0' : yuan) * 100 + Number(fen.padEnd(2, '0'));
}
