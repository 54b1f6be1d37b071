import { describe, expect, it } from '@jest/globals';
import type { OfficePlace } from './office.js';
import { placesFor } from './prepare-lunch.js';

const place = (id: string, kind: OfficePlace['kind']): OfficePlace => ({
  id,
  kind,
  open: true,
  name: { zh: id, en: id },
  tariff: { type: 'entered' },
  hasGate: false,
  hasProgrammes: false,
});
const campus = [
  place('first canteen', 'canteen'),
  place('second canteen', 'canteen'),
  place('gym', 'gym'),
  place('showers', 'dorm'),
  place('laundry', 'dorm'),
];

function kindsOf(count: number, places = campus): string[] {
  const kinds = placesFor(count, places).map(({ kind }) => kind);
  const found = [...new Set(kinds)].sort();
  return found.map((kind) => `${kind} ${kinds.filter((other) => other === kind).length}`);
}

describe('the places of the terminals', () => {
  it('are mostly canteens, with every kind among them', () => {
    expect(kindsOf(12)).toEqual(['canteen 8', 'dorm 2', 'gym 2']);
    expect(kindsOf(3)).toEqual(['canteen 1', 'dorm 1', 'gym 1']);
    expect(kindsOf(1)).toEqual(['canteen 1']);
  });

  it('take the places of a kind in turn', () => {
    const ids = placesFor(12, campus).map(({ id }) => id);
    expect(ids.filter((id) => id === 'second canteen')).toHaveLength(4);
    expect(ids.filter((id) => id === 'laundry')).toHaveLength(1);
  });

  it('make do with the kinds there are', () => {
    expect(kindsOf(4, [place('gym', 'gym')])).toEqual(['gym 4']);
    expect(placesFor(4, [])).toEqual([]);
  });
});
