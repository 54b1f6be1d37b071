/** A card has one plastic card in use; a new one takes the place of the one before, and a lost one pays nothing from then on. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { KeyRing } from '../platform/config/key-ring.js';
import { InjectKeyRing } from '../platform/config/key-ring.token.js';
import { Refusal } from '../platform/errors/problem.js';
import { endOfNumber, hashOfNumber } from './plastic-number.js';
import { staticCredentialsProblems } from './static-credentials.errors.js';

export type Plastic = {
  readonly id: bigint;
  /** The last two characters of the printed number. */
  readonly printedEnd: string;
  readonly status: 'active' | 'lost' | 'replaced';
  readonly issuedAt: Date;
  readonly endedAt: Date | null;
};

type Row = {
  id: string;
  printed_end: string;
  status: Plastic['status'];
  issued_at: Date;
  ended_at: Date | null;
};

/** What the office looks at is the newest few. */
const listMax = 50;

@Injectable()
export class IssuePlastic {
  constructor(
    private readonly database: DataSource,
    @InjectKeyRing() private readonly keys: KeyRing,
  ) {}

  /** @throws {Refusal} plastic_number_taken */
  async issue(card: bigint, numbers: { printed: string; chip: string }): Promise<void> {
    const { plasticKey } = this.keys;
    const hashes = [numbers.printed, numbers.chip].map((each) => hashOfNumber(plasticKey, each));
    const isTaken = hashes[0]?.equals(hashes[1] ?? Buffer.alloc(0)) === true;
    const [row] = isTaken
      ? []
      : await this.database.query<{ id: string | null }[]>(
          'select static_credentials.issue($1, $2, $3::bytea[]) as id',
          [card.toString(), endOfNumber(numbers.printed), hashes],
        );
    if (row === undefined || row.id === null)
      throw new Refusal(staticCredentialsProblems, 'plastic_number_taken');
  }

  /** @throws {Refusal} plastic_missing */
  async reportLoss(card: bigint): Promise<void> {
    const [row] = await this.database.query<{ lost: boolean }[]>(
      'select static_credentials.lose($1) as lost',
      [card.toString()],
    );
    if (row?.lost !== true) throw new Refusal(staticCredentialsProblems, 'plastic_missing');
  }

  /** The newest first. */
  async list(card: bigint): Promise<readonly Plastic[]> {
    const rows = await this.database.query<Row[]>(
      `select p.id, p.printed_end, p.status, p.issued_at, p.ended_at
       from static_credentials.plastic p where p.card = $1 order by p.id desc limit ${listMax}`,
      [card.toString()],
    );
    return rows.map((row) => ({
      id: BigInt(row.id),
      printedEnd: row.printed_end,
      status: row.status,
      issuedAt: row.issued_at,
      endedAt: row.ended_at,
    }));
  }
}
