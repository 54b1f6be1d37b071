import type { Problems } from '../platform/errors/problem.js';

export const settlementProblems = {
  shift_number_reused: {
    kind: 'conflict',
    title: 'The shift number was used for another report',
    detail: 'Keep the answer of the first report; another shift needs a new number.',
    zh: '班次编号重复，请联系管理员',
    en: 'The shift number was used already; please contact support',
  },
  shift_ends_before_it_begins: {
    kind: 'unprocessable',
    title: 'The shift ends before it begins',
    detail: 'Send closedAt not earlier than openedAt, both by the clock of the same terminal.',
    zh: '班次结束时间早于开始时间',
    en: 'The shift ends before it begins',
  },
  business_day_not_begun: {
    kind: 'unprocessable',
    title: 'The business day has not begun',
    detail: 'Close today or a day before it, in campus time.',
    zh: '该营业日尚未开始',
    en: 'This business day has not begun yet',
  },
  business_day_already_closed: {
    kind: 'conflict',
    title: 'The business day is closed already',
    detail: 'A day is closed once; read its totals instead.',
    zh: '该营业日已结账',
    en: 'This business day is closed already',
  },
} satisfies Problems;
