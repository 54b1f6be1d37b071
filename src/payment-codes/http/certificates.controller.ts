import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { Clock } from '../../platform/clock/clock.js';
import { CertifyKeys } from '../certify-keys.js';
import { CertificationResponse, presentOfflineRight } from './offline-right.response.js';
import { CertificationRequest } from './phone.request.js';

@ApiTags('student')
@Controller('v1/me/phone/certificates')
@Access('cardholder')
export class CertificatesController {
  constructor(
    private readonly certification: CertifyKeys,
    private readonly clock: Clock,
  ) {}

  /** Certifies the keys that a phone proves, as many as are due, for terminals without a network. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ type: CertificationResponse })
  async certify(
    @CurrentCaller() caller: Caller,
    @Body() body: CertificationRequest,
  ): Promise<CertificationResponse> {
    const right = await this.certification.certify({
      cardholder: caller.id,
      credential: BigInt(body.credentialId),
      challenge: Buffer.from(body.challenge, 'base64url'),
      keys: body.keys.map(({ deviceKey, proof }) => ({
        deviceKey: Buffer.from(deviceKey, 'base64url'),
        proof: Buffer.from(proof, 'base64url'),
      })),
    });
    return {
      serverTime: this.clock.now().toISOString(),
      offline: right && presentOfflineRight(right),
    };
  }
}
