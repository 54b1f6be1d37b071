import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export type ListedKey = {
  readonly keyId: string;
  readonly generation: number;
  readonly algorithm: string;
  readonly status: 'active' | 'retired';
  readonly enrolledAt: string;
  readonly retiredAt: string | null;
};

export type ListedTerminal = {
  readonly id: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly placeId: string;
  readonly status: 'active' | 'revoked';
  readonly revokedAt: Date | null;
  readonly model: string | null;
  readonly softwareVersion: string | null;
  readonly lastSeenAt: Date | null;
  readonly queuedReversals: number;
  /** The newest first. */
  readonly keys: ListedKey[];
};

export type ListedModel = {
  readonly model: string | null;
  readonly softwareVersion: string | null;
  readonly terminals: number;
  readonly heard: number;
};

const terminalsMax = 5_000;
const keysMax = 10;
const heardWithin = '10 minutes';

const terminals = `
  select t.id, t.code, t.name_zh as "nameZh", t.name_en as "nameEn", t.place as "placeId", t.status,
    t.revoked_at as "revokedAt", t.model, coalesce(h.software_version, t.software_version) as "softwareVersion",
    h.seen_at as "lastSeenAt", coalesce(h.queued_reversals, 0) as "queuedReversals", coalesce(k.keys, '[]') as keys
  from terminals.terminal t
  left join terminals.heartbeat h on h.terminal = t.id
  left join lateral (
    select json_agg(json_build_object('keyId', 't-' || x.terminal || '.' || x.generation, 'generation', x.generation,
      'algorithm', x.algorithm, 'status', x.status, 'enrolledAt', x.enrolled_at, 'retiredAt', x.retired_at)
      order by x.generation desc) as keys
    from (select * from terminals.terminal_key y where y.terminal = t.id order by y.generation desc limit ${keysMax}) x
  ) k on true
  where not t.kiosk order by t.id limit ${terminalsMax}`;

const models = `
  select t.model, coalesce(h.software_version, t.software_version) as "softwareVersion", count(*)::int as terminals,
    (count(*) filter (where h.seen_at > platform.now() - interval '${heardWithin}'))::int as heard
  from terminals.terminal t left join terminals.heartbeat h on h.terminal = t.id
  where t.status = 'active' and not t.kiosk group by 1, 2 order by 3 desc, 1, 2 limit ${terminalsMax}`;

/** The office knows every device that may sell: where it stands, what it is, when it was last heard of, and by which keys. */
@Injectable()
export class ListTerminals {
  constructor(private readonly database: DataSource) {}

  list(): Promise<ListedTerminal[]> {
    return this.database.query<ListedTerminal[]>(terminals);
  }

  /** What runs on the campus: each model with each version of its software. */
  listModels(): Promise<ListedModel[]> {
    return this.database.query<ListedModel[]>(models);
  }
}
