import type { CampusClock } from './campus-clock.js';
import type { DaySale, PlannedPassage } from './day-sale.js';
import type { Passages } from './passages.js';
import type { StudentPhone } from './student-phone.js';
import type { Till } from './till.js';
import { codeFor } from './till-results.js';

/** Whoever wants to go home tries again; whoever wants to come in and may not goes away. */
const triesOut = 3;
/** From the open gate to the sensor, by the campus's clock. A passage is good for eight seconds. */
const walkMs = { least: 400, spread: 800 };

type Around = { readonly passages: Passages; readonly clock: CampusClock };

/** Somebody holds a phone before a gate. False when the gate gave up on the service. */
export async function passGate(
  till: Till,
  sale: DaySale & { readonly passage: PlannedPassage },
  phone: StudentPhone,
  around: Around,
): Promise<boolean> {
  const isLeaving = sale.passage.direction === 'exit';
  if (isLeaving && !around.passages.isInside(sale.student)) return true;
  for (let tries = 1; ; tries += 1) {
    const outcome = await scan(till, sale, phone, around);
    const isOver = outcome === 'open' || !isLeaving || tries === triesOut;
    if (isOver) return outcome !== 'unknown';
    await around.clock.pass(phone.readyIn());
  }
}

async function scan(
  till: Till,
  sale: DaySale & { readonly passage: PlannedPassage },
  phone: StudentPhone,
  { passages, clock }: Around,
) {
  const { student, mishap, index, passage } = sale;
  const { direction } = passage;
  till.line.prepare(sale);
  const began = performance.now();
  const result = await till.client.pass({ code: codeFor(sale, phone), direction });
  const millis = performance.now() - began;
  till.line.beFine();
  const { orderNumber } = result;
  const scanned = { orderNumber, terminalId: till.id, student, direction, mishap, millis };
  const shut = { ...scanned, amount: 0, saw: null };
  switch (result.outcome) {
    case 'open': {
      till.shows = direction === 'entry' ? '→' : '←';
      await clock.pass(walkMs.least + (index % 9) * (walkMs.spread / 8));
      const { gate } = till.client;
      await (mishap === 'turned-back' ? gate.notPassed(orderNumber) : gate.passed(orderNumber));
      const saw = (await result.ended) ? 'passed' : 'not_passed';
      const { amount } = result.answer;
      passages.add({ ...scanned, outcome: 'open', reason: null, amount, saw });
      break;
    }
    case 'declined':
      till.shows = `✗ ${result.answer.reason ?? ''}`;
      passages.add({ ...shut, outcome: 'declined', reason: result.answer.reason });
      break;
    case 'problem':
      till.shows = `! ${result.problem.code}`;
      passages.add({ ...shut, outcome: 'refused', reason: result.problem.code });
      break;
    case 'unknown':
      till.shows = '? not confirmed';
      passages.add({ ...shut, outcome: 'unknown', reason: null });
      break;
  }
  return result.outcome;
}
