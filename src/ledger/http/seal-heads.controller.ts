import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Access } from '../../platform/access/access.js';
import type { KeyRing } from '../../platform/config/key-ring.js';
import { InjectKeyRing } from '../../platform/config/key-ring.token.js';
import { platformProblems } from '../../platform/errors/platform.errors.js';
import { invariant, Refusal } from '../../platform/errors/problem.js';
import { readAnchor } from '../domain/anchor.js';
import { ReadSeal } from '../read-seal.js';
import { SealHeadsQuery } from './seal-heads.request.js';
import { SealHeadsResponse, type SealHeadResponse } from './seal-heads.response.js';

/** A new head comes once a minute; who keeps them asks seldom. */
const requestsPerMinute = 30;

function present(line: string): SealHeadResponse {
  const anchor = readAnchor(line);
  invariant(anchor !== undefined, 'An anchor that nobody can read was kept.');
  const { block, total, hash, at } = anchor;
  return { block: block.toString(), total: total.toString(), hash, at, line };
}

/** Open to anybody: the more people keep the heads, the less can be rewritten behind them. */
@ApiTags('student')
@Controller('v1/seal-heads')
export class SealHeadsController {
  private readonly limiter = new RateLimiterMemory({ points: requestsPerMinute, duration: 60 });

  constructor(
    private readonly seal: ReadSeal,
    @InjectKeyRing() private readonly keys: KeyRing,
  ) {}

  @Get()
  @Access('public')
  @ApiOkResponse({ type: SealHeadsResponse })
  async read(
    @Query() { before, limit }: SealHeadsQuery,
    @Req() request: FastifyRequest,
  ): Promise<SealHeadsResponse> {
    await this.count(request.ip);
    const lines = await this.seal.anchors({
      limit,
      ...(before === undefined ? {} : { before: BigInt(before) }),
    });
    const { id, publicKey } = this.keys.answerKey;
    return {
      heads: lines.map(present),
      keys: [{ keyId: id, algorithm: 'ed25519', publicKey: publicKey.toString('base64url') }],
    };
  }

  private async count(address: string): Promise<void> {
    try {
      await this.limiter.consume(address);
    } catch (limit) {
      if (!(limit instanceof RateLimiterRes)) throw limit;
      throw new Refusal(platformProblems, 'rate_limited', {
        retryAfterSeconds: Math.ceil(limit.msBeforeNext / 1000),
      });
    }
  }
}
