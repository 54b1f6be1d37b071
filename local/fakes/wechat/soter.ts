import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { jsonObject } from '../serve.js';
import type { Reply } from '../serve.js';
import { failure, success } from './answers.js';
import type { Platform } from './platform.js';
import { ensureUser } from './sign-in.js';

/** Stands for the key in each phone's safe hardware, of which the platform alone knows the public half. */
const hardware = randomBytes(32);

const sign = (openid: string, json: string): string =>
  createHmac('sha256', hardware).update(`${openid}\n${json}`).digest('base64');

/** What `wx.startSoterAuthentication` gives to its success callback after a finger or a face was recognized. */
export function checkOnPhone(
  platform: Platform,
  openid: string,
  challenge: string,
): { resultJSON: string; resultJSONSignature: string } {
  ensureUser(platform, openid);
  const resultJSON = JSON.stringify({
    raw: challenge,
    fid: '2',
    counter: Math.floor(platform.clock.now() / 1000),
    tee_n: 'simulated',
    cpu_id: openid,
  });
  return { resultJSON, resultJSONSignature: sign(openid, resultJSON) };
}

/** `cgi-bin/soter/verify_signature`. */
export function verifyCheck(platform: Platform, body: string): Reply {
  const fields = jsonObject(body);
  if (!fields) return failure(47001);
  const { openid, json_string: json, json_signature: signature } = fields;
  if (typeof openid !== 'string' || !platform.books.users.has(openid)) return failure(40003);
  if (typeof json !== 'string' || typeof signature !== 'string') return failure(47001);
  const [right, given] = [Buffer.from(sign(openid, json)), Buffer.from(signature)];
  const isRight = right.length === given.length && timingSafeEqual(right, given);
  return success({ errcode: 0, errmsg: 'ok', is_ok: isRight });
}
