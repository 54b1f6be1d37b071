import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's password storage sheet: scrypt N = 2^15, r = 8, p = 3, which takes 32 MiB. */
const cost = { N: 2 ** 15, r: 8, p: 3 };
const saltBytes = 16;
const hashBytes = 32;

/** Whoever waits for a check stands at a till and has a minute; nobody waits there for a new PIN. */
const lines = { check: [] as (() => void)[], set: [] as (() => void)[] };
let isBusy = false;

/** PINs keep one of the four worker threads busy and no more: other sales must not feel it. */
async function inTurn<Result>(
  line: keyof typeof lines,
  work: () => Promise<Result>,
): Promise<Result> {
  if (isBusy) await new Promise<void>((resolve) => lines[line].push(resolve));
  isBusy = true;
  try {
    return await work();
  } finally {
    const next = lines.check.shift() ?? lines.set.shift();
    // Whoever is next has the turn from here on, also before it runs.
    if (next === undefined) isBusy = false;
    else next();
  }
}

function derive(pin: string, salt: Buffer, { N, r, p }: typeof cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, hashBytes, { N, r, p, maxmem: 2 * 128 * N * r }, (error, hash) =>
      error === null ? resolve(hash) : reject(error),
    );
  });
}

/** Six digits that a person types; the same everywhere. */
export const pinPattern = /^\d{6}$/;

/** What everybody tries first: one digit six times, or digits in a row. */
export function isGuessable(pin: string): boolean {
  const digits = Array.from(pin, Number);
  const steps = new Set(digits.slice(1).map((digit, at) => digit - (digits[at] ?? 0)));
  const [step = 2] = steps;
  return steps.size === 1 && Math.abs(step) <= 1;
}

/** `scrypt$N$r$p$salt$hash`: parameters travel with the hash, so that they can be raised later. */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await inTurn('set', () => derive(pin, salt, cost));
  const parts = [cost.N, cost.r, cost.p, salt.toString('base64'), hash.toString('base64')];
  return ['scrypt', ...parts].join('$');
}

/** Takes as long when there is none, so that the answer's time does not tell who has one. */
export async function isPin(pin: string, stored: string | undefined): Promise<boolean> {
  if (stored === undefined) {
    await inTurn('check', () => derive(pin, Buffer.alloc(saltBytes), cost));
    return false;
  }
  const [, n, r, p, salt = '', hash = ''] = stored.split('$');
  const parameters = { N: Number(n), r: Number(r), p: Number(p) };
  const derived = await inTurn('check', () => derive(pin, Buffer.from(salt, 'base64'), parameters));
  return timingSafeEqual(derived, Buffer.from(hash, 'base64'));
}
