import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { requireWrappingKeys, type KeyRing } from '../platform/config/key-ring.js';
import { InjectKeyRing } from '../platform/config/key-ring.token.js';
import { openSecret, sealSecret } from './domain/sealed-secret.js';

type Row = { id: string; name: string; totp_key: string; totp_sealed: Buffer };

/**
 * Seals the secrets of all one-time passwords under the current wrapping key; members of staff are few.
 * @returns how many were sealed anew.
 */
export async function resealSecrets(database: DataSource, keys: KeyRing): Promise<number> {
  const current = keys.currentWrappingKey;
  const rows = await database.query<Row[]>(
    'select m.id, m.name, m.totp_key, m.totp_sealed from staff.member m where m.totp_key <> $1',
    [current],
  );
  let done = 0;
  for (const { id, name, totp_key: key, totp_sealed: before } of rows) {
    const { sealed } = sealSecret(keys, name, openSecret(keys, name, { key, sealed: before }));
    const [, count] = (await database.query(
      'update staff.member set totp_key = $2, totp_sealed = $3 where id = $1 and totp_sealed = $4',
      [id, current, sealed, before],
    )) as unknown as [unknown, number];
    done += count;
  }
  return done;
}

/** How many secrets rest under another key than the current one. */
export async function countOldSecrets(database: DataSource, keys: KeyRing): Promise<number> {
  const [row] = await database.query<{ count: number }[]>(
    'select count(*)::int as count from staff.member m where m.totp_key <> $1',
    [keys.currentWrappingKey],
  );
  return row?.count ?? 0;
}

/** A service that could not check the one-time passwords of its staff does not start. */
@Injectable()
export class RequireSecretKeys implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    @InjectKeyRing() private readonly keys: KeyRing,
  ) {}

  /** @throws {MissingKeysError} */
  async onModuleInit(): Promise<void> {
    const rows = await this.database.query<{ id: string }[]>(
      `select distinct m.totp_key as id from staff.member m where m.status = 'active'`,
    );
    requireWrappingKeys(
      this.keys,
      rows.map(({ id }) => id),
    );
  }
}
