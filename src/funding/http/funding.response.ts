import { ApiProperty } from '@nestjs/swagger';
import { lineProblems, type LineProblem } from '../domain/read-import.js';
import { collectionStates, type CollectionState } from '../store/collection.row.js';
import { importKinds, type ImportKind, type ImportState } from '../store/import.row.js';

const fen = { type: 'integer', description: 'Fen' } as const;
const instantOrNull = { type: String, format: 'date-time', nullable: true } as const;
const importStates = ['proposed', 'rejected', 'accepted', 'posted'] satisfies ImportState[];

export class WrongLineResponse {
  @ApiProperty({ type: 'integer', description: 'The header is line 1.' })
  line: number;
  @ApiProperty()
  cardNumber: string;
  @ApiProperty({ enum: lineProblems })
  problem: LineProblem;
}

export class ImportReportResponse {
  @ApiProperty({ type: 'integer' })
  linesOk: number;
  @ApiProperty({ ...fen, description: 'Fen that the good lines pay' })
  amount: number;
  @ApiProperty({ type: 'integer' })
  linesWrong: number;
  @ApiProperty({ type: [WrongLineResponse], description: 'The first thousand of them.' })
  wrong: WrongLineResponse[];
}

export class ProposedImportResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Null when nothing was proposed: a dry run, or a line is wrong.',
  })
  importId: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What a second person consents to.',
  })
  approvalId: string | null;
  @ApiProperty({ type: ImportReportResponse })
  report: ImportReportResponse;
}

export class ImportResponse {
  @ApiProperty()
  id: string;
  @ApiProperty({ enum: importKinds })
  kind: ImportKind;
  @ApiProperty({ description: 'The kind of purse that it pays into' })
  purse: string;
  @ApiProperty()
  batchNumber: string;
  @ApiProperty(instantOrNull)
  usableUntil: string | null;
  @ApiProperty({ type: 'integer' })
  lines: number;
  @ApiProperty({ type: 'integer' })
  linesPosted: number;
  @ApiProperty(fen)
  amount: number;
  @ApiProperty({ enum: importStates })
  state: ImportState;
  @ApiProperty({ type: String, nullable: true })
  approvalId: string | null;
  @ApiProperty({ format: 'date-time' })
  proposedAt: string;
  @ApiProperty(instantOrNull)
  postedAt: string | null;
}

export class ImportsResponse {
  @ApiProperty({ type: [ImportResponse] })
  imports: ImportResponse[];
}

export class CollectionResponse {
  @ApiProperty()
  id: string;
  @ApiProperty()
  cardNumber: string;
  @ApiProperty()
  paymentId: string;
  @ApiProperty({ ...fen, description: 'Fen of cash that the sale spent' })
  spent: number;
  @ApiProperty({ ...fen, description: 'Fen asked of the bank, with what was still missing' })
  amount: number;
  @ApiProperty({ enum: collectionStates })
  state: CollectionState;
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'uuid' })
  instructionNumber: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    enum: ['claimed', 'called', 'unknown', 'succeeded', 'failed', 'cancelled'],
  })
  instructionState: string | null;
  @ApiProperty({ type: String, nullable: true })
  bankReference: string | null;
  @ApiProperty({ format: 'date-time' })
  claimedAt: string;
  @ApiProperty(instantOrNull)
  resolvedAt: string | null;
}

export class CollectionsResponse {
  @ApiProperty({ type: [CollectionResponse] })
  collections: CollectionResponse[];
}

export class FundingItemResponse {
  @ApiProperty({ enum: ['collection', ...importKinds] })
  kind: string;
  @ApiProperty({ enum: ['claimed', 'succeeded', 'failed'], description: 'claimed: under way.' })
  state: string;
  @ApiProperty(fen)
  amount: number;
  @ApiProperty({ format: 'date-time' })
  at: string;
}

export class FundingResponse {
  @ApiProperty({ type: [FundingItemResponse], description: 'Newest first.' })
  funding: FundingItemResponse[];
}
