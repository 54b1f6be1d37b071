import {
  Controller,
  Get,
  Header,
  HttpCode,
  Post,
  Req,
  type OnModuleInit,
  type RawBodyRequest,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Access } from '../../platform/access/access.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { Refusal } from '../../platform/errors/problem.js';
import {
  encryptedPart,
  isUrlCheck,
  openPush,
  type PushKeys,
  type PushQuery,
} from '../../platform/wechat/message-push.js';
import { readPushEvent } from '../../platform/wechat/push-event.js';
import { messageProblems } from '../messages.errors.js';
import { TakeInPush } from '../take-in-push.js';

const bodyMaxBytes = 64 * 1024;
/** WeChat signs with the time of day; what is older was recorded by somebody. */
const ageMaxSeconds = 600;
const demoToken = new AppConfig().WECHAT_CALLBACK_TOKEN;

type Push = RawBodyRequest<FastifyRequest> & { query: PushQuery & { echostr?: string } };

/** Where WeChat tells what happened on phones. Only safe mode: nothing else covers the body. */
@ApiExcludeController()
@Controller('v1/wechat/callback')
export class WechatCallbackController implements OnModuleInit {
  private readonly keys: PushKeys;
  private readonly isOpen: boolean;

  constructor(
    config: AppConfig,
    private readonly takeInPush: TakeInPush,
    private readonly adapter: HttpAdapterHost,
  ) {
    this.keys = {
      token: config.WECHAT_CALLBACK_TOKEN,
      aesKey: config.WECHAT_CALLBACK_AES_KEY,
      appid: config.WECHAT_APPID,
    };
    // The demo's keys are printed in this repository: outside a demo they prove nothing.
    this.isOpen = config.isDemo || config.WECHAT_CALLBACK_TOKEN !== demoToken;
  }

  /** The bodies of this route are XML when the mini-program's settings say so. */
  onModuleInit(): void {
    const fastify = this.adapter.httpAdapter.getInstance<FastifyInstance>();
    fastify.addContentTypeParser<Buffer>(
      ['text/xml', 'application/xml'],
      { parseAs: 'buffer', bodyLimit: bodyMaxBytes },
      (request, body, done) => {
        (request as Push).rawBody = body;
        done(null, undefined);
      },
    );
  }

  /** WeChat asks whether this address is ours. */
  @Get()
  @Access('public')
  @Header('content-type', 'text/plain; charset=utf-8')
  check(@Req() { query }: Push): string {
    this.require(this.isOpen && isUrlCheck(this.keys, query));
    return query.echostr ?? '';
  }

  /** Answered at once with `success`; else WeChat would come again, three times in all. */
  @Post()
  @Access('public')
  @HttpCode(200)
  @Header('content-type', 'text/plain; charset=utf-8')
  async takeIn(@Req() { query, rawBody }: Push): Promise<string> {
    const encrypted = encryptedPart(rawBody?.toString('utf8') ?? '');
    const age = Math.abs(Date.now() / 1000 - Number(query.timestamp));
    this.require(this.isOpen && encrypted !== undefined && age <= ageMaxSeconds);
    const text = openPush(this.keys, query, encrypted);
    this.require(text !== undefined);
    const event = readPushEvent(text);
    if (event !== undefined) await this.takeInPush.takeIn(event);
    return 'success';
  }

  private require(condition: unknown): asserts condition {
    if (!condition) throw new Refusal(messageProblems, 'wechat_push_refused');
  }
}
