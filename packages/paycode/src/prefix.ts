export const DEFAULT_PREFIX = '97';

export type ForeignScheme = 'wechat' | 'alipay' | 'unionpay';

type Scheme = {
  readonly scheme: ForeignScheme;
  readonly first: number;
  readonly last: number;
  readonly shortest: number;
  readonly longest: number;
};

/** Payment codes a campus scanner meets all day: first two digits, and lengths as published. */
const FOREIGN: readonly Scheme[] = [
  { scheme: 'wechat', first: 10, last: 15, shortest: 18, longest: 18 },
  { scheme: 'alipay', first: 25, last: 30, shortest: 16, longest: 24 },
  { scheme: 'unionpay', first: 62, last: 62, shortest: 19, longest: 19 },
];

/** Whose code `digits` is, when its beginning and its length are those of another scheme. */
export function foreignScheme(digits: string): ForeignScheme | undefined {
  const length = digits.length;
  return schemeOfPrefix(digits.slice(0, 2), (s) => length >= s.shortest && length <= s.longest);
}

/** Refuses a campus prefix that another scheme's codes begin with, whatever their length. */
export function assertPrefixAllowed(prefix: string): void {
  if (!/^[0-9]{2}$/.test(prefix)) throw new RangeError('A code prefix is two digits.');
  const scheme = schemeOfPrefix(prefix, () => true);
  if (scheme !== undefined) {
    throw new RangeError(`The code prefix ${prefix} belongs to ${scheme}; choose another.`);
  }
}

function schemeOfPrefix(
  prefix: string,
  matches: (scheme: Scheme) => boolean,
): ForeignScheme | undefined {
  const value = Number(prefix);
  return FOREIGN.find((s) => value >= s.first && value <= s.last && matches(s))?.scheme;
}
