import { setTimeout as wait } from 'node:timers/promises';
import type { IncomingAnswer, OutgoingRequest, Transport } from '@campus-paycode/terminal-client';
import type { PlannedSale } from './plan-lunch.js';

/** How the next sale's requests fare on their way. */
type Weather =
  | { readonly kind: 'fine' }
  /** This many answers to the sale are lost after the service has given them. */
  | { readonly kind: 'lose-answers'; readonly left: number }
  /** The connection breaks this many milliseconds after sending. */
  | { readonly kind: 'cut'; readonly afterMs: number }
  /** Each request takes so long to arrive, and its answer as long again. */
  | { readonly kind: 'slow'; readonly eachWayMs: number }
  /** A second copy of the very bytes goes along with the first. */
  | { readonly kind: 'twice' }
  /** A copy strays and arrives so much later, when the till is at something else. */
  | { readonly kind: 'stray'; readonly laterMs: number }
  /** Nothing gets through, of whatever kind. */
  | { readonly kind: 'gone' };

const strayAnswerMs = 10_000;
/** What somebody stands and waits for. */
const saleTargets = ['/v1/payments', '/v1/sessions', '/v1/passages'];

/** The wire between one till and the service. */
export class BadLine {
  private weather: Weather = { kind: 'fine' };
  private readonly strays = new Set<Promise<void>>();

  constructor(private readonly wire: Transport) {}

  readonly transport: Transport = (request, signal) => {
    if (this.weather.kind === 'gone') return Promise.reject(new Error('there is no network'));
    const isSale = request.method === 'POST' && saleTargets.includes(request.target);
    return isSale ? this.carry(request, signal) : this.wire(request, signal);
  };

  /** As the next sale meets it. */
  prepare({ mishap, index }: Pick<PlannedSale, 'mishap' | 'index'>): void {
    if (mishap === 'answer-lost') this.loseAnswers(1);
    else if (mishap === 'line-dead') this.loseAnswers(Infinity);
    else if (mishap === 'line-cut') this.cutAfter(1 + (index % 8));
    else if (mishap === 'line-slow') this.beSlow(200 + (index % 8) * 100);
    else if (mishap === 'sent-twice') this.sendTwice();
    else if (mishap === 'copy-strays') this.sendAgainAfter(500 + (index % 8) * 400);
    else this.beFine();
  }

  beFine(): void {
    this.weather = { kind: 'fine' };
  }

  get isGone(): boolean {
    return this.weather.kind === 'gone';
  }

  beGone(): void {
    this.weather = { kind: 'gone' };
  }

  loseAnswers(left: number): void {
    this.weather = { kind: 'lose-answers', left };
  }

  cutAfter(afterMs: number): void {
    this.weather = { kind: 'cut', afterMs };
  }

  beSlow(eachWayMs: number): void {
    this.weather = { kind: 'slow', eachWayMs };
  }

  sendTwice(): void {
    this.weather = { kind: 'twice' };
  }

  sendAgainAfter(laterMs: number): void {
    this.weather = { kind: 'stray', laterMs };
  }

  /** Until every copy that strayed has arrived: what is judged before that may still change. */
  async settled(): Promise<void> {
    await Promise.all(this.strays);
  }

  private async carry(request: OutgoingRequest, signal: AbortSignal): Promise<IncomingAnswer> {
    const { weather } = this;
    if (weather.kind === 'cut') {
      this.beFine();
      const cut = AbortSignal.any([signal, AbortSignal.timeout(weather.afterMs)]);
      return this.wire(request, cut);
    }
    if (weather.kind === 'slow') {
      await wait(weather.eachWayMs, undefined, { signal });
      const late = await this.wire(request, signal);
      await wait(weather.eachWayMs, undefined, { signal });
      return late;
    }
    if (weather.kind === 'twice') this.stray(request, 0);
    if (weather.kind === 'stray') this.stray(request, weather.laterMs);
    const answer = await this.wire(request, signal);
    if (this.weather.kind !== 'lose-answers' || this.weather.left === 0) return answer;
    this.loseAnswers(this.weather.left - 1);
    throw new Error('the answer was lost on its way');
  }

  /** Nobody listens to what it is answered. */
  private stray(request: OutgoingRequest, laterMs: number): void {
    const copy = wait(laterMs)
      .then(() => this.wire(request, AbortSignal.timeout(strayAnswerMs)))
      .then(
        () => {},
        () => {},
      )
      .finally(() => this.strays.delete(copy));
    this.strays.add(copy);
  }
}
