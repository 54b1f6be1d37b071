import type { SignatureAlgorithm } from '@campus-paycode/terminal-protocol';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { hashEnrolmentCode } from './register-terminal.js';
import { keyIdOf } from './terminal.js';
import { terminalsProblems } from './terminals.errors.js';

export type TerminalEnrolment = {
  readonly enrolmentCode: string;
  readonly algorithm: SignatureAlgorithm;
  readonly publicKey: Buffer;
  readonly model: string;
  readonly softwareVersion: string;
};

type CodeRow = { terminal: string; used_generation: number | null };

/**
 * A one-time code makes the key that signed the request the terminal's key, and retires the one before. A terminal that
 * lost the answer may ask again with the same code and key, and gets the same answer.
 */
@Injectable()
export class EnrolTerminal {
  constructor(private readonly database: DataSource) {}

  /** @throws {Refusal} enrolment_code_invalid, public_key_invalid */
  enrol(enrolment: TerminalEnrolment): Promise<{ terminal: bigint; keyId: string }> {
    return inTransaction(this.database, async (tx) => {
      const hash = hashEnrolmentCode(enrolment.enrolmentCode);
      const [code]: CodeRow[] = await tx.query(
        `select c.terminal, c.used_generation from terminals.enrolment_code c
         join terminals.terminal t on t.id = c.terminal
         where c.code_hash = $1 and c.expires_at > platform.now() and t.status = 'active'
         for update of c, t`,
        [hash],
      );
      if (code === undefined) throw new Refusal(terminalsProblems, 'enrolment_code_invalid');
      const terminal = BigInt(code.terminal);
      if (code.used_generation !== null) {
        const [same]: unknown[] = await tx.query(
          `select 1 from terminals.terminal_key
           where terminal = $1 and generation = $2 and public_key = $3 and algorithm = $4`,
          [code.terminal, code.used_generation, enrolment.publicKey, enrolment.algorithm],
        );
        if (same === undefined) throw new Refusal(terminalsProblems, 'enrolment_code_invalid');
        return { terminal, keyId: keyIdOf(terminal, code.used_generation) };
      }
      const [key]: { generation: number }[] = await tx.query(
        `insert into terminals.terminal_key (terminal, generation, algorithm, public_key)
         select $1, coalesce(max(k.generation), 0) + 1, $2, $3 from terminals.terminal_key k where k.terminal = $1
         on conflict (public_key) do nothing returning generation`,
        [code.terminal, enrolment.algorithm, enrolment.publicKey],
      );
      if (key === undefined) throw new Refusal(terminalsProblems, 'public_key_invalid');
      await tx.query(
        `update terminals.terminal_key set status = 'retired', retired_at = platform.now()
         where terminal = $1 and generation < $2 and status = 'active'`,
        [code.terminal, key.generation],
      );
      await tx.query(
        `update terminals.enrolment_code set used_generation = $2 where code_hash = $1`,
        [hash, key.generation],
      );
      await tx.query(
        `update terminals.terminal set model = $2, software_version = $3 where id = $1`,
        [code.terminal, enrolment.model, enrolment.softwareVersion],
      );
      return { terminal, keyId: keyIdOf(terminal, key.generation) };
    });
  }
}
