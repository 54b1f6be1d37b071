import { say, type LocalText } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import type { SymbolName } from './symbols.js';
import type { Told } from './verdict-view.js';
import type { CardholderOnScreen, PaymentAnswer } from '@campus-paycode/terminal-protocol';
import type { OfflineResult, SaleResult } from '@campus-paycode/terminal-client/pure';

const TEXTS = {
  notPaid: { zh: '未收款', en: 'Not paid' },
  nothing: { zh: '没有扣款', en: 'Nothing was charged' },
  checking: { zh: '正在确认，请勿重复收款', en: 'Checking, do not charge again' },
  waitHere: { zh: '请等一等，不要让同学再付', en: 'Wait. The student must not pay again.' },
  byItself: { zh: '系统正在自动查询', en: 'The till is asking by itself' },
  notConfirmed: { zh: '未确认', en: 'Not confirmed' },
  voidedStep: {
    zh: '这一笔作废：未扣款，或将自动退回',
    en: 'This sale is off: not charged, or returned automatically',
  },
  notServed: { zh: '先不要给东西', en: 'Hand nothing out yet' },
  againStep: { zh: '请同学刷新付款码，再扫一次', en: 'Let the student renew the code; scan it' },
  taken: { zh: '未成交，已撤销', en: 'No sale: taken back' },
  scanAgain: { zh: '请重新扫码收款', en: 'Scan again' },
  paid: { zh: '收款成功', en: 'Paid' },
  held: { zh: '已预扣', en: 'Set aside' },
  startNow: { zh: '请开始使用，结束后结算', en: 'Start now; settle at the end.' },
  offline: { zh: '离线已收款', en: 'Accepted without network' },
  later: { zh: '联网后自动入账', en: 'Booked by itself when the network is back.' },
  twice: { zh: '此码已收过款，没有再收', en: 'This code has paid already. Nothing was added.' },
  balance: { zh: '余额', en: 'Balance' },
  settled: { zh: '已结算', en: 'Settled' },
  givenBack: { zh: '退回', en: 'Given back' },
  voided: { zh: '已撤销', en: 'Voided' },
  givenBackLine: { zh: '钱已退回', en: 'The money is back' },
  notGivenBack: { zh: '没有退款', en: 'Nothing was given back' },
  voidWaits: { zh: '撤销待办理', en: 'The void waits' },
  voidWaitsTodo: {
    zh: '联网后自动退回，不要重复操作',
    en: 'It is done by itself when the network is back',
  },
  notDone: { zh: '未能办理', en: 'Not done' },
  tooLate: {
    zh: '已超过撤销时限，请联系管理员退款',
    en: 'Too late to take back. Ask the office for a refund.',
  },
  broken: { zh: '停止收款', en: 'Stop selling' },
  brokenTodo: { zh: '请联系管理员', en: 'Call the office' },
  brokenLine: {
    zh: '本机无法保存记录。重新打开本页前不要再收款',
    en: 'This till cannot keep its records. Do not sell before this page was opened anew.',
  },
} as const satisfies Record<string, LocalText>;

/** For the screen that faces the student, and the queue: no reasons but what can be done here. */
const STUDENT = {
  paid: { zh: '支付成功', en: 'Paid' },
  tap: { zh: '请点一下付款码', en: 'Tap your payment code' },
  poor: { zh: '余额不足，请充值', en: 'Not enough money. Top up first.' },
  look: { zh: '没有付成，请看手机', en: 'Not paid. Look at your phone.' },
  wait: { zh: '正在确认，请不要再付', en: 'Checking. Do not pay again.' },
  again: {
    zh: '这一笔没有付成，钱会自动退回。请刷新付款码',
    en: 'Not paid; what was charged comes back by itself. Renew your code.',
  },
  voided: { zh: '已撤销，钱已退回', en: 'Voided. Your money is back.' },
  ask: { zh: '请问收银员', en: 'Ask the cashier' },
} as const satisfies Record<string, LocalText>;

const TAP: LocalText = { zh: '请同学点一下付款码', en: 'Ask the student to tap the payment code' };
const OFFICE: LocalText = { zh: '请同学到卡务中心办理', en: 'Send the student to the card office' };
const PHONE: LocalText = { zh: '请用手机付款码', en: 'Please use the code on the phone' };
const SMALLER: LocalText = {
  zh: '请少点一些，或换一种方式付款',
  en: 'Charge less, or ask for another way to pay',
};

/** What the cashier asks for, for each reason of a decline that something can be done about. */
const TODOS: Readonly<Record<string, LocalText>> = {
  code_used: TAP,
  code_invalid: TAP,
  code_malformed: TAP,
  insufficient_funds: { zh: '请同学先充值', en: 'Ask the student to top up' },
  card_frozen: OFFICE,
  card_lost: OFFICE,
  card_closed: OFFICE,
  credential_closed: { zh: '请同学在手机上重新绑定', en: 'The phone has to be bound again' },
  confirmation_refused: { zh: '请再问一下要不要付', en: 'Ask again whether to pay' },
  confirmation_expired: { zh: '没有人确认，请再扫一次', en: 'Nobody said yes. Scan again.' },
  limit_sale: SMALLER,
  limit_meal: SMALLER,
  limit_day: SMALLER,
  limit_month: SMALLER,
  plastic_invalid: PHONE,
  plastic_lost: PHONE,
  pin_check_invalid: PHONE,
  limit_static_sale: PHONE,
  limit_static_day: PHONE,
  instrument_unsupported: PHONE,
};

const PURSES: Readonly<Record<string, LocalText>> = {
  cash: { zh: '现金', en: 'Cash' },
  subsidy: { zh: '补助', en: 'Subsidy' },
};

