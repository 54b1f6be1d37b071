import type { Channel, ChannelAnswer, ChannelRequest } from './signed-channel.js';
import type { Surroundings } from './surroundings.js';
import type { HeardTime } from './offline-book.js';

type Hears = {
  /** A signed answer came: this was the service's time then. */
  readonly time: (heard: HeardTime) => void;
  readonly link: (up: boolean) => void;
};

/**
 * Carries requests as the channel behind it does, and knows whether the service can be reached:
 * by the last answer, or by the lack of one. A service that can decide nothing counts as away.
 */
export class WatchedChannel implements Channel {
  private isUp = true;

  constructor(
    private readonly channel: Channel,
    private readonly surroundings: Pick<Surroundings, 'monotonic' | 'boot'>,
    private readonly hears: Hears,
  ) {}

  /** True until something went unanswered, and again after the next answer. */
  get reachable(): boolean {
    return this.isUp;
  }

  serviceNow(): number {
    return this.channel.serviceNow();
  }

  async send(request: ChannelRequest): Promise<ChannelAnswer> {
    const answer = await this.channel.send(request);
    if (answer.kind === 'silence') {
      // Whoever stopped listening learnt nothing about the network.
      if (request.signal?.aborted !== true) this.turn(false);
      return answer;
    }
    const monotonic = this.surroundings.monotonic();
    const { boot } = this.surroundings;
    this.hears.time({ boot, monotonic, service: Math.floor(this.channel.serviceNow()) });
    this.turn(answer.kind === 'answer' || answer.problem.status < 500);
    return answer;
  }

  private turn(up: boolean): void {
    if (this.isUp === up) return;
    this.isUp = up;
    this.hears.link(up);
  }
}
