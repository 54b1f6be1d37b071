/** A plastic card or a right PIN says whose sale it is; what it may pay is judged again in the call that decides. */
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { maskName } from '../cardholders/mask-name.js';
import type { KeyRing } from '../platform/config/key-ring.js';
import { InjectKeyRing } from '../platform/config/key-ring.token.js';
import { hashOfNumber, hashUnderKey } from './plastic-number.js';
import { ReadInstruments } from './read-instruments.js';

export type StaticInstrument =
  | { readonly type: 'plastic'; readonly number: string }
  | { readonly type: 'number_pin'; readonly token: string };

export type StaticPayer = {
  readonly instrument: StaticInstrument['type'];
  /** By what the call finds it once more. */
  readonly hash: Buffer;
  /** The masked name; null when it is nobody's. */
  readonly payer: string | null;
  /** By whose rule the purses pay. */
  readonly group: string | null;
};

/** Of the 32 random bytes that stand for a right PIN. */
export const hashOfToken = (token: string): Buffer =>
  createHash('sha256').update(Buffer.from(token, 'base64url')).digest();

@Injectable()
export class FindStaticPayer {
  constructor(
    private readonly database: DataSource,
    private readonly instruments: ReadInstruments,
    @InjectKeyRing() private readonly keys: KeyRing,
  ) {}

  /** The hash of a sale by plastic, as it may rest. */
  seal(hash: Buffer): Buffer {
    return hashUnderKey(this.keys.plasticKey, hash);
  }

  /** @throws {Refusal} instrument_unsupported */
  async find(
    { id, place }: { readonly id: bigint; readonly place: bigint },
    instrument: StaticInstrument,
  ): Promise<StaticPayer> {
    await this.instruments.require(place, instrument.type);
    const hash =
      instrument.type === 'plastic'
        ? hashOfNumber(this.keys.plasticKey, instrument.number)
        : hashOfToken(instrument.token);
    const [row] = await this.database.query<{ group_code: string; name: string }[]>(
      'select f.group_code, f.name from static_credentials.find($1, $2, $3) f',
      [instrument.type, hash, id.toString()],
    );
    return {
      instrument: instrument.type,
      hash,
      payer: row === undefined ? null : maskName(row.name),
      group: row?.group_code ?? null,
    };
  }
}
