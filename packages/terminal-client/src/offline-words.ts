import type { LocalText } from '@campus-paycode/terminal-protocol';
import type { OfflineSaleRefusal } from './offline-rules.js';

const REFRESH: LocalText = {
  zh: '码已失效，请刷新后再试',
  en: 'The code is no longer good. Refresh it and try again.',
};
const NOT_ALONE: LocalText = {
  zh: '网络中断，本机暂不能离线收款',
  en: 'No network, and this till cannot sell without one now.',
};
const FORGED: LocalText = { zh: '不是有效的校园付款码', en: 'This is no code of this campus.' };

const WORDS: Record<OfflineSaleRefusal, LocalText> = {
  offline_not_allowed: NOT_ALONE,
  offline_stopped: {
    zh: '离线收款已停用，请联系管理员',
    en: 'Selling without a network is stopped here. Ask the office.',
  },
  time_unknown: {
    zh: '终端时间未校准，联网后才能收款',
    en: 'The till does not know the time. Connect it first.',
  },
  offline_too_long: {
    zh: '离线时间过长，联网后才能收款',
    en: 'Without a network for too long. Connect the till first.',
  },
  hotlist_stale: {
    zh: '挂失名单过期，联网后才能收款',
    en: 'The list of lost cards is too old. Connect the till first.',
  },
  hotlist_ahead: {
    zh: '终端时间有误，联网后才能收款',
    en: "The till's clock is wrong. Connect it first.",
  },
  terminal_limit: {
    zh: '本机离线收款已达上限，联网后才能收款',
    en: 'This till has sold as much as it may without a network.',
  },
  code_not_signed: {
    zh: '网络中断，请出示离线付款码（大二维码）',
    en: 'No network. Ask for the offline code (the large QR).',
  },
  code_malformed: { zh: '没扫清楚，请再扫一次', en: 'Not read. Scan again.' },
  amount_out_of_range: { zh: '金额超出范围', en: 'The amount is out of range.' },
  sale_limit: {
    zh: '超过单笔离线限额',
    en: 'Above the limit of one sale without a network.',
  },
  certificate_limit: {
    zh: '该卡在本机的离线限额已用完，请换窗口或联网后再试',
    en: 'This card has used up what it may pay here without a network.',
  },
  wrong_scheme: { zh: '这是其他学校的付款码', en: 'This code is of another campus.' },
  issuer_unknown: FORGED,
  certificate_forged: FORGED,
  code_forged: FORGED,
  certificate_early: REFRESH,
  certificate_expired: {
    zh: '离线码已过期，请让手机联网更新',
    en: "The phone's offline codes have expired. It has to go online.",
  },
  code_early: REFRESH,
  code_expired: REFRESH,
  code_used: REFRESH,
  certificate_revoked: {
    zh: '该卡已挂失或停用，不能付款',
    en: 'This card was reported lost or stopped. It cannot pay.',
  },
};

/** What the cashier reads when a sale without a network is refused. */
export function wordsOf(refusal: OfflineSaleRefusal): LocalText {
  return WORDS[refusal];
}
