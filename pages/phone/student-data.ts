import { call, isRefused } from '../shared/call.js';
import { keptCard } from './kept.js';
import type { Card, InboxMessage, Payment } from './contract.js';
import type { Owed } from './owed-notice.js';

/** `unknown` until the service has been heard. */
type SignedIn = 'yes' | 'no' | 'unknown';

const PAYMENTS_SHOWN = 20;

/** What the service last said about the student; each part is replaced as a whole. */
export class StudentData {
  card: Card | null = keptCard.read();
  payments: readonly Payment[] | null = null;
  messages: readonly InboxMessage[] | null = null;
  owed: Owed | null = null;
  signedIn: SignedIn = 'unknown';

  constructor(private readonly changed: () => void) {}

  /** Never rejects: what could not be fetched stays as it was. */
  async refresh(): Promise<void> {
    await Promise.all([
      this.fetchCard(),
      this.fetchPayments(),
      this.fetchInbox(),
      this.fetchOwed(),
    ]);
  }

  async fetchCard(): Promise<void> {
    await this.fetch(async () => {
      this.takeCard(await call<Card>('GET', '/v1/me/card'));
    });
  }

  async fetchPayments(): Promise<void> {
    await this.fetch(async () => {
      const path = `/v1/me/payments?limit=${PAYMENTS_SHOWN}`;
      const { payments } = await call<{ payments: Payment[] }>('GET', path);
      this.payments = payments;
      this.signedIn = 'yes';
    });
  }

  async fetchOwed(): Promise<void> {
    await this.fetch(async () => {
      this.owed = await call<Owed>('GET', '/v1/me/owed');
    });
  }

  async fetchInbox(): Promise<void> {
    await this.fetch(async () => {
      const { messages } = await call<{ messages: InboxMessage[] }>('GET', '/v1/me/inbox');
      this.messages = messages;
    });
  }

  /** @throws {Refused} */
  async setFrozen(frozen: boolean): Promise<void> {
    const path = frozen ? '/v1/me/card/freeze' : '/v1/me/card/unfreeze';
    this.takeCard(await call<Card>('POST', path));
    this.changed();
  }

  async markRead(id: string): Promise<void> {
    await call('POST', `/v1/me/inbox/${id}/read`).catch(() => undefined);
    await this.fetchInbox();
  }

  unread(): number {
    return this.messages?.filter(({ readAt }) => readAt === null).length ?? 0;
  }

  forget(): void {
    keptCard.forget();
    this.card = null;
    this.payments = null;
    this.messages = null;
    this.owed = null;
    this.signedIn = 'no';
    this.changed();
  }

  private takeCard(card: Card): void {
    this.card = card;
    this.signedIn = 'yes';
    keptCard.write(card);
  }

  private async fetch(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (isRefused(error, 'unauthenticated')) this.signedIn = 'no';
    }
    this.changed();
  }
}
