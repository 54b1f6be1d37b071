import { NoAnswer, TerminalProblem, type Channel } from '@campus-paycode/terminal-client/pure';

const WAIT_MILLIS = 10_000;

/** Asks once, and once more after the right time was told. @throws {TerminalProblem} {NoAnswer} */
export async function ask<Body>(
  channel: Channel,
  request: { readonly method: 'GET' | 'POST'; readonly target: string; readonly body: string },
): Promise<Body> {
  let answer = await channel.send({ ...request, timeoutMillis: WAIT_MILLIS });
  // The refusal has told the right time: the same again under a fresh signature.
  if (answer.kind === 'problem' && answer.problem.code === 'clock_off') {
    answer = await channel.send({ ...request, timeoutMillis: WAIT_MILLIS });
  }
  if (answer.kind === 'problem') throw new TerminalProblem(answer.problem);
  if (answer.kind === 'silence') throw new NoAnswer(answer.why);
  return answer.body as Body;
}
