import type { ServiceKey, TerminalSettings } from '@campus-paycode/terminal-protocol';
import { applyEntry, emptyBook } from '@campus-paycode/terminal-client/pure';
import type {
  Book,
  BookData,
  BookEntry,
  HotlistStore,
  KeptHotlist,
} from '@campus-paycode/terminal-client/pure';

/** Who this till is. The private key cannot be taken out of the browser. */
export type TillIdentity = {
  readonly keys: CryptoKeyPair;
  readonly serviceName: string;
  /** Null until the service has enrolled the key. */
  readonly keyId: string | null;
  readonly settings: TerminalSettings | null;
  readonly serviceKeys: readonly ServiceKey[];
};

/** A line of the list of last sales, for the cashier's eyes only. */
export type SaleLine = {
  readonly orderNumber: string;
  readonly shortNumber: string;
  readonly amount: number;
  readonly state: 'approved' | 'held' | 'declined' | 'unknown' | 'reversed' | 'offline' | 'review';
  readonly at: string;
};

const SHELF = 'till';
const LINES_KEPT = 50;

/** One small IndexedDB store; what was written survives a crash of the browser. */
export class TillStore {
  private constructor(private readonly database: IDBDatabase) {}

  static open(): Promise<TillStore> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open('campus-paycode-till', 1);
      request.onupgradeneeded = () => request.result.createObjectStore(SHELF);
      request.onsuccess = () => {
        resolve(new TillStore(request.result));
      };
      request.onerror = () => {
        reject(request.error ?? new Error('This browser keeps nothing.'));
      };
    });
  }

  read<Value>(name: string): Promise<Value | undefined> {
    return new Promise((resolve, reject) => {
      const request = this.database.transaction(SHELF).objectStore(SHELF).get(name);
      request.onsuccess = () => {
        resolve(request.result as Value | undefined);
      };
      request.onerror = () => {
        reject(request.error ?? new Error('The till cannot read its memory.'));
      };
    });
  }

  write(name: string, value: unknown): Promise<void> {
    return new Promise((resolve, reject) => {
      const deed = this.database.transaction(SHELF, 'readwrite', { durability: 'strict' });
      deed.objectStore(SHELF).put(value, name);
      deed.oncomplete = () => {
        resolve();
      };
      deed.onabort = () => {
        reject(deed.error ?? new Error('The till cannot write its memory.'));
      };
    });
  }
}

/** The terminal's book as one record, replaced as a whole: IndexedDB keeps the order of the writes. */
export class TillBook implements Book {
  private constructor(
    private readonly store: TillStore,
    readonly data: BookData,
  ) {}

  static async open(store: TillStore): Promise<TillBook> {
    const kept = await store.read<Partial<BookData>>('book');
    return new TillBook(store, { ...emptyBook(), ...kept });
  }

  write(entry: BookEntry): Promise<void> {
    applyEntry(this.data, entry);
    return this.store.write('book', this.data);
  }
}

/** The list of refused certificates, kept beside the book. */
export function hotlistIn(store: TillStore): HotlistStore {
  return {
    read: async () => (await store.read<KeptHotlist>('hotlist')) ?? null,
    write: (list) => store.write('hotlist', list),
  };
}

/** The last sales, newest first. */
export class SaleLines {
  private constructor(
    private readonly store: TillStore,
    private lines: readonly SaleLine[],
  ) {}

  static async open(store: TillStore): Promise<SaleLines> {
    return new SaleLines(store, (await store.read<SaleLine[]>('lines')) ?? []);
  }

  all(): readonly SaleLine[] {
    return this.lines;
  }

  put(line: SaleLine): Promise<void> {
    const others = this.lines.filter(({ orderNumber }) => orderNumber !== line.orderNumber);
    this.lines = [line, ...others].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, LINES_KEPT);
    return this.store.write('lines', this.lines);
  }

  async change(orderNumber: string, change: Partial<SaleLine>): Promise<void> {
    const line = this.lines.find((other) => other.orderNumber === orderNumber);
    if (line !== undefined) await this.put({ ...line, ...change });
  }
}
