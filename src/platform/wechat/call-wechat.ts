import { parseObject } from './lossless-json.js';
import { WechatRefused, WechatSilent, WechatUnreachable } from './wechat.errors.js';

const timeoutMs = 5_000;

/** Causes of a failed fetch that come before the first byte of the request. */
const beforeTheRequest = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * One call. Every answer of the platform is HTTP 200 with an `errcode` when it refuses.
 * @throws {WechatUnreachable | WechatSilent | WechatRefused}
 */
export async function callWechat(
  url: URL,
  body?: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const answer = parseObject(await textOf(url, body));
  // A proxy's page in the place of an answer: the call may have been done behind it.
  if (answer === undefined) throw new WechatSilent('WeChat answered no JSON object.');
  const code = Number(answer['errcode'] ?? 0);
  if (code !== 0) throw new WechatRefused(code, asText(answer['errmsg']));
  return answer;
}

/** A text or a large integer that was kept as text; anything else is empty. */
export const asText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

async function textOf(url: URL, body: Readonly<Record<string, unknown>> | undefined) {
  try {
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return await response.text();
  } catch (error) {
    const cause = (error as { cause?: { code?: unknown } }).cause?.code;
    if (typeof cause === 'string' && beforeTheRequest.has(cause))
      throw new WechatUnreachable(`WeChat cannot be reached (${cause}).`, { cause: error });
    throw new WechatSilent('WeChat did not answer.', { cause: error });
  }
}
