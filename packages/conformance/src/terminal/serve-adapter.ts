/** The other side of the adapter: what a program before a terminal does, with the reference client as the terminal. */
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { RealTime } from './kit-time.js';
import { ReferenceCandidate } from './reference-candidate.js';
import type { Action, Where } from './candidate.js';

type Request = {
  readonly id: number;
  readonly do: string;
  readonly scale?: number;
  readonly text?: string;
};

const MOST_SCALE = 50;

/** Answers until its input ends. */
export async function serveAdapter(input: Readable, output: Writable): Promise<void> {
  let candidate = candidateAt(1);
  const answer = async (request: Request): Promise<object> => {
    switch (request.do) {
      case 'hello': {
        const scale = Math.min(request.scale ?? 1, MOST_SCALE);
        candidate = candidateAt(scale);
        return { scale, abilities: [...candidate.abilities], name: 'reference client' };
      }
      case 'begin':
        await candidate.begin(request as unknown as Where);
        return {};
      case 'keeps':
        return { kept: await candidate.keeps(request.text ?? '') };
      case 'screen':
        return { screen: await candidate.screen() };
      default:
        await candidate.act(request as unknown as Action);
        return {};
    }
  };
  for await (const line of createInterface({ input })) {
    const request = JSON.parse(line) as Request;
    const { id } = request;
    const said = await answer(request).then(
      (more) => ({ id, ok: true, ...more }),
      (error: unknown) => ({ id, ok: false, error: String(error) }),
    );
    output.write(`${JSON.stringify(said)}\n`);
  }
  await candidate.end();
}

function candidateAt(scale: number): ReferenceCandidate {
  const time = new RealTime(scale);
  return new ReferenceCandidate({ now: () => time.now(), after: time.after.bind(time) });
}