/** What to say about a sale, so that a cashier who cannot read hears and sees it too. */
export function tell(result: SaleResult): Told {
  const { shortNumber } = result;
  switch (result.outcome) {
    case 'approved':
      return tellApproved(result.answer);
    case 'declined':
      return tellDeclined(result.answer.reason ?? '', result.answer.message, shortNumber);
    case 'problem':
      return tellDeclined(result.problem.code, result.problem.message, shortNumber);
    case 'reversed':
      return {
        tone: 'unknown',
        title: say(TEXTS.taken),
        todo: say(TEXTS.scanAgain),
        lines: [say(TEXTS.nothing), shortNumber],
        student: STUDENT.again,
      };
    case 'reversing':
      return {
        tone: 'unknown',
        title: say(TEXTS.notConfirmed),
        steps: [TEXTS.notServed, TEXTS.voidedStep, TEXTS.againStep].map(say),
        lines: [shortNumber],
        student: STUDENT.again,
      };
  }
}

/** Nobody knows yet; the till finds out, or takes the sale back, by `at` (the service's time). */
export function tellChecking(shortNumber: string, at: number, now: () => number): Told {
  return {
    tone: 'unknown',
    symbol: 'clock',
    title: say(TEXTS.checking),
    todo: say(TEXTS.waitHere),
    until: { at, now },
    lines: [say(TEXTS.byItself), shortNumber],
    student: STUDENT.wait,
    stays: true,
  };
}

/** The memory of the browser failed. */
export function tellBroken(): Told {
  const [title, todo] = [say(TEXTS.broken), say(TEXTS.brokenTodo)];
  const lines = [say(TEXTS.brokenLine)];
  return { tone: 'declined', title, todo, lines, stays: true, student: STUDENT.ask };
}

function tellApproved(answer: PaymentAnswer): Told {
  const held = answer.state === 'held';
  const { cardholder, shortNumber } = answer;
  const { purses = [], balance }: Partial<CardholderOnScreen> = cardholder ?? {};
  const paidBy = purses.map(({ kind, amount }) => `${purseName(kind)} ${formatYuan(amount)}`);
  return {
    tone: 'approved',
    title: say(held ? TEXTS.held : TEXTS.paid),
    amount: formatYuan(answer.amount),
    lines: [
      // A name that the place does not show is a star.
      cardholder === null || cardholder.maskedName === '*' ? '' : cardholder.maskedName,
      paidBy.join(' + '),
      balance === undefined ? '' : `${say(TEXTS.balance)} ${formatYuan(balance)}`,
      shortNumber,
      held ? say(TEXTS.startNow) : '',
    ],
    student: held ? TEXTS.startNow : STUDENT.paid,
  };
}

function purseName(kind: string): string {
  const name = PURSES[kind];
  return name === undefined ? kind : say(name);
}

function tellDeclined(reason: string, message: LocalText, shortNumber: string): Told {
  const todo = TODOS[reason];
  const drawing: { symbol?: SymbolName } = todo === TAP ? { symbol: 'tap' } : {};
  return {
    tone: 'declined',
    ...drawing,
    title: say(TEXTS.notPaid),
    todo: say(todo ?? message),
    lines: [todo === undefined ? '' : say(message), say(TEXTS.nothing), shortNumber],
    student:
      todo === TAP ? STUDENT.tap : reason === 'insufficient_funds' ? STUDENT.poor : STUDENT.look,
  };
}

/** A sale that this till accepted by itself must not look like one that the service has decided. */
export function tellOffline(result: OfflineResult): Told {
  if (result.outcome === 'refused_offline') {
    return {
      tone: 'declined',
      title: say(TEXTS.notPaid),
      todo: say(result.message),
      lines: [say(TEXTS.nothing)],
      student: result.message,
    };
  }
  const { shortNumber, amount, again } = result;
  return {
    tone: 'offline',
    title: say(TEXTS.offline),
    amount: formatYuan(amount),
    lines: [say(again ? TEXTS.twice : TEXTS.later), shortNumber],
    student: STUDENT.paid,
  };
}

/** Metered, and settled by what was used. */
export function tellSettled(captured: number, released: number): Told {
  return {
    tone: 'approved',
    title: say(TEXTS.settled),
    amount: formatYuan(captured),
    lines: [`${say(TEXTS.givenBack)} ${formatYuan(released)}`],
    student: TEXTS.settled,
  };
}

/** The service refused for good what this till had to say. */
export function tellException(code: string): Told {
  const todo = say(
    code === 'reversal_too_late' || code === 'void_too_late' ? TEXTS.tooLate : TEXTS.brokenTodo,
  );
  return { tone: 'declined', title: say(TEXTS.notDone), todo, lines: [], student: STUDENT.ask };
}

/** Null while nobody has heard the service's answer: the till goes on asking. */
export function tellVoided(shortNumber: string, returned: number | null): Told {
  if (returned === null) {
    return {
      tone: 'unknown',
      title: say(TEXTS.voidWaits),
      todo: say(TEXTS.voidWaitsTodo),
      lines: [shortNumber],
      student: STUDENT.ask,
    };
  }
  return {
    tone: 'voided',
    title: say(TEXTS.voided),
    amount: formatYuan(returned),
    lines: [say(TEXTS.givenBackLine), shortNumber],
    student: STUDENT.voided,
  };
}

/** A void that the service refused: nothing went back. */
export function tellRefused(code: string, message: LocalText, shortNumber: string): Told {
  const todo = say(code === 'void_too_late' ? TEXTS.tooLate : message);
  const lines = [say(TEXTS.notGivenBack), shortNumber];
  return { tone: 'declined', title: say(TEXTS.notDone), todo, lines, student: STUDENT.ask };
}
