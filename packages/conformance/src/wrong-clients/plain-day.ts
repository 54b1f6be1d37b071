import { makeOrderNumber, type TerminalSettings } from '@campus-paycode/terminal-protocol';
import { randomBytes } from 'node:crypto';
import type { Habits } from './habits.js';
import type { Answer, Line } from './plain-channel.js';
import { newDisk, type Disk } from './plain-disk.js';

/** A terminal from one start of the program to the next. */
export type PlainRun = {
  readonly disk: Disk;
  readonly habits: Habits;
  readonly line: Line;
  readonly now: () => number;
  readonly ask: (method: string, target: string, body?: string) => Promise<Answer | null>;
  readonly isOver: () => boolean;
};

const BEAT_MILLIS = 60_000;
const MOST_WAIT = 300_000;

/** R38: the bytes are made once, and sent until they are answered. */
export function closeShift({ disk, habits, line, now, ask, isOver }: PlainRun): void {
  const isBusy = disk.sale !== null || disk.reversals.length > 0;
  if (isBusy && !habits.reportsEarly) return;
  const instant = new Date(now() + 1).toISOString();
  const closedAt = habits.offsetInstants ? instant.replace('Z', '+00:00') : instant;
  const shiftNumber = makeOrderNumber(now(), randomBytes(10));
  const { openedAt, totals } = disk;
  const body = JSON.stringify({ shiftNumber, openedAt, closedAt, ...totals });
  disk.openedAt = closedAt;
  disk.totals = newDisk().totals;
  const send = (tries: number): void => {
    const heard = (answer: Answer | null) => {
      if (answer?.status === 200 || isOver()) return;
      line.after(Math.min(1_000 * 2 ** tries, MOST_WAIT), () => {
        send(tries + 1);
      });
    };
    ask('POST', '/v1/shifts', body).then(heard, () => {});
  };
  send(0);
}

/** R37, and R19: the settings again when their version changed. */
export function beat(run: PlainRun): void {
  const { disk, habits, line, ask, isOver } = run;
  if (isOver()) return;
  const queuedReversals = disk.reversals.length;
  const body = JSON.stringify({ softwareVersion: '1', queuedReversals });
  line.after(habits.heartbeatMillis ?? BEAT_MILLIS, () => {
    beat(run);
  });
  const settle = async (): Promise<void> => {
    const answer = await ask('POST', '/v1/terminal-heartbeats', body);
    const told = answer?.body['settingsVersion'];
    const version = typeof told === 'string' ? told : disk.settingsVersion;
    const isOther = disk.settingsVersion !== '' && version !== disk.settingsVersion;
    disk.settingsVersion = version;
    if (!isOther || habits.neverFetchesSettings) return;
    const fetched = await ask('GET', '/v1/terminal-settings');
    if (fetched?.status !== 200) return;
    disk.settings = fetched.body as unknown as TerminalSettings;
    disk.serviceKeys = disk.settings.serviceKeys;
  };
  settle().catch(() => {});
}
