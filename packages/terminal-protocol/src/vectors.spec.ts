import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  answerToSign,
  fromBase64Url,
  isOrderNumber,
  newKeyProof,
  publicKeyToJwk,
  readSignedAnswer,
  requestSignatureOf,
  requestToSign,
  shortNumber,
  verifyAnswer,
  verifyRequest,
  type SignatureAlgorithm,
  type VerifyingKey,
} from './index.js';

type Key = { keyId: string; algorithm: SignatureAlgorithm; privateKey: string; publicKey: string };
type Message = { name: string; key: string; body: string; headers: Record<string, string> };
type Request = Message & { method: string; authority: string; target: string };
type Answer = Message & { status: number; requestSignature: string | null };
type Vectors = {
  keys: Record<string, Key>;
  requests: (Request & { created: number; base: string })[];
  answers: (Answer & { created: number; base: string })[];
  refusedRequests: (Request & { refusal: string; now: number })[];
  refusedAnswers: (Answer & { refusal: string })[];
  newKeys: (Request & { proofMessage: string })[];
  refusedNewKeys: (Request & { proofMessage: string })[];
  orderNumbers: { right: string[]; wrong: string[] };
  shortNumbers: [string, number, string][];
};

const file = join(process.cwd(), 'packages/terminal-protocol/vectors/signatures.json');
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const encoded = (text: string) => new TextEncoder().encode(text);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function key(name: string): Key & VerifyingKey & { publicKey: never } {
  const described = vectors.keys[name];
  const publicKey = fromBase64Url(described?.publicKey ?? '');
  if (described === undefined || publicKey === null) throw new Error(`no key ${name}`);
  return { ...described, publicKey: publicKey as never };
}

function check({ algorithm, publicKey }: VerifyingKey, base: Uint8Array, signature: Uint8Array) {
  const jwk = publicKeyToJwk(algorithm, publicKey);
  const hash = algorithm === 'ed25519' ? null : 'sha256';
  const dsaEncoding = 'ieee-p1363' as const;
  return verify(
    hash,
    base,
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding },
    signature,
  );
}

function signEd25519({ privateKey, publicKey }: Key & VerifyingKey, base: Uint8Array) {
  const jwk = { ...publicKeyToJwk('ed25519', publicKey), d: privateKey };
  return new Uint8Array(sign(null, base, createPrivateKey({ key: jwk, format: 'jwk' })));
}

const bytesOf = (field: string | null) => requestSignatureOf({ signature: field ?? '' });

describe('the request vectors', () => {
  for (const vector of vectors.requests) {
    it(`agree: ${vector.name}`, async () => {
      const signer = key(vector.key);
      const message = { ...vector, body: encoded(vector.body) };
      const draft = requestToSign(message, { ...signer, created: vector.created, sha256 });
      expect(text(draft.base)).toBe(vector.base);
      if (signer.algorithm === 'ed25519') {
        expect(draft.finish(signEd25519(signer, draft.base))).toEqual(vector.headers);
      }
      const options = { sha256, nowSeconds: vector.created, findKey: () => signer, verify: check };
      expect(await verifyRequest(message, options)).toMatchObject({
        ok: true,
        keyId: signer.keyId,
      });
    });
  }

  for (const vector of vectors.refusedRequests) {
    it(`are refused: ${vector.name}`, async () => {
      const message = { ...vector, body: encoded(vector.body) };
      const findKey = () => key(vector.key);
      const options = { sha256, nowSeconds: vector.now, findKey, verify: check };
      expect(await verifyRequest(message, options)).toMatchObject({ code: vector.refusal });
    });
  }
});

describe('the answer vectors', () => {
  for (const vector of vectors.answers) {
    it(`agree: ${vector.name}`, async () => {
      const signer = key(vector.key);
      const body = encoded(vector.body);
      const contentType = vector.headers['content-type'] ?? '';
      const requestSignature = bytesOf(vector.requestSignature);
      const draft = answerToSign(
        { status: vector.status, contentType, body, requestSignature },
        { ...signer, created: vector.created, sha256 },
      );
      expect(text(draft.base)).toBe(vector.base);
      expect(draft.finish(signEd25519(signer, draft.base))).toEqual(vector.headers);
      const message = { ...vector, body, requestSignature: requestSignature ?? new Uint8Array(64) };
      const options = { sha256, findKey: () => signer, verify: check };
      expect(await verifyAnswer(message, options)).toMatchObject({
        ok: true,
        bound: requestSignature !== null,
      });
    });
  }

  for (const vector of vectors.refusedAnswers) {
    it(`are refused: ${vector.name}`, async () => {
      const requestSignature = bytesOf(vector.requestSignature) ?? new Uint8Array(64);
      const message = { ...vector, body: encoded(vector.body), requestSignature };
      const options = { sha256, findKey: () => key(vector.key), verify: check };
      expect(await verifyAnswer(message, options)).toMatchObject({ code: vector.refusal });
    });
  }

  it('are read without a key only as far as their form goes', () => {
    const [vector] = vectors.refusedAnswers.filter(({ name }) => name === 'signed by a stranger');
    const requestSignature = bytesOf(vector?.requestSignature ?? '') ?? new Uint8Array();
    const message = { status: 200, headers: vector?.headers ?? {}, requestSignature };
    const read = readSignedAnswer({ ...message, body: encoded(vector?.body ?? '') }, { sha256 });
    expect(read.ok).toBe(true);
  });
});

describe('the number vectors', () => {
  it('agree', () => {
    const { right, wrong } = vectors.orderNumbers;
    expect(right.filter(isOrderNumber)).toEqual(right);
    expect(wrong.filter(isOrderNumber)).toEqual([]);
    for (const [code, sequence, short] of vectors.shortNumbers) {
      expect(shortNumber(code, sequence)).toBe(short);
    }
  });
});

describe('a new key', () => {
  /** The proof of the body, over what this request says. */
  function proofHolds({ key: signing, body, authority }: Request): boolean {
    const { algorithm, publicKey, proof } = JSON.parse(body) as Record<string, string>;
    const brought = {
      algorithm: algorithm as SignatureAlgorithm,
      publicKey: fromBase64Url(publicKey ?? '') ?? new Uint8Array(),
    };
    const message = newKeyProof({
      serviceName: authority,
      terminalId: '12',
      keyId: key(signing).keyId,
      algorithm: brought.algorithm,
      publicKey: publicKey ?? '',
    });
    return check(brought, message, fromBase64Url(proof ?? '') ?? new Uint8Array());
  }

  for (const vector of vectors.newKeys)
    it(`proves itself in a request that is signed by the key before: ${vector.name}`, () => {
      expect(proofHolds(vector)).toBe(true);
      const { algorithm, publicKey } = JSON.parse(vector.body) as Record<string, string>;
      expect(vector.proofMessage.split('\n').slice(-2)).toEqual([algorithm, publicKey]);
    });

  for (const vector of vectors.refusedNewKeys)
    it(`does not prove itself by ${vector.name}`, () => {
      expect(proofHolds(vector)).toBe(false);
    });
});
