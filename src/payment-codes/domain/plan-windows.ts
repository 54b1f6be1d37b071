/** A stretch of time in unix seconds; the second end is left out. */
export type Window = { readonly notBefore: number; readonly notAfter: number };

/** The first certificate is good a little earlier, for a phone whose clock is a little behind. */
const backSeconds = 60;

/**
 * The windows that a phone has yet to get, one after the other and none over another: after the last that it has, or from
 * now on.
 * @param held the certificates that it may use now or later.
 */
export function windowsDue(
  now: number,
  held: readonly Window[],
  wanted: { readonly ahead: number; readonly minutes: number; readonly most: number },
): Window[] {
  const left = held.filter(({ notAfter }) => notAfter > now);
  const end = Math.max(0, ...left.map(({ notAfter }) => notAfter));
  const first = end > now ? end : Math.floor(now) - backSeconds;
  const count = Math.max(0, Math.min(wanted.ahead - left.length, wanted.most));
  const seconds = wanted.minutes * 60;
  return Array.from({ length: count }, (_, index) => ({
    notBefore: first + index * seconds,
    notAfter: first + (index + 1) * seconds,
  }));
}
