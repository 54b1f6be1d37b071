/** Who lives in a room sees what its meters have and why; nobody else but the office does. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refusal } from '../platform/errors/problem.js';
import type { Meter, Room } from './meter.js';
import { metersProblems } from './meters.errors.js';

export type StatementLine = {
  readonly id: bigint;
  readonly kind: 'purchase' | 'take_back' | 'reading' | 'ticket' | 'moved';
  readonly amount: bigint;
  readonly creditAfter: bigint;
  readonly happenedAt: Date;
  /** Of a reading what was used, of a ticket what is on it. */
  readonly units: bigint | null;
  readonly reading: bigint | null;
  readonly payment: bigint | null;
  readonly ticketNumber: bigint | null;
};

export type StatementPage = { readonly before: bigint | undefined; readonly limit: number };

export type RoomSearch = {
  /** The beginning of a building or of a number, or the number on a device. */
  readonly search?: string;
  readonly after?: bigint;
  readonly limit: number;
};

export type Resident = { readonly number: string; readonly name: string };

export type Incident = {
  readonly id: bigint;
  readonly kind: 'paid_back_after_use' | 'reading_falls' | 'reading_unlikely';
  readonly meter: bigint;
  readonly device: bigint;
  readonly building: string;
  readonly roomNumber: string;
  readonly payment: bigint | null;
  readonly value: bigint;
  readonly happenedAt: Date;
};

type MeterRow = {
  id: string;
  kind: Meter['kind'];
  place: string;
  device: string;
  networked: boolean;
  price: string;
  per: string;
  daily_most: string;
  warn_below: string;
  credit: string;
  reading: string;
  read_at: string;
};
type RoomRow = { id: string; building: string; number: string; meters: MeterRow[] };
type LineRow = {
  id: string;
  kind: StatementLine['kind'];
  amount: string;
  credit: string;
  happened_at: Date;
  units: string | null;
  reading: string | null;
  payment: string | null;
  ticket_number: string | null;
};

/** In text, since a JSON number of a driver may not hold a bigint. */
const texts = ['id', 'place', 'device', 'price', 'per', 'daily_most', 'warn_below'].concat(
  'credit',
  'reading',
);
const metersOf = `coalesce((select jsonb_agg(jsonb_build_object('kind', m.kind, 'networked', m.networked,
    'read_at', m.read_at, ${texts.map((name) => `'${name}', m.${name}::text`).join(', ')}) order by m.kind)
  from meters.meter m where m.room = o.id), '[]') as meters`;

const bigintOrNull = (text: string | null): bigint | null => (text === null ? null : BigInt(text));

@Injectable()
export class ReadRooms {
  constructor(private readonly database: DataSource) {}

  /** Where somebody lives now. */
  async ofCardholder(cardholder: bigint): Promise<readonly Room[]> {
    const rows = await this.database.query<RoomRow[]>(
      `select o.id, o.building, o.number, ${metersOf}
       from meters.resident r join meters.room o on o.id = r.room
       where r.cardholder = $1 and r.until is null order by o.id`,
      [cardholder.toString()],
    );
    return rows.map(roomOf);
  }

  /** A meter of a room of the cardholder. @throws {Refusal} meter_unknown */
  async meterOf(cardholder: bigint, meter: bigint): Promise<Meter> {
    const rooms = await this.ofCardholder(cardholder);
    const found = rooms.flatMap(({ meters }) => meters).find(({ id }) => id === meter);
    if (found === undefined) throw new Refusal(metersProblems, 'meter_unknown');
    return found;
  }

  /** By id, upwards. */
  async list({ search = '', after = 0n, limit }: RoomSearch): Promise<readonly Room[]> {
    const rows = await this.database.query<RoomRow[]>(
      `select o.id, o.building, o.number, ${metersOf} from meters.room o
       where o.id > $1 and ($2 = '' or starts_with(o.building, $2) or starts_with(o.number, $2)
         or exists (select from meters.meter x where x.room = o.id and x.device::text = $2))
       order by o.id limit $3`,
      [after.toString(), search, limit],
    );
    return rows.map(roomOf);
  }

