/** A lunch on campus: simulated terminals and students over the real protocol, and a judge at its end. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Service } from './call-service.js';
import { Fates, type Fate } from './fates.js';
import { judgeLunch } from './judge-lunch.js';
import { Office, type Member } from './office.js';
import { OwnLag } from './own-lag.js';
import { needsOf, readOptions, usage, UsageError, type Options } from './options.js';
import { handOutPhones, standTerminals } from './prepare-lunch.js';
import { describeJudgment, rateOf, writeReport, type Report } from './report.js';
import { writePage } from './report-page.js';
import { serveLunch } from './serve-lunch.js';
import type { PhoneSettings } from './student-phone.js';
import { tally } from './tally.js';
import type { Till } from './till.js';
import { countsOf, reasonsOf, timesOf, View } from './view.js';

const couldNotRun = 2;

async function run(options: Options, view: View, signal: AbortSignal): Promise<number> {
  const service = new Service(addressOf(options));
  await service.untilHere();
  const fates = new Fates(options.out);
  const office = await Office.logIn(service, readMember(options));
  const { tills, phones } = await prepare(options, { service, office, fates, view });
  const { serverTime: since } = await service.call<PhoneSettings>('GET', '/v1/phone-settings');

  const lag = new OwnLag();
  lag.start();
  const began = performance.now();
  view.start(() => ({
    planned: options.sales,
    elapsedMs: performance.now() - began,
    tally: fates.glance(),
    tills: tills.map(({ code, shows }) => ({ code, shows })),
    waitsForService: service.isAwaited,
  }));
  const { sales, speed, seed } = options;
  const { durationMs } = await serveLunch({
    service,
    tills,
    phones,
    sales,
    speed,
    seed,
    habits: options.scenario.habits,
    signal,
  }).finally(() => {
    lag.stop();
    view.stop();
  });

  const scope = { terminals: tills.map(({ id }) => id), since };
  const databaseUrl = options.service === null ? (process.env['DATABASE_URL'] ?? null) : null;
  const lunch = { service, office, databaseUrl, fates: fates.all(), tills, scope };
  const judgment = await judgeLunch(lunch);
  await Promise.all(tills.map((till) => till.close()));
  const counted = tally(fates.all(), lag);
  view.say(
    `\n${counted.sales} sales in ${(durationMs / 1000).toFixed(1)} s, ${rateOf(counted, durationMs)}/s`,
  );
  view.say(`${countsOf(counted)}\n${reasonsOf(counted)}\n${timesOf(counted, lag.lateness())}\n`);
  view.say(describeJudgment(judgment));
  const [terminals, students] = [tills.length, phones.length];
  const lateness = lag.lateness();
  const took = { durationMs, startedAt: since, lateness };
  const found = { tally: counted, judgment, terminals, students, ...took };
  writeReports(options, fates.all(), found);
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

async function prepare(
  options: Options,
  { service, office, fates, view }: { service: Service; office: Office; fates: Fates; view: View },
): Promise<{ tills: Till[]; phones: Awaited<ReturnType<typeof handOutPhones>> }> {
  view.say(`${options.scenario.title.en} at ${service.url}, seed ${options.seed}`);
  const students = Math.min(options.students, options.sales);
  const onPhone = (done: number) => {
    view.mention(`Binding phones ${done}/${students}`);
  };
  const phones = await handOutPhones(service, { office, count: students, onPhone });
  view.mention('');
  const tills = await standTerminals(service, {
    office,
    fates,
    count: options.terminals,
    salesAlone: options.scenario.habits.salesAlone,
  });
  view.say(
    `${tills.length} terminals (${tills.map(({ code }) => code).join(' ')}), ` +
      `${phones.length} phones that make their own codes\n`,
  );
  return { tills, phones };
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
