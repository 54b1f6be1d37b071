import { say, type LocalText } from '../shared/language.js';

/** A room of the student's, as `GET /v1/me/rooms` says it. */
export type Room = {
  readonly building: string;
  readonly number: string;
  readonly meters: readonly Meter[];
};

/** Amounts in fen; what is counted in watt-hours or liters. */
export type Meter = {
  readonly meterId: string;
  readonly kind: 'electricity' | 'water';
  readonly unit: 'wh' | 'liter';
  readonly networked: boolean;
  readonly price: number;
  readonly per: number;
  readonly credit: number;
  readonly warnBelow: number;
  readonly reading: number;
  readonly readAt: string;
};

export const ROOM_TEXTS = {
  loading: { zh: '加载中…', en: 'Loading…' },
  none: {
    zh: '还没有您的房间，请联系宿管登记',
    en: 'No room of yours is known here. Please ask the dorm office.',
  },
  electricity: { zh: '电费', en: 'Electricity' },
  water: { zh: '水费', en: 'Water' },
  credit: { zh: '余额 {n}', en: '{n} left' },
  low: { zh: '余额不足，请充值', en: 'Little is left: please buy credit' },
  owing: { zh: '已用完，请尽快充值', en: 'All is used: please buy credit soon' },
  byTicket: {
    zh: '此表不联网：充值后把充值票的二维码出示给表',
    en: 'This meter has no network: buy credit, then show the ticket to the meter',
  },
  read: { zh: '读数 {n}（{t}），单价 {p}', en: 'Reading {n} ({t}), {p}' },
  per_wh: { zh: '千瓦时', en: 'kWh' },
  per_liter: { zh: '立方米', en: 'm³' },
  confirm: { zh: '确认付款 {n}（{k}）', en: 'Pay {n} for {k}' },
  again: { zh: '查询结果', en: 'Ask what became of it' },
  statement: { zh: '明细', en: 'Statement' },
  ticket: { zh: '充值票', en: 'Ticket' },
  ticketOf: {
    zh: '第 {n} 张票，本次 {u}；之前未使用的票也包含在内',
    en: 'Ticket {n}, {u}; it includes those before it that were not used',
  },
  ticketUntil: {
    zh: '{n} 前有效，过期后可重新打开；只能用一次',
    en: 'Good until {n}, and made anew afterwards; it can be used once',
  },
  digits: { zh: '显示数字', en: 'Show the digits' },
  purchase: { zh: '充值', en: 'Bought' },
  take_back: { zh: '退款收回', en: 'Taken back by a refund' },
  reading: { zh: '用量', en: 'Used' },
  moved: { zh: '换表转入', en: 'Left on the old meter' },
} as const satisfies Record<string, LocalText>;

/** `12.5 kWh`, `0.4 m³`: thousands of what the meter counts. */
export const unitsOf = (unit: Meter['unit'], units: number): string =>
  `${(units / 1_000).toFixed(1)} ${say(ROOM_TEXTS[`per_${unit}`])}`;
