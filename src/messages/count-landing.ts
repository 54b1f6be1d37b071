/** A link counts once for each visitor, however often it is opened again; who the visitor is, nobody can tell from it. */
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Tx } from '../platform/database/transaction.js';

export type Landing = {
  readonly kind: 'receipt' | 'offer';
  /** The receipt's payment, or the touch. */
  readonly subject: bigint;
  /** Whatever tells visitors apart, such as address and browser; only its hash with the subject is kept. */
  readonly visitor: string;
};

@Injectable()
export class CountLanding {
  /** @returns true when this visitor came by this link for the first time. */
  async count(tx: Tx, { kind, subject, visitor }: Landing): Promise<boolean> {
    const hash = createHash('sha256').update(`${kind} ${subject} ${visitor}`).digest();
    const [row] = (await tx.query(
      `insert into messages.landing as l (kind, subject, visitor) values ($1, $2, $3)
       on conflict (kind, subject, visitor) do update set opens = l.opens + 1
       returning opens`,
      [kind, subject.toString(), hash],
    )) as { opens: number }[];
    return row?.opens === 1;
  }
}
