import type { KeyObject } from 'node:crypto';
import { hashOfLine, isSignedBy, noLine, readAnchor, type Anchor } from '../domain/anchor.js';
import type { Findings } from '../domain/findings.js';
import type { AnchorFile } from './anchor-file.js';
import type { Reader } from '../../platform/database/transaction.js';

const anchorsAtATime = 500;

type KnownBlock = { readonly hash: string; readonly total: bigint };

/** Blocks as the database has them now are held against what was once said of them. */
async function compare(
  database: Reader,
  anchors: readonly Anchor[],
  agreement: Findings,
): Promise<void> {
  const rows = await database.query<{ no: string; hash: string; total: string }[]>(
    `select b.no, encode(b.hash, 'hex') as hash, b.total from ledger.block b where b.no = any ($1)`,
    [anchors.map(({ block }) => block.toString())],
  );
  const known = new Map<string, KnownBlock>(
    rows.map(({ no, hash, total }) => [no, { hash, total: BigInt(total) }]),
  );
  for (const { block, hash, total, at } of anchors) {
    const found = known.get(block.toString());
    if (found === undefined) agreement.add(`block ${block}, anchored at ${at}, was cut off`);
    else if (found.hash !== hash || found.total !== total)
      agreement.add(`block ${block} is not the one that was anchored at ${at}`);
  }
}

/** @param keys whose signature counts, by key id */
export async function checkAnchors(
  database: Reader,
  file: AnchorFile,
  keys: ReadonlyMap<string, KeyObject>,
  found: { readonly lines: Findings; readonly agreement: Findings },
): Promise<void> {
  let [number, previous, block] = [0, noLine, 0n];
  let page: Anchor[] = [];
  for await (const line of file.lines()) {
    number += 1;
    const anchor = readAnchor(line);
    if (anchor === undefined) {
      found.lines.add(`line ${number} is no anchor`);
      previous = hashOfLine(line);
      continue;
    }
    if (anchor.previous !== previous)
      found.lines.add(`line ${number} does not follow the line before`);
    if (anchor.block <= block)
      found.lines.add(`line ${number} anchors block ${anchor.block} after block ${block}`);
    previous = hashOfLine(line);
    block = anchor.block;
    const key = keys.get(anchor.keyId);
    if (key === undefined || !isSignedBy(anchor, key)) {
      found.lines.add(`line ${number} is not signed by ${anchor.keyId}`);
      continue;
    }
    page.push(anchor);
    if (page.length < anchorsAtATime) continue;
    await compare(database, page, found.agreement);
    page = [];
  }
  await compare(database, page, found.agreement);
}
