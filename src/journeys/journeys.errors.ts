import type { Problems } from '../platform/errors/problem.js';

export const journeyProblems = {
  campaign_unknown: {
    kind: 'not-found',
    title: 'There is no such campaign',
    detail: 'List the campaigns and use an id from there.',
    zh: '未找到该活动',
    en: 'There is no such campaign',
  },
  campaign_not_draft: {
    kind: 'conflict',
    title: 'A campaign that was live is not rewritten',
    detail: 'Change its status, end, daily cap or priority, or make a new campaign.',
    zh: '活动已上线，只能修改状态、结束时间、每日上限和优先级',
    en: 'Only status, end, daily cap and priority can change once a campaign was live',
  },
  campaign_window_empty: {
    kind: 'unprocessable',
    title: 'The campaign ends before it begins',
    detail: 'Send `startsAt` before `endsAt`.',
    zh: '结束时间必须晚于开始时间',
    en: 'The end must come after the start',
  },
  campaign_place_unknown: {
    kind: 'unprocessable',
    title: 'A place of the campaign does not exist',
    detail: 'Use ids of places, or null for everywhere.',
    zh: '所选场所不存在',
    en: 'A chosen place does not exist',
  },
  campaign_link_refused: {
    kind: 'unprocessable',
    title: 'The link may not be used',
    detail: 'Use an https address or a path of this service that begins with one slash.',
    zh: '链接必须是 https 地址或站内路径',
    en: 'The link must be an https address or a path of this service',
  },
  audience_invalid: {
    kind: 'unprocessable',
    title: 'The audience rule is not valid',
    detail: 'Correct what `errors` names; only the documented operators exist.',
    zh: '人群规则有误，请按提示修改',
    en: 'The audience rule is not valid; please correct it as shown',
  },
  credit_to_students: {
    kind: 'unprocessable',
    title: 'Credit products are never offered to students',
    detail: 'Name an audience that excludes the group `student`, or offer something else.',
    zh: '不得向学生推广信贷产品',
    en: 'Credit products are never offered to students',
  },
  offer_unknown: {
    kind: 'not-found',
    title: 'There is no such offer',
    detail: 'Open the receipt again and follow its link.',
    zh: '该优惠不存在或已失效',
    en: 'This offer does not exist',
  },
} satisfies Problems;
