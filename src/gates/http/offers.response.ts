import { ApiProperty } from '@nestjs/swagger';
import { LocalNameResponse } from './shared.response.js';

export class OfferResponse {
  @ApiProperty()
  offerId: string;
  @ApiProperty()
  placeId: string;
  @ApiProperty({ type: LocalNameResponse })
  name: LocalNameResponse;
  @ApiProperty({ type: [String], description: 'Where the pass is good' })
  places: string[];
  @ApiProperty({ type: [String] })
  groups: string[];
  @ApiProperty({ type: 'integer', description: 'The day of the purchase included' })
  days: number;
  @ApiProperty({ example: '06:00' })
  from: string;
  @ApiProperty({ example: '22:00' })
  until: string;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Entries; null is any number' })
  uses: number | null;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  amount: number;
}

export class OffersResponse {
  @ApiProperty({ type: [OfferResponse] })
  offers: OfferResponse[];
}

export class MadeOfferResponse {
  @ApiProperty()
  offerId: string;
}

export class SoldPassResponse {
  @ApiProperty()
  orderNumber: string;
  @ApiProperty()
  paymentId: string;
  @ApiProperty({ example: 'APP2-0427' })
  shortNumber: string;
  @ApiProperty({
    enum: ['approved', 'declined', 'pending'],
    description: 'As it stands now: the same request again asks for it',
  })
  verdict: string;
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
  @ApiProperty({ type: LocalNameResponse })
  message: LocalNameResponse;
  @ApiProperty({ type: 'integer' })
  amount: number;
}

export class OwnVisitResponse {
  @ApiProperty()
  visitId: string;
  @ApiProperty({ type: LocalNameResponse })
  place: LocalNameResponse;
  @ApiProperty({ enum: ['free', 'pass', 'entry', 'time'] })
  charge: string;
  @ApiProperty()
  inside: boolean;
  @ApiProperty()
  enteredAt: string;
  @ApiProperty({ description: 'When the place closes, and the visit with it' })
  closesAt: string;
  @ApiProperty({ type: String, nullable: true })
  endedAt: string | null;
  @ApiProperty({
    enum: ['exit', 'forgotten', 'again', 'released', 'reversed'],
    nullable: true,
  })
  endReason: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Fen for each minute begun' })
  minutePrice: number | null;
  @ApiProperty({ type: 'integer', description: 'Fen; it never costs more' })
  most: number;
  @ApiProperty({ type: 'integer', description: 'Fen: what it cost, or costs if it ended now' })
  cost: number;
}

export class OwnVisitsResponse {
  @ApiProperty({ type: [OwnVisitResponse], description: 'Under way first, then the newest; 30' })
  visits: OwnVisitResponse[];
}
