import type { DataSource } from 'typeorm';
import type { PlaceKind } from '../../places/place.js';
import type { Tx } from '../../platform/database/transaction.js';
import type { PurseRule } from '../card.js';
import type { PurseRules } from '../domain/purse-rules.js';

export type PurseRuleRow = {
  code: string;
  name_zh: string;
  name_en: string;
  place_kinds: PlaceKind[] | null;
  places: string[] | null;
  meals: string[] | null;
};

export const purseRuleColumns = 'k.code, k.name_zh, k.name_en, k.place_kinds, k.places, k.meals';

export const purseRuleOf = (row: PurseRuleRow): PurseRule => ({
  code: row.code,
  name: { zh: row.name_zh, en: row.name_en },
  placeKinds: row.place_kinds,
  places: row.places?.map(BigInt) ?? null,
  meals: row.meals,
});

/** Both tables as one statement sees them, so that an order never names a kind that is not there. */
export async function readPurseRules(database: DataSource): Promise<PurseRules> {
  const [row] = await database.query<
    { kinds: PurseRuleRow[]; orders: { group: string; kinds: string[] }[] }[]
  >(`
    select
      (select coalesce(jsonb_agg(jsonb_build_object('code', k.code, 'name_zh', k.name_zh, 'name_en', k.name_en,
         'place_kinds', k.place_kinds, 'places', k.places::text[], 'meals', k.meals) order by k.code), '[]')
       from cards.purse_kind k) as kinds,
      (select jsonb_agg(jsonb_build_object('group', g.group_code, 'kinds',
         (select coalesce(jsonb_agg(o.kind order by o.position), '[]')
          from cards.purse_order o where o.group_code = g.group_code)) order by g.group_code)
       from cards.group_limit g) as orders`);
  return {
    kinds: (row?.kinds ?? []).map(purseRuleOf),
    orders: new Map((row?.orders ?? []).map(({ group, kinds }) => [group, kinds])),
  };
}

/** Makes a kind or changes it; money that lies in such purses follows the new rule. */
export async function savePurseKind(tx: Tx, rule: PurseRule): Promise<void> {
  await tx.query(
    `insert into cards.purse_kind (code, name_zh, name_en, place_kinds, places, meals)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en,
       place_kinds = excluded.place_kinds, places = excluded.places, meals = excluded.meals`,
    [
      rule.code,
      rule.name.zh,
      rule.name.en,
      rule.placeKinds,
      rule.places?.map(String) ?? null,
      rule.meals,
    ],
  );
}

export async function savePurseOrder(
  tx: Tx,
  group: string,
  kinds: readonly string[],
): Promise<void> {
  // Two who set one group's order do so one after the other.
  await tx.query('select from cards.group_limit where group_code = $1 for no key update', [group]);
  await tx.query('delete from cards.purse_order where group_code = $1', [group]);
  await tx.query(
    `insert into cards.purse_order (group_code, position, kind)
     select $1, k.position, k.kind from unnest($2::text[]) with ordinality k (kind, position)`,
    [group, kinds],
  );
}
