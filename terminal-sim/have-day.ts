import { clockText, type Day, type PlaceKind } from './day.js';
import type { OfficePlace } from './office.js';
import { planDay, type DayPlan } from './plan-day.js';
import type { Scenario } from './scenario.js';
import { serveDay, type DayCourse, type RunningDay } from './serve-day.js';
import type { Till } from './till.js';
import type { PlaceOnScreen } from './view.js';

/** The open places that a day has something to say about, and a till's place for each till of theirs. */
export type DayGround = {
  readonly places: readonly GroundPlace[];
  readonly tillPlaces: readonly OfficePlace[];
};

/** A place, and as what the day knows it. */
type GroundPlace = { readonly place: OfficePlace; readonly kind: PlaceKind };

export function groundOf(day: Day, open: readonly OfficePlace[]): DayGround {
  const places = open.flatMap((place) => {
    const kind = [finerKindOf(place), place.kind].find(
      (one) => one !== null && day.places[one] !== undefined,
    );
    return kind === undefined || kind === null ? [] : [{ place, kind }];
  });
  const tillPlaces = places.flatMap(({ place, kind }) => {
    const tills = day.places[kind]?.tills ?? 0;
    return Array.from({ length: kind === 'gate' ? tills * 2 : tills }, () => place);
  });
  return { places, tillPlaces };
}

/** Of places that do more than sell. */
function finerKindOf({ hasGate, hasProgrammes, tariff }: OfficePlace): PlaceKind | null {
  if (hasGate) return 'gate';
  if (hasProgrammes) return 'washer';
  if (tariff.unit === 'liter') return 'shower';
  return tariff.unit === 'kwh' ? 'charger' : null;
}

export function planOf(
  { day, habits }: { day: Day } & Pick<Scenario, 'habits'>,
  { places }: DayGround,
  { students, seed }: { students: number; seed: number },
): DayPlan {
  return planDay({ day, places, students, seed, habits });
}

/** The tills of each place, in the order in which they were stood up. */
export function tillsByPlace(
  { places, tillPlaces }: DayGround,
  tills: readonly Till[],
): readonly (readonly Till[])[] {
  return places.map(({ place }) => tills.filter((_, at) => tillPlaces[at] === place));
}

/** Sets the campus's clock to the day's beginning, and lets it pass. */
export async function haveDay(
  databaseUrl: string,
  { hours, speed }: Day,
  running: Omit<RunningDay, 'startsAt' | 'closesAfterMs'>,
): Promise<DayCourse> {
  const midnight = await running.clock.beginDay(databaseUrl, hours.from, speed);
  const closesAfterMs = (hours.until - hours.from) * 1000;
  const startsAt = midnight + hours.from * 1000;
  const course = await serveDay({ ...running, startsAt, closesAfterMs });
  await running.clock.slowDown(databaseUrl);
  return course;
}

/** Who waits where at this second of the day, by the plan; and whom every place has served. */
export function placesAt(
  plan: DayPlan,
  names: readonly string[],
  second: number,
): readonly PlaceOnScreen[] {
  return names.map((name, place) => {
    const own = plan.sales.filter((sale) => sale.place === place);
    return {
      name,
      waiting: own.filter(({ cameAt, turnAt }) => cameAt <= second && turnAt > second).length,
      served: own.filter(({ turnAt }) => turnAt <= second).length,
    };
  });
}

export const dayClock = (second: number): string => clockText(Math.max(0, second));
