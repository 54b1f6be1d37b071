import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDictionary, serializeByteSequence } from 'structured-headers';
import { fromSoundBase64, toBase64 } from './base64.js';
import { byteSequence, judgeDigest, parseContentDigest } from './content-digest.js';
import { readSignatureFields, readSignatureValue, writeParameters } from './signature-fields.js';

const bytes = fc.uint8Array({ maxLength: 70 });
const signatures = fc.uint8Array({ minLength: 64, maxLength: 64 });
/** One letter of a text put in, taken out or replaced. */
const damaged = (text: string) =>
  fc
    .tuple(
      fc.nat(text.length - 1),
      fc.nat(1),
      fc.constantFrom('', ...Array.from('AQg=:/+-_ ;,"b0')),
    )
    .map(([at, cut, letter]) => text.slice(0, at) + letter + text.slice(at + cut));

/** As RFC 9651 reads it, when that is also how it would write it. */
function readByLibrary(field: string): Uint8Array | null {
  try {
    const value = parseDictionary(field).get('cp')?.[0];
    if (!(value instanceof ArrayBuffer)) return null;
    return `cp=${serializeByteSequence(value)}` === field ? new Uint8Array(value) : null;
  } catch {
    return null;
  }
}

describe('base64', () => {
  it('is written and read as Node does it', () => {
    fc.assert(
      fc.property(bytes, (some) => {
        const text = toBase64(some);
        expect(text).toBe(Buffer.from(some).toString('base64'));
        expect(fromSoundBase64(`cp=:${text}:`, 4, some.length)).toEqual(some);
        expect(byteSequence(some)).toBe(serializeByteSequence(some as Uint8Array<ArrayBuffer>));
      }),
    );
  });
});

describe('a Signature', () => {
  it('is read as the general reader of structured fields reads it, and so is a damaged one', () => {
    const fields = signatures.chain((some) => {
      const field = `cp=:${toBase64(some)}:`;
      return fc.oneof({ weight: 1, arbitrary: fc.constant(field) }, damaged(field));
    });
    fc.assert(
      fc.property(fields, (signature) => {
        expect(readSignatureValue({ signature })).toEqual(readByLibrary(signature.trim()));
      }),
      { numRuns: 400 },
    );
  });
});

describe('the parameters of a signature', () => {
  const components = ['"@method"'];
  const signature = `cp=:${toBase64(new Uint8Array(64))}:`;
  const read = (parameters: string) =>
    readSignatureFields({ 'signature-input': `cp=${parameters}`, signature }, [components]);
  const described = fc.record({
    created: fc.nat(4_000_000_000),
    keyId: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
    algorithm: fc.constant('ed25519' as const),
    tag: fc.constantFrom('cpc1-terminal', 'A tag nobody writes'),
  });

  it('come back as they were written', () => {
    fc.assert(
      fc.property(described, (some) => {
        expect(read(writeParameters(components, some))).toMatchObject(some);
      }),
    );
  });

  it('may stand in another order, and mean the same', () => {
    const usual = read(
      '("@method");created=7;keyid="t-1.1";alg="ed25519";tag="cpc1-terminal"',
    ) as object;
    const turned = '("@method");tag="cpc1-terminal";alg="ed25519";keyid="t-1.1";created=7';
    expect(read(turned)).toEqual({ ...usual, parameters: turned });
  });

  it.each([
    '("@method");created=07;keyid="t-1.1";alg="ed25519";tag="t"',
    '("@method");created=-7;keyid="t-1.1";alg="ed25519";tag="t"',
    '("@method");created=1234567890123456;keyid="t-1.1";alg="ed25519";tag="t"',
    '("@method");created=7;keyid="-t";alg="ed25519";tag="t"',
    '("@method");created=7;keyid="t-1.1";alg="rsa-v1_5-sha256";tag="t"',
    '("@method");created=7;keyid="t-1.1";alg="ed25519";tag="t";tag="t"',
    '("@method"); created=7;keyid="t-1.1";alg="ed25519";tag="t", cp=()',
  ])('%s is refused', (parameters) => {
    expect(typeof read(parameters)).toBe('string');
  });
});

describe('a Content-Digest', () => {
  const digests = fc.uint8Array({ minLength: 32, maxLength: 32 });

  it('is right, or read only to say what is wrong', () => {
    fc.assert(
      fc.property(digests, digests, (one, other) => {
        const value = `sha-256=:${toBase64(one)}:`;
        expect(judgeDigest(value, one)).toBeNull();
        expect(judgeDigest(value, other)).toBe(
          Buffer.compare(one, other) === 0 ? null : 'Content-Digest does not match the body',
        );
        expect(judgeDigest(`${value},`, one)).toBe('Content-Digest must be one sha-256');
        expect(parseContentDigest(value)).toEqual(one);
      }),
    );
  });
});
