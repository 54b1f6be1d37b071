import { ApiProperty } from '@nestjs/swagger';
import type { PurseRule } from '../card.js';

export class PurseNameResponse {
  @ApiProperty()
  zh: string;
  @ApiProperty()
  en: string;
}

/** Where and when money of a kind is good; null is everywhere, or at any time. */
export class GoodForResponse {
  @ApiProperty({ enum: ['canteen', 'gym', 'dorm'], isArray: true, nullable: true })
  placeKinds: string[] | null;
  @ApiProperty({ type: [String], nullable: true, description: 'Ids of places' })
  places: string[] | null;
  @ApiProperty({ type: [String], nullable: true, description: 'Codes of meal periods' })
  meals: string[] | null;
}

export class PurseKindResponse extends GoodForResponse {
  @ApiProperty({ example: 'subsidy-breakfast' })
  code: string;
  @ApiProperty({ type: PurseNameResponse })
  name: PurseNameResponse;
}

export class PurseOrderResponse {
  @ApiProperty({ example: 'student' })
  group: string;
  @ApiProperty({ type: [String] })
  kinds: string[];
}

export class PurseRulesResponse {
  @ApiProperty({ type: [PurseKindResponse] })
  kinds: PurseKindResponse[];
  @ApiProperty({ type: [PurseOrderResponse] })
  orders: PurseOrderResponse[];
}

/** The same fields without their class, so that they can be part of another answer. */
type GoodFor = { [Field in keyof GoodForResponse]: GoodForResponse[Field] };

export const presentGoodFor = ({ placeKinds, places, meals }: PurseRule): GoodFor => ({
  placeKinds: placeKinds === null ? null : [...placeKinds],
  places: places?.map(String) ?? null,
  meals: meals === null ? null : [...meals],
});

export const presentKind = (rule: PurseRule): PurseKindResponse => ({
  code: rule.code,
  name: rule.name,
  ...presentGoodFor(rule),
});
