import type { IncomingAnswer, OutgoingRequest, Transport } from '@campus-paycode/terminal-client';

/** How the next sale's requests fare on their way. */
type Weather =
  | { readonly kind: 'fine' }
  /** This many answers to the sale are lost after the service has given them. */
  | { readonly kind: 'lose-answers'; readonly left: number }
  /** The connection breaks this many milliseconds after sending. */
  | { readonly kind: 'cut'; readonly afterMs: number }
  /** Nothing gets through, of whatever kind. */
  | { readonly kind: 'gone' };

/** The wire between one till and the service. */
export class BadLine {
  private weather: Weather = { kind: 'fine' };

  constructor(private readonly wire: Transport) {}

  readonly transport: Transport = (request, signal) => {
    if (this.weather.kind === 'gone') return Promise.reject(new Error('there is no network'));
    const isSale = request.method === 'POST' && request.target === '/v1/payments';
    return isSale ? this.carry(request, signal) : this.wire(request, signal);
  };

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

  private async carry(request: OutgoingRequest, signal: AbortSignal): Promise<IncomingAnswer> {
    const { weather } = this;
    if (weather.kind === 'cut') {
      this.beFine();
      const cut = AbortSignal.any([signal, AbortSignal.timeout(weather.afterMs)]);
      return this.wire(request, cut);
    }
    const answer = await this.wire(request, signal);
    if (this.weather.kind !== 'lose-answers' || this.weather.left === 0) return answer;
    this.loseAnswers(this.weather.left - 1);
    throw new Error('the answer was lost on its way');
  }
}
