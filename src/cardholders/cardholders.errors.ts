import type { Problems } from '../platform/errors/problem.js';

export const cardholderProblems = {
  cardholder_unknown: {
    kind: 'not-found',
    title: 'There is no such cardholder',
    detail: 'Check the cardholder id or number.',
    zh: '未找到该持卡人，请核对',
    en: 'There is no such cardholder; please check the number',
  },
  cardholder_number_taken: {
    kind: 'conflict',
    title: 'A cardholder has this number already',
    detail: 'Look the cardholder up by the number instead of registering it again.',
    zh: '该学号或工号已登记',
    en: 'This number is registered already',
  },
  host_unknown: {
    kind: 'unprocessable',
    title: 'No active member of staff has this number',
    detail: 'A guest needs a host among the staff: check the staff number.',
    zh: '未找到该教职工，访客或家属须由在职教职工担保',
    en: 'There is no such member of staff to answer for the guest',
  },
  family_complete: {
    kind: 'conflict',
    title: 'This host has two family cards already',
    detail: 'Close one of the two first, or invite the guest as a visitor.',
    zh: '该教职工已有两张家属卡',
    en: 'This member of staff has two family cards already',
  },
  link_expired: {
    kind: 'conflict',
    title: 'The link is not valid any more',
    detail: 'Ask for a new link; a link lives for ten minutes.',
    zh: '链接已失效，请重新获取',
    en: 'This link has expired; please get a new one',
  },
  link_used: {
    kind: 'conflict',
    title: 'The link was used already',
    detail: 'Ask for a new link; a link works once.',
    zh: '链接已使用过，请重新获取',
    en: 'This link was used already; please get a new one',
  },
  sign_in_refused: {
    kind: 'unauthenticated',
    title: 'Number and password do not open a sign-in',
    detail: 'Check both. After five failures in a row nothing is accepted for 15 minutes.',
    zh: '学号或密码不正确；连续错误五次后请等待15分钟',
    en: 'Number or password is wrong; after five failures please wait 15 minutes',
  },
  current_password_wrong: {
    kind: 'forbidden',
    title: 'The current password is missing or wrong',
    detail:
      'Send the current password as `current`. Five failures in a row lock it for 15 minutes.',
    zh: '当前密码不正确',
    en: 'The current password is wrong',
  },
  cardholder_unproven: {
    kind: 'forbidden',
    title: 'This needs a fresh proof of the cardholder',
    detail:
      'Send the password, or the token of a sign-in link of the card office. Five wrong passwords in a row lock it for 15 minutes.',
    zh: '身份验证未通过，请重新输入登录密码；连续错误五次后请等待15分钟',
    en: 'This could not be verified; please enter your password again. After five failures wait 15 minutes',
  },
  wechat_login_refused: {
    kind: 'unauthenticated',
    title: 'WeChat does not know this login code',
    detail: 'A login code works once and for five minutes: ask the client for a new one.',
    zh: '微信登录已失效，请重试',
    en: 'The WeChat login has expired; please try again',
  },
  wechat_unknown: {
    kind: 'unauthenticated',
    title: 'This WeChat user is bound to no cardholder',
    detail: 'Sign in by password or link once, then bind the WeChat user.',
    zh: '该微信尚未绑定校园卡，请先用学号登录',
    en: 'This WeChat is not bound to a card yet; please sign in with your number first',
  },
  wechat_unavailable: {
    kind: 'unavailable',
    title: 'WeChat does not answer',
    detail: 'Ask the client for a new login code in a minute, or sign in by password.',
    zh: '微信登录暂不可用，请使用学号登录',
    en: 'WeChat sign-in is not available now; please use your number',
  },
  wechat_bound_elsewhere: {
    kind: 'conflict',
    title: 'This WeChat user belongs to another cardholder',
    detail: 'Sign in as the other cardholder, or ask the card office to take the binding off.',
    zh: '该微信已绑定其他持卡人，请联系卡务中心',
    en: 'This WeChat is bound to another cardholder; please contact the card office',
  },
} satisfies Problems;
