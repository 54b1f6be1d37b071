import type { Problems } from '../platform/errors/problem.js';

export const reconciliationProblems = {
  statement_malformed: {
    kind: 'unprocessable',
    title: 'The statement cannot be read',
    detail: 'Correct the lines named in `errors`; nothing was imported.',
    zh: '对账单格式有误，请检查所列各行',
    en: 'The statement cannot be read; please check the lines named',
  },
  statement_does_not_add_up: {
    kind: 'unprocessable',
    title: "The statement's balances do not add up",
    detail: 'A line is missing, doubled or changed; get the statement from the bank again.',
    zh: '对账单余额不连续，请重新下载对账单',
    en: 'The balances do not add up; please get the statement again',
  },
  reconciliation_day_not_begun: {
    kind: 'unprocessable',
    title: 'The business day has not begun',
    detail: 'Reconcile today or a day before it, in campus time.',
    zh: '该营业日尚未开始，无法对账',
    en: 'This business day has not begun yet',
  },
  reconciliation_unknown: {
    kind: 'not-found',
    title: 'The day was not reconciled yet',
    detail: 'Run the reconciliation of the day first.',
    zh: '该营业日尚未对账',
    en: 'This day was not reconciled yet',
  },
} satisfies Problems;
