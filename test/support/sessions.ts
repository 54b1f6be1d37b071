/** What a metered device sends: the start of a session, and what was used so far. */
import { answerKey } from '@campus-paycode/terminal-client';
import type { ServiceKey } from '@campus-paycode/terminal-protocol';
import { createHash } from 'node:crypto';
import type { TestService } from './service.js';
import type { Answer, TestTerminal } from './test-terminal.js';

export type Begun = { readonly order: string; readonly bytes: string; readonly answer: Answer };

export async function startSession(
  device: TestTerminal,
  code: string,
  changes: Record<string, unknown> = {},
): Promise<Begun> {
  const { orderNumber: order, body: bytes } = device.draft(code, undefined, changes);
  return { order, bytes, answer: await device.send('POST', '/v1/sessions', bytes) };
}

export type Said = {
  readonly sequence: number;
  /** Thousandths of the unit. */
  readonly reading: number;
  readonly final?: boolean;
  readonly number?: string;
};

export const reportProgress = (
  { clock }: TestService,
  device: TestTerminal,
  order: string,
  { sequence, reading, final = false, number = device.number() }: Said,
): Promise<Answer> =>
  device.send('POST', `/v1/sessions/${order}/progress`, {
    progressNumber: number,
    sequence,
    reading,
    final,
    occurredAt: clock.now().toISOString(),
  });

/** Whether a stranger believes what a device is said to have signed. */
export function isSigned(reading: Record<string, unknown>): boolean {
  const { body, base, signature } = reading as Record<'body' | 'base' | 'signature', string>;
  const digest = createHash('sha256').update(body).digest('base64');
  const key = answerKey(reading as ServiceKey);
  const isOfBody = base.includes(`"content-digest": sha-256=:${digest}:`);
  const bytes = Buffer.from(signature, 'base64url');
  return isOfBody && key?.verify(Buffer.from(base), bytes) === true;
}
