import type { Problems } from '../platform/errors/problem.js';

export const cardsProblems = {
  card_unknown: {
    kind: 'not-found',
    title: 'There is no such card',
    detail: 'Check the card number, or issue a card to this cardholder first.',
    zh: '未找到校园卡',
    en: 'There is no such card',
  },
  card_number_taken: {
    kind: 'conflict',
    title: 'A card has this number already',
    detail: 'Issue the card under another number.',
    zh: '该卡号已被使用',
    en: 'This card number is taken',
  },
  card_not_usable: {
    kind: 'conflict',
    title: "The card's status does not allow this",
    detail: 'A card that is lost or closed can only be changed by the card office.',
    zh: '此卡已挂失或注销，请到卡务中心办理',
    en: 'This card is lost or closed; please go to the card office',
  },
  group_unknown: {
    kind: 'not-found',
    title: 'There is no such group',
    detail: 'The groups are `student`, `staff` and `guest`.',
    zh: '未找到该类别',
    en: 'There is no such group',
  },
  purse_kind_unknown: {
    kind: 'unprocessable',
    title: 'There is no such kind of purse',
    detail: 'Make the kind of purse first, and say where its money is good.',
    zh: '未找到该资金类型，请先设置',
    en: 'There is no such kind of purse; please set it up first',
  },
  purse_rule_wrong: {
    kind: 'unprocessable',
    title: 'The rule of a purse cannot hold',
    detail: 'Name places, meal periods and kinds that exist, each once.',
    zh: '资金使用规则有误，请检查地点、时段和顺序',
    en: 'The rule is wrong; please check places, meals and order',
  },
  payment_pin_weak: {
    kind: 'unprocessable',
    title: 'This PIN is what everybody tries first',
    detail: 'Choose six digits that are neither all the same nor in a row.',
    zh: '支付密码过于简单，请勿使用相同或连续数字',
    en: 'This PIN is too easy to guess; please choose another',
  },
  payment_pin_missing: {
    kind: 'conflict',
    title: 'The card has no payment PIN',
    detail: 'Set one first with a fresh proof of the cardholder.',
    zh: '尚未设置支付密码，请先设置',
    en: 'No payment PIN is set; please set one first',
  },
  payment_pin_wrong: {
    kind: 'forbidden',
    title: 'The payment PIN is wrong',
    detail: 'Try again. Five failures in a row lock it for an hour.',
    zh: '支付密码错误；连续错误五次将锁定一小时',
    en: 'The payment PIN is wrong; five failures in a row lock it for an hour',
  },
  payment_pin_locked: {
    kind: 'limited',
    title: 'The payment PIN is locked',
    detail: 'Wait for the seconds in Retry-After, or set a new PIN with a fresh proof.',
    zh: '支付密码已锁定，请一小时后再试或重新设置',
    en: 'The payment PIN is locked; please wait an hour or set a new one',
  },
} satisfies Problems;
