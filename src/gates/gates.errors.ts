import type { Problems } from '../platform/errors/problem.js';

export const gatesProblems = {
  gate_unknown: {
    kind: 'not-found',
    title: 'The place has no gate',
    detail: 'The office has not set a gate for this place: sell there as at any other place.',
    zh: '该场所未设置门禁，请联系管理员',
    en: 'No gate is set up for this place; please contact the office',
  },
  gate_rules_wrong: {
    kind: 'unprocessable',
    title: 'The rules of the gate do not fit together',
    detail:
      'A group may have one rule for an hour; each ends after it begins; `entry` has an amount, `time` an amount and a price of a minute, `free` neither; `passbackMinutes` belongs to `timed` alone.',
    zh: '门禁规则有冲突，请检查时段和价格后重试',
    en: 'The rules of the gate contradict each other; please check hours and prices',
  },
  passage_unknown: {
    kind: 'not-found',
    title: 'No such passage',
    detail: 'This gate never sent this order number: nobody was let through under it.',
    zh: '未找到该通行记录',
    en: 'There is no such passage',
  },
  pass_sale_unfit: {
    kind: 'conflict',
    title: 'The sale does not pay for this pass',
    detail:
      'Name a captured sale of the same card, at a merchant of one of the places, with nothing given back and no pass or visit of its own.',
    zh: '该笔消费不能用于购买此通行证，请核对流水号',
    en: 'This sale cannot pay for the pass; please check which sale it is',
  },
  pass_wrong: {
    kind: 'unprocessable',
    title: 'The pass cannot be given like this',
    detail: 'Days and hours must be in order, and each place must have a gate.',
    zh: '通行证的日期、时段或场所有误，请检查后重试',
    en: 'Days, hours or places of the pass are wrong; please check them',
  },
  pass_not_offered: {
    kind: 'not-found',
    title: 'No such pass is sold',
    detail:
      'The offer was withdrawn, is not for this group, or was never there: list the offers again.',
    zh: '该通行证已停售，请刷新后重新选择',
    en: 'This pass is not sold any more; please look at the list again',
  },
  pass_unknown: {
    kind: 'not-found',
    title: 'No such pass',
    detail: 'There is no pass with this id that has not been ended.',
    zh: '未找到有效的通行证',
    en: 'There is no such pass, or it was ended',
  },
  visit_ended: {
    kind: 'conflict',
    title: 'Nobody is inside by this visit',
    detail: 'It has ended, has not begun, or is not there.',
    zh: '该次入场已结束，请刷新列表',
    en: 'This visit is over; please look at the list again',
  },
} satisfies Problems;
