/** Money is an integer of fen: `bigint` in the code, a plain JSON integer on the wire. */

/** No single amount is larger: ten billion yuan, far below what a JSON number holds exactly. */
export const maxAmount = 10n ** 12n;

/**
 * An amount as a JSON integer of fen. Balances and sums may be negative.
 * @throws RangeError when a JSON number cannot hold it exactly.
 */
export function toWireAmount(amount: bigint): number {
  const wire = Number(amount);
  if (!Number.isSafeInteger(wire))
    throw new RangeError(`${amount} fen does not fit a JSON integer`);
  return wire;
}

/**
 * An amount from a JSON integer of fen.
 * @throws RangeError when it is not an exact integer.
 */
export function fromWireAmount(wire: number): bigint {
  if (!Number.isSafeInteger(wire)) throw new RangeError(`${wire} is not an integer of fen`);
  return BigInt(wire);
}

/** For people to read: `¥12.50`, `-¥0.05`. */
export function formatYuan(amount: bigint): string {
  const fen = amount < 0n ? -amount : amount;
  const cents = String(fen % 100n).padStart(2, '0');
  return `${amount < 0n ? '-' : ''}¥${fen / 100n}.${cents}`;
}

/**
 * What a person or a bank's file wrote in yuan, in fen: `12`, `12.5`, `12.50`, `-3.00`. At most two decimals, no
 * grouping, no currency sign: whatever cannot be read exactly is refused and never rounded.
 * @throws RangeError when it cannot be read exactly.
 */
export function parseYuan(text: string): bigint {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,2}))?$/.exec(text);
  if (match === null) throw new RangeError(`"${text}" is not an amount in yuan`);
  const [, sign, yuan = '', decimals = ''] = match;
  const fen = BigInt(yuan) * 100n + BigInt(decimals.padEnd(2, '0'));
  return sign === '-' ? -fen : fen;
}
