import type { OfflineResult, SaleResult, TerminalClient } from '@campus-paycode/terminal-client';
import type { Fate } from './fates.js';
import type { PlannedSale } from './plan-lunch.js';
import type { StudentPhone } from './student-phone.js';

const foreignCode = '134512345678901234';

/** What is typed in at a place, fen, of places that sell without a cashier. */
const usualAmount = 1_000;

/** Only where an amount is entered is one sent: elsewhere the place's tariff decides. */
export function amountAt(
  { tariff }: ReturnType<TerminalClient['settings']>,
  { amount, index }: PlannedSale,
): { amount?: number } {
  if (tariff.type !== 'entered') return {};
  return { amount: Math.min(amount ?? usualAmount + (index % 10) * 10, tariff.maximum) };
}

export function screenOf(result: SaleResult | OfflineResult): string {
  switch (result.outcome) {
    case 'accepted_offline':
      return `⇡ ${(result.amount / 100).toFixed(2)}`;
    case 'refused_offline':
      return `! ${result.refusal}`;
    case 'approved':
      return `✓ ${(result.answer.amount / 100).toFixed(2)}`;
    case 'declined':
      return `✗ ${result.answer.reason ?? ''}`;
    case 'problem':
      return `! ${result.problem.code}`;
    case 'reversed':
    case 'reversing':
      return '? not confirmed';
  }
}

export function codeFor({ mishap, index }: PlannedSale, phone: StudentPhone): string {
  switch (mishap) {
    case 'code-again':
      return phone.showAgain();
    case 'stale-code':
      return phone.showStale();
    case 'foreign-code':
      return foreignCode;
    case 'misread-code':
      return phone.show().slice(0, 12 + (index % 8));
    case 'answer-lost':
    case 'line-cut':
    case 'line-dead':
    case 'taken-back':
    case 'charged-again':
    case 'no-network':
    case 'line-slow':
    case 'sent-twice':
    case 'copy-strays':
    case 'till-killed':
    case 'till-restored':
    case 'device-dead':
    case 'turned-back':
    case 'exit-forgotten':
    case null:
      return phone.show();
  }
}

export const hasAnswer = ({ outcome }: SaleResult): boolean =>
  outcome === 'approved' || outcome === 'declined' || outcome === 'problem';

export function readResult(result: SaleResult): Partial<Fate> {
  switch (result.outcome) {
    case 'approved': {
      const { amount, captured } = result.answer;
      return { outcome: 'approved', amount, captured };
    }
    case 'declined':
      return { outcome: 'declined', reason: result.answer.reason };
    case 'problem':
      return { outcome: 'refused', reason: result.problem.code };
    case 'reversed':
      return {
        outcome: 'reversed',
        reason: result.reversal?.outcome ?? 'reversed_before',
        returned: result.reversal?.returned ?? 0,
      };
    case 'reversing':
      // The events say it, also when the acknowledgment came while this was on its way.
      return {};
  }
}
