import { jsonObject } from '../serve.js';
import type { Call, Outcome, Route } from '../serve.js';
import { failure, success } from './answers.js';
import type { Platform } from './platform.js';
import { SubscribeSender } from './send-message.js';
import type { SignInDesk } from './sign-in.js';
import { verifyCheck } from './soter.js';

/** The part of `api.weixin.qq.com` that a campus calls. */
export function platformRoutes(platform: Platform, signIn: SignInDesk): Route[] {
  const sender = new SubscribeSender(platform);
  const withToken =
    (handle: (call: Call) => Outcome | Promise<Outcome>) =>
    (call: Call): Outcome | Promise<Outcome> => {
      const refusal = platform.tokens.refusal(call.query.get('access_token'));
      return refusal === null ? handle(call) : failure(refusal);
    };
  return [
    {
      method: 'POST',
      path: /^\/cgi-bin\/stable_token$/,
      handle: ({ body }) => giveToken(platform, body),
    },
    {
      method: 'GET',
      path: /^\/sns\/jscode2session$/,
      handle: ({ query }) => signIn.exchange(query),
    },
    {
      method: 'POST',
      path: /^\/cgi-bin\/message\/subscribe\/send$/,
      handle: withToken(({ body }) => sender.send(body)),
    },
    {
      method: 'POST',
      path: /^\/cgi-bin\/soter\/verify_signature$/,
      handle: withToken(({ body }) => verifyCheck(platform, body)),
    },
    {
      method: 'GET',
      path: /^\/wxaapi\/newtmpl\/gettemplate$/,
      handle: withToken(() =>
        success({ errcode: 0, errmsg: 'ok', data: [...platform.books.templates.values()] }),
      ),
    },
    {
      method: 'POST',
      path: /^\/cgi-bin\/openapi\/quota\/get$/,
      handle: withToken(({ body }) => quota(platform, body)),
    },
  ];
}

function giveToken({ settings, tokens }: Platform, body: string): Outcome {
  const fields = jsonObject(body);
  if (!fields) return failure(47001);
  if (fields['grant_type'] !== 'client_credential') return failure(40002);
  if (!fields['appid']) return failure(41002);
  if (fields['appid'] !== settings.appid) return failure(40013);
  if (!fields['secret']) return failure(41004);
  if (fields['secret'] !== settings.secret) return failure(40125);
  const given = tokens.give(fields['force_refresh'] === true);
  return typeof given === 'object'
    ? success({ access_token: given.token, expires_in: given.expiresIn })
    : failure(given);
}

function quota({ settings, books, weather, clock }: Platform, body: string): Outcome {
  if (jsonObject(body)?.['cgi_path'] !== '/cgi-bin/message/subscribe/send') return failure(40066);
  const limit = weather.current.dailySendQuota ?? settings.dailySendQuota;
  const used = books.sentToday(clock.now);
  const remain = Math.max(0, limit - used);
  return success({ errcode: 0, errmsg: 'ok', quota: { daily_limit: limit, used, remain } });
}
