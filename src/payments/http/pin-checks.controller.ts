import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { Access } from '../../platform/access/access.js';
import { cardsProblems } from '../../cards/cards.errors.js';
import { CheckScan } from '../../payment-codes/check-scan.js';
import { invariant, Refusal } from '../../platform/errors/problem.js';
import { pinPattern } from '../../platform/pin/pin.js';
import { CheckPin } from '../../static-credentials/check-pin.js';

class PinCheckRequest {
  @ApiProperty({ example: '20260001', description: "The cardholder's number" })
  @IsString()
  @Length(1, 32)
  number: string;

  @ApiProperty({ example: '402917', description: 'Six digits; never kept by the terminal' })
  @Matches(pinPattern)
  pin: string;
}

class NumberPinWord {
  @ApiProperty({ enum: ['number_pin'] })
  type: 'number_pin';
  @ApiProperty({ description: '32 bytes in base64url: one sale of this terminal' })
  token: string;
}

class CheckedCardholder {
  @ApiProperty({ example: '张**' })
  maskedName: string;
}

class PinCheckResponse {
  @ApiProperty({ type: NumberPinWord, description: 'The instrument that the sale carries' })
  instrument: NumberPinWord;
  @ApiProperty({ type: CheckedCardholder })
  cardholder: CheckedCardholder;
  @ApiProperty({ format: 'date-time' })
  expiresAt: string;
}

@ApiTags('terminal')
@Controller('v1/pin-checks')
export class PinChecksController {
  constructor(
    private readonly checks: CheckPin,
    private readonly scans: CheckScan,
  ) {}

  @Post()
  @HttpCode(200)
  @Access('terminal')
  @ApiOkResponse({ type: PinCheckResponse })
  async check(
    @Body() { number, pin }: PinCheckRequest,
    @Req() { terminalKey }: FastifyRequest,
  ): Promise<PinCheckResponse> {
    invariant(terminalKey !== undefined, 'A terminal route without its terminal.');
    const { terminal } = terminalKey;
    this.scans.requireNotPaused(terminal.id);
    const { token, payer, expiresAt } = await this.checks
      .check(terminal, number, pin)
      .catch(async (error: unknown) => {
        // Whoever guesses PINs or numbers is slowed down like whoever guesses codes.
        if (error instanceof Refusal && error.problem === cardsProblems.payment_pin_wrong)
          await this.scans.countWrongTry(terminal.id);
        throw error;
      });
    return {
      instrument: { type: 'number_pin', token },
      cardholder: { maskedName: payer },
      expiresAt: expiresAt.toISOString(),
    };
  }
}
