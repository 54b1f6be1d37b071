import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { Access } from '../../platform/access/access.js';
import { Refusal } from '../../platform/errors/problem.js';
import { paymentCodesProblems } from '../payment-codes.errors.js';
import { HotlistStore } from '../store/hotlist.store.js';

class HotlistParameter {
  @ApiProperty({ description: 'The number of the list that the terminal has; 0 for none' })
  @Matches(/^(0|[1-9]\d{0,9})$/)
  since: string;
}

class HotlistResponse {
  @ApiProperty({ type: 'integer', description: 'Of the newest list' })
  number: number;
  @ApiProperty({ format: 'date-time' })
  madeAt: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'What leads from the list that the terminal has to the newest, or from none: signed bytes in base64url. Null for who has the newest.',
  })
  update: string | null;
}

/** Certificates that are no longer good, for terminals that may be without a network later. */
@ApiTags('terminal')
@Controller('v1/hotlists')
@Access('terminal')
export class HotlistsController {
  constructor(private readonly hotlists: HotlistStore) {}

  /** @throws {Refusal} offline_not_offered */
  @Get(':since')
  @ApiOkResponse({ type: HotlistResponse })
  async read(@Param() { since }: HotlistParameter): Promise<HotlistResponse> {
    const answer = await this.hotlists.after(Number(since));
    if (answer === undefined) throw new Refusal(paymentCodesProblems, 'offline_not_offered');
    return {
      number: answer.number,
      madeAt: answer.madeAt.toISOString(),
      update: answer.update?.toString('base64url') ?? null,
    };
  }
}
