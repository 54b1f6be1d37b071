import { Body, Controller, Get, HttpCode, Put } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiOkResponse,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { IsString, Length, Matches, ValidateIf } from 'class-validator';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { pinPattern } from '../../platform/pin/pin.js';
import { SetPaymentPin } from '../set-payment-pin.js';

class PaymentPinRequest {
  @ApiProperty({ example: '402917', description: 'Six digits' })
  @Matches(pinPattern)
  pin: string;

  @ApiPropertyOptional({ maxLength: 128, description: 'The password; or `linkToken`' })
  @ValidateIf(({ linkToken }: PaymentPinRequest) => linkToken === undefined)
  @IsString()
  @Length(1, 128)
  password?: string;

  @ApiPropertyOptional({ description: 'What stands behind `#sign-in=` in a link of the office' })
  @ValidateIf((_, value) => value !== undefined)
  @IsString()
  @Length(1, 128)
  linkToken?: string;
}

class PaymentPinResponse {
  @ApiProperty()
  isSet: boolean;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  lockedUntil: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    format: 'date-time',
    description: 'A first PIN is good a day later, unless it was set by a link of the office',
  })
  usableFrom: string | null;
}

@ApiTags('student')
@Controller('v1/me/card/payment-pin')
@Access('cardholder')
export class PaymentPinController {
  constructor(private readonly pins: SetPaymentPin) {}

  @Get()
  @ApiOkResponse({ type: PaymentPinResponse })
  async read(@CurrentCaller() caller: Caller): Promise<PaymentPinResponse> {
    const { isSet, lockedUntil, usableFrom } = await this.pins.stateOf(caller.id);
    return {
      isSet,
      lockedUntil: lockedUntil?.toISOString() ?? null,
      usableFrom: usableFrom?.toISOString() ?? null,
    };
  }

  /** Sets it, or sets it anew and ends a lock, after the cardholder has proven once more to be one. */
  @Put()
  @HttpCode(204)
  @ApiNoContentResponse()
  async set(@CurrentCaller() caller: Caller, @Body() body: PaymentPinRequest): Promise<void> {
    const { pin, password = '', linkToken } = body;
    await this.pins.set(caller.id, pin, linkToken === undefined ? { password } : { linkToken });
  }
}
