import { Body, Controller, Delete, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, requireOwnOrigin, type Caller } from '../../platform/access/caller.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { platformProblems } from '../../platform/errors/platform.errors.js';
import { Refusal } from '../../platform/errors/problem.js';
import { LogInStaff } from '../log-in-staff.js';
import { staffProblems } from '../staff.errors.js';
import { AuditStore } from '../store/audit.store.js';
import { loginHoursMax, LoginsStore } from '../store/logins.store.js';
import { deedOf } from './deed.js';
import { loginCookie } from './staff-login.guard.js';
import { LogInRequest } from './staff.request.js';
import { LogInResponse } from './staff.response.js';

/** Each attempt costs 32 MiB and a third of a second: an office behind one address needs no more than this. */
const attemptsPerMinute = 20;

@ApiTags('staff')
@Controller('v1/staff/logins')
export class LoginsController {
  private readonly byAddress = new RateLimiterMemory({ points: attemptsPerMinute, duration: 60 });

  constructor(
    private readonly config: AppConfig,
    private readonly logInStaff: LogInStaff,
    private readonly logins: LoginsStore,
    private readonly audit: AuditStore,
  ) {}

  /** Logs in: sets the cookie for a browser and answers the token for a program. */
  @Post()
  @Access('public')
  @ApiCreatedResponse({ type: LogInResponse })
  async logIn(
    @Body() credentials: LogInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LogInResponse> {
    requireOwnOrigin(request, this.config.origins);
    await this.limit(request.ip);
    const attempt = await this.logInStaff.logIn(credentials);
    const status = attempt.outcome === 'logged-in' ? 201 : 401;
    await this.audit.write(deedOf(request, { status, staffId: attempt.member }));
    if (attempt.outcome === 'refused') throw new Refusal(staffProblems, 'login_refused');
    const { token, expiresAt, member, displayName, roles } = attempt;
    void reply.setCookie(loginCookie, token, {
      httpOnly: true,
      sameSite: 'strict',
      secure: request.protocol === 'https',
      path: '/',
      maxAge: loginHoursMax * 3600,
    });
    void reply.header('cache-control', 'no-store');
    return {
      token,
      expiresAt: expiresAt.toISOString(),
      memberId: member.toString(),
      displayName,
      roles,
    };
  }

  /** Logs out: the token opens nothing from now on. */
  @Delete('current')
  @HttpCode(204)
  @Access('staff')
  @ApiNoContentResponse()
  async logOut(
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.logins.end(BigInt(caller.via));
    void reply.clearCookie(loginCookie, { path: '/' });
  }

  private async limit(address: string): Promise<void> {
    try {
      await this.byAddress.consume(address);
    } catch (limited) {
      if (!(limited instanceof RateLimiterRes)) throw limited;
      throw new Refusal(platformProblems, 'rate_limited', {
        retryAfterSeconds: Math.ceil(limited.msBeforeNext / 1000),
      });
    }
  }
}
