import type { IssuerTrust } from '@campus-paycode/paycode';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { HotlistStore } from './store/hotlist.store.js';
import { IssuerKeysStore, type PublicIssuerKey } from './store/issuer-keys.store.js';

/** What a terminal goes by while it has no network. Amounts in fen. */
export type OfflineTerms = {
  readonly scheme: number;
  readonly issuerKeys: readonly PublicIssuerKey[];
  readonly classes: readonly {
    readonly class: number;
    readonly perSale: bigint;
    readonly perCard: bigint;
  }[];
  readonly perTerminal: {
    readonly amount: bigint;
    readonly records: number;
    readonly hours: number;
  };
  /** The newest list of certificates that are no longer good. */
  readonly hotlistVersion: number;
};

type PolicyRow = { scheme: number; amount: string; records: number; hours: number };
type ClassRow = { class: number; perSale: string; perCard: string };

/** A terminal sells without a network by terms that the campus sets: whose certificates, how much, and whose not. */
@Injectable()
export class ReadOfflineTerms {
  constructor(
    private readonly database: DataSource,
    private readonly issuers: IssuerKeysStore,
    private readonly hotlists: HotlistStore,
  ) {}

  /** Null while nobody issues certificates. */
  async read(): Promise<OfflineTerms | null> {
    const issuerKeys = await this.issuers.all();
    if (issuerKeys.length === 0) return null;
    const [policy] = await this.database.query<[PolicyRow]>(
      `select p.scheme, p.terminal_amount as amount, p.terminal_records as records, p.terminal_hours as hours
       from payment_codes.offline_policy p`,
    );
    const classes = await this.database.query<ClassRow[]>(
      `select l.class, l.per_sale as "perSale", l.per_card as "perCard"
       from payment_codes.limit_class l order by l.class`,
    );
    const { number } = await this.hotlists.numbers();
    return {
      scheme: policy.scheme,
      issuerKeys,
      classes: classes.map((row) => ({
        class: row.class,
        perSale: BigInt(row.perSale),
        perCard: BigInt(row.perCard),
      })),
      perTerminal: {
        amount: BigInt(policy.amount),
        records: policy.records,
        hours: policy.hours,
      },
      hotlistVersion: number,
    };
  }

  /** Changes when the terms do, and when the list of certificates says something new. */
  async version(): Promise<string> {
    const { changed } = await this.hotlists.numbers();
    const [row] = await this.database.query<{ version: string }[]>(
      `select t.version::text as version from platform.table_version t where t.name = 'offline'`,
    );
    return `${row?.version ?? '0'}.${changed}`;
  }

  /** Whose certificates are good: to judge a signed code by. */
  trust(): Promise<IssuerTrust> {
    return this.issuers.trust();
  }
}
