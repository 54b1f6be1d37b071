import { setTimeout as wait } from 'node:timers/promises';
import type { Service } from './call-service.js';
import type { CampusClock } from './campus-clock.js';
import type { DaySale } from './day-sale.js';
import { passGate } from './pass-gate.js';
import type { Passages } from './passages.js';
import type { StudentPhone } from './student-phone.js';
import type { Till } from './till.js';

export type RunningDay = {
  readonly service: Service;
  readonly clock: CampusClock;
  /** The campus's time at the day's beginning, unix milliseconds. */
  readonly startsAt: number;
  readonly sales: readonly DaySale[];
  /** By place, then by the plan's number of the till. */
  readonly tills: readonly (readonly Till[])[];
  readonly phones: readonly StudentPhone[];
  readonly passages: Passages;
  /** From the beginning to the day's end, by the campus's clock. */
  readonly closesAfterMs: number;
  readonly signal: AbortSignal;
};

/** How late sales began by the campus's clock, milliseconds: what the service, or this program, took too long for. */
export type DayCourse = {
  readonly durationMs: number;
  readonly lateMs: readonly number[];
  /** Whose turn did not come. */
  readonly unserved: number;
};

const glanceMs = 20;
const pauseMost = 200;
/** A chore of the service looks for them every two seconds, which are a while on a campus in a hurry. */
const quietMs = 60_000;

/** Each till serves whom the plan brings before it, in their order and not before their time. */
export async function serveDay(day: RunningDay): Promise<DayCourse> {
  const began = performance.now();
  const paying = new Set<number>();
  const lateMs: number[] = [];
  let served = 0;
  const byTill = new Map<Till, DaySale[]>();
  for (const sale of day.sales) {
    const till = day.tills[sale.place]?.[sale.till];
    if (till === undefined) throw new Error(`The plan knows a till that nobody stood up.`);
    const own = byTill.get(till);
    if (own === undefined) byTill.set(till, [sale]);
    else own.push(sale);
  }
  await Promise.all(
    [...byTill].map(async ([till, sales]) => {
      for (const sale of sales) {
        await till.device.runs;
        if (!(await untilTurn(sale, day, paying))) return;
        served += 1;
        paying.add(sale.student);
        try {
          lateMs.push(Math.max(0, elapsed(day) - sale.dueAt));
          await serve(till, sale, day);
        } finally {
          paying.delete(sale.student);
        }
      }
      await till.device.runs;
    }),
  );
  await untilQuiet(day, [...byTill.keys()]);
  return { durationMs: performance.now() - began, lateMs, unserved: day.sales.length - served };
}

async function serve(till: Till, sale: DaySale, day: RunningDay): Promise<void> {
  const phone = day.phones[sale.student] as StudentPhone;
  const { passage } = sale;
  if (passage !== null) {
    if (!(await passGate(till, { ...sale, passage }, phone, day))) await day.service.untilHere();
    return;
  }
  if (till.isAlone(sale)) await phone.prepareOffline(day.service).catch(() => {});
  if (!(await till.sell(sale, phone))) await day.service.untilHere();
}

/** Until the clock has ended what nobody will: visits when the place closes, devices without power. */
async function untilQuiet(day: RunningDay, tills: readonly Till[]): Promise<void> {
  const { clock, startsAt, signal, closesAfterMs } = day;
  const hasGates = day.sales.some(({ passage }) => passage !== null);
  const closing = hasGates ? startsAt + closesAfterMs : 0;
  const last = Math.max(closing, ...tills.map(({ device }) => device.endsByClockAt));
  while (!signal.aborted && clock.now() < last + quietMs) await wait(pauseMost);
}

const elapsed = ({ clock, startsAt }: RunningDay): number => clock.now() - startsAt;

/** False when everybody is sent home. A student who is still before another till, or has no code yet, is waited for. */
async function untilTurn(sale: DaySale, day: RunningDay, paying: Set<number>): Promise<boolean> {
  while (!day.signal.aborted) {
    const early = (sale.dueAt - elapsed(day)) / day.clock.rate;
    const phone = day.phones[sale.student];
    const codeIn = (phone?.readyIn() ?? 0) / day.clock.rate;
    if (early <= 0 && codeIn <= 0 && !paying.has(sale.student)) return true;
    await wait(Math.min(pauseMost, Math.max(glanceMs, early, codeIn)));
  }
  return false;
}
