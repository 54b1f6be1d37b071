export type Verdict = 'approved' | 'declined' | 'pending';
/** Whose word a pending sale waits for. */
export type Awaits = 'phone' | 'cashier';
export type PaymentState = 'captured' | 'held' | 'released' | 'declined' | 'reversed';

/** One sale as it was decided, and as it stands now. Amounts in fen. */
export type Payment = {
  readonly id: bigint;
  readonly orderNumber: string;
  readonly shortNumber: string;
  readonly verdict: Verdict;
  readonly reason: DeclineReason | null;
  readonly state: PaymentState;
  readonly amount: bigint;
  readonly captured: bigint;
  /** The payer's masked name; null when nobody was recognised. */
  readonly payer: string | null;
  readonly holdUntil: Date | null;
  /** Whose word a pending sale waits for, until `holdUntil`. */
  readonly awaits?: Awaits;
  readonly decidedAt: Date;
  readonly businessDate: string;
};

/** Why a sale is declined: stable names, kept with the payment for ever. */
export const declineReasons = {
  code_invalid: {
    zh: '码已失效，请刷新后再试',
    en: 'The code is no longer valid; please refresh it and try again',
  },
  code_used: {
    zh: '此码已使用，请点按付款码刷新后再试',
    en: 'This code was used already; please tap the code to refresh it',
  },
  card_frozen: {
    zh: '校园卡已冻结，请在手机上解冻后再试',
    en: 'The card is frozen; please unfreeze it on the phone',
  },
  card_lost: {
    zh: '校园卡已挂失，请到卡务中心办理',
    en: 'The card is reported lost; please go to the card office',
  },
  card_closed: {
    zh: '校园卡已注销，请到卡务中心办理',
    en: 'The card is closed; please go to the card office',
  },
  credential_closed: {
    zh: '此手机已解绑，请重新绑定手机',
    en: 'This phone is no longer bound; please bind it again',
  },
  credential_expired: {
    zh: '付款码已过期，请联网后再试',
    en: 'The phone was offline too long; please connect it and try again',
  },
  plastic_invalid: {
    zh: '未识别到此卡，请使用手机付款码',
    en: 'This plastic card is not known or no longer in use; please use the code on the phone',
  },
  plastic_lost: {
    zh: '此卡已挂失，请使用手机付款码或到卡务中心补办',
    en: 'This plastic card is reported lost; please use the code on the phone',
  },
  pin_check_invalid: {
    zh: '验证已过期或已使用，请重新输入学号和支付密码',
    en: 'The PIN check has expired or was used; please type number and PIN again',
  },
  limit_static_sale: {
    zh: '超过无手机付款的单笔限额，请使用手机付款码',
    en: 'This is more than one sale without the phone may cost; please use the code on the phone',
  },
  limit_static_day: {
    zh: '已超过今日无手机付款限额，请使用手机付款码',
    en: "Today's limit without the phone is reached; please use the code on the phone",
  },
  group_not_served: {
    zh: '此处不对该人群开放',
    en: 'This place does not serve this group',
  },
  not_invited: {
    zh: '访客卡不在授权的时间或地点内，请联系接待人',
    en: 'This visitor may not pay here or at this time; please contact the host',
  },
  insufficient_funds: {
    zh: '余额不足，请稍后再试或使用其他方式付款',
    en: 'Not enough money on the card; please pay another way',
  },
  limit_sale: {
    zh: '已超过单笔消费限额，请减少金额或联系卡务中心',
    en: 'This is more than one sale may cost; please pay less at once or contact the card office',
  },
  limit_meal: {
    zh: '已达到本餐消费限额，请下一餐再用或联系卡务中心',
    en: "This meal's limit is reached; please wait for the next meal or contact the card office",
  },
  limit_day: {
    zh: '已超过今日消费限额，请明日再试或联系卡务中心',
    en: "Today's limit is reached; please try tomorrow or contact the card office",
  },
  limit_month: {
    zh: '已超过本月消费限额，请下月再试或联系卡务中心',
    en: "This month's limit is reached; please try next month or contact the card office",
  },
  confirmation_refused: {
    zh: '已取消付款，未扣款',
    en: 'The payment was refused; nothing was charged',
  },
  confirmation_expired: {
    zh: '未在规定时间内确认，未扣款，请重新收款',
    en: 'Nobody confirmed in time; nothing was charged, please start again',
  },
  confirmation_withdrawn: {
    zh: '收款已撤回，未扣款',
    en: 'The sale was withdrawn; nothing was charged',
  },
  too_many_sessions: {
    zh: '正在使用的设备已达上限，请先结束其他设备',
    en: 'Too many devices are running on this card; please stop another one first',
  },
  terminal_revoked: {
    zh: '该终端已停用，未扣款',
    en: 'This terminal was taken out of service; nothing was charged',
  },
} as const;

export type DeclineReason = keyof typeof declineReasons;
