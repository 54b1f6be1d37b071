import { parseScan } from '@campus-paycode/paycode';
import type { TerminalSettings } from '@campus-paycode/terminal-protocol';
import { Deliveries } from './delivery.js';
import { HotlistKeeper, type HotlistStore } from './hotlist-keeper.js';
import { OfflineDesk, type OfflineIdentity } from './offline-desk.js';
import { referenceOf, type OfflineStop } from './offline-rules.js';
import { OfflineUpload } from './offline-upload.js';
import { WatchedChannel } from './watched-channel.js';
import type { HeardTime, OfflineBook } from './offline-book.js';
import type { Channel } from './signed-channel.js';
import type { Surroundings } from './surroundings.js';
import type { Book } from './terminal-book.js';
import type { OfflineResult, TerminalEvent } from './terminal-events.js';

type Around = {
  readonly book: Book;
  readonly channel: Channel;
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
  readonly emit: (event: TerminalEvent) => void;
  readonly identity: OfflineIdentity;
  readonly settings: () => TerminalSettings;
  readonly hotlistStore: HotlistStore;
};

/** How often the time that was heard is written down, for a program that is started again. */
const KEEP_TIME_MILLIS = 60_000;

/** All of a terminal that has to do with being without a network, and with its end. */
export class OfflineSales {
  /** To be used by everything of this terminal: it notices when the service is out of reach. */
  readonly channel: WatchedChannel;
  readonly deliveries: Deliveries;
  private readonly hotlist: HotlistKeeper;
  private readonly desk: OfflineDesk;
  private readonly upload: OfflineUpload;
  private kept: HeardTime | null;

  constructor(private readonly around: Around) {
    const { book, surroundings, signal, emit, identity, settings, hotlistStore } = around;
    this.kept = book.data.offline.heard;
    this.channel = new WatchedChannel(around.channel, surroundings, {
      time: (heard) => {
        this.hear(heard);
      },
      link: (up) => {
        this.turn(up);
      },
    });
    const { channel } = this;
    this.deliveries = new Deliveries(channel, surroundings, signal);
    const { verify } = identity;
    this.hotlist = new HotlistKeeper({ store: hotlistStore, channel, settings, verify, signal });
    const hotlist = () => this.hotlist.now();
    this.desk = new OfflineDesk({ book, surroundings, identity, settings, hotlist, emit });
    this.upload = new OfflineUpload(book, this.deliveries, emit);
  }

  /** Takes up what an earlier run of the program left. */
  async open(): Promise<void> {
    await this.hotlist.open();
    this.upload.start();
  }

  /**
   * Whether this scan is to be sold here and not sent: a signed QR, while the service is out of
   * reach and the terminal may sell by itself, or one that was sold here before.
   */
  takes(scan: string): boolean {
    const code = parseScan(scan, this.around.settings().codePrefix);
    if (!code.ok || code.form !== 'signed') return false;
    const used = this.around.book.data.offline.used[referenceOf(code)];
    if (used?.digits === code.code) return true;
    return !this.channel.reachable && this.desk.refusal() === undefined;
  }

  async sell(scan: string, amount: number | undefined): Promise<OfflineResult> {
    const result = await this.desk.sell(scan, amount);
    if (result.outcome === 'accepted_offline') this.upload.start();
    return result;
  }

  /** Why nothing is sold without a network now; undefined when it would be. */
  refusal(): OfflineStop | undefined {
    return this.desk.refusal();
  }

  /** The settings were fetched: they say whether this terminal may go on. */
  async settingsFetched({ offline }: TerminalSettings): Promise<void> {
    const { stopped } = this.around.book.data.offline;
    if (stopped !== null && offline) await this.around.book.write({ type: 'allowed_offline' });
    await this.hotlist.refresh();
  }

  refreshHotlist(): Promise<void> {
    return this.hotlist.refresh();
  }

  state(): OfflineBook {
    return this.around.book.data.offline;
  }

  private hear(heard: HeardTime): void {
    const { book } = this.around;
    // In memory at once; on the disk when it would matter to the next run of the program.
    book.data.offline.heard = heard;
    const { kept } = this;
    const age = heard.monotonic - (kept?.monotonic ?? 0);
    if (kept?.boot === heard.boot && age >= 0 && age < KEEP_TIME_MILLIS) return;
    this.kept = heard;
    book.write({ type: 'time_heard', ...heard }).catch(() => {});
  }

  private turn(up: boolean): void {
    this.around.emit({ type: 'link', up });
    if (up) this.deliveries.hurry();
  }
}
