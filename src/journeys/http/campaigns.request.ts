import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { Audience } from '../domain/audience.js';
import { consents, products, statuses, type CampaignTerms } from '../domain/campaign.js';

export const campaignsPageMax = 100;
const idShape = /^[1-9]\d{0,17}$/;

const instantShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** May be left out, but not be null. */
const Omittable = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

export class OfferText {
  @ApiProperty({ example: '周二早餐立减 3 元', maxLength: 120 })
  @IsString()
  @Length(1, 120)
  zh: string;

  @ApiProperty({ example: '¥3 off breakfast on Tuesdays', maxLength: 240 })
  @IsString()
  @Length(1, 240)
  en: string;
}

export class CreateCampaignRequest {
  @ApiProperty({ example: 'Breakfast in November', maxLength: 100 })
  @IsString()
  @Length(1, 100)
  name: string;

  @ApiProperty({ type: OfferText })
  @IsObject()
  @ValidateNested()
  @Type(() => OfferText)
  offer: OfferText;

  @ApiProperty({ example: '/offers/breakfast', description: 'https, or a path of this service.' })
  @IsString()
  @MaxLength(500)
  link: string;

  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  @Matches(instantShape, { message: '$property must be an instant with its offset from UTC' })
  startsAt: string;

  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  @Matches(instantShape, { message: '$property must be an instant with its offset from UTC' })
  endsAt: string;

  @ApiProperty({
    type: [String],
    nullable: true,
    description: 'Ids of places; null is everywhere.',
  })
  @ValidateIf((request: CreateCampaignRequest) => request.places !== null)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @Matches(idShape, { each: true })
  places: string[] | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: {
      op: 'all',
      rules: [
        { op: 'group', in: ['student'] },
        { op: 'spent', atLeast: 5000, days: 7 },
      ],
    },
    description: 'Operators: everyone, all, any, not, group, place_kind, spent, payments.',
  })
  @IsObject()
  audience: Record<string, unknown>;

  @ApiPropertyOptional({ enum: consents, default: 'not_refused' })
  @Omittable()
  @IsIn(consents)
  consent?: CampaignTerms['consent'];

  @ApiProperty({ enum: products, description: '`credit` needs an audience without students.' })
  @IsIn(products)
  product: CampaignTerms['product'];

  @ApiProperty({
    type: 'integer',
    example: 500,
    description: 'How often it is shown on one campus day.',
  })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  dailyCap: number;

  @ApiPropertyOptional({
    type: 'integer',
    default: 5,
    minimum: 1,
    maximum: 9,
    description: '9 goes before 1.',
  })
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(9)
  priority?: number;

  @ApiPropertyOptional({ enum: statuses, default: 'draft' })
  @Omittable()
  @IsIn(statuses)
  status?: CampaignTerms['status'];
}

/** What is left out stays as it is. */
export class ChangeCampaignRequest extends PartialType(CreateCampaignRequest, {
  skipNullProperties: false,
}) {}

export class CampaignParams {
  @ApiProperty({ example: '3' })
  @Matches(idShape)
  id: string;
}

export class CampaignsQuery {
  @ApiPropertyOptional({ description: '`next` of the page before.' })
  @IsOptional()
  @Matches(idShape)
  before?: string;

  @ApiPropertyOptional({ type: 'integer', default: 50, minimum: 1, maximum: campaignsPageMax })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(campaignsPageMax)
  limit = 50;
}

/** The audience is checked by the use case, which knows its language. */
export function changeOf(request: ChangeCampaignRequest): Partial<CampaignTerms> {
  const { startsAt, endsAt, places, audience, ...same } = request;
  const given = Object.entries(same).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(given) as Partial<CampaignTerms>),
    ...(startsAt === undefined ? {} : { startsAt: new Date(startsAt) }),
    ...(endsAt === undefined ? {} : { endsAt: new Date(endsAt) }),
    ...(places === undefined ? {} : { places: places?.map(BigInt) ?? null }),
    ...(audience === undefined ? {} : { audience: audience as Audience }),
  };
}

export function termsOf(request: CreateCampaignRequest): CampaignTerms {
  return {
    name: request.name,
    offer: request.offer,
    link: request.link,
    startsAt: new Date(request.startsAt),
    endsAt: new Date(request.endsAt),
    places: request.places?.map(BigInt) ?? null,
    audience: request.audience as Audience,
    consent: request.consent ?? 'not_refused',
    product: request.product,
    dailyCap: request.dailyCap,
    priority: request.priority ?? 5,
    status: request.status ?? 'draft',
  };
}
