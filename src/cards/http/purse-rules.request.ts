import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsObject,
  IsString,
  Length,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { PlaceKind } from '../../places/place.js';

const listMax = 500;
const orderMax = 32;
const idShape = /^[1-9]\d{0,17}$/;
const mealShape = /^[a-z][a-z-]{0,31}$/;
/** As the table demands: none of the house's own kinds of accounts, so that no purse is mixed up with them. */
const kindShape =
  /^(?!subsidy-expense$)(?=.{1,32}$)(cash|subsidy|(subsidy|coupon)-[a-z]+(-[a-z]+)*)$/;
const placeKinds: readonly PlaceKind[] = ['canteen', 'gym', 'dorm'];

/** A list that is said, be it as null: everywhere, or always. */
const ListOrNull = (): PropertyDecorator => (target, property) => {
  ValidateIf((_, value) => value !== null)(target, property);
  IsArray()(target, property);
  ArrayMinSize(1)(target, property);
  ArrayMaxSize(listMax)(target, property);
  ArrayUnique()(target, property);
};

export class PurseNameRequest {
  @ApiProperty({ example: '早餐补贴', maxLength: 32 })
  @IsString()
  @Length(1, 32)
  zh: string;

  @ApiProperty({ example: 'breakfast subsidy', maxLength: 64 })
  @IsString()
  @Length(1, 64)
  en: string;
}

export class PurseKindRequest {
  @ApiProperty({ type: PurseNameRequest })
  @IsObject()
  @ValidateNested()
  @Type(() => PurseNameRequest)
  name: PurseNameRequest;

  @ApiProperty({ enum: placeKinds, isArray: true, nullable: true, description: 'Null: at all.' })
  @ListOrNull()
  @IsIn(placeKinds, { each: true })
  placeKinds: PlaceKind[] | null;

  @ApiProperty({ type: [String], nullable: true, description: 'Ids of places; null: at all.' })
  @ListOrNull()
  @Matches(idShape, { each: true })
  places: string[] | null;

  @ApiProperty({
    type: [String],
    nullable: true,
    description: 'Codes of meal periods; null: at any time.',
  })
  @ListOrNull()
  @Matches(mealShape, { each: true })
  meals: string[] | null;
}

export class PurseKindParameter {
  @ApiProperty({ example: 'subsidy-breakfast' })
  @Matches(kindShape)
  code: string;
}

export class PurseOrderRequest {
  @ApiProperty({
    type: [String],
    example: ['subsidy-breakfast', 'subsidy', 'cash'],
    description: 'The first pays first; a kind that is not named pays nothing.',
  })
  @IsArray()
  @ArrayMaxSize(orderMax)
  @ArrayUnique()
  @Matches(kindShape, { each: true })
  kinds: string[];
}
