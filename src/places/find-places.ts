import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Mirror } from '../platform/database/mirror.js';
import type { Place, Tariff } from './place.js';

type Row = {
  id: string;
  name_zh: string;
  name_en: string;
  kind: Place['kind'];
  tariff_type: Tariff['type'];
  tariff_amount: string;
  unit: 'liter' | 'kwh' | 'minute' | null;
  unit_price: string | null;
  hold_seconds: number | null;
  open: boolean;
  serves: string[] | null;
  prices: { meal: string | null; group: string | null; amount: string }[] | null;
  offline: boolean;
  attended: boolean;
  void_minutes: number;
  void_supervised_above: string;
  shows_name: boolean;
  shows_purses: boolean;
  shows_balance: boolean;
  merchant: string;
  merchant_zh: string;
  merchant_en: string;
  account: string;
};

function tariffOf(row: Row): Tariff {
  const amount = BigInt(row.tariff_amount);
  if (row.tariff_type === 'entered') return { type: 'entered', maximum: amount };
  if (row.tariff_type === 'fixed') {
    if (row.prices === null) return { type: 'fixed', amount };
    const prices = row.prices.map((price) => ({ ...price, amount: BigInt(price.amount) }));
    return { type: 'fixed', amount, prices };
  }
  return {
    type: 'metered',
    hold: amount,
    unit: row.unit ?? 'liter',
    unitPrice: BigInt(row.unit_price ?? '1'),
    holdSeconds: row.hold_seconds ?? 0,
  };
}

/** A scan needs its place before its call, so every process keeps the campus' places in memory. */
@Injectable()
export class FindPlaces implements OnApplicationBootstrap, OnApplicationShutdown {
  private byId = new Map<bigint, Place>();
  private readonly mirror: Mirror<Place>;

  constructor(database: DataSource) {
    this.mirror = new Mirror<Place>(database, {
      versions: ['places'],
      load: async () => (await database.query<Row[]>(select)).map(placeOf),
      onChange: (places) => {
        this.byId = new Map(places.map((place) => [place.id, place]));
      },
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.mirror.start();
  }

  onApplicationShutdown(): void {
    this.mirror.stop();
  }

  /** The place as this process last saw it; looks again before it says that there is none. */
  async byPlaceId(id: bigint): Promise<Place | undefined> {
    if (!this.byId.has(id)) await this.mirror.renew();
    return this.byId.get(id);
  }

  async all(): Promise<readonly Place[]> {
    await this.mirror.renew();
    return this.mirror.all();
  }
}

const select = `
  select p.id, p.name_zh, p.name_en, p.kind, p.tariff_type, p.tariff_amount, p.unit, p.unit_price, p.hold_seconds,
    p.open, p.serves, p.offline, places.is_attended(p.id) as attended, p.void_minutes, p.void_supervised_above,
    p.shows_name, p.shows_purses, p.shows_balance, m.id as merchant, m.name_zh as merchant_zh, m.name_en as merchant_en,
    ledger.account_of(m.id, 'merchant') as account,
    (select json_agg(json_build_object('meal', x.meal, 'group', x.group_code, 'amount', x.amount::text) order by x.id)
     from places.price x where x.place = p.id) as prices
  from places.place p join places.merchant m on m.id = p.merchant order by p.id`;

function placeOf(row: Row): Place {
  return {
    id: BigInt(row.id),
    name: { zh: row.name_zh, en: row.name_en },
    kind: row.kind,
    tariff: tariffOf(row),
    isOpen: row.open,
    serves: row.serves,
    // What a metered place takes is known only afterwards.
    sellsOffline: row.offline && row.tariff_type !== 'metered',
    isAttended: row.attended,
    voids: { minutes: row.void_minutes, supervisorAbove: BigInt(row.void_supervised_above) },
    shows: { maskedName: row.shows_name, purses: row.shows_purses, balance: row.shows_balance },
    merchant: {
      id: BigInt(row.merchant),
      name: { zh: row.merchant_zh, en: row.merchant_en },
      account: BigInt(row.account),
    },
  };
}
