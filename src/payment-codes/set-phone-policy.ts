import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export type PhonePolicy = { readonly group: string; readonly phonesMax: number };

/** A group says how many phones each of its cards may have; one more ends the one that was silent longest. */
@Injectable()
export class SetPhonePolicy {
  constructor(private readonly database: DataSource) {}

  all(): Promise<PhonePolicy[]> {
    return this.database.query(
      `select p.group_code as "group", p.phones_max as "phonesMax"
       from payment_codes.phone_policy p order by p.group_code`,
    );
  }

  /** Counts from the next phone that is bound. */
  async set(group: string, phonesMax: number): Promise<void> {
    await this.database.query(
      'update payment_codes.phone_policy set phones_max = $2 where group_code = $1',
      [group, phonesMax],
    );
  }
}
