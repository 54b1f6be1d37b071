/** Nothing that was sealed has changed since, and what was said outside the database about the seal is still true. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import type { AppConfig } from '../platform/config/app-config.js';
import { openKeyRing } from '../platform/config/key-ring.js';
import type { Reader } from '../platform/database/transaction.js';
import type { Proof, ProofSource } from '../platform/proofs/proof.js';
import { Findings } from './domain/findings.js';
import { AnchorFile } from './store/anchor-file.js';
import { checkAnchors } from './store/check-anchors.js';
import { checkBlocks } from './store/check-blocks.js';

/** By then the first block is anchored, or nobody anchors. */
const anchoredWithin = '10 minutes';

export type Anchoring = {
  /** Where the lines are. */
  readonly file: string;
  /** Whose signature counts, by key id. Only asked when there are lines. */
  readonly keys: () => ReadonlyMap<string, KeyObject>;
};

export const anchoringOf = (config: AppConfig): Anchoring => ({
  file: config.anchorFile,
  keys: () => {
    const { id, privateKey } = openKeyRing(config).answerKey;
    return new Map([[id, createPublicKey(privateKey)]]);
  },
});

const proofOf = (proof: string, findings: Findings): Proof => ({
  proof,
  broken: findings.count,
  findings: findings.sentences,
});

/** Read in the same snapshot as everything else; reads only. */
export async function proveSeal(reader: Reader, anchoring: Anchoring): Promise<Proof[]> {
  const [chain, content, loose, lines, agreement] = Array.from(
    { length: 5 },
    () => new Findings(),
  ) as [Findings, Findings, Findings, Findings, Findings];
  await checkBlocks(reader, chain, content);
  await checkPostings(reader, loose);
  const file = new AnchorFile(anchoring.file);
  if (await file.exists()) await checkAnchors(reader, file, anchoring.keys(), { lines, agreement });
  else await checkThatNoneIsDue(reader, file, agreement);
  return [
    proofOf('blocks of the seal follow one another without a gap', chain),
    proofOf('every sealed entry is as it was sealed', content),
    proofOf('every posting is of an entry at its instant', loose),
    proofOf('anchors follow one another and are signed', lines),
    proofOf('the seal is as it was anchored outside the database', agreement),
  ];
}

/** The proofs of the seal, for the list of all proofs. */
export const sealProofs = (config: AppConfig): ProofSource => ({
  source: 'seal',
  prove: (reader) => proveSeal(reader, anchoringOf(config)),
});

/** A posting that names another instant than its entry would be in no leaf. */
async function checkPostings(reader: Reader, loose: Findings): Promise<void> {
  const rows = await reader.query<{ entry: string; line: number }[]>(
    `select p.entry, p.line from ledger.posting p
     where not exists (select from ledger.entry e where e.id = p.entry and e.posted_at = p.posted_at)
     limit 1000`,
  );
  for (const { entry, line } of rows) loose.add(`line ${line} is of no entry ${entry}`);
}

async function checkThatNoneIsDue(
  reader: Reader,
  file: AnchorFile,
  agreement: Findings,
): Promise<void> {
  const [row] = await reader.query<{ blocks: string }[]>(
    `select count(*) as blocks from ledger.block b
     where b.sealed_at < platform.now() - interval '${anchoredWithin}'`,
  );
  if (row !== undefined && row.blocks !== '0')
    agreement.add(
      `${row.blocks} blocks are sealed and there is no file of anchors at ${file.path}`,
    );
}
