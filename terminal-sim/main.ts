/** A lunch on campus: simulated terminals and students over the real protocol, and a judge at its end. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Service } from './call-service.js';
import { CampusClock } from './campus-clock.js';
import { clockText } from './day.js';
import { DeviceUses } from './device-uses.js';
import { Fates, type Fate } from './fates.js';
import { groundOf, haveDay, placesAt, planOf, tillsByPlace, type DayGround } from './have-day.js';
import { judgeLunch } from './judge-lunch.js';
import { Office, type Member } from './office.js';
import { needsOf, readOptions, usage, UsageError, type Options } from './options.js';
import { OwnLag } from './own-lag.js';
import type { DayPlan } from './plan-day.js';
import type { Mishap } from './plan-lunch.js';
import { Passages } from './passages.js';
import { handOutPhones, placesFor, standTerminals } from './prepare-lunch.js';
import { describeDay, type DayReport } from './report-day.js';
import { describeJudgment, markOf, rateOf, writeReport, type Report } from './report.js';
import { writePage } from './report-page.js';
import { serveLunch } from './serve-lunch.js';
import type { PhoneSettings, StudentPhone } from './student-phone.js';
import { tally } from './tally.js';
import type { Till } from './till.js';
import { countsOf, reasonsOf, timesOf, View } from './view.js';

const couldNotRun = 2;

async function run(options: Options, view: View, signal: AbortSignal): Promise<number> {
  const folder = keepsDisks(options) ? mkdtempSync(path.join(os.tmpdir(), 'tills-')) : null;
  try {
    const service = new Service(addressOf(options));
    await service.untilHere();
    const clock = new CampusClock();
    const office = await Office.logIn(service, readMember(options), clock);
    const fates = new Fates(options.out);
    const [passages, uses] = [new Passages(), new DeviceUses()];
    const around = { options, service, office, fates, passages, uses, view, clock, folder };
    const campus = await prepare(around);
    const course = await serve(around, campus, signal);
    return await judgeAndTell(around, campus, course);
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }
}

type Around = {
  readonly options: Options;
  readonly service: Service;
  readonly office: Office;
  readonly fates: Fates;
  readonly view: View;
  readonly clock: CampusClock;
  readonly passages: Passages;
  readonly uses: DeviceUses;
  /** Of the terminals' disks; null when none of them matters. */
  readonly folder: string | null;
};

type Campus = {
  readonly tills: readonly Till[];
  readonly phones: readonly StudentPhone[];
  readonly ground: DayGround | null;
  /** The service's time when all was ready. */
  readonly since: string;
};

type Course = {
  readonly durationMs: number;
  readonly lag: OwnLag;
  readonly day: DayReport | null;
  /** Who had not paid when the time was over. */
  readonly sentHome: number;
};

async function serve(around: Around, campus: Campus, signal: AbortSignal): Promise<Course> {
  const { options, service, view, fates, clock } = around;
  const { scenario, seed, speed, sales, secondsMost } = options;
  const { tills, phones, ground } = campus;
  const plan =
    scenario.day === null || ground === null
      ? null
      : planOf({ ...scenario, day: scenario.day }, ground, { students: phones.length, seed });
  const lag = new OwnLag();
  lag.start();
  const began = performance.now();
  const names = ground?.places.map(({ place: { name } }) => `${name.zh} ${name.en}`) ?? [];
  view.start(() => ({
    planned: plan?.sales.length ?? sales,
    elapsedMs: performance.now() - began,
    tally: fates.glance(),
    tills: tills.map(({ code, shows }) => ({ code, shows })),
    campus: plan === null ? null : placesNow(plan, names, clock.secondOfDay()),
    waitsForService: service.isAwaited,
  }));
  const end = () => {
    lag.stop();
    view.stop();
  };
  if (plan === null || scenario.day === null || ground === null) {
    const { habits } = scenario;
    const lunch = { service, tills, phones, sales, speed, seed, habits, signal, secondsMost };
    return { ...(await serveLunch(lunch).finally(end)), lag, day: null };
  }
  const byPlace = tillsByPlace(ground, tills);
  const { passages } = around;
  const running = { service, clock, sales: plan.sales, tills: byPlace, phones, passages, signal };
  const day = { ...scenario.day, speed: options.daySpeed ?? scenario.day.speed };
  const course = await haveDay(databaseOf(options), day, running).finally(end);
  return {
    ...course,
    lag,
    day: {
      plan,
      names,
      hours: day.hours,
      lateMs: course.lateMs,
      passages: passages.all(),
      uses: around.uses.all(),
    },
    sentHome: course.unserved,
  };
}

