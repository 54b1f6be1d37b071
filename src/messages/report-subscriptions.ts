/** A phone tells what its owner chose when WeChat asked; it counts at once and until WeChat says otherwise. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppConfig } from '../platform/config/app-config.js';
import { inTransaction } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { FindCardholder } from '../cardholders/find-cardholder.js';
import { messageProblems } from './messages.errors.js';

export type Choice = { readonly template: string; readonly choice: 'accept' | 'reject' };
export type Allowance = { readonly template: string; readonly remaining: number };

@Injectable()
export class ReportSubscriptions {
  private readonly templates: readonly string[];

  constructor(
    private readonly database: DataSource,
    private readonly cardholders: FindCardholder,
    config: AppConfig,
  ) {
    this.templates = [config.WECHAT_RECEIPT_TEMPLATE];
  }

  /**
   * `tap` is the phone's own number of the tap: telling it again changes nothing. Templates that are not ours are ignored.
   * @throws {Refusal} wechat_not_bound
   */
  async report(cardholder: bigint, tap: string, choices: readonly Choice[]): Promise<Allowance[]> {
    const { wechatOpenid: openid } = await this.cardholders.byId(cardholder);
    if (openid === null) throw new Refusal(messageProblems, 'wechat_not_bound');
    await inTransaction(this.database, async (tx) => {
      for (const { template, choice } of choices) {
        if (!this.templates.includes(template)) continue;
        if (choice === 'accept')
          await tx.query('select messages.take_in_accept($1, $2, $3)', [openid, template, tap]);
        else await tx.query('select messages.end_allowance($1, $2, true)', [openid, template]);
      }
    });
    return this.read(cardholder);
  }

  /** What the phone may ask WeChat for, and how many messages of each are allowed. */
  async read(cardholder: bigint): Promise<Allowance[]> {
    const { wechatOpenid } = await this.cardholders.byId(cardholder);
    const rows = await this.database.query<Allowance[]>(
      'select template, remaining from messages.allowance where openid = $1',
      [wechatOpenid],
    );
    return this.templates.map((template) => ({
      template,
      remaining: rows.find((row) => row.template === template)?.remaining ?? 0,
    }));
  }
}
