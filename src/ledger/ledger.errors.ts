import type { Problems } from '../platform/errors/problem.js';

export const ledgerProblems = {
  not_sealed_yet: {
    kind: 'conflict',
    title: 'The entry is in no sealed block yet',
    detail: 'Ask again in half a minute: entries are sealed every ten seconds.',
    zh: '该笔记账尚未封存，请半分钟后再试',
    en: 'This entry is not sealed yet; please try again in half a minute',
    retryable: true,
  },
} satisfies Problems;
