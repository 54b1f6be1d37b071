import { setTimeout as wait } from 'node:timers/promises';
import type { Service } from './call-service.js';
import type { Fate } from './fates.js';
import { agree, judge, type Check, type Judgment } from './judge.js';
import type { Office } from './office.js';
import { askOffice, openDatabase, type Scope } from './read-books.js';
import type { Till } from './till.js';

export type Case = {
  readonly service: Service;
  readonly office: Office;
  /** Null when only the office can be asked. */
  readonly databaseUrl: string | null;
  readonly fates: readonly Fate[];
  readonly tills: readonly Till[];
  readonly scope: Scope;
};

const patienceMs = 60_000;

/** Lets every terminal say what it still has to say, and judges by the database and by the office. */
export async function judgeLunch(lunch: Case): Promise<Judgment & { ledgerSum: bigint }> {
  const ended = await endShifts(lunch);
  const seen = await patiently(lunch.service, () => askOffice(lunch.office, lunch.scope));
  const url = lunch.databaseUrl;
  const kept =
    url === null ? null : await patiently(lunch.service, () => openDatabase(url, lunch.scope));
  const judgment = judge(lunch.fates, kept ?? seen);
  const checks = [...ended, ...judgment.checks];
  if (kept !== null) {
    checks.push(agree('The office sees the same payments', kept.payments, seen.payments));
    checks.push({
      name: "The office's trial balance sums to zero",
      holds: seen.ledgerSum === 0n,
      detail: `${seen.ledgerSum} fen`,
    });
  }
  return { ...judgment, checks, ledgerSum: kept?.ledgerSum ?? seen.ledgerSum };
}

async function endShifts({ service, tills }: Case): Promise<Check[]> {
  await service.untilHere();
  const drained = await Promise.all(tills.map((till) => till.drain()));
  const silent = drained.filter((done) => !done).length;
  const exceptions = tills.flatMap(({ client }) => client.exceptions());
  const closed = await Promise.all(
    tills.map(async (till, at) =>
      drained[at] === true ? patiently(service, () => till.closeShift()) : false,
    ),
  );
  const off = tills.filter((_, at) => closed[at] !== true).map(({ code }) => code);
  return [
    {
      name: 'Every terminal could say all that it had to say',
      holds: silent === 0 && exceptions.length === 0,
      detail: `${silent} could not, ${exceptions.length} refused for good`,
    },
    {
      name: `Every shift agrees (${tills.length} terminals)`,
      holds: off.length === 0,
      detail: off.length === 0 ? '' : `not ${off.join(', ')}`,
    },
  ];
}

/** Something may be on its way up again. */
async function patiently<Result>(
  service: Service,
  attempt: () => Promise<Result>,
): Promise<Result> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await wait(500);
      await service.untilHere();
    }
  }
}
