import type { MeasuredCampus } from '../bench.js';
import type { Sale, PaymentsStore } from '../../src/payments/store/payments.store.js';

/** Has a sale decided, and counts the answer: at the end there must be as many payments. */
export async function decide(
  { made }: MeasuredCampus,
  store: PaymentsStore,
  sale: Sale,
): Promise<void> {
  const decision = await store.decide(sale);
  made.answered += 1;
  if ('payment' in decision && decision.payment.verdict === 'approved') return;
  const why = 'payment' in decision ? (decision.payment.reason ?? 'declined') : decision.outcome;
  made.refused.set(why, (made.refused.get(why) ?? 0) + 1);
}

export type Books = {
  readonly campus: string;
  readonly hold: boolean;
  readonly says: readonly string[];
};

/** The ledger's own proofs, and that there are as many payments as answers, all of them approved. */
export async function proveBooks(campus: MeasuredCampus, paymentsBefore = 0): Promise<Books> {
  const client = await campus.owner.connect();
  try {
    await client.query(`set statement_timeout = 0; set work_mem = '256MB'`);
    const ledger = await client.query<{ proof: string; broken: string }>(
      'select proof, broken from ledger.prove()',
    );
    const { rows } = await client.query<{ count: string }>('select count(*) from payments.payment');
    const stored = Number(rows[0]?.count ?? 0) - paymentsBefore;
    const says = [
      ...ledger.rows
        .filter(({ broken }) => broken !== '0')
        .map(({ proof, broken }) => `broken ${broken} times: ${proof}`),
      ...(stored === campus.made.answered
        ? []
        : [`${campus.made.answered} sales were answered, ${stored} are stored`]),
      ...[...campus.made.refused].map(([why, count]) => `${count} sales were refused: ${why}`),
    ];
    return { campus: campus.name, hold: says.length === 0, says };
  } finally {
    client.release();
  }
}
