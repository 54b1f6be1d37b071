import { campusDate } from '../clock.js';
import type { Clock } from '../clock.js';
import type { Template, WechatSettings } from './defaults.js';
import type { SentMessage, SubscribeChoice, WechatRecord } from './records.js';

export type User = { openid: string; unionid: string; mainSwitch: boolean };

/** What one user has said about one template. */
export type Subscription = {
  /** How many messages may still be sent; without meaning for a long-term template. */
  allowance: number;
  /** The last word was a rejection: nothing goes out until the next accept. */
  refused: boolean;
  accepted: boolean;
  /** The choice behind "always keep": taps answer in silence. */
  kept: SubscribeChoice | null;
};

const FIRST_MSGID = 2_097_683_633_284_153_345n;

/** The platform's state in memory. It changes only by applying records. */
export class WechatBooks {
  readonly users = new Map<string, User>();
  readonly templates = new Map<string, Template>();
  readonly messages: SentMessage[] = [];
  private readonly subscriptions = new Map<string, Subscription>();
  private readonly sentByDay = new Map<string, number>();

  constructor(settings: WechatSettings) {
    for (const template of settings.templates) this.templates.set(template.priTmplId, template);
  }

  apply(record: WechatRecord): void {
    switch (record.type) {
      case 'user_created':
        return this.addUser(record.openid, record.unionid);
      case 'main_switch_set': {
        const user = this.users.get(record.openid);
        if (user) user.mainSwitch = record.on;
        return;
      }
      case 'tapped':
        return this.tap(this.subscription(record.openid, record.templateId), record);
      case 'setting_changed':
        return this.changeSetting(record.openid, record.templateId, record.choice);
      case 'allowance_spent':
        return this.spend(record.openid, record.templateId);
      case 'sent':
        return this.send(record.message);
      case 'template_put':
        this.templates.set(record.template.priTmplId, record.template);
        return;
      case 'template_removed':
        this.templates.delete(record.templateId);
        return;
      case 'token_issued':
      case 'callback_set':
      case 'clock_set':
        return;
    }
  }

  subscription(openid: string, templateId: string): Subscription {
    const key = `${openid} ${templateId}`;
    const known = this.subscriptions.get(key);
    if (known) return known;
    const fresh = { allowance: 0, refused: false, accepted: false, kept: null };
    this.subscriptions.set(key, fresh);
    return fresh;
  }

  messagesTo(openid: string): SentMessage[] {
    return this.messages.filter((message) => message.openid === openid);
  }

  sentToday(now: Clock): number {
    return this.sentByDay.get(campusDate(now())) ?? 0;
  }

  nextMsgid(): string {
    return String(FIRST_MSGID + BigInt(this.messages.length) * 65_537n);
  }

  private addUser(openid: string, unionid: string): void {
    this.users.set(openid, { openid, unionid, mainSwitch: true });
  }

  private tap(
    subscription: Subscription,
    { choice, keep }: { choice: SubscribeChoice; keep: boolean },
  ): void {
    if (choice === 'accept') {
      subscription.allowance += 1;
      subscription.accepted = true;
    }
    subscription.refused = choice === 'reject';
    if (keep) subscription.kept = choice;
  }

  /** Cancelling in the settings takes back what was given; allowing again gives nothing new. */
  private changeSetting(openid: string, templateId: string, choice: SubscribeChoice): void {
    const subscription = this.subscription(openid, templateId);
    subscription.refused = choice === 'reject';
    subscription.kept = choice;
    if (choice === 'accept') return;
    subscription.allowance = 0;
    subscription.accepted = false;
  }

  private send(message: SentMessage): void {
    this.messages.push(message);
    const day = campusDate(message.at);
    this.sentByDay.set(day, (this.sentByDay.get(day) ?? 0) + 1);
    this.spend(message.openid, message.templateId);
  }

  private spend(openid: string, templateId: string): void {
    const subscription = this.subscription(openid, templateId);
    if (subscription.allowance > 0) subscription.allowance -= 1;
  }
}
