import type { LocalName } from '../../places/place.js';
import type { RecordReason } from './judge-record.js';

const sold: LocalName = { zh: '已入账', en: 'Settled' };

/** What a cashier reads beside a sale that the service has heard of. */
export const decisionWords = {
  captured: sold,
  posted: sold,
  owed: { zh: '已入账，欠款由学生补缴', en: 'Settled; what the card lacked is owed by its holder' },
  replayed: { zh: '此码已收过款，未重复入账', en: 'This code paid already; it is not paid twice' },
  refused: {
    zh: '不予入账，请核对小票并联系卡务中心',
    en: 'Not paid; please check the slip and contact the card office',
  },
  quarantined: { zh: '待卡务中心复核', en: 'Waits for the card office to look at it' },
} as const satisfies Record<string, LocalName>;

/** Why, in the words of the office. */
export const reasonWords: Readonly<Record<RecordReason, LocalName>> = {
  record_unreadable: { zh: '记录无法识别', en: 'The record cannot be read' },
  record_forged: { zh: '记录不是由该终端签名', en: 'The record was not signed by this terminal' },
  record_of_another: { zh: '记录属于另一台终端', en: "The record is another terminal's" },
  record_rewritten: {
    zh: '同一序号出现了另一条记录，终端可能由旧备份恢复',
    en: 'Another record came under the same number; the terminal may have been restored from an old copy',
  },
  record_gap: { zh: '记录缺号', en: 'Records are missing before it' },
  chain_broken: { zh: '记录与前一条不衔接', en: 'It does not follow the record before it' },
  time_disorder: {
    zh: '时间早于前一条记录或晚于现在',
    en: 'It happened before the record before it, or has not happened yet',
  },
  hotlist_went_back: {
    zh: '所用黑名单比前一条记录的旧',
    en: 'It was judged by an older hotlist than the record before it',
  },
  terminal_stopped: {
    zh: '终端无网收款已停用',
    en: 'The terminal was stopped from selling without a network',
  },
  order_number_reversed: { zh: '该笔已由终端撤销', en: 'The terminal reversed it before' },
  order_number_reused: {
    zh: '订单号已用于另一笔',
    en: 'Its order number was used for another sale',
  },
  code_not_ours: {
    zh: '付款码不是本校签发',
    en: 'The code was not signed by this campus and its phone',
  },
  code_time_off: {
    zh: '付款码时间与收款时间相差超过一分钟',
    en: 'Code and sale are more than a minute apart',
  },
  amount_over_limit: {
    zh: '超过无网单笔限额',
    en: 'More than one sale without a network may cost',
  },
  card_over_limit: {
    zh: '同一卡在该终端超过无网限额',
    en: 'More than a card may spend at one terminal without a network',
  },
  code_doubled: {
    zh: '手机用同一编号签发了两个码',
    en: 'The phone signed two codes under one number',
  },
  scanned_again: { zh: '同一笔重复扫码', en: 'The same sale was scanned twice' },
  offline_replay: { zh: '此码已在另一台终端付款', en: 'The code paid at another terminal before' },
  certificate_revoked: {
    zh: '收款前证书已列入黑名单',
    en: 'Its certificate was on the hotlist before the sale',
  },
};
