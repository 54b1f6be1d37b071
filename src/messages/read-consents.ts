/** What a cardholder said about marketing; who said nothing has neither granted nor refused it. */
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

export type MarketingConsent = {
  readonly state: 'unanswered' | 'granted' | 'refused';
  readonly saidAt: Date | null;
};

@Injectable()
export class ReadConsents {
  constructor(private readonly database: DataSource) {}

  /** Reads within `tx` when the answer decides what is written there. */
  async marketing(
    cardholder: bigint,
    tx: EntityManager = this.database.manager,
  ): Promise<MarketingConsent> {
    const [row] = (await tx.query(
      `select state, said_at from messages.consent where cardholder = $1 and purpose = 'marketing'`,
      [cardholder.toString()],
    )) as { state: 'granted' | 'refused'; said_at: Date }[];
    if (row === undefined) return { state: 'unanswered', saidAt: null };
    return { state: row.state, saidAt: row.said_at };
  }
}
