import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** NIST SP 800-63B asks for eight at least; whoever moves other people's money gets twelve. */
export const passwordLengthMin = 12;
export const passwordLengthMax = 128;

/** OWASP Password Storage Cheat Sheet, scrypt: 2^15, 8, 3 equals 2^17, 8, 1 at a quarter of the memory (32 MiB). */
const today = { ln: 15, r: 8, p: 3 };
const hashBytes = 32;
const saltBytes = 16;

/** Checking passwords may keep two of the four worker threads busy and no more: sales must not feel a flood of logins. */
const checksAtOnce = 2;
const lanes: Promise<unknown>[] = Array.from({ length: checksAtOnce }, () => Promise.resolve());
let checks = 0;

function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const lane = (checks += 1) % checksAtOnce;
  const done = (lanes[lane] ?? Promise.resolve()).then(work);
  lanes[lane] = done.catch(() => undefined);
  return done;
}

type Stored = { ln: number; r: number; p: number; salt: Buffer; hash: Buffer };

function derive(password: string, { ln, r, p, salt }: Omit<Stored, 'hash'>): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** ln, r, p, maxmem: 2 * 128 * 2 ** ln * r };
  return new Promise((resolve, reject) => {
    // NFKC: the same password typed on another keyboard is the same password.
    scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, derived) =>
      error === null ? resolve(derived) : reject(error),
    );
  });
}

function parse(stored: string): Stored {
  const match = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored);
  if (match === null) throw new Error('A stored password hash has another form than ours.');
  const [, ln, r, p, salt = '', hash = ''] = match;
  return {
    ln: Number(ln),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

const format = ({ ln, r, p, salt, hash }: Stored): string =>
  `$scrypt$ln=${ln},r=${r},p=${p}$${salt.toString('base64')}$${hash.toString('base64')}`;

/** Hashes with today's parameters and a new salt; both are stored in the text. */
export async function hashPassword(password: string): Promise<string> {
  const parameters = { ...today, salt: randomBytes(saltBytes) };
  return format({ ...parameters, hash: await inTurn(() => derive(password, parameters)) });
}

/** A hash that no password has: checking against it takes as long as against a real one. */
export const unmatchableHash = (): string =>
  format({ ...today, salt: randomBytes(saltBytes), hash: randomBytes(hashBytes) });

export async function matchesPassword(password: string, stored: string): Promise<boolean> {
  const parameters = parse(stored);
  return timingSafeEqual(await inTurn(() => derive(password, parameters)), parameters.hash);
}
