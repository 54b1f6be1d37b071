import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { oneTimeUri, stepOfPassword } from './one-time-password.js';
import { hashPassword, matchesPassword, unmatchableHash } from './password.js';
import { openSecret, sealSecret } from './sealed-secret.js';

describe('password', () => {
  it('matches itself and nothing else, and stores its parameters and a salt of its own', async () => {
    const password = 'correct horse battery';
    const stored = await hashPassword(password);
    expect(stored).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
    expect(await matchesPassword(password, stored)).toBe(true);
    expect(await matchesPassword('correct horse batterz', stored)).toBe(false);
    expect(await hashPassword(password)).not.toBe(stored);
  });

  it('matches a hash that was made with cheaper parameters', async () => {
    // RFC 7914, section 12: scrypt("pleaseletmein", "SodiumChloride", 16384, 8, 1), the first 32 bytes.
    const hash = '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2';
    const salt = Buffer.from('SodiumChloride').toString('base64');
    const stored = `$scrypt$ln=14,r=8,p=1$${salt}$${Buffer.from(hash, 'hex').toString('base64')}`;
    expect(await matchesPassword('pleaseletmein', stored)).toBe(true);
  });

  it('takes the same password from a keyboard that composes letters differently', async () => {
    const stored = await hashPassword('cafe\u0301-au-lait-12');
    expect(await matchesPassword('caf\u00e9-au-lait-12', stored)).toBe(true);
  });

  it('has a hash that no password matches', async () => {
    expect(await matchesPassword('', unmatchableHash())).toBe(false);
  });
});

describe('sealed secret', () => {
  const keys = {
    wrappingKeys: new Map([
      ['w-1', randomBytes(32)],
      ['w-2', randomBytes(32)],
    ]),
    currentWrappingKey: 'w-2',
  };

  it('opens for its owner alone', () => {
    const sealed = sealSecret(keys, 'wang.li', 'JBSWY3DPEHPK3PXP');
    expect(sealed.key).toBe('w-2');
    expect(openSecret(keys, 'wang.li', sealed)).toBe('JBSWY3DPEHPK3PXP');
    expect(() => openSecret(keys, 'li.wang', sealed)).toThrow('authenticate');
    expect(() => openSecret(keys, 'wang.li', { ...sealed, key: 'w-1' })).toThrow('authenticate');
  });

  it('does not open after a single bit was changed', () => {
    const { key, sealed } = sealSecret(keys, 'wang.li', 'JBSWY3DPEHPK3PXP');
    for (const at of [0, 12, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => openSecret(keys, 'wang.li', { key, sealed: changed })).toThrow('authenticate');
    }
  });
});

describe('one-time password', () => {
  // RFC 6238, appendix B: SHA-1, the secret "12345678901234567890", time 1111111109; the last six of eight digits.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const at = 1_111_111_109;
  const password = '081804';

  it('knows the step of the password of RFC 6238', () => {
    expect(stepOfPassword(secret, password, at)).toBe(37_037_036n);
  });

  it('forgives one step either way and no more', () => {
    expect(stepOfPassword(secret, password, at + 30)).toBe(37_037_036n);
    expect(stepOfPassword(secret, password, at - 30)).toBe(37_037_036n);
    expect(stepOfPassword(secret, password, at + 61)).toBeUndefined();
    expect(stepOfPassword(secret, password, at - 60)).toBeUndefined();
  });

  it('refuses other digits', () => {
    expect(stepOfPassword(secret, '081805', at)).toBeUndefined();
  });

  it('is drawn for an authenticator with its issuer', () => {
    expect(oneTimeUri('wang.li', secret)).toMatch(
      /^otpauth:\/\/totp\/Campus%20Paycode:wang\.li\?secret=GEZD.*issuer=Campus%20Paycode/,
    );
  });
});
