/** What was scanned is told apart by its form alone: twenty digits, or a code that a phone signed. */
import type { ParsedCode, ParsedSignedQr } from '@campus-paycode/paycode';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { maskName } from '../cardholders/mask-name.js';
import { ReadOfflineTerms } from '../payment-codes/read-offline-terms.js';
import { AppConfig } from '../platform/config/app-config.js';
import {
  FindStaticPayer,
  type StaticInstrument,
  type StaticPayer,
} from '../static-credentials/find-static-payer.js';
import type { Terminal } from '../terminals/terminal.js';
import { readScan } from './read-scan.js';
import { digestOf, refuseSignedCode } from './signed-code.js';
import type { SignedSale } from './store/signed-sale.js';

export type Instrument =
  | { readonly type: 'code'; readonly code: string }
  | { readonly type: 'signed_qr'; readonly text: string }
  | StaticInstrument;

/** What was scanned or typed and never changes: it has no form of its own to read. */
export const isStatic = (scanned: object): scanned is StaticInstrument =>
  'type' in scanned && (scanned.type === 'plastic' || scanned.type === 'number_pin');

/** Whose signed code it is; nobody's when phone or issuer did not sign it. */
export type SignedBy = Pick<SignedSale, 'reference' | 'payer' | 'code'> & {
  readonly card: bigint | null;
  /** By whose rule the purses pay. */
  readonly group: string | null;
};

@Injectable()
export class ReadInstrument {
  constructor(
    private readonly config: AppConfig,
    private readonly terms: ReadOfflineTerms,
    private readonly database: DataSource,
    private readonly statics: FindStaticPayer,
  ) {}

  /** @throws {Refusal} code_malformed, code_foreign */
  read(instrument: Exclude<Instrument, StaticInstrument>): ParsedCode | ParsedSignedQr {
    const scanned = instrument.type === 'code' ? instrument.code : instrument.text;
    return readScan(scanned, this.config.CODE_PREFIX);
  }

  /** @throws {Refusal} instrument_unsupported */
  findStatic(terminal: Terminal, instrument: StaticInstrument): Promise<StaticPayer> {
    return this.statics.find(terminal, instrument);
  }

  /** Of a sale by plastic: everything else in its bytes is known to whoever has the database. */
  seal<Sale extends { readonly hash: Buffer }>(sale: Sale): Sale {
    return { ...sale, hash: this.statics.seal(sale.hash) };
  }

  async findSigner(code: ParsedSignedQr): Promise<SignedBy> {
    const { codeTime, counter } = code;
    const signed = { time: new Date(codeTime * 1000), counter, digest: digestOf(code) };
    const nobody: SignedBy = {
      reference: null,
      card: null,
      payer: null,
      group: null,
      code: signed,
    };
    if (refuseSignedCode(code, await this.terms.trust()) !== undefined) return nobody;
    const reference = Buffer.from(code.certificate.reference);
    const [row] = await this.database.query<{ card: string; group_code: string; name: string }[]>(
      `select c.card, o.group_code, h.name
       from payment_codes.certificates_of(array[$1::bytea]) c
       join cards.card o on o.id = c.card
       join cardholders.cardholder h on h.id = c.cardholder`,
      [reference],
    );
    if (row === undefined) return nobody;
    return {
      reference,
      card: BigInt(row.card),
      payer: maskName(row.name),
      group: row.group_code,
      code: signed,
    };
  }
}
