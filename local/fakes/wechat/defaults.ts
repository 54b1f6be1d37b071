/** A message template as the platform's `gettemplate` shows it. */
export type Template = {
  priTmplId: string;
  title: string;
  /** One line for each field: a label, a colon, and `{{amount1.DATA}}`. */
  content: string;
  example: string;
  /** 2: one accept, one message. 3: long-term, one accept for as long as it stands. */
  type: 2 | 3;
  /** A long-term template may be limited for each user; more is refused with 40038. */
  limit?: { per: 'day' | 'month'; count: number };
  keywordEnumValueList?: { keywordCode: string; enumValueList: string[] }[];
};

export type Callback = {
  url: string;
  /** `aes` is the platform's safe mode: the body is encrypted, `msg_signature` covers it. */
  mode: 'plain' | 'aes';
  format: 'json' | 'xml';
};

export type WechatSettings = {
  appid: string;
  secret: string;
  /** The mini-program's original id: `ToUserName` of its callbacks. */
  originalId: string;
  /** Token and key of the message push; the key is 43 characters of base64. */
  pushToken: string;
  encodingAesKey: string;
  callback: Callback | null;
  templates: Template[];
  /** The pages of the released version: any other page is refused with 41030. */
  pages: string[];
  /** Where a notice on the phone leads: `{page}` and `{query}` are replaced. Null: nowhere. */
  openUrl: string | null;
  /** 10 million a day without payment capability. */
  dailySendQuota: number;
  /** Whether users carry a unionid: the mini-program is bound to an open-platform account. */
  unionBound: boolean;
  latencyMs: number;
  /** Words that the platform's content check refuses with 45168. */
  sensitiveWords: string[];
};

const receiptContent = [
  '消费金额:{{amount1.DATA}}',
  '消费地点:{{thing2.DATA}}',
  '消费时间:{{time3.DATA}}',
  '交易单号:{{character_string4.DATA}}',
  '',
].join('\n');

const receiptExample =
  '消费金额:¥12.50\n消费地点:一食堂\n消费时间:2026-11-22 11:58\n交易单号:B3-0427\n';

/** The receipt to which a student subscribes once for each message. */
export const receiptTemplateId = 'demoReceiptOnce00000000000000000000000000_1';
/** The same receipt as a long-term template. */
export const longTermReceiptTemplateId = 'demoReceiptLong00000000000000000000000000_1';

/**
 * The platform as it is when neither `config.json` in the state folder nor a flag says otherwise.
 * `config.json` holds any of these keys. Nothing here is a real secret.
 */
export const wechatDefaults: WechatSettings = {
  appid: 'wx00demo00campus00',
  secret: 'demo-wechat-secret',
  originalId: 'gh_demo0campus0',
  pushToken: 'demoPushToken',
  encodingAesKey: 'demoCampusPaycodePushKey0000000000000000000',
  callback: null,
  templates: [
    {
      priTmplId: receiptTemplateId,
      title: '消费成功通知',
      content: receiptContent,
      example: receiptExample,
      type: 2,
    },
    {
      priTmplId: longTermReceiptTemplateId,
      title: '校园卡消费提醒',
      content: receiptContent,
      example: receiptExample,
      type: 3,
    },
  ],
  pages: ['pages/index/index', 'pages/receipt/index', 'pages/inbox/index'],
  openUrl: null,
  dailySendQuota: 10_000_000,
  unionBound: true,
  latencyMs: 15,
  sensitiveWords: ['赌博'],
};
