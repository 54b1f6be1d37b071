/** Codes of phones are taken everywhere; what never changes only where the place says so, and within caps. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refusal } from '../platform/errors/problem.js';
import { terminalsProblems } from '../terminals/terminals.errors.js';

export type InstrumentType = 'code' | 'signed_qr' | 'plastic' | 'number_pin';

/** Fen. */
export type StaticCaps = { readonly perSale: bigint; readonly perDay: bigint };

@Injectable()
export class ReadInstruments {
  constructor(private readonly database: DataSource) {}

  async at(place: bigint): Promise<readonly InstrumentType[]> {
    const [row] = await this.database.query<{ instruments: InstrumentType[] }[]>(
      'select static_credentials.instruments_at($1) as instruments',
      [place.toString()],
    );
    return row?.instruments ?? [];
  }

  /** @throws {Refusal} instrument_unsupported */
  async require(place: bigint, type: InstrumentType): Promise<void> {
    if (!(await this.at(place)).includes(type))
      throw new Refusal(terminalsProblems, 'instrument_unsupported');
  }

  async caps(): Promise<StaticCaps> {
    const [row] = await this.database.query<{ sale_cap: string; day_cap: string }[]>(
      'select p.sale_cap, p.day_cap from static_credentials.policy p',
    );
    return { perSale: BigInt(row?.sale_cap ?? 0), perDay: BigInt(row?.day_cap ?? 0) };
  }

  /** Changes whenever a terminal may have to know something new of it. */
  async version(): Promise<string> {
    const [row] = await this.database.query<{ version: string }[]>(
      `select v.version from platform.table_version v where v.name = 'static_credentials'`,
    );
    return row?.version ?? '0';
  }
}
