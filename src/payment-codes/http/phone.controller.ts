import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { setSignInCookie } from '../../cardholders/sign-in-cookie.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, requireOwnOrigin, type Caller } from '../../platform/access/caller.js';
import { Clock } from '../../platform/clock/clock.js';
import { AppConfig } from '../../platform/config/app-config.js';
import type { KeyRing } from '../../platform/config/key-ring.js';
import { InjectKeyRing } from '../../platform/config/key-ring.token.js';
import { EnrolPhone } from '../enrol-phone.js';
import { SynchronisePhone } from '../synchronise-phone.js';
import { PhoneEnrolmentRequest, SynchronisationRequest } from './phone.request.js';
import { presentOfflineRight } from './offline-right.response.js';
import {
  PhoneEnrolmentResponse,
  PhoneSettingsResponse,
  SynchronisationResponse,
} from './phone.response.js';

@ApiTags('student')
@Controller('v1')
export class PhoneController {
  constructor(
    private readonly enrolment: EnrolPhone,
    private readonly synchronisation: SynchronisePhone,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    @InjectKeyRing() private readonly keys: KeyRing,
  ) {}

  @Get('phone-settings')
  @Access('public')
  @ApiOkResponse({ type: PhoneSettingsResponse })
  settings(): PhoneSettingsResponse {
    const { id, publicKey } = this.keys.issuerKey;
    return {
      issuerKeys: [{ keyId: id, publicKey: publicKey.toString('base64url') }],
      prefix: this.config.CODE_PREFIX,
      serverTime: this.clock.now().toISOString(),
    };
  }

  @Post('phone-enrolments')
  @Access('public')
  @ApiCreatedResponse({ type: PhoneEnrolmentResponse })
  async enrol(
    @Body() body: PhoneEnrolmentRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PhoneEnrolmentResponse> {
    requireOwnOrigin(request, this.config.origins);
    const phone = await this.enrolment.enrol({
      linkToken: body.token,
      devicePublicKey: Buffer.from(body.devicePublicKey, 'base64url'),
      deviceRandom: Buffer.from(body.deviceRandom, 'base64url'),
      deviceName: body.deviceName,
    });
    const isProgram = body.tokenIn === 'body';
    if (!isProgram) setSignInCookie(request, reply, phone.signIn);
    return {
      credentialId: phone.credential.toString(),
      cardNumber: phone.cardNumber,
      servicePublicKey: phone.servicePublicKey.toString('base64url'),
      serverRandom: phone.serverRandom.toString('base64url'),
      issuerKeyId: phone.issuerKeyId,
      signature: phone.signature.toString('base64url'),
      aliasSeconds: phone.aliasSeconds,
      prefix: this.config.CODE_PREFIX,
      usableUntil: phone.usableUntil.toISOString(),
      serverTime: this.clock.now().toISOString(),
      ...(isProgram ? { signInToken: phone.signIn.token } : {}),
    };
  }

  @Post('me/phone/synchronisations')
  @HttpCode(200)
  @Access('cardholder')
  @ApiOkResponse({ type: SynchronisationResponse })
  async synchronise(
    @CurrentCaller() caller: Caller,
    @Body() body: SynchronisationRequest,
  ): Promise<SynchronisationResponse> {
    const answer = await this.synchronisation.synchronise({
      cardholder: caller.id,
      signIn: BigInt(caller.via),
      credential: BigInt(body.credentialId),
      generation: body.generation,
      deviceRandom: Buffer.from(body.deviceRandom, 'base64url'),
      proof: Buffer.from(body.proof, 'base64url'),
    });
    return {
      serverTime: answer.now.toISOString(),
      usableUntil: answer.usableUntil.toISOString(),
      generation: answer.generation,
      serverRandom: answer.serverRandom.toString('base64url'),
      firstStep: answer.firstStep,
      aliasSeconds: answer.aliasSeconds,
      offline: answer.offline && presentOfflineRight(answer.offline),
    };
  }
}
