import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  CHAIN_START,
  chainEndOf,
  fromBase64Url,
  previousOf,
  publicKeyToJwk,
  readOfflineRecord,
  recordHash,
  recordMessage,
  refuseInChain,
  toBase64Url,
  writeOfflineRecord,
  type ChainEnd,
  type OfflineRecord,
  type SignatureAlgorithm,
  type SignedRecord,
} from './index.js';

type Vector = SignedRecord & { name: string; key?: string; hash: string; fields: OfflineRecord };
type Vectors = {
  keys: Record<string, { algorithm: SignatureAlgorithm; publicKey: string }>;
  chain: Vector[];
  alone: Vector[];
  sameFields: Vector[];
  refused: (Vector & { after: number; fault: string })[];
  malformed: { name: string; record: string }[];
  unsigned: (SignedRecord & { name: string })[];
};

const file = join(process.cwd(), 'packages/terminal-protocol/vectors/records.json');
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const raw = (text: string) => fromBase64Url(text) ?? new Uint8Array();

function isSigned({ record, signature }: SignedRecord, name = 'terminal'): boolean {
  const { algorithm, publicKey } = vectors.keys[name] ?? { algorithm: 'ed25519', publicKey: '' };
  const key = createPublicKey({ key: publicKeyToJwk(algorithm, raw(publicKey)), format: 'jwk' });
  const hash = algorithm === 'ed25519' ? null : 'sha256';
  return verify(hash, recordMessage(record), { key, dsaEncoding: 'ieee-p1363' }, raw(signature));
}

function read(text: string): OfflineRecord {
  const answer = readOfflineRecord(text);
  if (!answer.ok) throw new Error(answer.detail);
  return answer.record;
}

/** The chain's end after that many of its records. */
function endAfter(count: number): ChainEnd {
  let end = CHAIN_START;
  for (const { record } of vectors.chain.slice(0, count)) {
    end = chainEndOf(record, read(record), sha256);
  }
  return end;
}

describe('the record vectors', () => {
  for (const vector of [...vectors.chain, ...vectors.alone]) {
    it(`agree: ${vector.name ?? vector.fields.orderNumber}`, () => {
      expect(writeOfflineRecord(vector.fields)).toBe(vector.record);
      expect(read(vector.record)).toEqual(vector.fields);
      expect(toBase64Url(recordHash(vector.record, sha256))).toBe(vector.hash);
      expect(isSigned(vector, vector.key)).toBe(true);
    });
  }

  it('form a chain from the first to the last', () => {
    for (const [index, { record, hash }] of vectors.chain.entries()) {
      const end = endAfter(index);
      expect(previousOf(end)).toBe(read(record).previous);
      expect(refuseInChain(end, read(record))).toBeUndefined();
      expect(previousOf(chainEndOf(record, read(record), sha256))).toBe(hash);
    }
  });

  it('keep a text as it is: other bytes with the same fields are another record', () => {
    for (const { record, fields } of vectors.sameFields) {
      expect(read(record)).toEqual(fields);
      expect(recordHash(record, sha256)).not.toEqual(
        recordHash(writeOfflineRecord(fields), sha256),
      );
    }
  });

  for (const { name, after, fault, record } of vectors.refused) {
    it(`are refused in their chain: ${name}`, () => {
      expect(refuseInChain(endAfter(after), read(record))).toBe(fault);
    });
  }

  for (const { name, record } of vectors.malformed) {
    it(`are malformed: ${name}`, () => {
      expect(readOfflineRecord(record)).toMatchObject({ ok: false, code: 'record_malformed' });
    });
  }

  for (const vector of vectors.unsigned) {
    it(`are not signed: ${vector.name}`, () => {
      expect(isSigned(vector)).toBe(false);
    });
  }
});
