/** A receipt shows at most one offer, decided once, and a student sees at most one on a day and none after a refusal. */
import { Injectable, Logger } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { Tx } from '../platform/database/transaction.js';
import { ReadConsents } from '../messages/read-consents.js';
import { audienceErrors } from './domain/audience.js';
import { audienceSql } from './domain/audience-sql.js';
import type { Campaign } from './domain/campaign.js';
import { CampaignsStore } from './store/campaigns.store.js';

export type Slot = {
  readonly payment: bigint;
  readonly cardholder: bigint;
  readonly card: bigint;
  readonly place: bigint;
};

export type Offer = {
  readonly touch: bigint;
  readonly text: { readonly zh: string; readonly en: string };
  /** A path of this service that counts the click and leads on. */
  readonly path: string;
};

/** Why there is no offer. */
type Skipped = 'refused' | 'no_campaign' | 'no_match' | 'no_consent' | 'student_cap' | 'capped';

type TouchRow = {
  id: string;
  token: string | null;
  offer_zh: string | null;
  offer_en: string | null;
  stopped: boolean;
};

@Injectable()
export class FillOfferSlot {
  private readonly logger = new Logger('journeys');

  constructor(
    private readonly campaigns: CampaignsStore,
    private readonly consents: ReadConsents,
  ) {}

  /** @returns null when there is nothing to show; why is kept with the touch. */
  async fill(tx: Tx, slot: Slot): Promise<Offer | null> {
    // One decision at a time for one student, so that two receipts opened at once cannot both be the first today.
    const [lock] = (await tx.query('select journeys.lock_cardholder($1) as free', [
      slot.cardholder.toString(),
    ])) as { free: boolean }[];
    const consent = await this.consents.marketing(slot.cardholder, tx);
    const known = await this.find(tx, slot.payment);
    if (known !== undefined) return consent.state === 'refused' ? null : offerOf(known);
    const decision =
      consent.state === 'refused'
        ? 'refused'
        : await this.decide(tx, slot, {
            hasGranted: consent.state === 'granted',
            isFree: lock?.free === true,
          });
    return typeof decision === 'string'
      ? this.skip(tx, slot, decision)
      : this.show(tx, slot, decision);
  }

  private async decide(
    tx: Tx,
    slot: Slot,
    student: { readonly hasGranted: boolean; readonly isFree: boolean },
  ): Promise<Campaign | Skipped> {
    const live = await this.campaigns.liveAt(tx, slot.place);
    if (live.length === 0) return 'no_campaign';
    const matching = await this.matching(tx, slot, live);
    if (matching.length === 0) return 'no_match';
    const allowed = matching.filter(({ consent }) => student.hasGranted || consent !== 'granted');
    if (allowed.length === 0) return 'no_consent';
    if (!student.isFree) return 'student_cap';
    // The cap is charged last, when the offer is as good as shown.
    for (const campaign of allowed) {
      const [row] = (await tx.query('select journeys.count_shown($1) as counted', [
        campaign.id.toString(),
      ])) as { counted: boolean }[];
      if (row?.counted === true) return campaign;
    }
    return 'capped';
  }

  /** The campaigns whose audience the student belongs to. A rule that cannot be read belongs to nobody. */
  private async matching(tx: Tx, slot: Slot, live: readonly Campaign[]): Promise<Campaign[]> {
    const readable = live.filter((campaign) => {
      const isReadable = audienceErrors(campaign.audience).length === 0;
      if (!isReadable) this.logger.error(`campaign ${campaign.id} has an unreadable audience`);
      return isReadable;
    });
    const parameters: unknown[] = [slot.cardholder, slot.card, slot.place].map(String);
    const conditions = readable.map(({ audience, product }) => {
      const condition = audienceSql(audience, parameters);
      return product === 'credit' ? `(${condition} and ${notStudent})` : condition;
    });
    if (conditions.length === 0) return [];
    const [row] = (await tx.query(
      `select array[${conditions.join(', ')}] as matches, $1::bigint, $2::bigint, $3::bigint`,
      parameters,
    )) as { matches: boolean[] }[];
    return readable.filter((_, index) => row?.matches[index] === true);
  }

  private async find(tx: Tx, payment: bigint): Promise<TouchRow | undefined> {
    const [row] = (await tx.query(
      `select t.id, t.token, t.offer_zh, t.offer_en, c.status = 'stopped' as stopped
       from journeys.touch t left join journeys.campaign c on c.id = t.campaign
       where t.payment = $1`,
      [payment.toString()],
    )) as TouchRow[];
    return row;
  }

  private async skip(tx: Tx, slot: Slot, reason: Skipped): Promise<null> {
    await tx.query(
      `insert into journeys.touch (payment, cardholder, place, skipped) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [slot.payment.toString(), slot.cardholder.toString(), slot.place.toString(), reason],
    );
    return null;
  }

  private async show(tx: Tx, slot: Slot, campaign: Campaign): Promise<Offer | null> {
    await tx.query(
      `update journeys.cardholder_day set shown = 1
       where cardholder = $1 and day = platform.business_date(platform.now())`,
      [slot.cardholder.toString()],
    );
    const [row] = (await tx.query(
      `insert into journeys.touch (payment, cardholder, place, campaign, token, offer_zh, offer_en, link)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       returning id, token, offer_zh, offer_en, false as stopped`,
      [
        slot.payment.toString(),
        slot.cardholder.toString(),
        slot.place.toString(),
        campaign.id.toString(),
        randomBytes(16).toString('base64url'),
        campaign.offer.zh,
        campaign.offer.en,
        campaign.link,
      ],
    )) as [TouchRow];
    return offerOf(row);
  }
}

/** The publisher was asked already; the slot asks again, since groups and rules change. */
const notStudent = `exists (select from cardholders.cardholder s where s.id = $1 and s.group_code <> 'student')`;

function offerOf({ id, token, offer_zh: zh, offer_en: en, stopped }: TouchRow): Offer | null {
  if (token === null || zh === null || en === null || stopped) return null;
  return { touch: BigInt(id), text: { zh, en }, path: `/o/${token}` };
}
