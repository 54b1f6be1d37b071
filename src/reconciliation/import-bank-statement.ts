/**
 * The bank's story of a day is taken whole or not at all. The newest statement of a day counts: the same file again is that
 * statement, and the right file after a wrong one counts again.
 */
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { FetchStatement } from '../bank/fetch-statement.js';
import { inTransaction, type Tx } from '../platform/database/transaction.js';
import { invariant, Refusal } from '../platform/errors/problem.js';
import { readStatement, type StatementLine } from './domain/bank-statement.js';
import { reconciliationProblems } from './reconciliation.errors.js';

export type StatementImport = {
  /** `2026-11-22`: every line must be of this day. */
  readonly date: string;
  /** The file's text; without it the statement is fetched from the bank. */
  readonly csv?: string | undefined;
  readonly staff: bigint;
};

export type ImportedStatement = {
  readonly id: bigint;
  readonly date: string;
  /** Hexadecimal, of the file. */
  readonly sha256: string;
  readonly lines: number;
  readonly moneyIn: bigint;
  readonly moneyOut: bigint;
  /** Of our account after the last line; null when there is none. */
  readonly closingBalance: bigint | null;
};

const sumOf = (lines: readonly StatementLine[], direction: 'in' | 'out'): bigint =>
  lines.reduce((sum, line) => (line.direction === direction ? sum + line.amount : sum), 0n);

@Injectable()
export class ImportBankStatement {
  constructor(
    private readonly database: DataSource,
    private readonly fetchStatement: FetchStatement,
  ) {}

  /** @throws {Refusal} statement_malformed, statement_does_not_add_up, statement_unknown, bank_unavailable */
  async import({ date, csv: given, staff }: StatementImport): Promise<ImportedStatement> {
    const csv = given ?? (await this.fetchStatement.fetch(date));
    const read = readStatement(csv, date);
    if (read.outcome !== 'read') {
      const { errors } = read;
      const detail = errors[0]?.message ?? '';
      throw new Refusal(reconciliationProblems, `statement_${read.outcome}`, { errors, detail });
    }
    const { lines } = read;
    const hash = createHash('sha256').update(csv).digest();
    const id = await inTransaction(this.database, async (tx) => {
      // Two imports of one day would each take the other's file for the older one.
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `statement of ${date}`,
      ]);
      const known = await this.newest(tx, date);
      if (known?.sha256.equals(hash) === true) return BigInt(known.id);
      const [inserted]: { id: string }[] = await tx.query(
        `insert into reconciliation.statement (date, sha256, csv, imported_by)
         values ($1, $2, $3, $4) returning id`,
        [date, hash, csv, staff.toString()],
      );
      invariant(inserted !== undefined, 'A statement was not stored.');
      await this.insertLines(tx, inserted.id, lines);
      return BigInt(inserted.id);
    });
    return {
      id,
      date,
      sha256: hash.toString('hex'),
      lines: lines.length,
      moneyIn: sumOf(lines, 'in'),
      moneyOut: sumOf(lines, 'out'),
      closingBalance: lines.at(-1)?.balance ?? null,
    };
  }

  private async newest(tx: Tx, date: string): Promise<{ id: string; sha256: Buffer } | undefined> {
    const [row]: { id: string; sha256: Buffer }[] = await tx.query(
      'select id, sha256 from reconciliation.statement where date = $1 order by id desc limit 1',
      [date],
    );
    return row;
  }

  private async insertLines(tx: Tx, id: string, lines: readonly StatementLine[]): Promise<void> {
    await tx.query(
      `insert into reconciliation.statement_line
         (statement, line, reference, direction, amount, balance)
       select $1::bigint, l.* from unnest($2::int[], $3::text[], $4::text[], $5::bigint[], $6::bigint[]) l`,
      [
        id,
        lines.map(({ line }) => line),
        lines.map(({ reference }) => reference),
        lines.map(({ direction }) => direction),
        lines.map(({ amount }) => amount.toString()),
        lines.map(({ balance }) => balance.toString()),
      ],
    );
  }
}
