import { Module } from '@nestjs/common';
import { BindWechat } from './bind-wechat.js';
import { WechatLogin } from './domain/wechat-login.js';
import { FindCardholder } from './find-cardholder.js';
import { CardholderGuard } from './http/cardholder.guard.js';
import { MeController } from './http/me.controller.js';
import { SignInLimit } from './http/sign-in-limit.js';
import { SignInController } from './http/sign-in.controller.js';
import { StaffCardholdersController } from './http/staff-cardholders.controller.js';
import { IssueEnrolmentLink } from './issue-enrolment-link.js';
import { ProveCardholder } from './prove-cardholder.js';
import { RedeemEnrolmentLink } from './redeem-enrolment-link.js';
import { RegisterCardholder } from './register-cardholder.js';
import { SetPassword } from './set-password.js';
import { SignInByWechat } from './sign-in-by-wechat.js';
import { SignInCardholder } from './sign-in-cardholder.js';
import { PasswordsStore } from './store/passwords.store.js';
import { SignInsStore } from './store/sign-ins.store.js';

const offered = [
  RegisterCardholder,
  FindCardholder,
  IssueEnrolmentLink,
  RedeemEnrolmentLink,
  SignInCardholder,
  SignInByWechat,
  SetPassword,
  BindWechat,
  ProveCardholder,
];

@Module({
  controllers: [SignInController, MeController, StaffCardholdersController],
  providers: [...offered, PasswordsStore, SignInsStore, WechatLogin, CardholderGuard, SignInLimit],
  exports: offered,
})
export class CardholdersModule {}
