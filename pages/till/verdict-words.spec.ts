import { describe, expect, it } from '@jest/globals';
import type { PaymentAnswer } from '@campus-paycode/terminal-protocol';
import { tell, tellChecking, tellRefused, tellVoided } from './verdict-words.js';

const answer: PaymentAnswer = {
  paymentId: '123',
  orderNumber: '01a20169-2e00-7a11-8b22-c33d44e55f66',
  shortNumber: 'B3-0427',
  verdict: 'approved',
  reason: null,
  message: { zh: '支付成功', en: 'Paid' },
  amount: 1_250,
  captured: 1_250,
  state: 'captured',
  cardholder: { maskedName: '张*' },
  expiresAt: null,
  decidedAt: '2026-11-22T04:00:00.120Z',
  businessDate: '2026-11-22',
};
const { orderNumber, shortNumber } = answer;
const sale = { orderNumber, shortNumber, sendings: 1, elapsedMillis: 80 };
const declined = (reason: string) =>
  tell({
    ...sale,
    outcome: 'declined',
    answer: { ...answer, verdict: 'declined', reason, message: { zh: '原因', en: 'Why' } },
  });

describe('the words of a verdict', () => {
  it('show what the place allows of whoever paid, and no star for a hidden name', () => {
    const shown = (cardholder: PaymentAnswer['cardholder']) =>
      tell({ ...sale, outcome: 'approved', answer: { ...answer, cardholder } }).lines.filter(
        Boolean,
      );
    expect(shown({ maskedName: '张*' })).toEqual(['张*', 'B3-0427']);
    expect(shown({ maskedName: '*' })).toEqual(['B3-0427']);
    const purses = [
      { kind: 'subsidy', amount: 800 },
      { kind: 'cash', amount: 450 },
    ];
    expect(shown({ maskedName: '*', purses, balance: 8_750 })).toEqual([
      '补助 ¥8.00 + 现金 ¥4.50',
      '余额 ¥87.50',
      'B3-0427',
    ]);
  });

  it('ask for a tap on a spent code, on both sides of the counter', () => {
    const { title, todo, symbol, student } = declined('code_used');
    expect([title, todo, symbol]).toEqual(['未收款', '请同学点一下付款码', 'tap']);
    expect(student.zh).toBe('请点一下付款码');
  });

  it('send whoever pays without a phone back to the code on it', () => {
    expect(declined('plastic_lost').todo).toBe('请用手机付款码');
    expect(declined('limit_static_day').todo).toBe('请用手机付款码');
  });

  it('say the reason itself when nothing is known to be done, and keep it from the queue', () => {
    const { todo, student } = declined('something_new');
    expect(todo).toBe('原因');
    expect(student.zh).not.toContain('原因');
  });

  it('say what to do when nobody knows, and let nobody wave a check away', () => {
    const { steps, tone } = tell({ ...sale, outcome: 'reversing' });
    expect([tone, steps?.length]).toEqual(['unknown', 3]);
    expect(tellChecking('B3-0427', 0, () => 0).stays).toBe(true);
  });

  it('say of a void whether the money is back', () => {
    expect(tellVoided('B3-0427', 1_250)).toMatchObject({ tone: 'voided', amount: '¥12.50' });
    expect(tellVoided('B3-0427', null).tone).toBe('unknown');
    const late = tellRefused('void_too_late', { zh: '太晚', en: 'Late' }, 'B3-0427');
    expect([late.tone, late.todo]).toEqual(['declined', '已超过撤销时限，请联系管理员退款']);
  });
});
