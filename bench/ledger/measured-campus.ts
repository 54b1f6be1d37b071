import type { MeasuredCampus } from '../bench.js';
import { explains, otherwise, take, type Answer } from '../figures/answer-count.js';
import type { Decision, PaymentsStore, Sale } from '../../src/payments/store/payments.store.js';

/** Has a sale decided, and counts the answer. */
export async function decide(
  { answers }: MeasuredCampus,
  store: PaymentsStore,
  sale: Sale,
): Promise<void> {
  const answer = await store.decide(sale).then(answerOf, (error: Error) => ({
    verdict: 'none' as const,
    why: error.message,
  }));
  take(answers, answer);
}

function answerOf(decision: Decision): Answer {
  if (!('payment' in decision)) return { verdict: 'none', why: decision.outcome };
  const { verdict, reason } = decision.payment;
  if (verdict === 'pending') return { verdict: 'none', why: 'waits for a word' };
  return verdict === 'approved' ? { verdict } : { verdict, why: reason ?? verdict };
}

export type Books = {
  readonly campus: string;
  readonly hold: boolean;
  /** What is broken, and what went otherwise than planned. */
  readonly says: readonly string[];
};

/** The ledger's own proofs, and that there are as many payments as there were verdicts. */
export async function proveBooks(campus: MeasuredCampus, paymentsBefore = 0): Promise<Books> {
  const { answers, name, owner } = campus;
  const client = await owner.connect();
  try {
    await client.query(`set statement_timeout = 0; set work_mem = '256MB'`);
    const ledger = await client.query<{ proof: string; broken: string }>(
      'select proof, broken from ledger.prove()',
    );
    const { rows } = await client.query<{ count: string }>('select count(*) from payments.payment');
    const stored = Number(rows[0]?.count ?? 0) - paymentsBefore;
    const broken = ledger.rows
      .filter((row) => row.broken !== '0')
      .map((row) => `broken ${row.broken} times: ${row.proof}`);
    if (!explains(answers, stored))
      broken.push(`${answers.approved + answers.declined} verdicts, and ${stored} payments`);
    return { campus: name, hold: broken.length === 0, says: [...broken, ...otherwise(answers)] };
  } finally {
    client.release();
  }
}
