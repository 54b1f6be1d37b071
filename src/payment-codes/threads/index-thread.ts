import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { projectRoot } from '../../platform/config/project-root.js';
import { Refusal } from '../../platform/errors/problem.js';
import type { AliasBuilder } from '../domain/alias-index.js';
import type { NewSeeds, OpenedSeeds } from '../domain/alias-keys.js';
import { paymentCodesProblems } from '../payment-codes.errors.js';
import type { IndexAnswer, IndexRequest } from './index-messages.js';

type Asked = { take(answer: IndexAnswer): void; fail(error: Error): void };

/** A thread runs what was compiled, also where the service runs from its sources, as in a test. */
function workerFile(): string {
  const folder = path.dirname(fileURLToPath(import.meta.url));
  const own = path.relative(projectRoot, folder);
  const compiled = own.startsWith('src') ? path.join('dist', own) : own;
  return path.join(projectRoot, compiled, 'index-worker.js');
}

/** The other end of the index's thread. When that ends by itself, all that was asked fails as `index_loading`. */
export class IndexThread implements AliasBuilder {
  private readonly worker = new Worker(workerFile(), { env: {} });
  private readonly asked = new Map<number, Asked>();
  private count = 0;
  private isOver = false;

  /** @param onDeath told once, unless it was closed. */
  constructor(onDeath: (reason: Error) => void) {
    let reason = new Error('It stopped.');
    this.worker.on('message', (answer: IndexAnswer) => {
      const asked = this.asked.get(answer.number);
      this.asked.delete(answer.number);
      asked?.take(answer);
    });
    this.worker.on('error', (error) => {
      reason = error instanceof Error ? error : new Error(String(error));
    });
    this.worker.on('exit', () => {
      const wasClosed = this.isOver;
      this.end();
      if (!wasClosed) onDeath(reason);
    });
    this.worker.unref();
  }

  put(seeds: NewSeeds): Promise<OpenedSeeds> {
    const send = (number: number): void =>
      this.send({ type: 'put', number, seeds }, [seeds.sealed.buffer]);
    return this.ask(send, (answer) => (answer.type === 'opened' ? answer.opened : undefined));
  }

  drop(slots: Uint32Array): void {
    if (!this.isOver) this.send({ type: 'drop', slots });
  }

  build(aliasSeconds: number, epoch: number): Promise<Float64Array> {
    const send = (number: number): void =>
      this.send({ type: 'build', number, aliasSeconds, epoch });
    return this.ask(send, (answer) => (answer.type === 'built' ? answer.table : undefined));
  }

  async close(): Promise<void> {
    this.end();
    await this.worker.terminate();
  }

  private ask<Answer>(
    send: (number: number) => void,
    read: (answer: IndexAnswer) => Answer | undefined,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.isOver) throw notReady();
      this.count += 1;
      const take = (answer: IndexAnswer): void => {
        const own = read(answer);
        if (own === undefined) reject(new Error('The thread answered something else.'));
        else resolve(own);
      };
      this.asked.set(this.count, { take, fail: reject });
      send(this.count);
    });
  }

  private send(request: IndexRequest, buffers: ArrayBufferLike[] = []): void {
    this.worker.postMessage(request, buffers as ArrayBuffer[]);
  }

  private end(): void {
    this.isOver = true;
    for (const { fail } of this.asked.values()) fail(notReady());
    this.asked.clear();
  }
}

const notReady = (): Refusal =>
  new Refusal(paymentCodesProblems, 'index_loading', { retryAfterSeconds: 1 });
