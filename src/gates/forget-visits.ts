/** Who was where, and when, is forgotten when nobody needs it any more; what it moved stays in the books. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

const rowsAtOnce = 1_000;

@Injectable()
export class ForgetVisits {
  constructor(private readonly database: DataSource) {}

  /** Everything that is older than what the office keeps. */
  async forget(): Promise<void> {
    for (let gone = rowsAtOnce; gone >= rowsAtOnce;) {
      const [row] = await this.database.query<{ gone: number }[]>(
        'select gates.forget($1) as gone',
        [rowsAtOnce],
      );
      gone = row?.gone ?? 0;
    }
  }

  /** For how many days visits are kept. */
  async days(): Promise<number> {
    const [row] = await this.database.query<{ days: number }[]>(
      'select r.keep_days as days from gates.retention r',
    );
    return row?.days ?? 0;
  }

  async keep(days: number): Promise<void> {
    await this.database.query('select gates.keep_visits($1)', [days]);
  }
}
