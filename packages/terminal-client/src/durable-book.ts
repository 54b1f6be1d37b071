import { Journal, decodeJournal } from './journal.js';
import {
  applyEntry,
  emptyBook,
  type Book,
  type BookData,
  type BookEntry,
} from './terminal-book.js';
import type { JournalStore } from './journal-store.js';

/** The terminal's book in memory and in its journal, always saying the same. */
export class DurableBook implements Book {
  readonly data: BookData = emptyBook();
  private readonly journal: Journal<BookEntry>;

  private constructor(store: JournalStore) {
    this.journal = new Journal<BookEntry>(store, () => [{ type: 'snapshot', book: this.data }]);
  }

  /** Throws JournalDamaged when the journal is not what this program wrote. */
  static async open(store: JournalStore): Promise<DurableBook> {
    const book = new DurableBook(store);
    for (const entry of decodeJournal<BookEntry>(await store.read())) applyEntry(book.data, entry);
    await book.journal.compact();
    return book;
  }

  /** Resolves when the entry is durable; send nothing and show nothing before. */
  write(entry: BookEntry): Promise<void> {
    applyEntry(this.data, entry);
    return this.journal.append(entry);
  }

  close(): Promise<void> {
    return this.journal.close();
  }
}
