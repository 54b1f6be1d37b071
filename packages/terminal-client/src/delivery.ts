import type { Channel, ChannelAnswer, ChannelRequest } from './signed-channel.js';
import type { Surroundings } from './surroundings.js';

const ATTEMPT_MILLIS = 5_000;
const FIRST_BACKOFF_MILLIS = 1_000;
const LAST_BACKOFF_MILLIS = 300_000;

/** What is said until it is acknowledged: reversals, captures, shifts. */
export class Deliveries {
  private readonly waiting = new Map<string, () => void>();
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    private readonly channel: Channel,
    private readonly surroundings: Surroundings,
    private readonly signal: AbortSignal,
  ) {}

  get count(): number {
    return this.running.size;
  }

  /**
   * Sends the request until `settle` says that the answer ends the matter; between two sendings it
   * waits 1 s, 2 s, 4 s and so on to 5 min. One delivery for each `name` runs at a time: false
   * when there is one already, which is then tried at once.
   */
  start(
    name: string,
    request: Omit<ChannelRequest, 'timeoutMillis' | 'signal'>,
    settle: (answer: ChannelAnswer) => Promise<boolean>,
  ): boolean {
    if (this.running.has(name)) {
      this.waiting.get(name)?.();
      return false;
    }
    const run = this.deliver(name, request, settle).finally(() => {
      this.running.delete(name);
    });
    // A failing disk surfaces at the next sale and in idle(); here it only ends this delivery.
    run.catch(() => {});
    this.running.set(name, run);
    return true;
  }

  /** Tries everything that is waiting at once. */
  hurry(): void {
    for (const wake of this.waiting.values()) wake();
  }

  /** Resolves when nothing is left to deliver. */
  async idle(): Promise<void> {
    while (this.running.size > 0 && !this.signal.aborted) {
      await Promise.all(this.running.values());
    }
  }

  private async deliver(
    name: string,
    request: Omit<ChannelRequest, 'timeoutMillis' | 'signal'>,
    settle: (answer: ChannelAnswer) => Promise<boolean>,
  ): Promise<void> {
    let backoff = FIRST_BACKOFF_MILLIS;
    while (!this.signal.aborted) {
      const { signal } = this;
      const answer = await this.channel.send({ ...request, timeoutMillis: ATTEMPT_MILLIS, signal });
      if (signal.aborted || (await settle(answer))) return;
      const asked = answer.kind === 'problem' ? answer.retryAfterMillis : 0;
      await this.pause(name, Math.max(backoff, asked));
      backoff = Math.min(backoff * 2, LAST_BACKOFF_MILLIS);
    }
  }

  private pause(name: string, millis: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        cancel();
        this.signal.removeEventListener('abort', wake);
        this.waiting.delete(name);
        resolve();
      };
      const cancel = this.surroundings.after(millis, wake);
      this.signal.addEventListener('abort', wake);
      this.waiting.set(name, wake);
    });
  }
}
