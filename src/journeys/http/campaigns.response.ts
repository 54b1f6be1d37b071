import { ApiProperty } from '@nestjs/swagger';
import { consents, products, statuses, type Campaign } from '../domain/campaign.js';
import { OfferText } from './campaigns.request.js';

export class CampaignResponse {
  @ApiProperty({ example: '3' })
  id: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ type: OfferText })
  offer: OfferText;

  @ApiProperty()
  link: string;

  @ApiProperty({ format: 'date-time' })
  startsAt: string;

  @ApiProperty({ format: 'date-time' })
  endsAt: string;

  @ApiProperty({ type: [String], nullable: true })
  places: string[] | null;

  @ApiProperty({ type: 'object', additionalProperties: true })
  audience: Record<string, unknown>;

  @ApiProperty({ enum: consents })
  consent: Campaign['consent'];

  @ApiProperty({ enum: products })
  product: Campaign['product'];

  @ApiProperty({ type: 'integer' })
  dailyCap: number;

  @ApiProperty({ type: 'integer' })
  priority: number;

  @ApiProperty({ enum: statuses })
  status: Campaign['status'];

  static of(campaign: Campaign): CampaignResponse {
    return {
      ...campaign,
      id: campaign.id.toString(),
      startsAt: campaign.startsAt.toISOString(),
      endsAt: campaign.endsAt.toISOString(),
      places: campaign.places?.map(String) ?? null,
    };
  }
}

export class CampaignPageResponse {
  @ApiProperty({ type: [CampaignResponse] })
  campaigns: CampaignResponse[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Send it as `before`; null on the last page.',
  })
  next: string | null;
}

export class FunnelResponse {
  @ApiProperty({ type: 'integer', description: 'Receipts that showed the offer.' })
  shown: number;

  @ApiProperty({ type: 'integer', description: 'Of these, how many were followed.' })
  clicked: number;

  @ApiProperty({ type: 'integer', description: 'Of these, on how many all marketing was refused.' })
  refused: number;
}
