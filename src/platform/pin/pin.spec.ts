import { randomBytes, scryptSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { hashPin, isPin } from './pin.js';

/** Parameters travel with a hash: one that takes no time. */
function quickHash(pin: string): string {
  const salt = randomBytes(16);
  const hash = scryptSync(pin, salt, 32, { N: 1024, r: 8, p: 1 });
  return ['scrypt', 1024, 8, 1, salt.toString('base64'), hash.toString('base64')].join('$');
}

describe('PINs', () => {
  it('that are set wait for those that are checked, and all of them have their turn', async () => {
    const order: string[] = [];
    const stored = quickHash('402917');
    const check = async (name: string, pin: string) => {
      const isRight = await isPin(pin, stored);
      order.push(`${name} ${isRight ? 'right' : 'wrong'}`);
    };
    const set = async () => {
      const hash = await hashPin('402917');
      order.push(`set ${hash.split('$').slice(0, 4).join(' ')}`);
    };
    await Promise.all([
      check('first', '402917'),
      set(),
      check('second', '402918'),
      check('third', '402917'),
    ]);
    await check('later', '402917');
    expect(order).toEqual([
      'first right',
      'second wrong',
      'third right',
      'set scrypt 32768 8 3',
      'later right',
    ]);
  });

  it('that cannot be hashed keep nobody else waiting', async () => {
    const broken = isPin('402917', 'scrypt$3$8$1$AA$AA');
    const next = isPin('402917', quickHash('402917'));
    await expect(broken).rejects.toThrow('scrypt');
    expect(await next).toBe(true);
  });
});
