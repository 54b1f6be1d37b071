import type { Problems } from '../platform/errors/problem.js';

export const offlineSalesProblems = {
  offline_record_decided: {
    kind: 'conflict',
    title: 'The record waits for nobody',
    detail: 'It was decided, by the service or by two people, or is not there.',
    zh: '该笔无网记录已处理，请刷新列表',
    en: 'This record was decided already; please look at the list again',
  },
  offline_record_unreadable: {
    kind: 'conflict',
    title: 'The record cannot become a sale',
    detail: 'It cannot be read or was not signed by its terminal. It can only be dismissed.',
    zh: '该笔无网记录无法识别，只能驳回',
    en: 'This record cannot be read; it can only be dismissed',
  },
  terminal_not_stopped: {
    kind: 'conflict',
    title: 'The terminal is not stopped',
    detail: 'It may sell without a network where its place allows it.',
    zh: '该终端的无网收款未被停用',
    en: 'This terminal was not stopped from selling without a network',
  },
} satisfies Problems;
