import { NoAnswer, TerminalProblem } from './terminal-events.js';
import type { Channel } from './signed-channel.js';

const ANSWER_WAIT_MILLIS = 5_000;

/** One question, asked once. Throws TerminalProblem or NoAnswer. */
export type Ask = <Body>(method: 'GET' | 'POST', target: string, body?: string) => Promise<Body>;

export const askThrough =
  (channel: Channel, signal: AbortSignal): Ask =>
  async <Body>(method: 'GET' | 'POST', target: string, body = ''): Promise<Body> => {
    const request = { method, target, body, timeoutMillis: ANSWER_WAIT_MILLIS, signal };
    let answer = await channel.send(request);
    // Its answer has just told the right time.
    if (answer.kind === 'problem' && answer.problem.code === 'clock_off') {
      answer = await channel.send(request);
    }
    if (answer.kind === 'problem') throw new TerminalProblem(answer.problem);
    if (answer.kind === 'silence') throw new NoAnswer(answer.why);
    return answer.body as Body;
  };
