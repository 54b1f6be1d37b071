/** Whoever WeChat knows, and whom the campus has bound to that WeChat user, is signed in without a password. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { BindWechat } from './bind-wechat.js';
import { cardholderProblems } from './cardholders.errors.js';
import { WechatLogin } from './domain/wechat-login.js';
import { SignInCardholder, type SignIn } from './sign-in-cardholder.js';

@Injectable()
export class SignInByWechat {
  constructor(
    private readonly database: DataSource,
    private readonly login: WechatLogin,
    private readonly bindings: BindWechat,
    private readonly signInCardholder: SignInCardholder,
  ) {}

  /** @throws {Refusal} wechat_unknown, wechat_login_refused, wechat_unavailable */
  async signIn(code: string, deviceLabel: string): Promise<SignIn> {
    const { openid } = await this.login.prove(code);
    const cardholder = await this.bindings.find(openid);
    if (cardholder === undefined) throw new Refusal(cardholderProblems, 'wechat_unknown');
    return inTransaction(this.database, (tx) =>
      this.signInCardholder.signIn(tx, cardholder, deviceLabel),
    );
  }
}
