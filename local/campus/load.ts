/**
 * Loads the demo campus through the service's own use cases: merchants and places, tills, staff, students with their cards,
 * mandates and first money. Run again, it adds only what is missing.
 */
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SignAgreement } from '../../src/bank/sign-agreement.js';
import { RegisterCardholder } from '../../src/cardholders/register-cardholder.js';
import { SetPassword } from '../../src/cardholders/set-password.js';
import { IssueCard } from '../../src/cards/issue-card.js';
import { SetGate } from '../../src/gates/set-gate.js';
import { SetProgrammes } from '../../src/meters/set-programmes.js';
import { ImportFunding, type ImportWish } from '../../src/funding/import-funding.js';
import { SetCampaign } from '../../src/journeys/set-campaign.js';
import { OpenPlace } from '../../src/places/open-place.js';
import { RegisterMerchant } from '../../src/places/register-merchant.js';
import { Clock } from '../../src/platform/clock/clock.js';
import type { AppConfig } from '../../src/platform/config/app-config.js';
import { inTransaction } from '../../src/platform/database/transaction.js';
import { CreateStaffMember } from '../../src/staff/create-staff-member.js';
import { SetSupervisor } from '../../src/staff/set-supervisor.js';
import { DecideApproval } from '../../src/staff/decide-approval.js';
import { RegisterTerminal } from '../../src/terminals/register-terminal.js';
import {
  handHeldCount,
  mealSubsidy,
  merchants,
  startingCash,
  studentCount,
  students,
  utilityPlace,
  type StudentData,
} from './campus-data.js';
import {
  newPassword,
  newPin,
  readDemoAccess,
  writeDemoAccess,
  type DemoMember,
} from './demo-access.js';
import { demoCampaign } from './demo-campaign.js';
import { loadPasses } from './passes.js';
import { loadPlastic } from './plastic.js';
import { loadPersonas } from './personas.js';
import { loadRooms } from './rooms.js';
import { bindWechat } from './wechat.js';

const atOnce = 16;
const subsidyDays = 120;
/** Of ¥10,000 each for every persona. */
const personaFiles = 5;

type Campus = { readonly app: INestApplicationContext; readonly database: DataSource };

async function loadPlaces({ app, database }: Campus): Promise<void> {
  const [known] = await database.query<{ n: number }[]>(
    'select count(*)::int as n from places.place',
  );
  if ((known?.n ?? 0) > 0) return;
  for (const merchant of merchants) {
    const id = await app.get(RegisterMerchant).register(merchant.name, merchant.bankAccount);
    for (const { tills, gate, programmes, ...place } of merchant.places) {
      const placeId = await app.get(OpenPlace).open({ merchant: id, ...place });
      if (gate !== undefined) await app.get(SetGate).set({ place: placeId, ...gate });
      if (programmes !== undefined) await app.get(SetProgrammes).set(placeId, programmes);
      for (const till of tills)
        await app.get(RegisterTerminal).register({ place: placeId, ...till });
    }
  }
}

/** Two administrators, since money out of nothing takes two people. */
async function loadStaff({ app, database }: Campus, config: AppConfig): Promise<bigint[]> {
  const known = readDemoAccess(config.DATA_DIR);
  const names = known?.members.map(({ name }) => name) ?? [];
  const rows = await database.query<{ id: string }[]>(
    'select id from staff.member where name = any ($1) order by id',
    [names],
  );
  if (rows.length >= 2) return rows.map(({ id }) => BigInt(id));
  const suffix =
    known === undefined && (await isStaffed(database)) ? `-${Date.now() % 100_000}` : '';
  const members: DemoMember[] = [];
  const ids: bigint[] = [];
  for (const [name, displayName] of [
    ['lin', '林老师'],
    ['zhao', '赵老师'],
  ] as const) {
    const member = { name: `${name}${suffix}`, password: newPassword(), roles: ['administrator'] };
    const created = await inTransaction(database, (tx) =>
      app.get(CreateStaffMember).create(tx, { ...member, displayName, createdBy: null }),
    );
    members.push({ ...member, totpSecret: created.totpSecret });
    ids.push(created.id);
  }
  const studentPassword = known?.studentPassword ?? newPassword();
  writeDemoAccess(config.DATA_DIR, { members, studentPassword });
  return ids;
}

