import { EMPTY_HOTLIST, makeHotlist, type Hotlist } from '@campus-paycode/paycode';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { invariant } from '../../platform/errors/problem.js';
import { IssuerKeysStore } from './issuer-keys.store.js';

export type HotlistAnswer = {
  readonly number: number;
  readonly madeAt: Date;
  /** Signed, in the form of the standard; null for who has the newest list. */
  readonly update: Buffer | null;
};

type Made = { readonly number: number; readonly madeAt: Date };

/** How many terminals that lag behind differently are answered without signing anew. */
const keptMax = 64;
/** Numbers follow the clock. Whoever has a list that old gets the whole one. */
const staleSeconds = 72 * 3600;

/** The list of certificates that are no longer good before their time, and what leads from one list to the newest. */
@Injectable()
export class HotlistStore {
  private readonly kept = new Map<string, Buffer>();

  constructor(
    private readonly database: DataSource,
    private readonly issuers: IssuerKeysStore,
  ) {}

  /** What a terminal that has the list `since` needs to have the newest; undefined while nobody issues. */
  async after(since: number): Promise<HotlistAnswer | undefined> {
    const made = await this.make();
    if (since === made.number) return { ...made, update: null };
    const seconds = Math.floor(made.madeAt.getTime() / 1000);
    const issuerOf = await this.issuers.issuers();
    const issuer = issuerOf({ notBefore: seconds, notAfter: seconds + 1 });
    if (issuer === undefined) return undefined;
    const name = `${since} ${made.number} ${issuer.keyId}`;
    let update = this.kept.get(name);
    if (update === undefined) {
      const isKnown = since < made.number && since > made.number - staleSeconds;
      const before = isKnown ? await this.at(since) : undefined;
      const now = await this.at(made.number);
      invariant(now !== undefined, 'The newest hotlist is not there.');
      update = Buffer.from(
        makeHotlist(
          {
            ...now,
            madeAt: seconds,
            issuerKeyId: issuer.keyId,
            scheme: issuer.scheme,
            before: before ?? EMPTY_HOTLIST,
          },
          issuer.sign,
        ),
      );
      this.keep(name, update);
    }
    return { ...made, update };
  }

  /** The number of the newest list, and of the newest that says something else than the one before. */
  async numbers(): Promise<{ number: number; changed: number }> {
    const [row] = await this.database.query<{ number: string; changed: string }[]>(
      'select h.number, h.changed_number as changed from payment_codes.hotlist h',
    );
    return { number: Number(row?.number ?? 0), changed: Number(row?.changed ?? 0) };
  }

  /** Makes a list if there is something to say, or the last has grown old. */
  async make(): Promise<Made> {
    const [row] = await this.database.query<{ number: string; made_at: Date }[]>(
      'select * from payment_codes.make_hotlist()',
    );
    invariant(row !== undefined, 'There is no hotlist.');
    return { number: Number(row.number), madeAt: row.made_at };
  }

  /** What a list says; undefined for the empty one before the first. */
  private async at(number: number): Promise<Hotlist | undefined> {
    if (number === 0) return undefined;
    const rows = await this.database.query<{ reference: Buffer }[]>(
      'select l.reference from payment_codes.hotlist_at($1) l',
      [number],
    );
    return { number, madeAt: 0, references: rows.map(({ reference }) => reference) };
  }

  private keep(name: string, update: Buffer): void {
    const oldest = this.kept.keys().next().value;
    if (this.kept.size >= keptMax && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(name, update);
  }
}
