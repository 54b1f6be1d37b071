import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Tx } from '../../platform/database/transaction.js';
import type { Audience } from '../domain/audience.js';
import type { Campaign, CampaignTerms } from '../domain/campaign.js';

type Row = {
  id: string;
  name: string;
  offer_zh: string;
  offer_en: string;
  link: string;
  starts_at: Date;
  ends_at: Date;
  places: string[] | null;
  audience: Audience;
  consent: Campaign['consent'];
  product: Campaign['product'];
  daily_cap: number;
  priority: number;
  status: Campaign['status'];
};

const columns = `id, name, offer_zh, offer_en, link, starts_at, ends_at, places::text[], audience, consent, product,
  daily_cap, priority, status`;

const campaignOf = (row: Row): Campaign => ({
  id: BigInt(row.id),
  name: row.name,
  offer: { zh: row.offer_zh, en: row.offer_en },
  link: row.link,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  places: row.places?.map(BigInt) ?? null,
  audience: row.audience,
  consent: row.consent,
  product: row.product,
  dailyCap: row.daily_cap,
  priority: row.priority,
  status: row.status,
});

const valuesOf = (terms: CampaignTerms): unknown[] => [
  terms.name,
  terms.offer.zh,
  terms.offer.en,
  terms.link,
  terms.startsAt,
  terms.endsAt,
  terms.places?.map(String) ?? null,
  JSON.stringify(terms.audience),
  terms.consent,
  terms.product,
  terms.dailyCap,
  terms.priority,
  terms.status,
];

@Injectable()
export class CampaignsStore {
  constructor(private readonly database: DataSource) {}

  async create(tx: Tx, terms: CampaignTerms, by: bigint): Promise<Campaign> {
    const [row] = (await tx.query(
      `insert into journeys.campaign (name, offer_zh, offer_en, link, starts_at, ends_at, places, audience, consent,
         product, daily_cap, priority, status, created_by, changed_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)
       returning ${columns}`,
      [...valuesOf(terms), by.toString()],
    )) as [Row];
    return campaignOf(row);
  }

  async change(tx: Tx, id: bigint, terms: CampaignTerms, by: bigint): Promise<Campaign> {
    const [[row]] = (await tx.query(
      `update journeys.campaign
       set name = $1, offer_zh = $2, offer_en = $3, link = $4, starts_at = $5, ends_at = $6, places = $7,
         audience = $8, consent = $9, product = $10, daily_cap = $11, priority = $12, status = $13,
         changed_by = $14, changed_at = platform.now()
       where id = $15
       returning ${columns}`,
      [...valuesOf(terms), by.toString(), id.toString()],
    )) as [[Row], number];
    return campaignOf(row);
  }

  /** Locks it until the end of the transaction. */
  async lock(tx: Tx, id: bigint): Promise<Campaign | undefined> {
    const rows = (await tx.query(
      `select ${columns} from journeys.campaign where id = $1 for update`,
      [id.toString()],
    )) as Row[];
    return rows.map(campaignOf)[0];
  }

  async find(id: bigint): Promise<Campaign | undefined> {
    const rows = await this.database.query<Row[]>(
      `select ${columns} from journeys.campaign where id = $1`,
      [id.toString()],
    );
    return rows.map(campaignOf)[0];
  }

  /** Newest first. */
  async list(before: bigint | null, limit: number): Promise<Campaign[]> {
    const rows = await this.database.query<Row[]>(
      `select ${columns} from journeys.campaign where $1::bigint is null or id < $1 order by id desc limit $2`,
      [before?.toString() ?? null, limit],
    );
    return rows.map(campaignOf);
  }

  /** Live now at this place, the most important first. */
  async liveAt(tx: EntityManager, place: bigint): Promise<Campaign[]> {
    const rows = (await tx.query(
      `select ${columns} from journeys.campaign
       where status = 'live' and starts_at <= platform.now() and platform.now() < ends_at
         and (places is null or $1::bigint = any(places))
       order by priority desc, id limit 50`,
      [place.toString()],
    )) as Row[];
    return rows.map(campaignOf);
  }
}
