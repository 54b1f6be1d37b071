/**
 * A terminal behind a small program: one JSON text in a line for each request, one for each answer.
 * `{"id":1,"do":"hello","scale":20}` → `{"id":1,"ok":true,"scale":20,"abilities":["shift"]}`
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Ability, Action, Candidate, Screen, Where } from './candidate.js';

type Said = {
  readonly id?: number;
  readonly ok?: boolean;
  readonly error?: string;
  readonly scale?: number;
  readonly abilities?: readonly Ability[];
  readonly screen?: Screen;
  readonly kept?: boolean;
};

export class AdapterCandidate implements Candidate {
  readonly abilities = new Set<Ability>();
  /** How much faster than others its clocks run. */
  scale = 1;
  private asked = 0;
  private readonly waiting = new Map<number, (said: Said) => void>();

  private constructor(
    private readonly input: Writable,
    output: Readable,
    private readonly stop: () => void,
  ) {
    createInterface({ input: output }).on('line', (line) => {
      this.hear(line);
    });
  }

  /** Starts the program and greets it; it may refuse the scale by answering another one. */
  static async start(command: string, scale: number): Promise<AdapterCandidate> {
    const child = spawn(command, { shell: true, stdio: ['pipe', 'pipe', 'inherit'] });
    const candidate = AdapterCandidate.over(child.stdin, child.stdout, () => {
      end(child);
    });
    const ended = new Promise<never>((_, reject) => {
      child.once('error', reject).once('exit', (code) => {
        reject(new Error(`the adapter ended with ${code}`));
      });
    });
    ended.catch(() => {});
    await Promise.race([candidate.greet(scale), ended]);
    return candidate;
  }

  static over(input: Writable, output: Readable, stop: () => void): AdapterCandidate {
    return new AdapterCandidate(input, output, stop);
  }

  async greet(scale: number): Promise<void> {
    const said = await this.ask({ do: 'hello', scale });
    this.scale = said.scale ?? 1;
    for (const ability of said.abilities ?? []) this.abilities.add(ability);
  }

  async begin(where: Where): Promise<void> {
    await this.ask({ do: 'begin', ...where });
  }

  async act(action: Action): Promise<void> {
    await this.ask(action);
  }

  async screen(): Promise<Screen> {
    const { screen } = await this.ask({ do: 'screen' });
    if (screen === undefined) throw new Error('the adapter tells no screen');
    return screen;
  }

  async keeps(text: string): Promise<boolean> {
    const { kept } = await this.ask({ do: 'keeps', text });
    if (kept === undefined) throw new Error('the adapter does not say whether it is kept');
    return kept;
  }

  end(): Promise<void> {
    this.stop();
    return Promise.resolve();
  }

  private ask(request: Readonly<Record<string, unknown>>): Promise<Said> {
    this.asked += 1;
    const id = this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, (said) => {
        if (said.ok === true) resolve(said);
        else reject(new Error(said.error ?? 'the adapter could not'));
      });
      this.input.write(`${JSON.stringify({ id, ...request })}\n`);
    });
  }

  private hear(line: string): void {
    let said: Said;
    try {
      said = JSON.parse(line) as Said;
    } catch {
      return;
    }
    const { id = 0 } = said;
    this.waiting.get(id)?.(said);
    this.waiting.delete(id);
  }
}

function end(child: ChildProcess): void {
  child.stdin?.end();
  child.kill('SIGTERM');
}
