import type { Callback, Template } from './defaults.js';

export type SubscribeChoice = 'accept' | 'reject';

export type SentMessage = {
  /** A 64-bit integer as text: too large for a JavaScript number. */
  msgid: string;
  openid: string;
  templateId: string;
  page: string | null;
  data: Record<string, string>;
  at: number;
  /** Accepted is not delivered: the asynchronous push may still fail. */
  delivered: boolean;
};

export type WechatRecord =
  | { type: 'user_created'; openid: string; unionid: string }
  | {
      type: 'tapped';
      openid: string;
      templateId: string;
      choice: SubscribeChoice;
      keep: boolean;
    }
  | { type: 'setting_changed'; openid: string; templateId: string; choice: SubscribeChoice }
  | { type: 'main_switch_set'; openid: string; on: boolean }
  | { type: 'allowance_spent'; openid: string; templateId: string }
  | { type: 'sent'; message: SentMessage }
  | { type: 'template_put'; template: Template }
  | { type: 'template_removed'; templateId: string }
  | { type: 'token_issued'; token: string; issuedAt: number; forced: boolean }
  | { type: 'callback_set'; callback: Callback }
  | { type: 'clock_set'; offsetMs: number };
