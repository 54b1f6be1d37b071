/** Rooms of the demo campus: the first students live in Building 3, four to a room; one room has a meter without a network. */
import type { INestApplicationContext } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { SetRoom, type NewMeter } from '../../src/meters/set-room.js';
import type { StudentData } from './campus-data.js';

const perRoom = 4;
const rooms = ['401', '402', '403'];
/** Of ¥0.55 a kilowatt-hour and ¥3.20 a cubic meter; watt-hours and liters. */
const electricity = { kind: 'electricity', price: 55n, per: 1_000n, dailyMost: 60_000n } as const;
const water = { kind: 'water', price: 320n, per: 1_000n, dailyMost: 4_000n } as const;
const firstDevice = 30_400n;

type Campus = { readonly app: INestApplicationContext; readonly database: DataSource };

/** @param utility the name of the place that sells the credit */
export async function loadRooms(
  { app, database }: Campus,
  utility: string,
  staff: bigint,
  all: readonly StudentData[],
): Promise<void> {
  const [place] = await database.query<{ id: string }[]>(
    'select id from places.place where name_en = $1 and not exists (select from meters.room)',
    [utility],
  );
  if (place === undefined) return;
  const residents = all.map(({ number }) => number);
  for (const [at, number] of rooms.entries()) {
    const device = firstDevice + BigInt(2 * at);
    const isLast = at === rooms.length - 1;
    const common = { place: BigInt(place.id), warnBelow: 1_000n, reading: 0n };
    const meters: NewMeter[] = [
      { ...common, ...electricity, device, networked: !isLast },
      { ...common, ...water, device: device + 1n, networked: true },
    ];
    await app.get(SetRoom).set(
      {
        building: '3 号楼',
        number,
        residents: residents.slice(at * perRoom, (at + 1) * perRoom),
        meters,
      },
      staff,
    );
  }
}
