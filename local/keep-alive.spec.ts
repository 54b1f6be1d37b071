import { describe, expect, it } from '@jest/globals';
import { keepAlive } from './keep-alive.mjs';

/** A part whose ends the test decides. */
class Part {
  name = 'The part';
  starts = 0;
  lines: string[] = [];
  end: (how: string) => void = () => {};
  #startedAgain: () => void = () => {};
  readonly startedAgain = new Promise<void>((resolve) => (this.#startedAgain = resolve));

  start = async () => {
    this.starts += 1;
    if (this.starts === 2) this.#startedAgain();
    const exited = new Promise<string>((resolve) => (this.end = resolve));
    return { exited, stop: async () => this.end('stopped'), kill: () => this.end('killed') };
  };

  say = (line: string) => void this.lines.push(line);
}

const patient = new AbortController().signal;

describe('keeping a part alive', () => {
  it('starts a part again that ended by itself, and says so', async () => {
    const part = new Part();
    const kept = await keepAlive(part, patient);
    part.end('signal SIGKILL');
    await part.startedAgain;
    await kept.stop();
    expect(part.starts).toBe(2);
    expect(part.lines[0]).toBe('The part ended (signal SIGKILL); starting it again.');
  });

  it('does not start a part again that was told to stop', async () => {
    const part = new Part();
    const kept = await keepAlive(part, patient);
    await kept.stop();
    expect(part.starts).toBe(1);
    expect(part.lines).toEqual([]);
  });

  it('gives up when the very first start fails', async () => {
    const part = Object.assign(new Part(), {
      start: () => Promise.reject(new Error('no room')),
    });
    await expect(keepAlive(part, patient)).rejects.toThrow('no room');
  });
});
