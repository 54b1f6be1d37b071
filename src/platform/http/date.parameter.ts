import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, Matches } from 'class-validator';

/** A business day in a path or a body: a real date of this century, in campus time. */
export class DateParameter {
  @ApiProperty({ example: '2026-11-22', description: 'A business day, in campus time' })
  @IsISO8601({ strict: true })
  @Matches(/^20\d{2}-\d{2}-\d{2}$/)
  date: string;
}