/** The second of them supervises the tills, as the first has set it. */
async function loadSupervisor(
  { app }: Campus,
  config: AppConfig,
  [setBy, member]: readonly bigint[],
): Promise<void> {
  const access = readDemoAccess(config.DATA_DIR);
  if (setBy === undefined || member === undefined || access === undefined) return;
  if (access.supervisor !== undefined) return;
  const supervisor = { tillNumber: '101', pin: newPin() };
  await app.get(SetSupervisor).set({ member, ...supervisor, places: null, setBy });
  writeDemoAccess(config.DATA_DIR, { ...access, supervisor });
}

async function isStaffed(database: DataSource): Promise<boolean> {
  const rows = await database.query<unknown[]>('select 1 from staff.member limit 1');
  return rows.length > 0;
}

async function loadStudent({ app, database }: Campus, student: StudentData): Promise<void> {
  const card = await inTransaction(database, async (tx) => {
    const [known]: { id: string }[] = await tx.query(
      'select id from cards.card where number = $1',
      [student.cardNumber],
    );
    if (known !== undefined) return BigInt(known.id);
    const cardholder = await app
      .get(RegisterCardholder)
      .register(tx, { number: student.number, name: student.name, group: 'student' });
    return app.get(IssueCard).issue(tx, cardholder, student.cardNumber);
  });
  await app
    .get(SignAgreement)
    .sign(card, { holderName: student.name, bankAccount: student.bankAccount });
}

async function loadCampaign({ app, database }: Campus, [by]: readonly bigint[]): Promise<void> {
  const terms = demoCampaign(app.get(Clock).now());
  const known = await database.query<unknown[]>('select 1 from journeys.campaign where name = $1', [
    terms.name,
  ]);
  if (known.length === 0 && by !== undefined) await app.get(SetCampaign).create(terms, by);
}

type Batch = {
  id: string;
  approval: string;
  state: 'proposed' | 'rejected' | 'accepted' | 'posted';
};

/** One colleague proposes a file, the other consents; a load that was cut off goes on where it stopped. */
async function loadMoney(
  { app, database }: Campus,
  [maker, checker]: readonly bigint[],
  wish: Pick<ImportWish, 'kind' | 'purse' | 'batchNumber' | 'usableUntil' | 'csv'>,
): Promise<void> {
  if (maker === undefined || checker === undefined) return;
  const imports = app.get(ImportFunding);
  const find = async (): Promise<Batch | undefined> =>
    (
      await database.query<Batch[]>(
        `select id, approval, state from funding.import where batch_number = $1 and state <> 'rejected'`,
        [wish.batchNumber],
      )
    )[0];
  if ((await find()) === undefined) await imports.propose({ ...wish, maker });
  const batch = await find();
  if (batch === undefined) throw new Error('The demo money file is wrong.');
  const importId = BigInt(batch.id);
  const approvalId = BigInt(batch.approval);
  if (batch.state === 'proposed') {
    await app.get(DecideApproval).decide({ approval: approvalId, checker, state: 'consented' });
    await inTransaction(database, (tx) =>
      imports.decide(tx, { importId, approvalId, checker, state: 'accepted' }),
    );
  }
  if (batch.state !== 'posted') await imports.post(importId);
}

/** The largest file that the office takes has ten thousand lines. */
const fileLines = 5_000;

