import { ApiProperty } from '@nestjs/swagger';

const hash = {
  description: 'SHA-256, lower-case hexadecimal',
  example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
};
const optionalNumber = { type: String, nullable: true, example: '12' } as const;
const micros = { description: 'Microseconds since 1970', example: '1795320000000000' };

export class SealedLineResponse {
  @ApiProperty({ type: 'integer' })
  line: number;
  @ApiProperty({ example: '12' })
  account: string;
  @ApiProperty({ type: 'integer', description: 'Fen; credit is positive' })
  amount: number;
  @ApiProperty(optionalNumber)
  seq: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Fen' })
  balanceAfter: number | null;
}

export class SealedEntryResponse {
  @ApiProperty({ ...hash, description: 'Keeps the leaf from being guessed' })
  nonce: string;
  @ApiProperty({ example: '12' })
  id: string;
  @ApiProperty({ type: 'integer' })
  era: number;
  @ApiProperty({ example: '12' })
  xid: string;
  @ApiProperty(micros)
  postedAt: string;
  @ApiProperty({ example: 'sale' })
  kind: string;
  @ApiProperty(optionalNumber)
  reverses: string | null;
  @ApiProperty(optionalNumber)
  hold: string | null;
  @ApiProperty({ description: 'JSON, as the very text that was hashed' })
  about: string;
  @ApiProperty({ type: [SealedLineResponse] })
  lines: SealedLineResponse[];
}

export class PositionResponse {
  @ApiProperty({ type: 'integer' })
  era: number;
  @ApiProperty({ example: '12' })
  xid: string;
  @ApiProperty({ example: '12' })
  id: string;
}

export class SealBlockResponse {
  @ApiProperty({ example: '12' })
  no: string;
  @ApiProperty({ ...hash, description: 'Of the block before' })
  prev: string;
  @ApiProperty()
  first: PositionResponse;
  @ApiProperty()
  last: PositionResponse;
  @ApiProperty({ type: 'integer' })
  entries: number;
  @ApiProperty({ example: '48213', description: 'Entries in all blocks up to this one' })
  total: string;
  @ApiProperty(hash)
  root: string;
  @ApiProperty(micros)
  sealedAt: string;
  @ApiProperty(hash)
  hash: string;
}

export class InclusionProofResponse {
  @ApiProperty({ type: 'integer', enum: [1] })
  version: 1;
  @ApiProperty()
  entry: SealedEntryResponse;
  @ApiProperty(hash)
  leaf: string;
  @ApiProperty({ type: 'integer', description: 'Which leaf of its block, from zero' })
  index: number;
  @ApiProperty({ type: [String], description: 'Siblings, from the leaf up' })
  path: string[];
  @ApiProperty({ type: [SealBlockResponse], description: "From the entry's block to the anchor's" })
  blocks: SealBlockResponse[];
  @ApiProperty({ type: String, nullable: true, description: "The anchor's line; null: not yet" })
  anchor: string | null;
}

export class PaymentProofResponse {
  @ApiProperty({ example: '12' })
  paymentId: string;
  @ApiProperty({ type: [InclusionProofResponse], description: 'One for each entry' })
  proofs: InclusionProofResponse[];
}
