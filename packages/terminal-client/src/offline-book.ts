import {
  CHAIN_START,
  fromBase64Url,
  previousOf,
  type ChainEnd,
  type OfflineSaleAnswer,
  type OfflineSalesAnswer,
} from '@campus-paycode/terminal-protocol';

/** The service's time, in unix milliseconds, and where the machine's own clock stood then. */
export type HeardTime = {
  readonly boot: string;
  readonly monotonic: number;
  readonly service: number;
};

/** A signed QR that this terminal has used, and until when (unix milliseconds) it could be fresh. */
export type UsedCode = {
  readonly digits: string;
  readonly counter: number;
  /** Null when it was sent: what became of it is the service's to say. */
  readonly sale: {
    readonly orderNumber: string;
    readonly saleSequence: number;
    readonly amount: number;
  } | null;
  readonly until: number;
};

/** One sale that was accepted without a network, with its record as it will be sent. */
export type OfflineSale = {
  readonly sequence: number;
  readonly orderNumber: string;
  readonly saleSequence: number;
  readonly amount: number;
  /** The certificate's reference in base64url. */
  readonly reference: string;
  readonly digits: string;
  readonly counter: number;
  readonly until: number;
  /** Unix milliseconds of `occurredAt`. */
  readonly statedAt: number;
  readonly record: string;
  readonly signature: string;
  /** The chain's end with this record. */
  readonly end: KeptChainEnd;
};

type KeptChainEnd = Omit<ChainEnd, 'hash'> & { readonly hash: string };

/** What a terminal remembers for selling without a network. */
export type OfflineBook = {
  end: KeptChainEnd;
  /** Accepted, and not yet acknowledged by the service: in order. */
  waiting: OfflineSale[];
  /** By the certificate's reference. */
  used: Record<string, UsedCode>;
  heard: HeardTime | null;
  /** Why this terminal accepts nothing by itself until its settings were fetched; null when it may. */
  stopped: string | null;
  /** Decisions that are not what the till said, the newest last: for a person to look at. */
  surprises: OfflineSaleAnswer[];
};

export type OfflineEntry =
  | ({ readonly type: 'time_heard' } & HeardTime)
  | ({ readonly type: 'accepted_offline' } & OfflineSale)
  /** It could not be kept, so that nothing was accepted. */
  | { readonly type: 'withdrawn_offline'; readonly sequence: number; readonly end: KeptChainEnd }
  | { readonly type: 'settled_offline'; readonly answer: OfflineSalesAnswer }
  | { readonly type: 'stopped_offline'; readonly why: string }
  | { readonly type: 'allowed_offline' };

const TYPES: Record<OfflineEntry['type'], true> = {
  time_heard: true,
  accepted_offline: true,
  withdrawn_offline: true,
  settled_offline: true,
  stopped_offline: true,
  allowed_offline: true,
};

export function isOfflineEntry(entry: { readonly type: string }): entry is OfflineEntry {
  return Object.hasOwn(TYPES, entry.type);
}

const SURPRISES_KEPT = 50;
const AS_TOLD = new Set<string>(['captured', 'posted', 'owed']);

export function emptyOfflineBook(): OfflineBook {
  return {
    end: keptEnd(CHAIN_START),
    waiting: [],
    used: {},
    heard: null,
    stopped: null,
    surprises: [],
  };
}

export function keptEnd(end: ChainEnd): KeptChainEnd {
  return { ...end, hash: previousOf(end) };
}

export function chainEnd({ hash, ...end }: KeptChainEnd): ChainEnd {
  return { ...end, hash: fromBase64Url(hash) ?? CHAIN_START.hash };
}

export function applyOfflineEntry(book: OfflineBook, entry: OfflineEntry): void {
  switch (entry.type) {
    case 'time_heard': {
      const { type: _, ...heard } = entry;
      book.heard = heard;
      return;
    }
    case 'accepted_offline': {
      const { type: _, ...sale } = entry;
      book.waiting.push(sale);
      book.end = sale.end;
      const { orderNumber, saleSequence, amount, digits, counter, until } = sale;
      useCode(book, sale.reference, {
        digits,
        counter,
        until,
        sale: { orderNumber, saleSequence, amount },
        now: sale.statedAt,
      });
      return;
    }
    case 'withdrawn_offline':
      withdraw(book, entry.sequence);
      book.end = entry.end;
      return;
    case 'settled_offline':
      settle(book, entry.answer);
      return;
    case 'stopped_offline':
      book.stopped = entry.why;
      return;
    case 'allowed_offline':
      book.stopped = null;
      return;
  }
}

/** Remembers the newest code of a certificate, and forgets those that can never be fresh again. */
export function useCode(
  book: OfflineBook,
  reference: string,
  { now, ...used }: UsedCode & { readonly now: number },
): void {
  const before = book.used[reference];
  if (before !== undefined && before.counter >= used.counter) return;
  const kept = Object.entries(book.used).filter(([, { until }]) => until > now);
  book.used = Object.fromEntries([...kept, [reference, used]]);
}

/** Its code stays used: the phone has another one in a moment. */
function withdraw(book: OfflineBook, sequence: number): void {
  const sale = book.waiting.find((waiting) => waiting.sequence === sequence);
  book.waiting = book.waiting.filter((waiting) => waiting !== sale);
  const used = sale && book.used[sale.reference];
  if (used?.sale?.orderNumber === sale?.orderNumber && used !== undefined && sale !== undefined) {
    book.used[sale.reference] = { ...used, sale: null };
  }
}

/** A record goes once the service says that it keeps it and what became of that very sale. */
function settle(book: OfflineBook, { acknowledged, decisions }: OfflineSalesAnswer): void {
  const decided = new Set(decisions.map(({ orderNumber }) => orderNumber));
  book.waiting = book.waiting.filter(
    ({ sequence, orderNumber }) => sequence > acknowledged || !decided.has(orderNumber),
  );
  const surprises = decisions.filter(({ decision }) => !AS_TOLD.has(decision));
  book.surprises = [...book.surprises, ...surprises].slice(-SURPRISES_KEPT);
}
