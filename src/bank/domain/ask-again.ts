const firstSeconds = 1;
const mostSeconds = 300;

/**
 * How long to leave the bank alone before asking again: doubled each time, at most five minutes.
 */
export const askAgainAfterSeconds = (attempts: number): number =>
  Math.min(mostSeconds, firstSeconds * 2 ** Math.max(0, attempts - 1));
