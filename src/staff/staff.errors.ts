import type { Problems } from '../platform/errors/problem.js';

/** What the office's own routes refuse. */
export const staffProblems = {
  login_refused: {
    kind: 'unauthenticated',
    title: 'Name, password or one-time password is wrong',
    detail: 'Check all three; a one-time password counts once, so wait for the next one.',
    zh: '用户名、密码或动态口令有误',
    en: 'Name, password or one-time password is wrong',
  },
  login_locked: {
    kind: 'limited',
    title: 'Too many failed logins under this name',
    detail: 'Wait for the number of seconds in Retry-After, then log in again.',
    zh: '登录失败次数过多，请稍后再试',
    en: 'Too many failed logins; please wait before trying again',
    retryable: true,
  },
  permission_missing: {
    kind: 'forbidden',
    title: 'None of your roles allows this',
    detail: 'Ask an administrator for a role that has the permission this route names.',
    zh: '您的角色没有此权限，请联系管理员',
    en: 'None of your roles allows this; ask an administrator',
  },
  staff_name_taken: {
    kind: 'conflict',
    title: 'Somebody has this login name already',
    detail:
      'Choose another login name. A closed member keeps theirs, so that the audit stays true.',
    zh: '该登录名已被使用',
    en: 'Somebody has this login name already',
  },
  staff_member_invalid: {
    kind: 'unprocessable',
    title: 'The new member breaks a rule',
    detail: 'Correct the fields named in `errors`.',
    zh: '成员信息不符合要求',
    en: 'The details of the new member break a rule',
  },
  staff_member_unknown: {
    kind: 'not-found',
    title: 'There is no such member of staff',
    detail: 'Look the member up in the list of members.',
    zh: '未找到该成员',
    en: 'There is no such member of staff',
  },
  staff_closes_self: {
    kind: 'conflict',
    title: 'Nobody closes their own login',
    detail: 'Ask another administrator: so there is always one left.',
    zh: '不能关闭自己的账号，请联系其他管理员',
    en: 'You cannot close your own login; ask another administrator',
  },
  approval_unknown: {
    kind: 'not-found',
    title: 'There is no such approval',
    detail: 'Look it up in the list of approvals.',
    zh: '未找到该审批',
    en: 'There is no such approval',
  },
  approval_needs_another: {
    kind: 'forbidden',
    title: 'Whoever proposed it cannot decide it',
    detail: 'Ask a second person to consent or to reject.',
    zh: '不能审批自己提交的事项，请由他人审批',
    en: 'You proposed this; a second person must decide',
  },
  approval_already_decided: {
    kind: 'conflict',
    title: 'The approval was decided already',
    detail: 'Read the approval to see by whom and how.',
    zh: '该审批已处理',
    en: 'This approval was decided already',
  },
  approval_already_proposed: {
    kind: 'conflict',
    title: 'The same thing waits for its second person already',
    detail: 'Let the open approval be decided first.',
    zh: '该事项已在等待审批',
    en: 'This already waits for a second person',
  },
} satisfies Problems;
