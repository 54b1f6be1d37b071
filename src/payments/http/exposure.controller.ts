import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsISO8601, IsOptional } from 'class-validator';
import { Access } from '../../platform/access/access.js';
import { Clock } from '../../platform/clock/clock.js';
import { IdParameter } from '../../platform/http/id.parameter.js';
import { ExposureStore } from '../store/exposure.store.js';

class ExposureQuery {
  @ApiProperty({ required: false, format: 'date-time', description: 'A day ago by itself' })
  @IsOptional()
  @IsISO8601({ strict: true })
  since?: string;
}

class CountedResponse {
  @ApiProperty({ type: 'integer' })
  count: number;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  amount: number;
}

class ExposureResponse {
  @ApiProperty({ format: 'date-time' })
  since: Date;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  revokedAt: Date | null;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  lastSeenAt: Date | null;
  @ApiProperty({ type: 'integer', description: 'That it still had to send: they stay with it' })
  queuedReversals: number;
  @ApiProperty({ type: CountedResponse })
  approved: CountedResponse;
  @ApiProperty({ type: 'integer' })
  declined: number;
  @ApiProperty({ type: CountedResponse, description: 'Taken back by it since then' })
  reversed: CountedResponse;
  @ApiProperty({ type: CountedResponse, description: 'What it could still take back' })
  reversible: CountedResponse;
  @ApiProperty({ type: CountedResponse, description: 'Set aside for it and not taken yet' })
  held: CountedResponse;
}

class SequenceBreakResponse {
  @ApiProperty({ type: String, nullable: true, description: 'None: a passage that cost nothing' })
  paymentId: string | null;
  @ApiProperty()
  orderNumber: string;
  @ApiProperty({ type: 'integer' })
  sequence: number;
  @ApiProperty({ type: 'integer', description: 'At least' })
  expected: number;
  @ApiProperty({ format: 'date-time' })
  decidedAt: string;
}

class SequenceResponse {
  @ApiProperty()
  terminalId: string;
  @ApiProperty()
  lastSequence: string;
  @ApiProperty({
    type: 'integer',
    description:
      'Numbers below the last that neither came, as a sale or a passage, nor were barred',
  })
  missing: number;
  @ApiProperty({ type: [SequenceBreakResponse], description: 'Where the count went back' })
  breaks: readonly SequenceBreakResponse[];
}

/** What a terminal did and could have done, and how its sequence goes. */
@ApiTags('staff')
@Controller('v1/staff')
export class ExposureController {
  constructor(
    private readonly exposure: ExposureStore,
    private readonly clock: Clock,
  ) {}

  @Get('terminals/:id/exposure')
  @Access('staff', 'payments.read')
  @ApiOkResponse({ type: ExposureResponse })
  ofTerminal(
    @Param() { id }: IdParameter,
    @Query() { since }: ExposureQuery,
  ): Promise<ExposureResponse> {
    const from = since === undefined ? undefined : new Date(since);
    return this.exposure.ofTerminal(BigInt(id), from, this.clock.now());
  }

  @Get('terminal-sequences')
  @Access('staff', 'terminals.read')
  @ApiOkResponse({ type: [SequenceResponse] })
  sequences(): Promise<SequenceResponse[]> {
    return this.exposure.sequences() as Promise<SequenceResponse[]>;
  }
}
