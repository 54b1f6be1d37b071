import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transaction.js';

/** A closed day is no terminal's business any more: what is to be undone in it, the office undoes. */
@Injectable()
export class CloseBusinessDate {
  /** @param date YYYY-MM-DD in campus time. @returns false when it was closed already. */
  async close(tx: Tx, date: string): Promise<boolean> {
    const [row]: { closed: boolean }[] = await tx.query(
      'select payments.close_business_date($1) as closed',
      [date],
    );
    return row?.closed === true;
  }
}
