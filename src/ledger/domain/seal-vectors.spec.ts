/** docs/seal-vectors.json is what other implementations are held to; so is this one. */
import { describe, expect, it } from '@jest/globals';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isSignedBy, readAnchor, writeAnchor } from './anchor.js';
import { blockHash } from './block.js';
import { canonicalBytes, leafHash, nonceOf, type Position, type SealedEntry } from './leaf.js';
import { auditPath, merkleRoot } from './merkle.js';

type PositionText = { era: number; xid: string; id: string };
type EntryText = PositionText & {
  postedAt: string;
  kind: string;
  reverses: string | null;
  hold: string | null;
  about: string;
  lines: Record<'account' | 'amount' | 'seq' | 'balanceAfter', string | null>[];
};
type Vectors = {
  salt: string;
  entries: { entry: EntryText; nonce: string; bytes: string; leaf: string; path: string[] }[];
  block: {
    no: string;
    prevHash: string;
    first: PositionText;
    last: PositionText;
    entries: number;
    total: string;
    root: string;
    sealedAt: string;
    hash: string;
  };
  anchor: { privateKey: string; line: string };
};

const vectors = JSON.parse(readFileSync('docs/seal-vectors.json', 'utf8')) as Vectors;
const hex = (digits: string): Buffer => Buffer.from(digits, 'hex');
const optional = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
const positionOf = ({ era, xid, id }: PositionText): Position => ({
  era,
  xid: BigInt(xid),
  id: BigInt(id),
});
const entryOf = (text: EntryText): SealedEntry => ({
  ...positionOf(text),
  postedAt: BigInt(text.postedAt),
  kind: text.kind,
  reverses: optional(text.reverses),
  hold: optional(text.hold),
  about: text.about,
  lines: text.lines.map(({ account, amount, seq, balanceAfter }, at) => ({
    line: at + 1,
    account: BigInt(account ?? ''),
    amount: BigInt(amount ?? ''),
    seq: optional(seq),
    balanceAfter: optional(balanceAfter),
  })),
});

const salt = hex(vectors.salt);
const leaves = vectors.entries.map(({ leaf }) => hex(leaf));

describe('the seal', () => {
  it.each(vectors.entries.map((vector, at) => [at, vector] as const))(
    'makes the bytes and the leaf of entry %i',
    (at, { entry, nonce, bytes, leaf, path }) => {
      const own = entryOf(entry);
      expect(nonceOf(salt, own.id).toString('hex')).toBe(nonce);
      expect(canonicalBytes(own, hex(nonce)).toString('hex')).toBe(bytes);
      expect(leafHash(own, salt).toString('hex')).toBe(leaf);
      expect(auditPath(leaves, at).map((sibling) => sibling.toString('hex'))).toEqual(path);
    },
  );

  it('makes the root and the hash of the block', () => {
    const { block } = vectors;
    const root = merkleRoot(leaves);
    expect(root.toString('hex')).toBe(block.root);
    const hash = blockHash({
      no: BigInt(block.no),
      prevHash: hex(block.prevHash),
      first: positionOf(block.first),
      last: positionOf(block.last),
      entries: block.entries,
      total: BigInt(block.total),
      root,
      sealedAt: BigInt(block.sealedAt),
    });
    expect(hash.toString('hex')).toBe(block.hash);
  });

  it('writes and reads the line of the anchor', () => {
    const { privateKey: pkcs8, line } = vectors.anchor;
    const privateKey = createPrivateKey({
      key: Buffer.from(pkcs8, 'base64'),
      format: 'der',
      type: 'pkcs8',
    });
    const anchor = readAnchor(line);
    if (anchor === undefined) throw new Error('The line cannot be read.');
    expect(isSignedBy(anchor, createPublicKey(privateKey))).toBe(true);
    const { keyId, signature: _, ...unsigned } = anchor;
    expect(writeAnchor(unsigned, { id: keyId, privateKey })).toBe(line);
  });

  it.each([
    'nonsense',
    'null',
    '[]',
    '{}',
    vectors.anchor.line.replace('"block":"1"', '"block":"01"'),
    vectors.anchor.line.replace('"block":"1"', '"block":1'),
    vectors.anchor.line.replace(/"hash":"../, '"hash":"'),
  ])('reads no anchor out of %s', (line) => {
    expect(readAnchor(line)).toBeUndefined();
  });
});
