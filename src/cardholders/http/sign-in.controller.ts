import { Body, Controller, Delete, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, requireOwnOrigin, type Caller } from '../../platform/access/caller.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { SignInByWechat } from '../sign-in-by-wechat.js';
import { SignInCardholder, type SignIn } from '../sign-in-cardholder.js';
import { clearSignInCookie, setSignInCookie } from '../sign-in-cookie.js';
import { SignInResponse } from './cardholder.response.js';
import { SignInLimit } from './sign-in-limit.js';
import { LinkSignInRequest, SignInRequest, WechatSignInRequest } from './sign-in.request.js';

const deviceLabel = (request: FastifyRequest): string => request.headers['user-agent'] ?? 'unknown';

@ApiTags('student')
@Controller('v1/cardholder-sign-ins')
export class SignInController {
  constructor(
    private readonly signInCardholder: SignInCardholder,
    private readonly byWechat: SignInByWechat,
    private readonly limit: SignInLimit,
    private readonly config: AppConfig,
  ) {}

  @Post()
  @Access('public')
  @ApiCreatedResponse({ type: SignInResponse })
  async signIn(
    @Body() { number, password, tokenIn }: SignInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInResponse> {
    await this.admit(request);
    const signIn = await this.signInCardholder.byPassword(number, password, deviceLabel(request));
    return this.answer(signIn, tokenIn, request, reply);
  }

  @Post('by-link')
  @Access('public')
  @ApiCreatedResponse({ type: SignInResponse })
  async signInByLink(
    @Body() { token, tokenIn }: LinkSignInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInResponse> {
    await this.admit(request);
    const signIn = await this.signInCardholder.byLink(token, deviceLabel(request));
    return this.answer(signIn, tokenIn, request, reply);
  }

  @Post('by-wechat')
  @Access('public')
  @ApiCreatedResponse({ type: SignInResponse })
  async signInByWechat(
    @Body() { code, tokenIn }: WechatSignInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInResponse> {
    await this.admit(request);
    const signIn = await this.byWechat.signIn(code, deviceLabel(request));
    return this.answer(signIn, tokenIn, request, reply);
  }

  @Delete('current')
  @Access('cardholder')
  @HttpCode(204)
  @ApiNoContentResponse()
  async signOut(
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.signInCardholder.signOut(BigInt(caller.via));
    clearSignInCookie(reply);
  }

  /** A foreign page must not sign a browser in as somebody else either. */
  private async admit(request: FastifyRequest): Promise<void> {
    requireOwnOrigin(request, this.config.origins);
    await this.limit.count(request);
  }

  private answer(
    signIn: SignIn,
    tokenIn: 'cookie' | 'body' = 'cookie',
    request: FastifyRequest,
    reply: FastifyReply,
  ): SignInResponse {
    if (tokenIn === 'cookie') setSignInCookie(request, reply, signIn);
    void reply.header('cache-control', 'no-store');
    return SignInResponse.of(signIn, tokenIn === 'body');
  }
}
