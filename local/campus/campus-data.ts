import type { Gate, GateRule } from '../../src/gates/gate.js';
import type { Programme } from '../../src/meters/session.js';
import type { NewPlace } from '../../src/places/open-place.js';
import type { LocalName } from '../../src/places/place.js';

type PlaceData = Omit<NewPlace, 'merchant'> & {
  readonly tills: readonly TillData[];
  /** Who comes in when, where somebody counts who is inside. */
  readonly gate?: Omit<Gate, 'place'>;
  /** What its devices do for a price that is known before. */
  readonly programmes?: readonly Programme[];
};
export type TillData = { readonly code: string; readonly name: LocalName };

export type MerchantData = {
  readonly name: LocalName;
  readonly bankAccount: string;
  readonly places: readonly PlaceData[];
};

const freeUntil = (group: GateRule['group'], from: string, until: string): GateRule => ({
  group,
  from,
  until,
  charge: 'free',
  amount: null,
  minutePrice: null,
});
const byMinute = (group: GateRule['group'], from: string, until: string): GateRule => ({
  group,
  from,
  until,
  charge: 'time',
  amount: 2_000n,
  minutePrice: 10n,
});

/** Sells electricity and water to rooms. */
export const utilityPlace = 'Building 3, electricity and water';

/** A small campus: two canteens, a gym, a sports hall with a gate, and a dorm with hot water and washing machines. Amounts in fen. */
export const merchants: readonly MerchantData[] = [
  {
    name: { zh: '后勤饮食服务中心', en: 'Campus Catering' },
    bankAccount: '6222020000000000101',
    places: [
      {
        name: { zh: '第一食堂', en: 'First Canteen' },
        kind: 'canteen',
        tariff: { type: 'entered', maximum: 20_000n },
        tills: [
          { code: 'B1', name: { zh: '一食堂 1 号窗口', en: 'First Canteen, window 1' } },
          { code: 'B2', name: { zh: '一食堂 2 号窗口', en: 'First Canteen, window 2' } },
        ],
      },
      {
        name: { zh: '清真食堂', en: 'Halal Canteen' },
        kind: 'canteen',
        tariff: { type: 'entered', maximum: 20_000n },
        tills: [{ code: 'B3', name: { zh: '清真食堂窗口', en: 'Halal Canteen, window' } }],
      },
    ],
  },
  {
    name: { zh: '体育中心', en: 'Sports Center' },
    bankAccount: '6222020000000000202',
    places: [
      {
        name: { zh: '健身房', en: 'Gym' },
        kind: 'gym',
        tariff: { type: 'fixed', amount: 500n },
        tills: [{ code: 'G1', name: { zh: '健身房入口', en: 'Gym entrance' } }],
      },
      {
        name: { zh: '体育馆', en: 'Sports Hall' },
        kind: 'gym',
        tariff: { type: 'fixed', amount: 500n },
        tills: [{ code: 'G2', name: { zh: '体育馆闸机', en: 'Sports Hall gate' } }],
        gate: {
          passback: 'hard',
          passbackMinutes: null,
          capacity: 200,
          opens: '06:00',
          closes: '22:00',
          hasSensor: true,
          forgottenAmount: 1_000n,
          rules: [
            // Mornings are free for students; afterwards so much a minute, and never more than a day's ticket.
            freeUntil('student', '06:00', '08:00'),
            byMinute('student', '08:00', '22:00'),
            byMinute('staff', '06:00', '22:00'),
            byMinute('guest', '18:00', '22:00'),
          ],
        },
      },
    ],
  },
  {
    name: { zh: '公寓管理中心', en: 'Dormitory Services' },
    bankAccount: '6222020000000000303',
    places: [
      {
        name: { zh: '3 号楼热水', en: 'Building 3, hot water' },
        kind: 'dorm',
        tariff: { type: 'metered', hold: 500n, unit: 'liter', unitPrice: 3n, holdSeconds: 900 },
        tills: [{ code: 'D1', name: { zh: '3 号楼淋浴 1', en: 'Building 3, shower 1' } }],
      },
      {
        name: { zh: '3 号楼洗衣房', en: 'Building 3, laundry' },
        kind: 'dorm',
        tariff: { type: 'metered', hold: 600n, unit: 'minute', unitPrice: 10n, holdSeconds: 5400 },
        tills: [{ code: 'D2', name: { zh: '3 号楼洗衣机 1', en: 'Building 3, washer 1' } }],
        programmes: [
          { code: 'quick', name: { zh: '快洗', en: 'Quick wash' }, amount: 300n, seconds: 2_400 },
          { code: 'standard', name: { zh: '标准', en: 'Standard' }, amount: 400n, seconds: 3_600 },
          { code: 'heavy', name: { zh: '大件', en: 'Bedding' }, amount: 600n, seconds: 5_400 },
        ],
      },
      {
        name: { zh: '3 号楼充电桩', en: 'Building 3, charging' },
        kind: 'dorm',
        tariff: { type: 'metered', hold: 300n, unit: 'kwh', unitPrice: 60n, holdSeconds: 28_800 },
        tills: [{ code: 'D3', name: { zh: '3 号楼充电桩 1', en: 'Building 3, charger 1' } }],
      },
      {
        name: { zh: '3 号楼水电', en: utilityPlace },
        kind: 'dorm',
        tariff: { type: 'entered', maximum: 50_000n },
        tills: [{ code: 'D4', name: { zh: '3 号楼充值机', en: 'Building 3, credit desk' } }],
      },
    ],
  },
];

export type StudentData = {
  readonly number: string;
  readonly name: string;
  readonly cardNumber: string;
  readonly bankAccount: string;
};

const surnames = Array.from('王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗');
const givenNames =
  '子涵 欣怡 浩然 雨桐 宇轩 诗琪 博文 梦洁 俊杰 思远 佳怡 天佑 晓彤 明哲 若曦 嘉豪'.split(' ');

/** Account numbers end in 5000 to 8999. */
const ordinaryAccounts = 4000;

/** Students by their order of matriculation; the same ones in every demo. */
export function students(count: number): StudentData[] {
  return Array.from({ length: count }, (_, index) => {
    const serial = String(index + 1).padStart(5, '0');
    const surname = surnames[(index * 7) % surnames.length] ?? '王';
    const given = givenNames[(index * 5 + Math.floor(index / 16)) % givenNames.length] ?? '子涵';
    return {
      number: `2026${serial}`,
      name: surname + given,
      cardNumber: `10026${serial}`,
      // The last four digits choose what the simulated bank does with an account; these are ordinary ones.
      bankAccount: `62220210${serial}${String(5000 + (index % ordinaryAccounts))}`,
    };
  });
}

/** How many students the demo has, unless a larger campus is asked for, and how many of them people hold in their hands. */
export const studentCount = 400;
export const handHeldCount = 3;

/** What each student starts with, as two files from the office bring it. */
export const startingCash = '100.00';
export const mealSubsidy = '30.00';
