import type { terminal } from '@campus-paycode/api';

export type RequestLog =
  terminal.paths['/v1/request-log']['get']['responses'][200]['content']['application/json'];
export type Call = RequestLog['calls'][number];

/** Why nothing can be shown; final when asking again would not help. */
export class Unreadable extends Error {
  constructor(
    message: string,
    readonly isFinal: boolean,
  ) {
    super(message);
  }
}

/** @throws {Unreadable} */
export async function readCalls(token: string): Promise<RequestLog> {
  const response = await fetch('/v1/request-log', {
    headers: { authorization: `Bearer ${token}` },
    cache: 'no-store',
  }).catch(() => {
    throw new Unreadable('网络不通 No connection', false);
  });
  if (response.ok) return (await response.json()) as RequestLog;
  if (response.status === 401)
    throw new Unreadable('登记码或链接无效，或已过期 The code or link is wrong or too old', true);
  throw new Unreadable('系统繁忙，请稍后再试 The service is busy', false);
}