/** The file that carries the plain name comes last: where it is posted, all of them are. */
async function loadMoneyOf(
  campus: Campus,
  staff: readonly bigint[],
  wish: Omit<ImportWish, 'csv' | 'maker'>,
  { all, amount }: { all: readonly StudentData[]; amount: string },
): Promise<void> {
  for (let at = Math.floor((all.length - 1) / fileLines) * fileLines; at >= 0; at -= fileLines) {
    const batchNumber = at === 0 ? wish.batchNumber : `${wish.batchNumber}-${at}`;
    const csv = moneyFile(all.slice(at, at + fileLines), amount);
    await loadMoney(campus, staff, { ...wish, batchNumber, csv });
  }
}

const moneyFile = (all: readonly StudentData[], amount: string): string =>
  ['card_number,name,amount', ...all.map((s) => `${s.cardNumber},${s.name},${amount}`)].join('\n');

async function givePasswords({ app, database }: Campus, config: AppConfig): Promise<void> {
  const password = readDemoAccess(config.DATA_DIR)?.studentPassword;
  if (password === undefined) return;
  const first = students(handHeldCount).map(({ number }) => number);
  const rows = await database.query<{ id: string }[]>(
    'select id from cardholders.cardholder where number = any ($1)',
    [first],
  );
  await inTransaction(database, async (tx) => {
    for (const { id } of rows) await app.get(SetPassword).give(tx, BigInt(id), password);
  });
}

/** Nobody's verdict changes because its money ran out. */
async function fillPersonas(
  campus: Campus,
  config: AppConfig,
  staff: readonly bigint[],
): Promise<void> {
  if (!config.isSandbox) return;
  const low = await loadPersonas(campus.app, config);
  if (low.length === 0) return;
  const batch = Date.now();
  for (let file = 1; file <= personaFiles; file += 1)
    await loadMoney(campus, staff, {
      kind: 'top-up',
      purse: 'cash',
      batchNumber: `personas-${batch}-${file}`,
      usableUntil: null,
      csv: ['card_number,name,amount', ...low].join('\n'),
    });
}

/** @returns a line about what was loaded, or nothing when everything was there. */
export async function loadCampus(
  app: INestApplicationContext,
  config: AppConfig,
): Promise<string | undefined> {
  const campus: Campus = { app, database: app.get(DataSource) };
  const [row] = await campus.database.query<{ n: number }[]>(
    `select count(*)::int as n from funding.import where batch_number = 'demo-subsidy' and state = 'posted'`,
  );
  const staff = await loadStaff(campus, config);
  await loadSupervisor(campus, config, staff);
  if ((row?.n ?? 0) > 0) {
    await loadPlastic(app, config);
    await fillPersonas(campus, config, staff);
    return undefined;
  }
  await loadPlaces(campus);
  const count = Number(process.env['DEMO_STUDENTS']) || studentCount;
  const all = students(count);
  for (let at = 0; at < all.length; at += atOnce)
    await Promise.all(all.slice(at, at + atOnce).map((student) => loadStudent(campus, student)));
  await givePasswords(campus, config);
  await loadPlastic(app, config);
  for (const { number } of students(handHeldCount)) await bindWechat(app, config, number);
  await loadCampaign(campus, staff);
  if (staff[0] !== undefined) {
    await loadPasses(campus, staff[0]);
    await loadRooms(campus, utilityPlace, staff[0], all);
  }
  await loadMoneyOf(
    campus,
    staff,
    { kind: 'top-up', purse: 'cash', batchNumber: 'demo-cash', usableUntil: null },
    { all, amount: startingCash },
  );
  const usableUntil = new Date(app.get(Clock).now().getTime() + subsidyDays * 86_400_000);
  await loadMoneyOf(
    campus,
    staff,
    { kind: 'subsidy', purse: 'subsidy', batchNumber: 'demo-subsidy', usableUntil },
    { all, amount: mealSubsidy },
  );
  await fillPersonas(campus, config, staff);
  return `A demo campus was loaded: ${count} students, two canteens, a gym and a dorm.`;
}
