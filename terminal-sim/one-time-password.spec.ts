import { describe, expect, it } from '@jest/globals';
import { oneTimePassword, PERIOD_SECONDS } from './one-time-password.js';

/** The secret of RFC 6238, appendix B, in Base32, and the last six of its eight digits. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('a one-time password', () => {
  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1234567890, '005924'],
    [20000000000, '353130'],
  ])('at %d s is that of RFC 6238', (time, digits) => {
    expect(oneTimePassword(secret, Math.floor(time / PERIOD_SECONDS))).toBe(digits);
  });

  it('refuses a secret that is not Base32', () => {
    expect(() => oneTimePassword('18', 1)).toThrow('not Base32');
  });
});
