import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';

/** An id in a path: a decimal string within bigint. */
export class IdParameter {
  @ApiProperty({ example: '12' })
  @Matches(/^[1-9]\d{0,17}$/)
  id: string;
}
