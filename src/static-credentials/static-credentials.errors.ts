import type { Problems } from '../platform/errors/problem.js';

export const staticCredentialsProblems = {
  number_pin_stopped: {
    kind: 'conflict',
    title: 'The cardholder has stopped number and PIN',
    detail: 'They are good again when the cardholder has set a new payment PIN.',
    zh: '持卡人已停用学号付款，重新设置支付密码后可用',
    en: 'Paying by number and PIN was stopped; it works again after a new PIN is set',
  },
  plastic_number_taken: {
    kind: 'conflict',
    title: 'One of the numbers was given to a plastic card before',
    detail: 'No number is given twice, not even that of a lost card: take another blank.',
    zh: '该实体卡的卡号或芯片号已被使用，请换一张',
    en: 'This number was used before; please take another plastic card',
  },
  plastic_missing: {
    kind: 'conflict',
    title: 'The card has no plastic card in use',
    detail: 'It was lost or replaced before, or none was issued.',
    zh: '该校园卡没有使用中的实体卡',
    en: 'There is no plastic card in use',
  },
  place_unattended: {
    kind: 'unprocessable',
    title: 'Nobody attends this place',
    detail: 'Number and PIN are taken only where somebody looks at who types them.',
    zh: '无人值守的场所不能使用学号和支付密码',
    en: 'Number and PIN cannot be used where nobody attends',
  },
  static_caps_wrong: {
    kind: 'unprocessable',
    title: 'These caps cannot hold',
    detail: 'A sale costs at most what a day may cost, and a day at most 50000 fen.',
    zh: '限额有误：单笔不得超过单日，单日不得超过 500 元',
    en: 'A sale may cost at most what a day may, and a day at most 500 yuan',
  },
} satisfies Problems;
