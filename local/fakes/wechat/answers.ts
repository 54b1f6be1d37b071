import { randomBytes } from 'node:crypto';
import type { Reply } from '../serve.js';

/** The platform's English for each error code that this fake gives. */
const messages = {
  '-1': 'system error',
  40001:
    'invalid credential, access_token is invalid or not latest, ' +
    'could get access_token by getStableAccessToken',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40037: 'invalid template_id',
  40038: 'reach the limit of this template for the user',
  40066: 'invalid url',
  40125: 'invalid appsecret',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41008: 'missing code',
  41030: 'invalid page',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  43101: 'user refuse to accept the msg',
  43108: 'Cannot make concurrent calls to the same OpenID, please try again',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  45168: 'content contains sensitive word',
  47001: 'data format error',
  47003: 'argument invalid!',
} as const;

export type ErrorCode = keyof typeof messages;

/** Every answer is HTTP 200; each error message ends in the request's id, as ` rid: …`. */
export function failure(code: number | string, message?: string): Reply {
  const text = message ?? (messages as Record<string, string>)[String(code)] ?? 'error';
  return platformReply(`{"errcode":${Number(code)},"errmsg":${JSON.stringify(text + rid())}}`);
}

export function success(fields: Record<string, unknown>): Reply {
  return platformReply(JSON.stringify(fields));
}

/** The message id goes out as a bare JSON integer beyond 2^53: `JSON.parse` ruins it silently. */
export function sendAccepted(msgid: string): Reply {
  return platformReply(`{"errcode":0,"errmsg":"ok","msgid":${msgid}}`);
}

function platformReply(body: string): Reply {
  return { status: 200, body, headers: { 'content-type': 'application/json; encoding=utf-8' } };
}

function rid(): string {
  const hex = randomBytes(12).toString('hex');
  return ` rid: ${hex.slice(0, 8)}-${hex.slice(8, 16)}-${hex.slice(16)}`;
}
