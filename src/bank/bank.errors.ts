import type { Problems } from '../platform/errors/problem.js';

export const bankProblems = {
  bank_unavailable: {
    kind: 'unavailable',
    title: 'The bank did not answer',
    detail: 'Send the same request again in a minute; the bank keeps it from being done twice.',
    zh: '银行暂时无法应答，请稍后再试',
    en: 'The bank is not answering; please try again in a minute',
    retryable: true,
    effect: 'unknown',
  },
  agreement_refused: {
    kind: 'unprocessable',
    title: 'The bank refused the agreement',
    detail: 'Check that the bank account belongs to the holder, then propose it again.',
    zh: '银行未通过签约，请核对姓名与银行卡号',
    en: 'The bank refused; please check the name and the bank account',
  },
  agreement_exists: {
    kind: 'conflict',
    title: 'The card has an agreement for another bank account',
    detail: 'End the agreement in force before another one is signed.',
    zh: '该校园卡已与其他银行账户签约',
    en: 'This card is already linked to another bank account',
  },
  statement_unknown: {
    kind: 'not-found',
    title: 'The bank has no statement of this day',
    detail: 'Ask for a day that has begun at the bank.',
    zh: '银行没有该日的对账单',
    en: 'The bank has no statement for this day',
  },
} satisfies Problems;
