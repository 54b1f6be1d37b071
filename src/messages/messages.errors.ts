import type { Problems } from '../platform/errors/problem.js';

export const messageProblems = {
  message_unknown: {
    kind: 'not-found',
    title: 'There is no such message in this inbox',
    detail: 'Read the inbox again and use an id from it.',
    zh: '消息不存在',
    en: 'This message does not exist',
  },
  marketing_refusal_is_final: {
    kind: 'conflict',
    title: 'The cardholder refused marketing for good',
    detail: 'Do not ask again: a refusal is never undone.',
    zh: '您已选择不再接收推广信息，该选择不可更改',
    en: 'You chose to receive no more offers; this is final',
  },
  wechat_not_bound: {
    kind: 'conflict',
    title: 'No WeChat user is bound to the cardholder',
    detail: 'Sign in by WeChat first; then report the choice again.',
    zh: '请先绑定微信',
    en: 'Please bind WeChat first',
  },
  wechat_push_refused: {
    kind: 'forbidden',
    title: 'This push does not prove to be from WeChat',
    detail:
      'Check token, key and app id; pushes are accepted in safe mode only, within ten minutes.',
    zh: '推送校验失败',
    en: 'The push could not be verified',
  },
} satisfies Problems;
