import { bankSignature, isBankSignature } from './bank-signature.js';

/** Longer than a bank needs, shorter than a worker may stand still. */
export const answerTimeoutMs = 5_000;

export type LineAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly text: string }
  /** Cut, late, or not the bank's: what happened at the other end is not known. */
  | { readonly kind: 'broken'; readonly reason: string };

/** Sends signed requests and believes only signed answers. */
export class BankLine {
  constructor(
    private readonly to: {
      readonly url: string;
      readonly client: string;
      readonly secret: string;
      readonly timeoutMs?: number;
    },
  ) {}

  async send(method: string, target: string, body = ''): Promise<LineAnswer> {
    // The bank lives in real time, also when the campus simulates its own.
    const timestamp = String(Math.floor(Date.now() / 1000));
    const { url, client, secret, timeoutMs = answerTimeoutMs } = this.to;
    const text = { timestamp, methodOrStatus: method, target, body };
    try {
      const response = await fetch(url.replace(/\/$/, '') + target, {
        method,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          'x-bank-client': client,
          'x-bank-timestamp': timestamp,
          'x-bank-signature': bankSignature(secret, text),
          ...(body === '' ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === '' ? {} : { body }),
      });
      return this.believed(target, response, await response.text());
    } catch (error) {
      return { kind: 'broken', reason: reasonOf(error) };
    }
  }

  private believed(target: string, response: Response, body: string): LineAnswer {
    const signed = {
      timestamp: response.headers.get('x-bank-timestamp') ?? '',
      methodOrStatus: String(response.status),
      target,
      body,
    };
    const signature = response.headers.get('x-bank-signature') ?? '';
    return isBankSignature(this.to.secret, signed, signature)
      ? { kind: 'answer', status: response.status, text: body }
      : { kind: 'broken', reason: 'answer_not_signed' };
  }
}

function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: unknown; cause?: { code?: unknown } };
  if (name === 'TimeoutError') return 'timed_out';
  return cause?.code === 'ECONNREFUSED' ? 'bank_away' : 'line_broken';
}
