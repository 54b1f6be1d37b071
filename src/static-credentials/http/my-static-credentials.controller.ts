import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { toWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { StopStaticCredentials } from '../stop-static-credentials.js';

export class StaticCapsBody {
  @ApiProperty({ type: 'integer', description: 'Fen' })
  perSale: number;
  @ApiProperty({ type: 'integer', description: 'Fen' })
  perDay: number;
}

class MyStaticCredentialsResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'How the number ends that is printed on the plastic card in use: two characters',
  })
  plastic: string | null;
  @ApiProperty({ enum: ['usable', 'stopped', 'no_pin'] })
  numberPin: string;
  @ApiProperty({ type: StaticCapsBody })
  caps: StaticCapsBody;
}

/** What pays without the phone, and the one tap that ends it. */
@ApiTags('student')
@Controller('v1/me/static-credentials')
@Access('cardholder')
export class MyStaticCredentialsController {
  constructor(private readonly stopping: StopStaticCredentials) {}

  @Get()
  @ApiOkResponse({ type: MyStaticCredentialsResponse })
  async read(@CurrentCaller() { id }: Caller): Promise<MyStaticCredentialsResponse> {
    const { plastic, numberPin, caps } = await this.stopping.read(id);
    return {
      plastic,
      numberPin,
      caps: { perSale: toWireAmount(caps.perSale), perDay: toWireAmount(caps.perDay) },
    };
  }

  /** "This was not me": the plastic card is lost, number and PIN are off until a new PIN is set. */
  @Post('stop')
  @HttpCode(200)
  @ApiOkResponse({ type: MyStaticCredentialsResponse })
  async stop(@CurrentCaller() caller: Caller): Promise<MyStaticCredentialsResponse> {
    await this.stopping.stop(caller.id);
    return this.read(caller);
  }
}
