import type { Problems } from '../platform/errors/problem.js';

export const receiptProblems = {
  receipt_unknown: {
    kind: 'not-found',
    title: 'There is no such receipt',
    detail: 'Open the receipt from the message that announced it.',
    zh: '未找到该消费凭证',
    en: 'There is no such receipt',
  },
} satisfies Problems;
