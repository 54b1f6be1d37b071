/** What devices do for a price that is known before, and how many of them one card may run: the office says. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FindPlaces } from '../places/find-places.js';
import type { Place } from '../places/place.js';
import { placesProblems } from '../places/places.errors.js';
import { invariant, Refusal } from '../platform/errors/problem.js';
import { metersProblems } from './meters.errors.js';
import type { Programme, SessionUnit } from './session.js';

type Row = { code: string; name_zh: string; name_en: string; amount: string; seconds: number };

/** What a session asks for. Amounts in fen. */
export type SessionQuote = {
  readonly place: Place;
  readonly unit: SessionUnit;
  readonly unitPrice: bigint;
  readonly programme: Programme | undefined;
  readonly amount: bigint;
  readonly seconds: number;
};

@Injectable()
export class SetProgrammes {
  constructor(
    private readonly database: DataSource,
    private readonly places: FindPlaces,
  ) {}

  /** The whole price list at once; sessions that have begun keep theirs. @throws {Refusal} place_not_metered, programmes_wrong */
  async set(place: bigint, programmes: readonly Programme[]): Promise<void> {
    if ((await this.places.byPlaceId(place))?.tariff.type !== 'metered')
      throw new Refusal(metersProblems, 'place_not_metered');
    if (new Set(programmes.map(({ code }) => code)).size < programmes.length)
      throw new Refusal(metersProblems, 'programmes_wrong');
    await this.database.query('select meters.set_programmes($1, $2)', [
      place.toString(),
      JSON.stringify(
        programmes.map(({ code, name, amount, seconds }) => ({
          code,
          name_zh: name.zh,
          name_en: name.en,
          amount: amount.toString(),
          seconds,
        })),
      ),
    ]);
  }

  async ofPlace(place: bigint): Promise<readonly Programme[]> {
    const rows = await this.database.query<Row[]>(
      `select p.code, p.name_zh, p.name_en, p.amount, p.seconds
       from meters.programme p where p.place = $1 order by p.amount, p.code`,
      [place.toString()],
    );
    return rows.map(({ code, name_zh: zh, name_en: en, amount, seconds }) => ({
      code,
      name: { zh, en },
      amount: BigInt(amount),
      seconds,
    }));
  }

  /**
   * What a session holds and for how long: the price list of the place decides, where it has one; elsewhere the unit.
   * @throws {Refusal} place_closed, place_not_metered, programme_required, programme_unknown
   */
  async quote(placeId: bigint, wanted: string | undefined): Promise<SessionQuote> {
    const place = await this.places.byPlaceId(placeId);
    invariant(place !== undefined, 'A terminal stands at a place that is not there.');
    if (!place.isOpen) throw new Refusal(placesProblems, 'place_closed');
    const { tariff } = place;
    if (tariff.type !== 'metered') throw new Refusal(metersProblems, 'place_not_metered');
    const offered = await this.ofPlace(place.id);
    if (offered.length > 0 && wanted === undefined)
      throw new Refusal(metersProblems, 'programme_required');
    const programme = offered.find(({ code }) => code === wanted);
    if (wanted !== undefined && programme === undefined)
      throw new Refusal(metersProblems, 'programme_unknown');
    return {
      place,
      unit: tariff.unit,
      unitPrice: tariff.unitPrice,
      programme,
      amount: programme?.amount ?? tariff.hold,
      seconds: programme?.seconds ?? tariff.holdSeconds,
    };
  }

  /** How many devices one card may run at a time. */
  async atOnce(): Promise<number> {
    const [row] = await this.database.query<{ at_once: number }[]>(
      'select p.at_once from meters.session_policy p',
    );
    return row?.at_once ?? 0;
  }

  async setAtOnce(atOnce: number): Promise<void> {
    await this.database.query('select meters.set_session_policy($1)', [atOnce]);
  }
}
