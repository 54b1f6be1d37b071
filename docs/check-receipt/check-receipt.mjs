#!/usr/bin/env node
/**
 * Checks that a payment stands in the sealed books of a campus, without asking anybody.
 *
 *     node check-receipt.mjs PROOF [ANCHOR]
 *
 * PROOF   the answer of GET /v1/me/payments/ID/proof, in a file
 * ANCHOR  what was kept elsewhere: a file with lines of anchors, or the 64 digits of one hash
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

const [proofFile, anchor] = process.argv.slice(2);
const hex = (digits) => Buffer.from(digits, 'hex');
const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();

function integer(bytes, value) {
  const buffer = Buffer.alloc(bytes);
  if (bytes === 8) buffer.writeBigInt64BE(BigInt.asIntN(64, BigInt(value)));
  else buffer.writeIntBE(value, 0, bytes);
  return buffer;
}
const optional = (value) =>
  value === null ? Buffer.of(0) : Buffer.concat([Buffer.of(1), integer(8, value)]);
function text(value) {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([integer(4, bytes.length), bytes]);
}
const position = ({ era, xid, id }) => [integer(4, era), integer(8, xid), integer(8, id)];

const leafHash = (entry) =>
  sha256(
    Buffer.of(0, 1),
    hex(entry.nonce),
    integer(8, entry.id),
    ...position(entry).slice(0, 2),
    integer(8, entry.postedAt),
    text(entry.kind),
    optional(entry.reverses),
    optional(entry.hold),
    text(entry.about),
    integer(4, entry.lines.length),
    ...entry.lines.flatMap(({ line, account, amount, seq, balanceAfter }) => [
      integer(2, line),
      integer(8, account),
      integer(8, amount),
      optional(seq),
      optional(balanceAfter),
    ]),
  );

/** RFC 6962, section 2.1.1: up the tree, each time with the sibling that the path gives. */
function rootOf(leaf, index, size, path) {
  const siblings = path.map(hex);
  demand(index >= 0 && index < size, 'there is no such leaf');
  for (let last = size - 1; last > 0; last >>= 1, index >>= 1) {
    if (index % 2 === 1) leaf = sha256(Buffer.of(1), siblings.shift(), leaf);
    else if (index < last) leaf = sha256(Buffer.of(1), leaf, siblings.shift());
  }
  demand(siblings.length === 0, 'the path is too long');
  return leaf.toString('hex');
}

const blockHash = (block) =>
  sha256(
    Buffer.of(2, 1),
    integer(8, block.no),
    hex(block.prev),
    ...position(block.first),
    ...position(block.last),
    integer(4, block.entries),
    integer(8, block.total),
    hex(block.root),
    integer(8, block.sealedAt),
  ).toString('hex');

function demand(condition, otherwise) {
  if (!condition) throw new Error(otherwise);
}

function check({ entry, index, path, blocks, anchor: line }, kept) {
  const [block, head] = [blocks[0], blocks.at(-1)];
  const root = rootOf(leafHash(entry), index, block.entries, path);
  demand(root === block.root, 'the entry is not in its block');
  blocks.forEach((each, at) => {
    demand(at === 0 || each.prev === blocks[at - 1].hash, 'a block does not follow');
    demand(blockHash(each) === each.hash, 'a block has another hash');
  });
  const amounts = entry.lines.map((each) => `${each.amount} fen on account ${each.account}`);
  console.log(`${entry.kind} ${entry.id}: ${amounts.join(', ')}; about ${entry.about}`);
  if (kept === undefined) {
    demand(!line || JSON.parse(line).hash === head.hash, 'the anchor is of another block');
    console.log(`  is in block ${block.no}, if block ${head.no} has the hash ${head.hash}.`);
    console.log('  Compare that with an anchor that was kept elsewhere.');
  } else {
    demand(kept.has(head.hash), 'no anchor that was kept has this hash');
    console.log(`  stands in block ${block.no}, as anchored with block ${head.no}.`);
  }
}

function hashesOf(given) {
  if (given === undefined || !existsSync(given)) return given && new Set([given]);
  const lines = readFileSync(given, 'utf8').split('\n').filter(Boolean);
  return new Set(lines.map((each) => JSON.parse(each).hash));
}

try {
  demand(proofFile, 'say which file holds the proof');
  const answer = JSON.parse(readFileSync(proofFile, 'utf8'));
  const kept = hashesOf(anchor);
  for (const proof of answer.proofs ?? [answer]) check(proof, kept);
} catch (error) {
  console.error(`NOT PROVEN: ${error.message}`);
  process.exitCode = 1;
}
