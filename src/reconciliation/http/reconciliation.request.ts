import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { DateParameter } from '../../platform/http/date.parameter.js';

const csvLengthMax = 1_000_000;

export class ImportStatementRequest extends DateParameter {
  @ApiPropertyOptional({
    description:
      'CSV with the header `date,reference,direction,amount,balance`: amounts in fen, direction `in` or `out`, ' +
      'reference our number of the instruction. Left out, the statement is fetched from the bank.',
    maxLength: csvLengthMax,
  })
  @IsOptional()
  @IsString()
  @MaxLength(csvLengthMax)
  csv?: string;
}

export class ReconcileRequest extends DateParameter {}
