import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Access } from '../../platform/access/access.js';
import { platformProblems } from '../../platform/errors/platform.errors.js';
import { Refusal } from '../../platform/errors/problem.js';
import { OpenPlace } from '../open-place.js';
import { RegisterMerchant } from '../register-merchant.js';
import { NewMerchantRequest, NewPlaceRequest, tariffOf } from './places.request.js';
import { LocalNameResponse } from './places.response.js';

class MerchantResponse {
  @ApiProperty()
  id: string;
  @ApiProperty({ type: LocalNameResponse })
  name: LocalNameResponse;
  @ApiProperty({ type: 'integer' })
  places: number;
  @ApiProperty({ description: 'Whether it has a bank account to be paid out to' })
  hasBankAccount: boolean;
}

const merchantsMax = 1_000;
const select = `
  select m.id, json_build_object('zh', m.name_zh, 'en', m.name_en) as name, m.bank_account is not null as "hasBankAccount",
    (select count(*)::int from places.place p where p.merchant = m.id) as places
  from places.merchant m order by m.id limit ${merchantsMax}`;

/** For whom something is sold, and where. */
@ApiTags('staff')
@Controller('v1/staff')
export class MerchantsController {
  constructor(
    private readonly database: DataSource,
    private readonly merchants: RegisterMerchant,
    private readonly places: OpenPlace,
  ) {}

  @Get('merchants')
  @Access('staff', 'places.read')
  @ApiOkResponse({ type: [MerchantResponse] })
  list(): Promise<MerchantResponse[]> {
    return this.database.query<MerchantResponse[]>(select);
  }

  @Post('merchants')
  @Access('staff', 'places.write')
  @ApiCreatedResponse({ description: 'id' })
  async register(@Body() { name, bankAccount }: NewMerchantRequest): Promise<{ id: string }> {
    return { id: (await this.merchants.register(name, bankAccount ?? null)).toString() };
  }

  @Post('places')
  @Access('staff', 'places.write')
  @ApiCreatedResponse({ description: 'id' })
  async open(@Body() body: NewPlaceRequest): Promise<{ id: string }> {
    const tariff = tariffOf(body.tariff);
    if (tariff === undefined)
      throw new Refusal(platformProblems, 'malformed_request', {
        errors: [
          {
            pointer: '/tariff',
            message: 'unit, unitPrice and holdSeconds go with the type metered, all three',
          },
        ],
      });
    const { kind, name } = body;
    const id = await this.places.open({ merchant: BigInt(body.merchantId), name, kind, tariff });
    return { id: id.toString() };
  }
}
