import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { BindWechat } from '../bind-wechat.js';
import { FindCardholder } from '../find-cardholder.js';
import { SetPassword } from '../set-password.js';
import { CardholderResponse } from './cardholder.response.js';
import { BindWechatRequest, SetPasswordRequest } from './sign-in.request.js';

@ApiTags('student')
@Controller('v1/me')
export class MeController {
  constructor(
    private readonly findCardholder: FindCardholder,
    private readonly setPassword: SetPassword,
    private readonly bindWechat: BindWechat,
  ) {}

  @Get()
  @Access('cardholder')
  @ApiOkResponse({ type: CardholderResponse })
  async read(@CurrentCaller() caller: Caller): Promise<CardholderResponse> {
    return CardholderResponse.of(await this.findCardholder.byId(caller.id));
  }

  /** Ends every other sign-in of the cardholder. */
  @Post('password')
  @Access('cardholder')
  @HttpCode(204)
  @ApiNoContentResponse()
  async changePassword(
    @CurrentCaller() caller: Caller,
    @Body() { current, password }: SetPasswordRequest,
  ): Promise<void> {
    await this.setPassword.change({
      cardholder: caller.id,
      signIn: BigInt(caller.via),
      current,
      password,
    });
  }

  /** From now on this WeChat user is signed in without a password and gets messages. */
  @Post('wechat')
  @Access('cardholder')
  @HttpCode(204)
  @ApiNoContentResponse()
  async bind(@CurrentCaller() caller: Caller, @Body() { code }: BindWechatRequest): Promise<void> {
    await this.bindWechat.bindByCode(caller.id, code);
  }
}
