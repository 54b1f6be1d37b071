import type { Problems } from '../platform/errors/problem.js';

export const placesProblems = {
  place_closed: {
    kind: 'conflict',
    title: 'The place is closed',
    detail: 'Nothing is sold here until the office opens the place again.',
    zh: '该场所已停止收款，请联系管理员',
    en: 'This place is closed; please contact the office',
  },
  amount_required: {
    kind: 'unprocessable',
    title: 'An amount is required here',
    detail: 'The tariff of this place is `entered`: send `amount` in fen.',
    zh: '请输入金额',
    en: 'Please enter the amount',
  },
  amount_not_allowed: {
    kind: 'unprocessable',
    title: 'An amount is not allowed here',
    detail: 'The tariff of this place decides the amount: leave `amount` out.',
    zh: '该场所按固定价格收费，不能输入金额',
    en: 'The price is set by the place; no amount may be entered',
  },
  amount_out_of_range: {
    kind: 'unprocessable',
    title: 'The amount is out of range',
    detail: "Enter an amount between 1 fen and the place's maximum.",
    zh: '金额超出范围，请重新输入',
    en: 'The amount is out of range; please enter it again',
  },
  meal_periods_wrong: {
    kind: 'unprocessable',
    title: 'The meal periods overlap or cross midnight',
    detail: 'Name each period once, and let each end before the next begins and before midnight.',
    zh: '用餐时段重叠或跨越零点，请检查后重试',
    en: 'The meal periods overlap or cross midnight; please check them',
  },
  prices_need_fixed_tariff: {
    kind: 'conflict',
    title: 'Only a place with a fixed tariff has prices by meal and group',
    detail: 'Elsewhere the cashier enters the amount, or a meter counts it.',
    zh: '只有固定价格的场所可以按餐次和人群定价',
    en: 'Only places with a fixed price have prices by meal and group',
  },
  meal_unknown: {
    kind: 'unprocessable',
    title: 'There is no such meal',
    detail: 'Take a code of the meal periods.',
    zh: '未找到该餐次',
    en: 'There is no such meal',
  },
  price_given_twice: {
    kind: 'unprocessable',
    title: 'One meal and group has two prices',
    detail: 'Give each meal and group one price.',
    zh: '同一餐次和人群只能有一个价格',
    en: 'One meal and group has two prices',
  },
  merchant_not_found: {
    kind: 'not-found',
    title: 'There is no such merchant',
    detail: 'Register the merchant first, or check its id.',
    zh: '未找到该商户',
    en: 'There is no such merchant',
  },
  place_not_found: {
    kind: 'not-found',
    title: 'There is no such place',
    detail: 'Open the place first, or check its id.',
    zh: '未找到该消费地点',
    en: 'There is no such place',
  },
} satisfies Problems;
