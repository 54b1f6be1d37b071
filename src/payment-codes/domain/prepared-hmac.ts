/**
 * HMAC-SHA-256 under keys that are used again and again, such as the index's: a million of them at each change of the
 * alias. The two blocks that depend on the key alone are done once; a code then costs two blocks, a fifth of the time of a
 * call into the platform's HMAC. A test holds it to that one.
 */

/** Two states of eight words: after the inner block of the key, and after the outer one. */
export const preparedWords = 16;

const keyBytes = 32;

// FIPS 180-4, section 4.2.2.
const constants = Int32Array.of(
  0x428a2f98,
  0x71374491,
  0xb5c0fbcf,
  0xe9b5dba5,
  0x3956c25b,
  0x59f111f1,
  0x923f82a4,
  0xab1c5ed5,
  0xd807aa98,
  0x12835b01,
  0x243185be,
  0x550c7dc3,
  0x72be5d74,
  0x80deb1fe,
  0x9bdc06a7,
  0xc19bf174,
  0xe49b69c1,
  0xefbe4786,
  0x0fc19dc6,
  0x240ca1cc,
  0x2de92c6f,
  0x4a7484aa,
  0x5cb0a9dc,
  0x76f988da,
  0x983e5152,
  0xa831c66d,
  0xb00327c8,
  0xbf597fc7,
  0xc6e00bf3,
  0xd5a79147,
  0x06ca6351,
  0x14292967,
  0x27b70a85,
  0x2e1b2138,
  0x4d2c6dfc,
  0x53380d13,
  0x650a7354,
  0x766a0abb,
  0x81c2c92e,
  0x92722c85,
  0xa2bfe8a1,
  0xa81a664b,
  0xc24b8b70,
  0xc76c51a3,
  0xd192e819,
  0xd6990624,
  0xf40e3585,
  0x106aa070,
  0x19a4c116,
  0x1e376c08,
  0x2748774c,
  0x34b0bcb5,
  0x391c0cb3,
  0x4ed8aa4a,
  0x5b9cca4f,
  0x682e6ff3,
  0x748f82ee,
  0x78a5636f,
  0x84c87814,
  0x8cc70208,
  0x90befffa,
  0xa4506ceb,
  0xbef9a3f7,
  0xc67178f2,
);

// FIPS 180-4, section 5.3.3.
const start = Int32Array.of(
  0x6a09e667,
  0xbb67ae85,
  0x3c6ef372,
  0xa54ff53a,
  0x510e527f,
  0x9b05688c,
  0x1f83d9ab,
  0x5be0cd19,
);

const block = new Int32Array(64);
const digest = new Int32Array(8);
const scratch = new Int32Array(preparedWords);
const words = new Int32Array(8);

/** One block of SHA-256: takes the state at `from[at]`, and the block in `block`, and leaves the next state in `digest`. */
function compress(from: Int32Array, at: number): void {
  for (let i = 16; i < 64; i += 1) {
    const x = block[i - 15]!;
    const y = block[i - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    block[i] = (block[i - 16]! + block[i - 7]! + s0 + s1) | 0;
  }
  let a = from[at]!;
  let b = from[at + 1]!;
  let c = from[at + 2]!;
  let d = from[at + 3]!;
  let e = from[at + 4]!;
  let f = from[at + 5]!;
  let g = from[at + 6]!;
  let h = from[at + 7]!;
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constants[i]! + block[i]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  digest[0] = from[at]! + a;
  digest[1] = from[at + 1]! + b;
  digest[2] = from[at + 2]! + c;
  digest[3] = from[at + 3]! + d;
  digest[4] = from[at + 4]! + e;
  digest[5] = from[at + 5]! + f;
  digest[6] = from[at + 6]! + g;
  digest[7] = from[at + 7]! + h;
}

/** Does the blocks of a key of eight words. */
function prepareWords(key: Int32Array, states: Int32Array, at: number): void {
  for (const [pad, place] of [
    [0x36363636, at],
    [0x5c5c5c5c, at + 8],
  ] as const) {
    for (let i = 0; i < 8; i += 1) block[i] = key[i]! ^ pad;
    block.fill(pad, 8, 16);
    compress(start, 0);
    states.set(digest, place);
  }
}

/** The message stands in `block`, ends with its 0x80, and fits; its HMAC is left in `digest`. */
function finish(states: Int32Array, at: number, messageBytes: number): void {
  block[14] = 0;
  block[15] = (64 + messageBytes) * 8;
  compress(states, at);
  block.set(digest);
  block[8] = 0x80000000 | 0;
  block.fill(0, 9, 15);
  block[15] = (64 + 32) * 8;
  compress(states, at + 8);
}

/** Writes bytes into words, big-endian, with the 0x80 that ends them. */
function fillBlock(message: Uint8Array): void {
  block.fill(0, 0, 16);
  for (let i = 0; i < message.length; i += 1) block[i >> 2]! |= message[i]! << (24 - 8 * (i & 3));
  block[message.length >> 2]! |= 0x80 << (24 - 8 * (message.length & 3));
}

function readWords(bytes: Uint8Array): Int32Array {
  if (bytes.length !== keyBytes) throw new RangeError(`A key has ${keyBytes} bytes.`);
  for (let i = 0; i < 8; i += 1)
    words[i] =
      (bytes[4 * i]! << 24) |
      (bytes[4 * i + 1]! << 16) |
      (bytes[4 * i + 2]! << 8) |
      bytes[4 * i + 3]!;
  return words;
}

/** Prepares a key of 32 bytes into `states`, from `at` on. */
export function prepareKey(key: Uint8Array, states: Int32Array, at = 0): void {
  prepareWords(readWords(key), states, at);
}

/** HMAC-SHA-256 of a message of at most 55 bytes: eight words, good until the next call. */
export function macPrepared(states: Int32Array, at: number, message: Uint8Array): Int32Array {
  if (message.length > 55) throw new RangeError('The message is longer than one block holds.');
  fillBlock(message);
  finish(states, at, message.length);
  return digest;
}

/** Prepares as a key what `macPrepared` has just given. */
export function prepareMac(mac: Int32Array, states: Int32Array, at = 0): void {
  words.set(mac);
  prepareWords(words, states, at);
}

/** The 31 bits that RFC 4226 takes from the HMAC of a counter. */
export function truncatePrepared(states: Int32Array, at: number, counter: number): number {
  block.fill(0, 0, 14);
  block[0] = Math.floor(counter / 0x100000000);
  block[1] = counter % 0x100000000;
  block[2] = 0x80000000 | 0;
  finish(states, at, 8);
  const offset = digest[7]! & 0x0f;
  const place = offset >> 2;
  const shift = (offset & 3) * 8;
  const high = digest[place]!;
  const value = shift === 0 ? high : (high << shift) | (digest[place + 1]! >>> (32 - shift));
  return value & 0x7fffffff;
}

/** HOTP of RFC 4226 for a key that is used once. */
export function hotpOnce(key: Uint8Array, counter: number, digits: number): string {
  prepareKey(key, scratch);
  const value = truncatePrepared(scratch, 0, counter);
  return String(value % 10 ** digits).padStart(digits, '0');
}
