import { setTimeout as wait } from 'node:timers/promises';
import type { SaleResult } from '@campus-paycode/terminal-client';
import type { CampusClock } from './campus-clock.js';
import type { DeviceUse, DeviceUses } from './device-uses.js';
import type { PlannedSale } from './plan-lunch.js';
import type { TillMachine } from './till-machine.js';

const reportsPerUse = 3;
/** What goes wrong does so before this report: the one before has been heard. */
const troubleAt = 2;
const thousand = 1_000;
const lookMs = 250;
const patienceMs = 60_000;

export type Approved = Extract<SaleResult, { answer: object }>;

type Device = {
  readonly machine: TillMachine;
  readonly clock: CampusClock;
  readonly uses: DeviceUses;
  /** What it does for a price that is known before; null where it sells by the unit. */
  readonly programme: string | null;
};

/**
 * The device runs, says what it has given, and ends. When its power goes and comes back it says what it had counted; when it
 * does not come back, the clock has the last word.
 */
export async function runDevice(
  { machine, clock, uses, programme }: Device,
  { mishap, uses: parts, useSeconds }: PlannedSale,
  { orderNumber, answer }: Approved,
): Promise<DeviceUse | null> {
  const { tariff, terminalId } = machine.client.settings();
  if (tariff.type !== 'metered') return null;
  const { unitPrice } = tariff;
  const held = answer.amount;
  const [seconds, hasProgramme] = [useSeconds ?? 0, programme !== null];
  const part = Math.min(1, sum(parts));
  // A machine counts its minutes, if it starts at all.
  const most = hasProgramme ? (seconds / 60) * Math.sign(part) : (held / unitPrice) * part;
  const known = { orderNumber, terminalId, held, unitPrice, hasProgramme };
  const use = uses.add({ ...known, counted: 0, heard: 0, end: 'device' });
  for (let report = 1; report <= reportsPerUse; report += 1) {
    await clock.pass((seconds * thousand) / reportsPerUse);
    use.counted = Math.floor((most * thousand * report) / reportsPerUse);
    if (report === troubleAt && mishap === 'device-dead') {
      use.end = 'clock';
      await machine.turnOff();
      return use;
    }
    if (report === troubleAt && mishap === 'till-killed') {
      await machine.powerCut(machine.image());
      break;
    }
    if (report === troubleAt && mishap === 'no-network') machine.line.beGone();
    if (report === reportsPerUse || !isRunning(machine, orderNumber)) break;
    const heard = await machine.client.sessions.report({ orderNumber, reading: use.counted });
    if (heard?.outcome === 'noted') use.heard = use.counted;
    if (heard?.stop === true) break;
  }
  await sayLast(machine, use);
  return use;
}

/** Until the service has heard the last word. */
async function sayLast(machine: TillMachine, use: DeviceUse): Promise<void> {
  const { orderNumber, counted: reading } = use;
  if (isRunning(machine, orderNumber)) {
    const answer = await machine.client.sessions.end({ orderNumber, reading });
    machine.line.beFine();
    if (answer?.outcome === 'late') use.end = 'clock';
    else use.heard = reading;
  } else {
    use.end = 'clock';
  }
  await allSaid(machine);
}

/** A device waits ever longer between two tries; nobody who watches a night has time for that. */
async function allSaid({ client }: TillMachine): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (client.queued() > 0 && Date.now() < deadline) {
    await Promise.race([client.drain(), wait(lookMs)]);
  }
}

/** What the meter of a device shows whose power came back. The service has ended the session meanwhile. */
export async function sayAfterwards(machine: TillMachine, uses: DeviceUses): Promise<void> {
  for (const { orderNumber } of machine.client.sessions.running()) {
    const reading = uses.of(orderNumber)?.counted ?? 0;
    await machine.client.sessions.end({ orderNumber, reading });
  }
}

const isRunning = ({ client }: TillMachine, orderNumber: string): boolean =>
  client.sessions.running().some((running) => running.orderNumber === orderNumber);

const sum = (parts: readonly number[]): number => parts.reduce((all, one) => all + one, 0);
