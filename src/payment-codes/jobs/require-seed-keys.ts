import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { requireWrappingKeys, type KeyRing } from '../../platform/config/key-ring.js';
import { InjectKeyRing } from '../../platform/config/key-ring.token.js';

/** A service that could not open its phones' seeds, or sign certificates, does not start. */
@Injectable()
export class RequireSeedKeys implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    @InjectKeyRing() private readonly keys: KeyRing,
  ) {}

  /** @throws {MissingKeysError} */
  async onModuleInit(): Promise<void> {
    const rows = await this.database.query<{ id: string }[]>(
      `select distinct k.wrapping_key as id from payment_codes.credential k
       where k.status = 'active' or k.usable_until > platform.now()
       union select i.wrapping_key from payment_codes.issuer_key i where i.retired_at is null`,
    );
    requireWrappingKeys(
      this.keys,
      rows.map(({ id }) => id),
    );
  }
}
