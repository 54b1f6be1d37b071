import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { fromWireAmount } from '../../money/amount.js';
import type { Tariff } from '../place.js';

const amountMax = 1_000_000_000_000;

export class NameBody {
  @ApiProperty({ example: '二食堂' })
  @IsString()
  @Length(1, 40)
  zh: string;

  @ApiProperty({ example: 'Canteen 2' })
  @IsString()
  @Length(1, 60)
  en: string;
}

export class NewMerchantRequest {
  @ApiProperty({ type: NameBody })
  @IsObject()
  @ValidateNested()
  @Type(() => NameBody)
  name: NameBody;

  @ApiProperty({ required: false, description: 'Where it is paid out to' })
  @IsOptional()
  @IsString()
  @Matches(/^\d{8,32}$/)
  bankAccount?: string;
}

export class TariffBody {
  @ApiProperty({ enum: ['entered', 'fixed', 'metered'] })
  @IsIn(['entered', 'fixed', 'metered'])
  type: 'entered' | 'fixed' | 'metered';

  @ApiProperty({ type: 'integer', description: 'Fen: the maximum, the price, or the hold' })
  @IsInt()
  @Min(1)
  @Max(amountMax)
  amount: number;

  @ApiProperty({ required: false, enum: ['liter', 'kwh', 'minute'], description: 'When metered' })
  @IsOptional()
  @IsIn(['liter', 'kwh', 'minute'])
  unit?: 'liter' | 'kwh' | 'minute';

  @ApiProperty({ required: false, type: 'integer', description: 'Fen, when metered' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(amountMax)
  unitPrice?: number;

  @ApiProperty({ required: false, type: 'integer', description: 'When metered' })
  @IsOptional()
  @IsInt()
  @Min(30)
  @Max(86_400)
  holdSeconds?: number;
}

export class NewPlaceRequest {
  @ApiProperty()
  @IsString()
  @Matches(/^[1-9]\d{0,17}$/)
  merchantId: string;

  @ApiProperty({ type: NameBody })
  @IsObject()
  @ValidateNested()
  @Type(() => NameBody)
  name: NameBody;

  @ApiProperty({ enum: ['canteen', 'gym', 'dorm'] })
  @IsIn(['canteen', 'gym', 'dorm'])
  kind: 'canteen' | 'gym' | 'dorm';

  @ApiProperty({ type: TariffBody })
  @IsObject()
  @ValidateNested()
  @Type(() => TariffBody)
  tariff: TariffBody;
}

/** Undefined where a metered tariff lacks something, or another has what only a metered one may have. */
export function tariffOf(body: TariffBody): Tariff | undefined {
  const amount = fromWireAmount(body.amount);
  const { type, unit, unitPrice, holdSeconds } = body;
  if (type === 'metered') {
    if (unit === undefined || unitPrice === undefined || holdSeconds === undefined)
      return undefined;
    return { type, hold: amount, unit, unitPrice: fromWireAmount(unitPrice), holdSeconds };
  }
  if (unit !== undefined || unitPrice !== undefined || holdSeconds !== undefined) return undefined;
  return type === 'fixed' ? { type, amount } : { type, maximum: amount };
}
