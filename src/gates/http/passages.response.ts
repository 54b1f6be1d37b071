import { ApiProperty } from '@nestjs/swagger';
import { LocalNameResponse, MaskedNameResponse } from './shared.response.js';
import {
  directions,
  passageReasons,
  type Direction,
  type PassageReason,
  type PassageState,
} from '../gate.js';

export class PassageVisitResponse {
  @ApiProperty()
  id: string;
  @ApiProperty({ enum: ['free', 'pass', 'entry', 'time'], description: 'What let them in' })
  charge: string;
  @ApiProperty()
  enteredAt: string;
  @ApiProperty({ description: 'When the place closes, and the visit with it' })
  closesAt: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The sale that holds or paid the money',
  })
  paymentId: string | null;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Entries left on the pass; null is any number',
  })
  usesLeft: number | null;
}

export class PassageResponse {
  @ApiProperty()
  orderNumber: string;
  @ApiProperty({ example: 'G1-0427' })
  shortNumber: string;
  @ApiProperty({ enum: directions })
  direction: Direction;
  @ApiProperty({ enum: ['approved', 'declined'] })
  verdict: string;
  @ApiProperty({ enum: Object.keys(passageReasons), nullable: true })
  reason: PassageReason | null;
  @ApiProperty({ type: LocalNameResponse })
  message: LocalNameResponse;
  @ApiProperty({
    enum: ['authorized', 'passed', 'voided', 'declined'],
    description: 'As it stands now',
  })
  state: PassageState;
  @ApiProperty({
    type: 'integer',
    description: 'Fen: held at an entry, the price of the visit at an exit',
  })
  amount: number;
  @ApiProperty({ type: MaskedNameResponse, nullable: true })
  cardholder: MaskedNameResponse | null;
  @ApiProperty({ type: PassageVisitResponse, nullable: true })
  visit: PassageVisitResponse | null;
  @ApiProperty({ type: String, nullable: true, description: 'Until then somebody may pass' })
  expiresAt: string | null;
  @ApiProperty()
  decidedAt: string;
}

export class SettledPassageResponse {
  @ApiProperty()
  orderNumber: string;
  @ApiProperty({
    enum: ['passed', 'not_passed', 'too_late', 'was_declined', 'already_passed', 'never_seen'],
  })
  outcome: string;
}
