/** Staff decide what the offer slot shows, to whom, where, when and how often; credit is never offered to students. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { audienceErrors, mayContainStudents } from './domain/audience.js';
import {
  changeableLive,
  isAllowedLink,
  type Campaign,
  type CampaignTerms,
} from './domain/campaign.js';
import { journeyProblems } from './journeys.errors.js';
import { CampaignsStore } from './store/campaigns.store.js';

export type { Audience } from './domain/audience.js';
export type { Campaign, CampaignTerms } from './domain/campaign.js';

@Injectable()
export class SetCampaign {
  constructor(
    private readonly database: DataSource,
    private readonly campaigns: CampaignsStore,
  ) {}

  /**
   * @throws {Refusal} audience_invalid, campaign_link_refused, campaign_window_empty, campaign_place_unknown,
   *   credit_to_students
   */
  async create(terms: CampaignTerms, by: bigint): Promise<Campaign> {
    await this.check(terms);
    return inTransaction(this.database, (tx) => this.campaigns.create(tx, terms, by));
  }

  /**
   * A draft may change altogether; one that was live only in what does not change its meaning.
   * @throws {Refusal} campaign_unknown, campaign_not_draft, and whatever `create` refuses.
   */
  change(id: bigint, change: Partial<CampaignTerms>, by: bigint): Promise<Campaign> {
    return inTransaction(this.database, async (tx) => {
      const campaign = await this.campaigns.lock(tx, id);
      if (campaign === undefined) throw new Refusal(journeyProblems, 'campaign_unknown');
      const isRewritten = Object.keys(change).some(
        (name) => !changeableLive.includes(name as keyof CampaignTerms),
      );
      const goesBack = campaign.status !== 'draft' && change.status === 'draft';
      if (campaign.status !== 'draft' && (isRewritten || goesBack))
        throw new Refusal(journeyProblems, 'campaign_not_draft');
      const terms = { ...campaign, ...change };
      await this.check(terms);
      return this.campaigns.change(tx, id, terms, by);
    });
  }

  private async check(terms: CampaignTerms): Promise<void> {
    const errors = audienceErrors(terms.audience);
    if (errors.length > 0) throw new Refusal(journeyProblems, 'audience_invalid', { errors });
    if (!isAllowedLink(terms.link)) throw new Refusal(journeyProblems, 'campaign_link_refused');
    if (terms.startsAt >= terms.endsAt) throw new Refusal(journeyProblems, 'campaign_window_empty');
    if (terms.product === 'credit' && mayContainStudents(terms.audience))
      throw new Refusal(journeyProblems, 'credit_to_students');
    if (terms.places !== null && !(await this.allExist(terms.places)))
      throw new Refusal(journeyProblems, 'campaign_place_unknown');
  }

  private async allExist(places: readonly bigint[]): Promise<boolean> {
    const [row] = await this.database.query<{ known: number }[]>(
      'select count(*)::int as known from places.place where id = any($1::bigint[])',
      [places.map(String)],
    );
    return row?.known === new Set(places).size;
  }
}
