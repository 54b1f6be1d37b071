import type { TerminalKind } from './terminal-words.js';
import { ServiceRefused, type Service } from './call-service.js';
import type { CampusClock } from './campus-clock.js';
import type { Dice } from './dice.js';
import type { DeviceUses } from './device-uses.js';
import type { Fates } from './fates.js';
import type { Office, OfficePlace } from './office.js';
import type { Passages } from './passages.js';
import type { NewToken } from './phone-words.js';
import { diceOf } from './plan-day.js';
import type { Scenario } from './scenario.js';
import { StudentPhone, type PhoneSettings } from './student-phone.js';
import { Till } from './till.js';

const kinds: readonly TerminalKind[] = ['canteen', 'gym', 'dorm'];

/** Out of every six terminals; canteens get what is left. */
const share = { gym: 1 / 6, dorm: 1 / 6 };

const atOnce = 16;
const triesPerPhone = 4;
/** Not 20269, whom the sandbox gives one verdict each, every time. */
const comesToLunch = (number: string): boolean => /^2026[0-8]/.test(number);
/** The first students of a demo belong to the people who look at it: their phones stay bound. */
const handHeld = 3;

/** How far clocks are off, by the seed. */
export type Clocks = {
  readonly clock: CampusClock;
  readonly seed: number;
  readonly clocksOff: Scenario['clocksOff'];
};

type Stand = Clocks & {
  readonly office: Office;
  readonly fates: Fates;
  readonly passages: Passages;
  readonly uses: DeviceUses;
  /** One for each terminal. */
  readonly places: readonly OfficePlace[];
  readonly salesAlone: number;
  /** Where terminals keep what outlives a power cut. */
  readonly folder: string | null;
};

/** Beyond every student: terminals draw from generators of their own. */
const firstTillActor = 10_000_000;
const firstPhoneActor = 20_000_000;

/** Stands a terminal up at each of the places; in their order. */
export async function standTerminals(
  service: Service,
  { office, places, clocksOff, seed, ...around }: Stand,
): Promise<Till[]> {
  if (places.length === 0) throw new Error('There is no open place to stand a terminal at.');
  const ids = await registerAt(office, places);
  return inParallel(ids, async (id, at) => {
    const code = await office.enrolmentCode(id);
    // Vendors have both kinds of hardware.
    const algorithm = at % 3 === 2 ? 'ecdsa-p256-sha256' : 'ed25519';
    const offMs = offBy(diceOf(seed, firstTillActor + at), clocksOff.tillSeconds);
    return Till.enrol(service.url, code, { ...around, algorithm, offMs });
  });
}

const offBy = (dice: Dice, seconds: number): number =>
  dice.between(-seconds * 1000, seconds * 1000);

/** A place for each terminal: kinds by their share, the places of a kind in turn. */
export function placesFor(count: number, places: readonly OfficePlace[]): OfficePlace[] {
  const of = (kind: TerminalKind) => places.filter((place) => place.kind === kind);
  const present = kinds.filter((kind) => of(kind).length > 0);
  const wanted = { gym: Math.ceil(count * share.gym), dorm: Math.ceil(count * share.dorm) };
  const order: OfficePlace[] = [];
  let left = count;
  for (const kind of [...present].reverse()) {
    const isLast = kind === present[0];
    const many = isLast || kind === 'canteen' ? left : Math.min(wanted[kind], left - 1);
    const own = of(kind);
    for (let at = 0; at < many; at += 1) order.push(own[at % own.length] as OfficePlace);
    left -= many;
  }
  return order;
}

/**
 * Terminals S1, S2 and so on, each at its place. Those of an earlier lunch are used again, unless they sold by themselves:
 * that record goes on, and the program that kept it is gone.
 */
async function registerAt(office: Office, places: readonly OfficePlace[]): Promise<string[]> {
  const known = (await office.terminals()).filter(({ code }) => /^S\d+$/.test(code));
  const active = known.filter(({ status }) => status === 'active');
  const began = await inParallel(active, ({ id }) => office.hasSoldAlone(id));
  const free = active.filter((_, at) => began[at] === false);
  const taken = new Set(known.map(({ code }) => code));
  const ids: string[] = [];
  let number = 0;
  for (const place of places) {
    const at = free.findIndex(({ placeId }) => placeId === place.id);
    const [again] = at < 0 ? [] : free.splice(at, 1);
    if (again !== undefined) {
      ids.push(again.id);
      continue;
    }
    do number += 1;
    while (taken.has(codeOf(number)));
    ids.push(await office.registerTerminal(codeOf(number), place));
  }
  return ids;
}

const codeOf = (number: number): string => `S${String(number).padStart(2, '0')}`;

type HandOut = Clocks & {
  readonly office: Office;
  readonly count: number;
  readonly onPhone: (done: number) => void;
};

/** Binds a simulated phone to each of the last students of the list. */
export async function handOutPhones(
  service: Service,
  { office, count, onPhone, clock, clocksOff, seed }: HandOut,
): Promise<StudentPhone[]> {
  const { issuerKeys } = await service.call<PhoneSettings>('GET', '/v1/phone-settings');
  const students = (await office.students(comesToLunch)).slice(handHeld).slice(-count);
  if (students.length === 0) throw new Error('There are no students to hand phones to.');
  let done = 0;
  return inParallel(students, async ({ id }, at) => {
    const newToken: NewToken = (purpose) => office.linkToken(id, purpose);
    const phone = await bind(service, newToken, { issuerKeys, clock });
    phone.driftMs = offBy(diceOf(seed, firstPhoneActor + at), clocksOff.phoneSeconds);
    done += 1;
    onPhone(done);
    return phone;
  });
}

/** A link is spent by an answer that was lost as well: whoever tries again needs another one. */
async function bind(
  service: Service,
  newToken: NewToken,
  around: Pick<PhoneSettings, 'issuerKeys'> & { clock: CampusClock },
): Promise<StudentPhone> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await StudentPhone.enrol(service, newToken, around);
    } catch (error) {
      if (error instanceof ServiceRefused && error.status < 500) throw error;
      if (tries === triesPerPhone) throw error;
      await service.untilHere();
    }
  }
}

export async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item, at: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const hand = async () => {
    while (next < items.length) {
      const at = next;
      next += 1;
      results[at] = await work(items[at] as Item, at);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, hand));
  return results;
}
