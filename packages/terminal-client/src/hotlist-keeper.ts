import {
  applyHotlist,
  EMPTY_HOTLIST,
  type Hotlist,
  type VerifyEd25519,
} from '@campus-paycode/paycode';
import {
  fromBase64Url,
  toBase64Url,
  type TerminalSettings,
} from '@campus-paycode/terminal-protocol';
import { trustIn } from './offline-rules.js';
import type { Channel } from './signed-channel.js';

/** The list as it is kept: the references in base64url. */
export type KeptHotlist = {
  readonly number: number;
  readonly madeAt: number;
  readonly references: readonly string[];
};

/** Where the list is kept, in one step; `read` answers null for none, or for one that is damaged. */
export interface HotlistStore {
  read(): Promise<KeptHotlist | null>;
  write(list: KeptHotlist): Promise<void>;
}

type Around = {
  readonly store: HotlistStore;
  readonly channel: Channel;
  readonly settings: () => TerminalSettings;
  readonly verify: VerifyEd25519;
  readonly signal: AbortSignal;
};

const FETCH_MILLIS = 10_000;
/** A list is renewed when it is that old, long before it means lower limits. */
const RENEW_MILLIS = 3_600_000;

/** The certificates that are refused without a network: fetched, verified, kept. */
export class HotlistKeeper {
  private list: Hotlist = EMPTY_HOTLIST;
  private fetching: Promise<void> | null = null;

  constructor(private readonly around: Around) {}

  async open(): Promise<void> {
    const kept = await this.around.store.read();
    this.list = kept === null ? EMPTY_HOTLIST : readKept(kept);
  }

  now(): Hotlist {
    return this.list;
  }

  /** Fetches what is new, when there is any reason to. Never rejects: the list only gets older. */
  refresh(): Promise<void> {
    const { offline } = this.around.settings();
    if (offline === undefined || offline === null) return Promise.resolve();
    const age = this.around.channel.serviceNow() - this.list.madeAt * 1000;
    const isDue = this.list.number < offline.hotlistVersion || age > RENEW_MILLIS;
    if (!isDue) return Promise.resolve();
    this.fetching ??= this.fetch(this.list.number)
      .catch(() => {})
      .finally(() => {
        this.fetching = null;
      });
    return this.fetching;
  }

  private async fetch(since: number): Promise<void> {
    const { channel, settings, verify, signal, store } = this.around;
    const target = `/v1/hotlists/${since}`;
    const request = { method: 'GET' as const, target, body: '', timeoutMillis: FETCH_MILLIS };
    const answer = await channel.send({ ...request, signal });
    const update = answer.kind === 'answer' ? updateIn(answer.body) : null;
    const { offline } = settings();
    const trust = offline ? trustIn(offline) : undefined;
    if (update === null || trust === undefined) return;
    const applied = applyHotlist(this.list, update, trust, verify);
    if (applied.ok) {
      const { hotlist } = applied;
      const references = hotlist.references.map(toBase64Url);
      await store.write({ ...hotlist, references });
      this.list = hotlist;
    } else if (since > 0 && ['gap', 'inconsistent'].includes(applied.refusal)) {
      await this.fetch(0);
    }
  }
}

function updateIn(body: unknown): Uint8Array | null {
  const { update } = (body ?? {}) as { update?: unknown };
  return typeof update === 'string' ? fromBase64Url(update) : null;
}

function readKept({ number, madeAt, references }: KeptHotlist): Hotlist {
  const read = references.map((text) => fromBase64Url(text) ?? new Uint8Array());
  return { number, madeAt, references: read };
}
