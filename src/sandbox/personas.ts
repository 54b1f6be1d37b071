/** What happens to the answer of a sale, beside the verdict. */
export type AnswerFault = 'lost' | 'late' | 'unavailable';

/** What the phone says of itself when it is asked about a sale; `nothing`: until the time is over. */
export type PhonesWord = 'confirmed' | 'refused' | 'nothing';

/** A test student who gives the same verdict every time. */
export type Persona = {
  readonly name: string;
  /** Of the cardholder, and of the card. */
  readonly number: string;
  readonly cardNumber: string;
  readonly fault: AnswerFault | null;
  /** Null for whoever is asked like everybody else; each sale of the others waits for their phone. */
  readonly word: PhonesWord | null;
  readonly says: { readonly zh: string; readonly en: string };
};

type Told = Pick<Persona, 'name' | 'fault' | 'says'> & Partial<Pick<Persona, 'word'>>;

const told: readonly Told[] = [
  { name: 'approved', fault: null, says: { zh: '总是成功', en: 'approved' } },
  {
    name: 'insufficient',
    fault: null,
    says: { zh: '总是余额不足', en: 'declined: insufficient_funds' },
  },
  { name: 'frozen', fault: null, says: { zh: '校园卡总是冻结', en: 'declined: card_frozen' } },
  {
    name: 'meal-used',
    fault: null,
    says: {
      zh: '用餐时段内本餐已用，其他时间当日已用',
      en: 'declined: limit_meal in a meal period, limit_day outside of all',
    },
  },
  {
    name: 'collecting',
    fault: null,
    says: {
      zh: '成功，银行代扣先答处理中',
      en: 'approved; the bank answers `processing` to its collection first',
    },
  },
  {
    name: 'answer-lost',
    fault: 'lost',
    says: {
      zh: '成功，但每个订单号的第一个应答丢失',
      en: 'approved, and the first answer of each order number is lost: ask again by the same bytes',
    },
  },
  {
    name: 'late-30s',
    fault: 'late',
    says: {
      zh: '成功，但应答迟到 30 秒：应撤回',
      en: 'approved, and every answer comes 30 s late: reverse',
    },
  },
  {
    name: 'unavailable-503',
    fault: 'unavailable',
    says: { zh: '总是 503，没有消费', en: 'always 503 `unavailable`, and nothing was sold' },
  },
  {
    name: 'pin-approved',
    fault: null,
    word: 'confirmed',
    says: {
      zh: '每笔等待手机确认，随即自动确认',
      en: 'pending, awaits `phone`; the phone confirms by itself a moment later',
    },
  },
  {
    name: 'pin-refused',
    fault: null,
    word: 'refused',
    says: {
      zh: '每笔等待手机确认，随即自动拒绝',
      en: 'pending, awaits `phone`; the phone refuses by itself: confirmation_refused',
    },
  },
  {
    name: 'pin-silent',
    fault: null,
    word: 'nothing',
    says: {
      zh: '每笔等待手机确认，手机不作答：60 秒后过期',
      en: 'pending, awaits `phone`; nobody answers: confirmation_expired after 60 s',
    },
  },
];

/** In the order in which they are listed; their numbers lie outside of those of the demo's students. */
export const personas: readonly Persona[] = told.map((each, at) => ({
  word: null,
  ...each,
  number: `20269${String(at + 1).padStart(4, '0')}`,
  cardNumber: `10099${String(at + 1).padStart(5, '0')}`,
}));
