/** A place sells to phones at a kiosk: its one terminal that is no device, has no key, and is made when it is first needed. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FindPlaces } from '../places/find-places.js';
import { placesProblems } from '../places/places.errors.js';
import { invariant, Refusal } from '../platform/errors/problem.js';
import type { Terminal } from './terminal.js';

/** Codes of kiosks begin so. A device's may as well: this saves asking, and decides nothing. */
export const kioskPrefix = 'APP';
/** What fits after the prefix in a terminal's code. */
const codesMax = 36 ** 3;
const triesMax = 100;

const codeOf = (number: number): string =>
  kioskPrefix + (number % codesMax).toString(36).toUpperCase();

type Row = { id: string; code: string; status: Terminal['status'] };

@Injectable()
export class FindKiosk {
  constructor(
    private readonly database: DataSource,
    private readonly places: FindPlaces,
  ) {}

  /** The kiosk of a place that sells now. @throws {Refusal} place_not_found, place_closed */
  async openAt(id: bigint): Promise<Terminal> {
    const place = await this.places.byPlaceId(id);
    if (place === undefined) throw new Refusal(placesProblems, 'place_not_found');
    if (!place.isOpen) throw new Refusal(placesProblems, 'place_closed');
    return this.ofPlace(id);
  }

  /** The place's kiosk, made if there is none yet. */
  async ofPlace(place: bigint): Promise<Terminal> {
    const known = await this.find(place);
    if (known !== undefined) return known;
    for (let tries = 0; tries < triesMax; tries += 1) {
      await this.database.query(
        `insert into terminals.terminal (code, place, name_zh, name_en, kiosk)
         values ($1, $2, '手机自助', 'Phone', true) on conflict do nothing`,
        [codeOf(Number(place % BigInt(codesMax)) + tries), place.toString()],
      );
      const made = await this.find(place);
      if (made !== undefined) return made;
    }
    invariant(false, 'There is no code left for a kiosk.');
  }

  /** The number of the next sale of any kiosk. */
  async nextSequence(): Promise<number> {
    const [row] = await this.database.query<{ next: string }[]>(
      `select nextval('terminals.kiosk_sequence') as next`,
    );
    return Number(row?.next);
  }

  private async find(place: bigint): Promise<Terminal | undefined> {
    const [row] = await this.database.query<Row[]>(
      'select t.id, t.code, t.status from terminals.terminal t where t.place = $1 and t.kiosk',
      [place.toString()],
    );
    if (row === undefined) return undefined;
    const { id, code, status } = row;
    return { id: BigInt(id), code, status, place, name: { zh: '手机自助', en: 'Phone' } };
  }
}
