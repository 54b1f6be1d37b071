import type { LocalText } from './language.js';

/** The service said no, or was not heard (`offline`). `message` is ready to be shown. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly text: LocalText,
  ) {
    super(`${code}: ${text.en}`);
  }
}

const OFFLINE: LocalText = {
  zh: '网络不通，请检查网络后再试',
  en: 'No connection. Check your network and try again.',
};
const UNREADABLE: LocalText = {
  zh: '系统繁忙，请稍后再试',
  en: 'The service is busy. Try again in a moment.',
};
const WAIT_MILLIS = 10_000;

/** One request to the service that served this page. @throws {Refused} */
export async function call<Answer>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    cache: 'no-store',
    signal: AbortSignal.timeout(WAIT_MILLIS),
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  }).catch(() => {
    throw new Refused('offline', OFFLINE);
  });
  const answer = await readJson(response);
  if (response.ok) return answer as Answer;
  const { code, message } = (answer ?? {}) as { code?: string; message?: LocalText };
  throw new Refused(code ?? 'unreadable', message ?? UNREADABLE);
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => '');
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What to tell a person about any failure. */
export function reasonOf(error: unknown): LocalText {
  return error instanceof Refused ? error.text : UNREADABLE;
}

export function isRefused(error: unknown, code: string): boolean {
  return error instanceof Refused && error.code === code;
}
