import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ed25519s, nodeSigner, nodeVerify } from '../vectors/implementations.js';
import { signedVectors, trust, type SignedCodeVector } from '../vectors/read-signed.js';
import { bytes, hex } from '../vectors/read-vectors.js';
import {
  certificateAt,
  freshnessOf,
  isProvenDeviceKey,
  isSignedQrDue,
  issuerKeySet,
  makeCertificate,
  makeSignedQr,
  parseCode,
  parseScan,
  proveDeviceKey,
  readCertificate,
  readSignedBytes,
  refuseCertificate,
  refuseSignedQr,
  SIGNED_QR_DIGITS,
  type Certificate,
  type ParsedSignedQr,
} from './index.js';

const { certificates, codes, issuerKeys, scheme } = signedVectors;
const seedOf = (id: number): Uint8Array =>
  bytes(issuerKeys.find((key) => key.id === id)?.privateKey ?? '');
const certificateOf = (name: string): (typeof certificates)[number] => {
  const found = certificates.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no certificate ${name}.`);
  return found;
};
const read = (value: string): Certificate => {
  const certificate = readCertificate(bytes(value));
  if (certificate === undefined) throw new Error('That is no certificate.');
  return certificate;
};
const scan = (digits: string, prefix = '97'): ParsedSignedQr => {
  const parsed = parseScan(digits, prefix);
  if (!parsed.ok || parsed.form !== 'signed') throw new Error('That is no signed QR.');
  return parsed;
};
const first = codes[0] as SignedCodeVector;

/** All vectors with Node's library; one of each with the other, which is slow in a test. */
const some = <Vector>(name: string, vectors: readonly Vector[]): Vector[] =>
  vectors.slice(0, name === 'tweetnacl' ? 1 : vectors.length);

describe.each(ed25519s)('signed QRs with the Ed25519 of %s', (name, verify, signer) => {
  it.each(some(name, certificates))('certify $name, byte by byte', (vector) => {
    const body = {
      ...vector,
      reference: bytes(vector.reference),
      deviceKey: bytes(vector.deviceKey),
    };
    const messages: string[] = [];
    const made = makeCertificate(body, (message) => {
      messages.push(hex(message));
      return signer(seedOf(vector.issuerKeyId))(message);
    });
    expect(messages).toEqual([vector.message]);
    expect(hex(made)).toBe(vector.bytes);
    expect(refuseCertificate(read(vector.bytes), { ...trust, scheme: vector.scheme }, verify)).toBe(
      undefined,
    );
  });

  it.each(some(name, codes))('make and take counter $counter under $certificate', (vector) => {
    const { devicePrivateKey, bytes: certificate } = certificateOf(vector.certificate);
    const { codeTime, counter, prefix } = vector;
    const input = { certificate: bytes(certificate), codeTime, counter, prefix };
    const messages: string[] = [];
    const digits = makeSignedQr(input, (message) => {
      messages.push(hex(message));
      return signer(bytes(devicePrivateKey))(message);
    });
    expect(messages).toEqual([vector.message]);
    expect(digits).toBe(vector.digits);
    const parsed = scan(digits, prefix);
    expect(hex(parsed.bytes)).toBe(vector.bytes);
    expect(parsed).toMatchObject({ code: digits, prefix, codeTime, counter });
    expect(refuseSignedQr(parsed, trust, verify)).toBeUndefined();
  });

  it.each(some(name, signedVectors.refused))(
    'refuse with $refusal: $why',
    ({ digits, refusal }) => {
      expect(refuseSignedQr(scan(digits), trust, verify)).toBe(refusal);
    },
  );

  it.each(some(name, signedVectors.deviceKeys))('say $accepted to a device key: $why', (vector) => {
    const request = { challenge: bytes(vector.challenge), deviceKey: bytes(vector.deviceKey) };
    expect(isProvenDeviceKey({ ...request, proof: bytes(vector.proof) }, verify)).toBe(
      vector.accepted,
    );
    if (vector.accepted) {
      const proof = proveDeviceKey(request, signer(bytes(certificateOf('A').devicePrivateKey)));
      expect(hex(proof)).toBe(vector.proof);
    }
  });
});

describe('reading', () => {
  it.each(signedVectors.parse)('takes or refuses: $why', ({ scanned, prefix, refusal }) => {
    const answer = parseScan(scanned, prefix);
    if (refusal === undefined) expect(answer).toMatchObject({ ok: true, form: 'signed' });
    else expect(answer).toEqual({ ok: false, refusal });
    expect(parseCode(scanned, prefix)).toEqual({ ok: false, refusal: refusal ?? 'malformed' });
  });

  it.each(certificates)('finds the fields of certificate $name', (vector) => {
    const { bytes: whole, reference, deviceKey, ...fields } = read(vector.bytes);
    const found = { ...fields, bytes: hex(whole), reference: hex(reference) };
    expect(vector).toMatchObject({ ...found, deviceKey: hex(deviceKey) });
  });

  it('takes from a journal what it took from a screen', () => {
    const { bytes: raw, certificate, counter } = scan(first.digits);
    expect(readSignedBytes(raw)).toEqual({
      bytes: raw,
      certificate,
      codeTime: first.codeTime,
      counter,
    });
    expect(readSignedBytes(raw.slice(1))).toBeUndefined();
  });

  it('never throws, whatever 453 digits say', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^97[0-9]{451}$/), (digits) => {
        const parsed = parseScan(digits);
        if (parsed.ok && parsed.form === 'signed') {
          expect(refuseSignedQr(parsed, trust, nodeVerify)).toBeDefined();
        }
      }),
    );
  });
});

describe('a genuine signed QR', () => {
  const fields = fc.record({
    reference: fc.uint8Array({ minLength: 8, maxLength: 8 }),
    notBefore: fc.integer({ min: 1_780_000_000, max: 1_781_000_000 }),
    validityMinutes: fc.integer({ min: 1, max: 65_535 }),
    limitClass: fc.integer({ min: 0, max: 255 }),
    flags: fc.integer({ min: 0, max: 255 }),
    later: fc.double({ min: 0, max: 0.999_999, noNaN: true }),
    counter: fc.integer({ min: 0, max: 0xff_ffff }),
    prefix: fc.constantFrom('97', '00', '98'),
  });
  const vector = certificateOf('A');
  const deviceKey = bytes(vector.deviceKey);
  const sign = nodeSigner(bytes(vector.devicePrivateKey));

  it('comes back whole from its digits, whatever its fields', () => {
    fc.assert(
      fc.property(fields, ({ later, counter, prefix, ...made }) => {
        const body = { ...made, issuerKeyId: 2, scheme, deviceKey };
        const certificate = makeCertificate(body, nodeSigner(seedOf(2)));
        const codeTime = made.notBefore + Math.floor(later * made.validityMinutes * 60);
        const digits = makeSignedQr({ certificate, codeTime, counter, prefix }, sign);
        expect(digits).toHaveLength(SIGNED_QR_DIGITS);
        const parsed = scan(digits, prefix);
        expect(parsed).toMatchObject({ codeTime, counter, certificate: body });
        expect(refuseSignedQr(parsed, trust, nodeVerify)).toBeUndefined();
      }),
    );
  });

  it('is refused with any one of its 1496 bits flipped', () => {
    const genuine = bytes(first.bytes);
    let seen = 0;
    for (let bit = 0; bit < genuine.length * 8; bit += 1) {
      const flipped = genuine.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const code = readSignedBytes(flipped);
      const refused = code === undefined || refuseSignedQr(code, trust, nodeVerify) !== undefined;
      if (refused) seen += 1;
    }
    expect(seen).toBe(1496);
  });

  it('is refused with any one of its 453 digits changed', () => {
    const changes = fc.tuple(fc.nat(SIGNED_QR_DIGITS - 1), fc.integer({ min: 1, max: 9 }));
    const refuses = ([at, by]: readonly [number, number]): boolean => {
      const digit = (Number(first.digits[at]) + by) % 10;
      const parsed = parseScan(`${first.digits.slice(0, at)}${digit}${first.digits.slice(at + 1)}`);
      if (!parsed.ok) return true;
      return parsed.form === 'signed' && refuseSignedQr(parsed, trust, nodeVerify) !== undefined;
    };
    for (let at = 0; at < SIGNED_QR_DIGITS; at += 1)
      expect([at, refuses([at, 1])]).toEqual([at, true]);
    fc.assert(fc.property(changes, refuses), { numRuns: 500 });
  });
});

describe('making', () => {
  const vector = certificateOf('A');
  const body = {
    ...vector,
    reference: bytes(vector.reference),
    deviceKey: bytes(vector.deviceKey),
  };
  const sign = nodeSigner(seedOf(1));

  it.each([
    ['a device key of small order', { deviceKey: new Uint8Array(32) }],
    ['a device key that is not canonical', { deviceKey: new Uint8Array(32).fill(0xff) }],
    ['a short reference', { reference: new Uint8Array(7) }],
    ['an issuer key id above a byte', { issuerKeyId: 256 }],
    ['a scheme above two bytes', { scheme: 65_536 }],
    ['a validity of nothing', { validityMinutes: 0 }],
    ['a validity above two bytes', { validityMinutes: 65_536 }],
    ['a fraction of a second', { notBefore: 1.5 }],
    ['flags above a byte', { flags: 256 }],
  ])('refuses %s', (_why, change) => {
    expect(() => makeCertificate({ ...body, ...change }, sign)).toThrow(RangeError);
  });

  it('refuses a signature of another length, and what is no certificate', () => {
    expect(() => makeCertificate(body, () => new Uint8Array(63))).toThrow('64 bytes');
    const input = { certificate: bytes(vector.bytes), codeTime: first.codeTime, counter: 1 };
    expect(() => makeSignedQr(input, () => new Uint8Array(65))).toThrow('64 bytes');
    const none = { ...input, certificate: bytes(vector.bytes).slice(1) };
    expect(() => makeSignedQr(none, sign)).toThrow('no certificate');
    expect(() => makeSignedQr({ ...input, counter: 0x100_0000 }, sign)).toThrow(RangeError);
    expect(() => makeSignedQr({ ...input, prefix: '28' }, sign)).toThrow('alipay');
  });
});

describe('time', () => {
  it.each(signedVectors.freshness)('is $answer at $now for $codeTime', (vector) => {
    expect(freshnessOf(vector.codeTime, vector.now)).toBe(vector.answer);
  });

  it.each(signedVectors.due)('calls for another at $now: $due', ({ codeTime, now, due }) => {
    expect(isSignedQrDue(now, codeTime)).toBe(due);
  });

  it('chooses the certificate whose window it is in', () => {
    const held = ['A', 'B'].map((name) => read(certificateOf(name).bytes));
    const change = certificateOf('A').notAfter;
    const nameAt = (now: number): string =>
      certificates.find((each) => each.bytes === hex(certificateAt(held, now)?.bytes ?? bytes('')))
        ?.name ?? 'none';
    expect(certificateOf('B').notBefore).toBe(change);
    expect([change - 0.5, change, change + 64_799, change + 64_800].map(nameAt)).toEqual([
      'A',
      'B',
      'B',
      'none',
    ]);
  });
});

describe('a set of issuer keys', () => {
  const key = {
    id: 1,
    publicKey: bytes(issuerKeys[0]?.publicKey ?? ''),
    notBefore: 0,
    notAfter: 9,
  };

  it.each([
    ['an id twice', [key, key]],
    ['an id above a byte', [{ ...key, id: 256 }]],
    ['a window that ends before it begins', [{ ...key, notBefore: 9 }]],
    ['a time that is none', [{ ...key, notAfter: Number.NaN }]],
    ['a key of small order', [{ ...key, publicKey: new Uint8Array(32) }]],
    ['more than eight', Array.from({ length: 9 }, (_, id) => ({ ...key, id }))],
  ])('refuses %s', (_why, keys) => {
    expect(() => issuerKeySet(keys)).toThrow(RangeError);
    expect(issuerKeySet([key]).size).toBe(1);
  });
});