async function judgeAndTell(around: Around, campus: Campus, course: Course): Promise<number> {
  const { options, fates, passages, uses, view, service, office, clock } = around;
  const { tills, phones, since } = campus;
  const { durationMs, lag, day, sentHome } = course;
  const scope = { terminals: tills.map(({ id }) => id), since };
  const databaseUrl = options.service === null ? (process.env['DATABASE_URL'] ?? null) : null;
  const who = { service, office, clock, databaseUrl, tills, phones };
  const judgment = await judgeLunch({
    ...who,
    fates: fates.all(),
    passages: passages.all(),
    uses: uses.all(),
    scope,
  });
  await Promise.all(tills.map((till) => till.close()));
  const [counted, lateness] = [tally(fates.all(), lag), lag.lateness()];
  view.say(
    `\n${counted.sales} sales in ${(durationMs / 1000).toFixed(1)} s, ${rateOf(counted, durationMs)}/s` +
      (sentHome > 0 ? `; ${sentHome} people were sent home when the time was over` : ''),
  );
  view.say(`${countsOf(counted)}\n${reasonsOf(counted)}\n${timesOf(counted, lateness)}\n`);
  if (day !== null) view.say(`${describeDay(day)}\n`);
  view.say(describeJudgment(judgment));
  const sizes = { terminals: tills.length, students: phones.length };
  const { p99Mark } = options.scenario;
  const mark = markOf({ p99Mark, tally: counted });
  if (mark !== null) {
    const word = mark.isMet ? 'met' : 'missed';
    view.say(`The mark, a p99 below ${mark.p99Ms} ms with nothing unknown: ${word}`);
  }
  const took = { durationMs, startedAt: since, lateness, sentHome, day, p99Mark };
  writeReports(options, fates.all(), { tally: counted, judgment, ...sizes, ...took });
  return judgment.checks.every(({ holds }) => holds) ? 0 : 1;
}

function writeReports(
  { json, report, seed, scenario: { name: scenario, title } }: Options,
  fates: readonly Fate[],
  found: Omit<Report, 'seed' | 'scenario' | 'title'>,
): void {
  const whole = { ...found, seed, scenario, title };
  if (json !== null) writeFileSync(json, writeReport(whole));
  if (report !== null) writeFileSync(report, writePage(whole, fates));
}

async function prepare(around: Around): Promise<Campus> {
  const { options, service, office, fates, passages, uses, view, clock, folder } = around;
  const { scenario, seed } = options;
  view.say(`${scenario.title.en} at ${service.url}, seed ${seed}`);
  const clocks = { clock, seed, clocksOff: scenario.clocksOff };
  const { day } = scenario;
  const began = performance.now();
  const count = day === null ? Math.min(options.students, options.sales) : options.students;
  const onPhone = (done: number) => {
    view.mention(`Binding phones ${done}/${count}`);
  };
  const phones = await handOutPhones(service, { office, count, onPhone, ...clocks });
  view.mention('');
  const open = (await office.places()).filter((place) => place.open);
  const ground = day === null ? null : groundOf(day, open);
  const places = ground?.tillPlaces ?? placesFor(options.terminals, open);
  const { salesAlone } = scenario.habits;
  const stand = { office, fates, passages, uses, places, salesAlone, folder, ...clocks };
  const tills = await standTerminals(service, stand);
  // They were switched on in the morning: nobody's first sale finds a line that was never used.
  await Promise.all(tills.map((till) => till.beThere()));
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  view.say(
    `${tills.length} terminals, ${phones.length} phones that make their own codes, ready in ${seconds} s\n`,
  );
  const { serverTime: since } = await service.call<PhoneSettings>('GET', '/v1/phone-settings');
  return { tills, phones, ground, since };
}

const needDisks: readonly Mishap[] = ['till-killed', 'till-restored', 'device-dead'];

const keepsDisks = ({ scenario }: Options): boolean =>
  needDisks.some((name) => (scenario.habits.mishaps[name] ?? 0) > 0);

const placesNow = (plan: DayPlan, names: readonly string[], second: number) => ({
  clock: clockText(second),
  places: placesAt(plan, names, second),
});

function databaseOf({ service }: Options): string {
  const url = process.env['DATABASE_URL'];
  if (service === null && url !== undefined && url !== '') return url;
  throw new UsageError('A day needs a campus whose clock may be set: one of its own.');
}

function addressOf({ service }: Options): string {
  const url = service ?? process.env['SERVICE_URL'];
  if (url === undefined || url === '') {
    throw new UsageError('Start it by npm run sim, or name a service with --service URL.');
  }
  return url.replace('//localhost:', '//127.0.0.1:');
}

function readMember(options: Options): Member {
  const dataDir = process.env['DATA_DIR'] ?? '.data';
  if (options.service !== null && options.staff === null) {
    throw new UsageError('--service needs --staff FILE with an administrator of that service.');
  }
  const file = options.staff ?? path.join(dataDir, 'demo-staff.json');
  const { members } = JSON.parse(readFileSync(file, 'utf8')) as { members: Member[] };
  const member = members.find(({ roles }) => roles?.includes('administrator') ?? true);
  if (member === undefined) throw new Error(`${file} names no administrator.`);
  return member;
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === null) {
    console.log(usage);
    return 0;
  }
  if (options.asksNeeds) {
    console.log(JSON.stringify(needsOf(options)));
    return 0;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // The first time the lunch ends early and is judged as far as it went.
      if (stop.signal.aborted) process.exit(130);
      stop.abort();
    });
  }
  return run(options, new View(), stop.signal);
}

try {
  process.exit(await main());
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\n\n${usage}` : describe(error));
  process.exit(couldNotRun);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
}
