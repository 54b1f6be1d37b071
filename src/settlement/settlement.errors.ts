import type { Problems } from '../platform/errors/problem.js';

export const settlementProblems = {
  void_not_attended: {
    kind: 'conflict',
    title: 'Nobody stands at this place who could void a sale',
    detail: 'The office can refund; a terminal that is unsure reverses.',
    zh: '该终端无收银员，不能撤销，请联系管理员退款',
    en: 'Nobody can void sales here; please ask the office for a refund',
  },
  void_too_late: {
    kind: 'conflict',
    title: 'Too late for a void',
    detail:
      'It is another shift, too many minutes ago, or a closed business day: the office can refund.',
    zh: '已超过撤销时限或不在本班次，请联系管理员退款',
    en: 'Too late to void: another shift or too long ago; please ask the office for a refund',
    effect: 'done',
  },
  supervision_needed: {
    kind: 'conflict',
    title: 'A supervisor has to agree',
    detail: 'Ask for a supervision, and send the void under a new number with it.',
    zh: '超过免审金额，请主管输入编号和密码',
    en: 'This amount needs a supervisor: number and PIN, please',
  },
  supervision_invalid: {
    kind: 'conflict',
    title: 'This supervision does not count',
    detail:
      'It is over, was used, is of another terminal, or was taken back: ask the supervisor again.',
    zh: '主管授权已失效，请主管重新输入',
    en: "The supervisor's word is over or was used; please ask again",
  },
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
