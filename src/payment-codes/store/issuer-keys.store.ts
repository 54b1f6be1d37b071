import { issuerKeySet, type IssuerTrust, type SignEd25519 } from '@campus-paycode/paycode';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppConfig } from '../../platform/config/app-config.js';
import type { KeyRing } from '../../platform/config/key-ring.js';
import { InjectKeyRing } from '../../platform/config/key-ring.token.js';
import type { Reader } from '../../platform/database/transaction.js';
import { signWith } from '../domain/ed25519.js';
import type { Window } from '../domain/plan-windows.js';
import { addIssuerKey, openIssuerKey } from '../issuer-keys.js';

export type PublicIssuerKey = {
  readonly keyId: number;
  readonly publicKey: Buffer;
  readonly notBefore: Date;
  readonly notAfter: Date;
};

export type Issuer = {
  readonly keyId: number;
  readonly scheme: number;
  readonly sign: SignEd25519;
};

type Row = PublicIssuerKey & {
  readonly sealed: Buffer;
  readonly wrappingKey: string;
  readonly isRetired: boolean;
  readonly scheme: number;
};

/** At most what a terminal holds; whoever has ended is told to nobody. */
const keysMax = 8;

const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);

/** The keys that certify, read anew each time: there are few, and a withdrawal counts at once. */
@Injectable()
export class IssuerKeysStore implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly config: AppConfig,
    @InjectKeyRing() private readonly keys: KeyRing,
  ) {}

  /** A demo begins with a key; elsewhere a person makes it. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.config.isDemo) await addIssuerKey(this.database, this.keys, true);
  }

  /** The keys that certificates may be of: old, present and next. */
  all(reader: Reader = this.database): Promise<readonly PublicIssuerKey[]> {
    return this.rows(reader);
  }

  async trust(): Promise<IssuerTrust> {
    const rows = await this.rows(this.database);
    return {
      scheme: rows[0]?.scheme ?? 0,
      issuerKeys: issuerKeySet(
        rows.map(({ keyId, publicKey, notBefore, notAfter }) => ({
          id: keyId,
          publicKey,
          notBefore: secondsOf(notBefore),
          notAfter: secondsOf(notAfter),
        })),
      ),
    };
  }

  /** Who signs for a stretch of time: the newest key that is good in all of it. */
  async issuers(reader: Reader = this.database): Promise<(window: Window) => Issuer | undefined> {
    const rows = await this.rows(reader);
    return ({ notBefore, notAfter }) => {
      const row = rows.findLast(
        (each) =>
          !each.isRetired &&
          secondsOf(each.notBefore) <= notBefore &&
          notAfter <= secondsOf(each.notAfter),
      );
      if (row === undefined) return undefined;
      const pkcs8 = openIssuerKey(this.keys, row);
      const sign = signWith(pkcs8);
      pkcs8.fill(0);
      return { keyId: row.keyId, scheme: row.scheme, sign };
    };
  }

  private async rows(reader: Reader): Promise<Row[]> {
    return (await reader.query(
      `select x.* from (
         select k.key_id as "keyId", k.public_key as "publicKey", k.not_before as "notBefore",
           k.not_after as "notAfter", k.sealed_key as sealed, k.wrapping_key as "wrappingKey",
           k.retired_at is not null as "isRetired", p.scheme
         from payment_codes.issuer_key k, payment_codes.offline_policy p
         where k.withdrawn_at is null and k.not_after > platform.now() - interval '30 days'
         order by k.not_before desc, k.key_id desc limit $1
       ) x order by x."notBefore", x."keyId"`,
      [keysMax],
    )) as Row[];
  }
}
