import type { Inclusion } from '../../ledger/prove-inclusion.js';
import { toWireAmount } from '../../money/amount.js';
import type {
  InclusionProofResponse,
  SealBlockResponse,
  SealedEntryResponse,
} from './proof.response.js';

const text = (number: bigint | null): string | null => number?.toString() ?? null;
const hex = (bytes: Buffer): string => bytes.toString('hex');

const presentPosition = ({ era, xid, id }: Inclusion['blocks'][number]['first']) => ({
  era,
  xid: xid.toString(),
  id: id.toString(),
});

const presentEntry = ({ entry, nonce }: Inclusion): SealedEntryResponse => ({
  nonce: hex(nonce),
  ...presentPosition(entry),
  postedAt: entry.postedAt.toString(),
  kind: entry.kind,
  reverses: text(entry.reverses),
  hold: text(entry.hold),
  about: entry.about,
  lines: entry.lines.map(({ line, account, amount, seq, balanceAfter }) => ({
    line,
    account: account.toString(),
    amount: toWireAmount(amount),
    seq: text(seq),
    balanceAfter: balanceAfter === null ? null : toWireAmount(balanceAfter),
  })),
});

const presentBlock = (block: Inclusion['blocks'][number]): SealBlockResponse => ({
  no: block.no.toString(),
  prev: hex(block.prevHash),
  first: presentPosition(block.first),
  last: presentPosition(block.last),
  entries: block.entries,
  total: block.total.toString(),
  root: hex(block.root),
  sealedAt: block.sealedAt.toString(),
  hash: hex(block.hash),
});

/** A proof in the form that docs/check-receipt reads. */
export const presentInclusion = (inclusion: Inclusion): InclusionProofResponse => ({
  version: 1,
  entry: presentEntry(inclusion),
  leaf: hex(inclusion.leaf),
  index: inclusion.index,
  path: inclusion.path.map(hex),
  blocks: inclusion.blocks.map(presentBlock),
  anchor: inclusion.anchor,
});
