/**
 * Order numbers: UUIDv7 of RFC 9562, 5.7, in lower case, made by the terminal before it sends.
 * Time first keeps the service's key index dense.
 */

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function isOrderNumber(text: unknown): text is string {
  return typeof text === 'string' && UUID_V7.test(text);
}

/** `nowMillis` is unix milliseconds; `random` is at least ten random bytes. */
export function makeOrderNumber(nowMillis: number, random: Uint8Array): string {
  if (random.length < 10) throw new RangeError('ten random bytes are needed');
  const bytes = new Uint8Array(16);
  let rest = Math.floor(nowMillis);
  for (let index = 5; index >= 0; index -= 1) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return `${parts.join('-')}-${hex.slice(20)}`;
}

/** The largest sequence a terminal may reach; it starts at 1 and never goes back. */
export const MAX_SEQUENCE = 2_147_483_647;

export function isSequence(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_SEQUENCE;
}

/**
 * What people read to each other: the terminal's code and the last four digits of its sequence.
 * `shortNumber('B3', 427)` is `B3-0427`, and so is `shortNumber('B3', 10427)`.
 */
export function shortNumber(terminalCode: string, sequence: number): string {
  return `${terminalCode}-${String(sequence % 10_000).padStart(4, '0')}`;
}
