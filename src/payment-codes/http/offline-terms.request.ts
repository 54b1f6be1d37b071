import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

const groups = ['student', 'staff', 'guest'];
const amountMax = 1_000_000_000_000;
const recordsMax = 10_000;
const hoursMax = 72;
const fen = { type: 'integer', description: 'Fen' } as const;

export class AllowanceBody {
  @ApiProperty({ ...fen, description: 'Fen: at most so much is set aside of the cash' })
  @IsInt()
  @Min(1)
  @Max(amountMax)
  most: number;

  @ApiProperty({ ...fen, description: 'Fen: so much of the cash stays free' })
  @IsInt()
  @Min(0)
  @Max(amountMax)
  spares: number;

  @ApiProperty({ ...fen, description: 'Fen: less than so much is not set aside' })
  @IsInt()
  @Min(1)
  @Max(amountMax)
  least: number;
}

export class PerTerminalBody {
  @ApiProperty(fen)
  @IsInt()
  @Min(1)
  @Max(amountMax)
  amount: number;

  @ApiProperty({ type: 'integer' })
  @IsInt()
  @Min(1)
  @Max(recordsMax)
  records: number;

  @ApiProperty({ type: 'integer', description: 'Without a network' })
  @IsInt()
  @Min(1)
  @Max(hoursMax)
  hours: number;
}

export class LimitClassBody {
  @ApiProperty({ enum: groups })
  @IsIn(groups)
  group: string;

  @ApiProperty(fen)
  @IsInt()
  @Min(1)
  @Max(amountMax)
  perSale: number;

  @ApiProperty({ ...fen, description: 'Fen: at one terminal, until it was heard again' })
  @IsInt()
  @Min(1)
  @Max(amountMax)
  perCard: number;
}

/** How much may be sold without a network; a group that is left out stays as it is. */
export class OfflineTermsBody {
  @ApiProperty({ type: AllowanceBody })
  @IsObject()
  @ValidateNested()
  @Type(() => AllowanceBody)
  allowance: AllowanceBody;

  @ApiProperty({ type: PerTerminalBody })
  @IsObject()
  @ValidateNested()
  @Type(() => PerTerminalBody)
  perTerminal: PerTerminalBody;

  @ApiProperty({ type: [LimitClassBody] })
  @IsArray()
  @ArrayMaxSize(groups.length)
  @ArrayUnique(({ group }: LimitClassBody) => group)
  @ValidateNested({ each: true })
  @Type(() => LimitClassBody)
  classes: LimitClassBody[];
}