  /** @throws {Refusal} room_unknown */
  async room(id: bigint): Promise<Room & { readonly residents: readonly Resident[] }> {
    const [row] = await this.database.query<(RoomRow & { residents: Resident[] })[]>(
      `select o.id, o.building, o.number, ${metersOf},
         coalesce((select jsonb_agg(jsonb_build_object('number', c.number, 'name', c.name) order by c.number)
           from meters.resident r join cardholders.cardholder c on c.id = r.cardholder
           where r.room = o.id and r.until is null), '[]') as residents
       from meters.room o where o.id = $1`,
      [id.toString()],
    );
    if (row === undefined) throw new Refusal(metersProblems, 'room_unknown');
    return { ...roomOf(row), residents: row.residents };
  }

  /** Newest first. */
  async statement(
    meter: bigint,
    { before, limit }: StatementPage,
  ): Promise<readonly StatementLine[]> {
    const rows = await this.database.query<LineRow[]>(
      `select v.id, v.kind, v.amount, v.credit, v.happened_at, coalesce(r.units, t.units) as units,
         r.value as reading, p.payment, t.number as ticket_number
       from meters.movement v
       left join meters.reading r on r.id = v.reading
       left join meters.ticket t on t.id = v.ticket
       left join meters.purchase p on p.id = v.purchase
       where v.meter = $1 and ($2::bigint is null or v.id < $2) order by v.id desc limit $3`,
      [meter.toString(), before?.toString() ?? null, limit],
    );
    return rows.map((row) => ({
      id: BigInt(row.id),
      kind: row.kind,
      amount: BigInt(row.amount),
      creditAfter: BigInt(row.credit),
      happenedAt: row.happened_at,
      units: bigintOrNull(row.units),
      reading: bigintOrNull(row.reading),
      payment: bigintOrNull(row.payment),
      ticketNumber: bigintOrNull(row.ticket_number),
    }));
  }

  /** What the office should look at, newest first. */
  async incidents({ before, limit }: StatementPage): Promise<readonly Incident[]> {
    const rows = await this.database.query<
      {
        id: string;
        kind: Incident['kind'];
        meter: string;
        device: string;
        building: string;
        number: string;
        payment: string | null;
        value: string;
        happened_at: Date;
      }[]
    >(
      `select i.id, i.kind, i.meter, m.device, o.building, o.number, p.payment, i.value, i.happened_at
       from meters.incident i join meters.meter m on m.id = i.meter join meters.room o on o.id = m.room
       left join meters.purchase p on p.id = i.purchase
       where $1::bigint is null or i.id < $1 order by i.id desc limit $2`,
      [before?.toString() ?? null, limit],
    );
    return rows.map((row) => ({
      id: BigInt(row.id),
      kind: row.kind,
      meter: BigInt(row.meter),
      device: BigInt(row.device),
      building: row.building,
      roomNumber: row.number,
      payment: bigintOrNull(row.payment),
      value: BigInt(row.value),
      happenedAt: row.happened_at,
    }));
  }
}

const roomOf = (row: RoomRow): Room => ({
  id: BigInt(row.id),
  building: row.building,
  number: row.number,
  meters: row.meters.map((meter) => ({
    id: BigInt(meter.id),
    kind: meter.kind,
    place: BigInt(meter.place),
    device: BigInt(meter.device),
    networked: meter.networked,
    price: BigInt(meter.price),
    per: BigInt(meter.per),
    dailyMost: BigInt(meter.daily_most),
    warnBelow: BigInt(meter.warn_below),
    credit: BigInt(meter.credit),
    reading: BigInt(meter.reading),
    readAt: new Date(meter.read_at),
  })),
});
