import { setTimeout as wait } from 'node:timers/promises';
import type { Service } from './call-service.js';
import type { Fate } from './fates.js';
import type { DeviceUse } from './device-uses.js';
import { agree, checkOf, judge, type Check, type Judgment } from './judge.js';
import type { Office } from './office.js';
import { askOffice, openDatabase, type Scope } from './read-books.js';
import type { CampusClock } from './campus-clock.js';
import { judgeDevices } from './judge-devices.js';
import { judgeGates } from './judge-gates.js';
import type { Passage } from './passages.js';
import { readDayBooks, untilNothingIsOpen } from './read-day-books.js';
import { judgePhones, type SeenByPhone } from './judge-phones.js';
import { inParallel } from './prepare-lunch.js';
import type { StudentPhone } from './student-phone.js';
import type { Till } from './till.js';

export type Case = {
  readonly service: Service;
  readonly office: Office;
  readonly clock: CampusClock;
  /** Null when only the office can be asked. */
  readonly databaseUrl: string | null;
  readonly fates: readonly Fate[];
  readonly passages: readonly Passage[];
  readonly uses: readonly DeviceUse[];
  readonly tills: readonly Till[];
  readonly phones: readonly StudentPhone[];
  readonly scope: Scope;
};

const patienceMs = 60_000;
const noticeMs = 180_000;

/** Lets every terminal say what it still has to say, and judges by the database and by the office. */
export async function judgeLunch(lunch: Case): Promise<Judgment & { ledgerSum: bigint }> {
  const { databaseUrl, scope, passages, uses } = lunch;
  const hasMore = databaseUrl !== null && passages.length + uses.length > 0;
  // Before a device has its power back that lost it for the night.
  if (hasMore) await untilNothingIsOpen(databaseUrl, scope);
  const ended = await endShifts(lunch);
  const seen = await patiently(lunch.service, () => askOffice(lunch.office, lunch.scope));
  const url = lunch.databaseUrl;
  const kept =
    url === null ? null : await patiently(lunch.service, () => openDatabase(url, lunch.scope));
  const alsoKnown = passages.map(({ orderNumber }) => orderNumber);
  const judgment = judge(lunch.fates, kept ?? seen, alsoKnown);
  const phones = await lookAtPhones(lunch);
  const checks = [
    ...ended,
    ...judgment.checks,
    ...judgePhones(lunch.fates, (kept ?? seen).payments, phones),
    ...(await checkRestored(lunch)),
    ...(hasMore ? await judgeDay(databaseUrl, lunch) : []),
  ];
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

async function judgeDay(url: string, { service, scope, passages, uses }: Case): Promise<Check[]> {
  const books = await patiently(service, () => readDayBooks(url, scope));
  return [
    ...judgeGates(passages, books),
    ...judgeDevices(uses, books.sessions),
    ...books.proofs.map(checkOf),
  ];
}

async function endShifts({ service, tills, passages }: Case): Promise<Check[]> {
  await service.untilHere();
  const drained = await Promise.all(tills.map((till) => till.drain()));
  const silent = drained.filter((done) => !done).length;
  const exceptions = tills.flatMap(({ client }) => client.exceptions());
  // A gate opens no drawer that somebody counts: what visits cost is told by no shift.
  const gates = new Set(passages.map(({ terminalId }) => terminalId));
  const closed = await Promise.all(
    tills.map(async (till, at) => {
      if (gates.has(till.id)) return true;
      return drained[at] === true && patiently(service, () => till.closeShift());
    }),
  );
  // A till whose disk was put back has forgotten sales of its shift, and cannot agree.
  const off = tills
    .filter(({ isRestored }, at) => closed[at] !== true && !isRestored)
    .map(({ code }) => code);
  return [
    {
      name: 'Every terminal said all that it had to say within a minute',
      holds: silent === 0 && exceptions.length === 0,
      detail: `${silent} could not, ${exceptions.length} refused for good`,
    },
    {
      name: `Every shift agrees (${tills.length - gates.size} terminals)`,
      holds: off.length === 0,
      detail: off.length === 0 ? '' : `not ${off.join(', ')}`,
    },
  ];
}

/** What each student sees who came to a till. */
async function lookAtPhones({ service, fates, phones }: Case): Promise<SeenByPhone[]> {
  const came = [...new Set(fates.map(({ student }) => student))];
  return inParallel(came, async (student) => {
    const phone = phones[student] as StudentPhone;
    return { student, lines: await patiently(service, () => phone.statement(service)) };
  });
}

/** A count that went back is looked for a minute behind. */
async function checkRestored({ office, tills, clock }: Case): Promise<Check[]> {
  const restored = tills.filter(({ isRestored }) => isRestored);
  if (restored.length === 0) return [];
  let unnoticed = restored;
  for (const deadline = clock.now() + noticeMs; clock.now() < deadline; await clock.pass(2_000)) {
    const noticed = await office.brokenSequences();
    unnoticed = restored.filter(({ id }) => !noticed.has(id));
    if (unnoticed.length === 0) break;
  }
  const codes = unnoticed.map(({ code }) => code).join(', ');
  return [
    {
      name: `Every terminal put back to an older disk was noticed (${restored.length})`,
      holds: unnoticed.length === 0,
      detail: codes === '' ? '' : `not ${codes}`,
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
