/** One WeChat user belongs to at most one cardholder, and only after the cardholder proved to be one. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { cardholderProblems } from './cardholders.errors.js';
import { WechatLogin } from './domain/wechat-login.js';

export type WechatUser = { readonly openid: string; readonly unionid?: string | null };

@Injectable()
export class BindWechat {
  constructor(
    private readonly database: DataSource,
    private readonly login: WechatLogin,
  ) {}

  /** @throws {Refusal} wechat_login_refused, wechat_unavailable, wechat_bound_elsewhere */
  async bindByCode(cardholder: bigint, code: string): Promise<void> {
    const user = await this.login.prove(code);
    await inTransaction(this.database, (tx) => this.bind(tx, cardholder, user));
  }

  /** @throws {Refusal} wechat_bound_elsewhere, cardholder_unknown */
  async bind(tx: Tx, cardholder: bigint, { openid, unionid }: WechatUser): Promise<void> {
    try {
      const [, changed] = (await tx.query(
        `update cardholders.cardholder set wechat_openid = $2, wechat_unionid = $3
         where id = $1 and status = 'active'`,
        [cardholder.toString(), openid, unionid ?? null],
      )) as [unknown[], number];
      if (changed === 0) throw new Refusal(cardholderProblems, 'cardholder_unknown');
    } catch (error) {
      if ((error as { constraint?: string }).constraint === 'cardholder_wechat_taken')
        throw new Refusal(cardholderProblems, 'wechat_bound_elsewhere');
      throw error;
    }
  }

  /** Who a proven WeChat user is here, if anybody. */
  async find(openid: string): Promise<bigint | undefined> {
    const [row] = await this.database.query<{ id: string }[]>(
      `select id from cardholders.cardholder where wechat_openid = $1 and status = 'active'`,
      [openid],
    );
    return row === undefined ? undefined : BigInt(row.id);
  }
}
