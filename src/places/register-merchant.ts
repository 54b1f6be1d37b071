import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../platform/database/transaction.js';
import type { LocalName } from './place.js';

/** A merchant is whoever a place sells for; from its first day it has an account that no sale ever locks. */
@Injectable()
export class RegisterMerchant {
  constructor(private readonly database: DataSource) {}

  /** @returns the merchant's id. */
  register(name: LocalName, bankAccount: string | null): Promise<bigint> {
    return inTransaction(this.database, async (tx) => {
      const [row]: { id: string }[] = await tx.query(
        'insert into places.merchant (name_zh, name_en, bank_account) values ($1, $2, $3) returning id',
        [name.zh, name.en, bankAccount],
      );
      const id = BigInt(row?.id ?? '0');
      await tx.query(`select ledger.open_account($1, 'merchant', null, false)`, [id.toString()]);
      return id;
    });
  }
}
