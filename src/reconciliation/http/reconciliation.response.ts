import { ApiProperty } from '@nestjs/swagger';
import { discrepancySources, discrepancyTypes, type Discrepancy } from '../read-reconciliation.js';

const fen = { type: 'integer', description: 'Fen' } as const;

export class StatementResponse {
  @ApiProperty({ example: '3' })
  id: string;

  @ApiProperty({ example: '2026-11-22' })
  date: string;

  @ApiProperty({ description: 'Of the file, hexadecimal' })
  sha256: string;

  @ApiProperty({ type: 'integer' })
  lines: number;

  @ApiProperty(fen)
  moneyIn: number;

  @ApiProperty(fen)
  moneyOut: number;

  @ApiProperty({ ...fen, nullable: true })
  closingBalance: number | null;
}

const facts = { type: 'object', additionalProperties: true, nullable: true } as const;

export class DiscrepancyResponse {
  @ApiProperty({ example: '17' })
  id: string;

  @ApiProperty({ enum: discrepancySources })
  source: Discrepancy['source'];

  @ApiProperty({ enum: discrepancyTypes })
  type: Discrepancy['type'];

  @ApiProperty({ description: "An instruction's or a shift's number, or a terminal's code" })
  reference: string;

  @ApiProperty({ ...facts, description: 'What our books say' })
  here: Discrepancy['here'];

  @ApiProperty({ ...facts, description: 'What the bank or the terminal says' })
  there: Discrepancy['there'];

  @ApiProperty({ format: 'date-time' })
  foundAt: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  clearedAt: string | null;
}

export class ReconciliationResponse {
  @ApiProperty({ example: '2026-11-22' })
  date: string;

  @ApiProperty({ format: 'date-time' })
  ranAt: string;

  @ApiProperty({ description: 'The member of staff who ran it' })
  ranBy: string;

  @ApiProperty({ type: String, nullable: true, description: 'null: the bank was not compared' })
  statementId: string | null;

  @ApiProperty({ description: 'All three stories are there and none differs' })
  agrees: boolean;

  @ApiProperty({ type: [DiscrepancyResponse] })
  discrepancies: DiscrepancyResponse[];
}
