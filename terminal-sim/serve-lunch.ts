import { setTimeout as wait } from 'node:timers/promises';
import type { Service } from './call-service.js';
import { planLunch, type Habits } from './plan-lunch.js';
import { Queue } from './queue.js';
import type { StudentPhone } from './student-phone.js';
import type { Till } from './till.js';

export type Lunch = {
  readonly service: Service;
  readonly tills: readonly Till[];
  readonly phones: readonly StudentPhone[];
  readonly sales: number;
  readonly speed: number;
  readonly seed: number;
  readonly habits: Habits;
  /** The tills close after this long, whoever still waits; null when everybody is to pay. */
  readonly secondsMost: number | null;
  /** Sends home whoever has not paid yet. */
  readonly signal: AbortSignal;
};

/** How long it took, and who had not paid when the tills closed. */
export type Served = { readonly durationMs: number; readonly sentHome: number };

/** A waiting till looks up this often. */
const glanceMs = 100;

/**
 * Everybody pays. A till whose service is silent ends its sale by the protocol's own rules, then
 * waits for the service before the next one pays. @throws {ServiceGone}
 */
export async function serveLunch(lunch: Lunch): Promise<Served> {
  const { tills, phones, signal, secondsMost } = lunch;
  const kinds = [...new Set(tills.map(({ kind }) => kind))];
  const plan = planLunch({ ...lunch, students: phones.length, kinds });
  const paying = new Set<number>();
  const readyIn = (student: number) =>
    paying.has(student) ? Infinity : (phones[student]?.readyIn() ?? Infinity);
  const queues = new Map(
    kinds.map((kind) => [
      kind,
      new Queue(
        plan.filter((sale) => sale.kind === kind && sale.mishap !== 'charged-again'),
        readyIn,
      ),
    ]),
  );
  const began = performance.now();
  let sentHome = 0;
  const closeAll = () => {
    for (const queue of queues.values()) sentHome += queue.close();
  };
  const late = secondsMost === null ? undefined : setTimeout(closeAll, secondsMost * 1000);
  signal.addEventListener('abort', closeAll);
  await Promise.all(
    tills.map(async (till) => {
      const queue = queues.get(till.kind);
      for (;;) {
        const next = queue?.next(performance.now() - began) ?? 'nobody';
        if (next === 'nobody') return;
        if ('wait' in next) {
          await wait(Math.min(next.wait, glanceMs));
          continue;
        }
        const { student, index } = next.sale;
        paying.add(student);
        const phone = phones[student] as StudentPhone;
        // Phones prepare while they have a network; one that could not shows its digits.
        if (till.isAlone(next.sale)) await phone.prepareOffline(lunch.service).catch(() => {});
        let heard = await till.sell(next.sale, phone);
        const again = plan[index + 1];
        if (again?.mishap === 'charged-again') {
          if (!heard) await lunch.service.untilHere();
          await wait(phone.readyIn());
          heard = await till.sell(again, phone);
        }
        paying.delete(student);
        if (!heard) await lunch.service.untilHere();
      }
    }),
  );
  clearTimeout(late);
  return { durationMs: performance.now() - began, sentHome };
}
