/** The office says who lives in a room and which meters it has; a device gives way to another by a replacement alone. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { cardholderProblems } from '../cardholders/cardholders.errors.js';
import { FindPlaces } from '../places/find-places.js';
import { inTransaction } from '../platform/database/transaction.js';
import { invariant, Refusal } from '../platform/errors/problem.js';
import type { MeterKind, UnitPrice } from './meter.js';
import { metersProblems } from './meters.errors.js';

export type NewMeter = UnitPrice & {
  readonly kind: MeterKind;
  readonly place: bigint;
  readonly device: bigint;
  readonly networked: boolean;
  readonly dailyMost: bigint;
  readonly warnBelow: bigint;
  /** What it showed when it was put in; later ones come as readings. */
  readonly reading: bigint;
};

export type NewRoom = {
  readonly building: string;
  readonly number: string;
  /** Numbers of cardholders: all of them; whoever is left out has moved out. */
  readonly residents: readonly string[];
  readonly meters: readonly NewMeter[];
};

export type Replacement = {
  readonly meter: bigint;
  readonly lastReading: bigint;
  readonly device: bigint;
  readonly firstReading: bigint;
  /** What a device without a network still had to give. */
  readonly unitsLeft: bigint;
};

type ReplaceOutcome = 'replaced' | 'known' | 'unknown' | 'falls' | 'too_many_left' | 'taken';

/** What `meters.set_room` raises when a device does not fit: by then some of the room is written. */
const unfit: Readonly<Record<string, keyof typeof metersProblems>> = {
  CPM01: 'meter_taken',
  CPM02: 'meter_differs',
};

@Injectable()
export class SetRoom {
  constructor(
    private readonly database: DataSource,
    private readonly places: FindPlaces,
  ) {}

  /**
   * Sets it as one; a meter that is left out stays as it is.
   * @returns the room's id. @throws {Refusal} cardholder_unknown, meter_place_unfit, meter_taken, meter_differs
   */
  async set(room: NewRoom, staff: bigint): Promise<bigint> {
    for (const { place } of room.meters) await this.refuseUnfit(place);
    const { building, number } = room;
    const value = {
      building,
      number,
      residents: [...new Set(room.residents)],
      meters: room.meters.map((meter) => ({
        kind: meter.kind,
        networked: meter.networked,
        place: meter.place.toString(),
        device: meter.device.toString(),
        price: meter.price.toString(),
        per: meter.per.toString(),
        daily_most: meter.dailyMost.toString(),
        warn_below: meter.warnBelow.toString(),
        reading: meter.reading.toString(),
      })),
    };
    try {
      const id = await inTransaction(this.database, async (tx) => {
        const [row] = (await tx.query('select outcome, room from meters.set_room($1, $2)', [
          JSON.stringify(value),
          staff.toString(),
        ])) as { outcome: string; room: string | null }[];
        return row?.room ?? null;
      });
      if (id === null) throw new Refusal(cardholderProblems, 'cardholder_unknown');
      return BigInt(id);
    } catch (error) {
      const { code = '', constraint } = error as { code?: string; constraint?: string };
      const problem = constraint === 'meter_device_once' ? 'meter_taken' : unfit[code];
      if (problem === undefined) throw error;
      throw new Refusal(metersProblems, problem);
    }
  }

  /**
   * The last reading of the old device is charged, and the new one begins where it stands. The same again changes nothing.
   * @throws {Refusal} meter_unknown, meter_taken, last_reading_too_low, units_left_wrong
   */
  async replace(replacement: Replacement, staff: bigint): Promise<void> {
    const { meter, device, lastReading, firstReading, unitsLeft } = replacement;
    const [row] = await this.database.query<{ outcome: ReplaceOutcome }[]>(
      'select meters.replace_meter($1) as outcome',
      [
        JSON.stringify({
          meter: meter.toString(),
          device: device.toString(),
          last_reading: lastReading.toString(),
          first_reading: firstReading.toString(),
          units_left: unitsLeft.toString(),
          staff: staff.toString(),
        }),
      ],
    );
    invariant(row !== undefined, 'meters.replace_meter answered nothing.');
    if (row.outcome === 'unknown') throw new Refusal(metersProblems, 'meter_unknown');
    if (row.outcome === 'taken') throw new Refusal(metersProblems, 'meter_taken');
    if (row.outcome === 'falls') throw new Refusal(metersProblems, 'last_reading_too_low');
    if (row.outcome === 'too_many_left') throw new Refusal(metersProblems, 'units_left_wrong');
  }

  /** Credit is a sale of an amount that somebody names. */
  private async refuseUnfit(id: bigint): Promise<void> {
    const place = await this.places.byPlaceId(id);
    if (place?.kind !== 'dorm' || place.tariff.type !== 'entered')
      throw new Refusal(metersProblems, 'meter_place_unfit');
  }
}
