import type { Problems } from '../platform/errors/problem.js';

export const fundingProblems = {
  batch_already_imported: {
    kind: 'conflict',
    title: 'This batch number was imported before',
    detail: 'Nobody is paid twice. Give a new payment a new batch number.',
    zh: '该批次号已导入过，未重复发放',
    en: 'This batch was imported before; nobody is paid twice',
    effect: 'none',
  },
  import_not_readable: {
    kind: 'unprocessable',
    title: 'The file cannot be read',
    detail: 'Send CSV with the header card_number,name,amount and at most 10,000 lines.',
    zh: '文件无法读取，请检查表头与格式',
    en: 'The file cannot be read; please check its header and format',
  },
  import_usable_until_wrong: {
    kind: 'unprocessable',
    title: 'The last day of use does not fit',
    detail: 'A subsidy ends in the future or never; a top-up never ends: leave usableUntil out.',
    zh: '有效期不正确：补贴须为将来时间，充值不设有效期',
    en: 'The expiry does not fit: subsidies end in the future, top-ups never',
  },
  import_purse_wrong: {
    kind: 'unprocessable',
    title: 'The file cannot pay into purses of this kind',
    detail: 'A top-up pays into `cash`; a subsidy into another kind of purse, which must exist.',
    zh: '资金类型不正确：充值只能进入现金，补贴只能进入已设置的补贴类型',
    en: 'Top-ups go into cash, subsidies into a kind of subsidy that was set up',
  },
  import_unknown: {
    kind: 'not-found',
    title: 'There is no such import',
    detail: 'Check the id against the list of imports.',
    zh: '未找到该导入批次',
    en: 'There is no such import',
  },
} satisfies Problems;
