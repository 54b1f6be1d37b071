import { declineReasons, type DeclineReason } from '../payments/payment.js';
import type { LocalName } from '../places/place.js';

export const directions = ['entry', 'exit'] as const;
export type Direction = (typeof directions)[number];

export const passbackModes = ['hard', 'soft', 'timed'] as const;
export type Passback = (typeof passbackModes)[number];

export const charges = ['free', 'entry', 'time'] as const;
export type Charge = (typeof charges)[number];

export const gateGroups = ['student', 'staff', 'guest'] as const;

/** Which group comes in when, and what it costs. Times are HH:MM in campus time, amounts fen. */
export type GateRule = {
  readonly group: (typeof gateGroups)[number];
  readonly from: string;
  readonly until: string;
  readonly charge: Charge;
  /** `entry`: the price; `time`: the most that a visit costs, held when it begins. */
  readonly amount: bigint | null;
  readonly minutePrice: bigint | null;
};

export type Gate = {
  readonly place: bigint;
  readonly passback: Passback;
  readonly passbackMinutes: number | null;
  readonly capacity: number | null;
  readonly opens: string;
  readonly closes: string;
  readonly hasSensor: boolean;
  readonly forgottenAmount: bigint;
  readonly rules: readonly GateRule[];
};

/** Why nobody was let through, where money is not the reason. */
const gateReasons = {
  not_for_gates: {
    zh: '该离线付款码不能用于门禁，请出示普通付款码',
    en: 'This code does not open gates; please show the ordinary payment code',
  },
  outside_hours: { zh: '当前不在开放时间', en: 'The place is not open at this hour' },
  group_not_allowed: {
    zh: '您的身份类别在此时段不能入场',
    en: 'Your group may not come in at this hour',
  },
  already_inside: {
    zh: '已入场，请先刷码离场或联系工作人员',
    en: 'You are inside already: scan at the exit first, or ask the staff',
  },
  not_inside: {
    zh: '没有入场记录，请联系工作人员',
    en: 'You never came in here; please ask the staff',
  },
  place_full: { zh: '人数已满，请稍后再来', en: 'The place is full; please come back later' },
  confirmation_needed: {
    zh: '该笔消费需要确认，请到服务台办理',
    en: 'This would have to be confirmed; please go to the desk',
  },
} as const;

export type PassageReason = keyof typeof gateReasons | DeclineReason;

export const passageReasons: Readonly<Record<PassageReason, LocalName>> = {
  ...declineReasons,
  ...gateReasons,
};

export type PassageState = 'authorized' | 'passed' | 'voided' | 'declined';

/** One scan at a gate as it was decided, and as it stands now. Amounts in fen. */
export type Passage = {
  readonly orderNumber: string;
  readonly shortNumber: string;
  readonly direction: Direction;
  readonly verdict: 'approved' | 'declined';
  readonly reason: PassageReason | null;
  readonly state: PassageState;
  /** entry: what is held; exit: what the visit costs. */
  readonly amount: bigint;
  readonly payer: string | null;
  readonly visit: {
    readonly id: bigint;
    readonly charge: 'free' | 'pass' | 'entry' | 'time';
    readonly enteredAt: Date;
    readonly closesAt: Date;
    readonly payment: bigint | null;
    readonly usesLeft: number | null;
  } | null;
  readonly expiresAt: Date | null;
  readonly decidedAt: Date;
};
