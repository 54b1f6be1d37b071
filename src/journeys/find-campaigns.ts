/** Staff see every campaign and what became of its offers. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refusal } from '../platform/errors/problem.js';
import type { Campaign } from './domain/campaign.js';
import { journeyProblems } from './journeys.errors.js';
import { CampaignsStore } from './store/campaigns.store.js';

export type Funnel = {
  /** Receipts that showed the offer. */
  readonly shown: number;
  /** Of these, how many were followed at least once. */
  readonly clicked: number;
  /** Of these, on how many the student refused all marketing. */
  readonly refused: number;
};

@Injectable()
export class FindCampaigns {
  constructor(
    private readonly database: DataSource,
    private readonly campaigns: CampaignsStore,
  ) {}

  /** @throws {Refusal} campaign_unknown */
  async byId(id: bigint): Promise<Campaign> {
    const campaign = await this.campaigns.find(id);
    if (campaign === undefined) throw new Refusal(journeyProblems, 'campaign_unknown');
    return campaign;
  }

  /** Newest first, before the last id of the page before. */
  list(page: { readonly before: bigint | null; readonly limit: number }): Promise<Campaign[]> {
    return this.campaigns.list(page.before, page.limit);
  }

  /** @throws {Refusal} campaign_unknown */
  async funnelOf(id: bigint): Promise<Funnel> {
    await this.byId(id);
    const [row] = await this.database.query<Funnel[]>(
      `select count(*)::int as shown, count(t.refused_at)::int as refused,
         (count(*) filter (where exists (
           select from messages.landing l where l.kind = 'offer' and l.subject = t.id)))::int as clicked
       from journeys.touch t where t.campaign = $1`,
      [id.toString()],
    );
    return row ?? { shown: 0, clicked: 0, refused: 0 };
  }
}
