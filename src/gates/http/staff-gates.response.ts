import { ApiProperty } from '@nestjs/swagger';
import { LocalNameResponse } from './shared.response.js';

export class OccupancyResponse {
  @ApiProperty()
  placeId: string;
  @ApiProperty({ type: LocalNameResponse })
  name: LocalNameResponse;
  @ApiProperty({ type: 'integer' })
  inside: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Null is as many as come' })
  capacity: number | null;
  @ApiProperty({ example: '06:00' })
  opens: string;
  @ApiProperty({ example: '22:00' })
  closes: string;
  @ApiProperty({ description: 'Right now' })
  open: boolean;
}

export class OccupanciesResponse {
  @ApiProperty({ type: [OccupancyResponse] })
  places: OccupancyResponse[];
}

export class GateRuleResponse {
  @ApiProperty()
  group: string;
  @ApiProperty()
  from: string;
  @ApiProperty()
  until: string;
  @ApiProperty({ enum: ['free', 'entry', 'time'] })
  charge: string;
  @ApiProperty({ type: 'integer', nullable: true })
  amount: number | null;
  @ApiProperty({ type: 'integer', nullable: true })
  minutePrice: number | null;
}

export class GateResponse {
  @ApiProperty()
  placeId: string;
  @ApiProperty({ enum: ['hard', 'soft', 'timed'] })
  passback: string;
  @ApiProperty({ type: 'integer', nullable: true })
  passbackMinutes: number | null;
  @ApiProperty({ type: 'integer', nullable: true })
  capacity: number | null;
  @ApiProperty()
  opens: string;
  @ApiProperty()
  closes: string;
  @ApiProperty()
  hasSensor: boolean;
  @ApiProperty({ type: 'integer' })
  forgottenAmount: number;
  @ApiProperty({ type: [GateRuleResponse] })
  rules: GateRuleResponse[];
}

export class InsideResponse {
  @ApiProperty()
  visitId: string;
  @ApiProperty()
  cardNumber: string;
  @ApiProperty()
  name: string;
  @ApiProperty({ enum: ['free', 'pass', 'entry', 'time'] })
  charge: string;
  @ApiProperty()
  enteredAt: string;
}

export class IncidentResponse {
  @ApiProperty()
  id: string;
  @ApiProperty({
    enum: [
      'entered_again',
      'left_without_visit',
      'passed_late',
      'exit_forgotten',
      'hold_lost',
      'pass_refunded_after_use',
    ],
  })
  kind: string;
  @ApiProperty({ type: String, nullable: true })
  visitId: string | null;
  @ApiProperty({ type: String, nullable: true })
  cardNumber: string | null;
  @ApiProperty()
  happenedAt: string;
}

export class PresenceResponse {
  @ApiProperty({ type: [InsideResponse], description: 'Longest first; 500 at most' })
  inside: InsideResponse[];
  @ApiProperty({ type: [IncidentResponse], description: 'Newest first; 100 at most' })
  incidents: IncidentResponse[];
}

export class KeptVisitsResponse {
  @ApiProperty({ type: 'integer', description: 'How long it is kept who was where' })
  keepDays: number;
}

export class GivenPassResponse {
  @ApiProperty()
  passId: string;
}

export class PassResponse {
  @ApiProperty()
  passId: string;
  @ApiProperty({ type: [String] })
  places: string[];
  @ApiProperty({ example: '2026-11-01' })
  firstDay: string;
  @ApiProperty({ example: '2026-11-30' })
  lastDay: string;
  @ApiProperty()
  from: string;
  @ApiProperty()
  until: string;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Null is any number' })
  uses: number | null;
  @ApiProperty({ type: 'integer' })
  used: number;
}

export class PassesResponse {
  @ApiProperty({ type: [PassResponse] })
  passes: PassResponse[];
}
