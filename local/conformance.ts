/**
 * npm run conformance: what the arguments name, or, without any, this project's own service and reference client: a
 * service is started for it and thrown away afterwards.
 */
import 'reflect-metadata';
import {
  certifyReference,
  certifyService,
  certifyWrongClients,
  certifyWrongServices,
  conclude,
  lineOf,
  PhonePayers,
  runKit,
  type Finding,
  type PayerPhone,
} from '@campus-paycode/conformance';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FindCardholder } from '../src/cardholders/find-cardholder.js';
import { SetGate } from '../src/gates/set-gate.js';
import { students } from './campus/campus-data.js';
import { readPersonas } from './campus/kept-personas.js';
import { tillLink } from './campus/links.js';
import { openCampus } from './campus/open-campus.js';
import { bindPhone } from './campus/personas.js';

/** Two that enter amounts, a gate, a shower; and two more for services that are wrong on purpose. */
const gate = 'G2';
const tills = ['B1', 'B2', gate, 'D1'];
const tillsOfWrong = ['B3', 'D4'];
/** Of the demo's students, without those whose phones people hold in their hands. */
const payers = { from: 10, count: 30 };
/** The campus is made for this run alone. */
const thrownAway = 'CONFORMANCE_SERVICE';

const say = (line: string): void => console.log(line);
const tell = (finding: Finding): void => say(lineOf(finding));

type Prepared = {
  readonly serviceName: string;
  readonly enrolments: string[];
  readonly enrolmentsOfWrong: string[];
  readonly phones: PayerPhone[];
};

/** Open at every hour, since nobody knows when it is looked at. */
async function openGate(campus: INestApplicationContext): Promise<void> {
  const [row] = await campus
    .get(DataSource)
    .query<{ place: string }[]>('select place from terminals.terminal where code = $1', [gate]);
  const day = { from: '00:00', until: '24:00' };
  const rule = { group: 'student', charge: 'time', amount: 500n, minutePrice: 10n } as const;
  await campus.get(SetGate).set({
    place: BigInt(row?.place ?? 0),
    passback: 'soft',
    passbackMinutes: null,
    capacity: null,
    opens: day.from,
    closes: day.until,
    hasSensor: true,
    forgottenAmount: 500n,
    rules: [{ ...rule, ...day }],
  });
}

function prepare(): Promise<Prepared> {
  return openCampus(async (campus, config) => {
    await openGate(campus);
    const codes: string[] = [];
    for (const till of [...tills, ...tillsOfWrong]) {
      const { url } = await tillLink(campus, config, till);
      codes.push(new URLSearchParams(new URL(url).hash.slice(1)).get('code') ?? '');
    }
    const phones: PayerPhone[] = readPersonas(config.DATA_DIR).filter(
      ({ name }) => name === 'insufficient',
    );
    for (const { number } of students(payers.from + payers.count).slice(payers.from)) {
      const { id } = await campus.get(FindCardholder).byNumber(number);
      const phone = await bindPhone(campus, id);
      phones.push({ name: 'approved', prefix: config.CODE_PREFIX, lastShown: null, ...phone });
    }
    const [enrolments, enrolmentsOfWrong] = [
      codes.slice(0, tills.length),
      codes.slice(tills.length),
    ];
    return { serviceName: config.SERVICE_NAME, enrolments, enrolmentsOfWrong, phones };
  });
}

async function certifyBoth(url: string): Promise<number> {
  const { serviceName, enrolments, enrolmentsOfWrong, phones } = await prepare();
  const where = { url, serviceName, payers: new PhonePayers(phones) };
  const findings = await certifyService({ ...where, enrolments, tell });
  findings.push(...(await certifyReference(tell)));
  const services = await certifyWrongServices({ ...where, enrolments: enrolmentsOfWrong });
  const terminals = await certifyWrongClients();
  for (const line of services.wrong) say(`FAIL a wrong service ${line}`);
  for (const line of terminals.wrong) say(`FAIL a wrong terminal ${line}`);
  const count = services.count + terminals.count;
  const wrong = [...services.wrong, ...terminals.wrong];
  say(
    `${count - wrong.length} of ${count} wrong services and terminals fail in their own place, and only there`,
  );
  const code = await conclude(findings, { subject: 'this service and the reference client' }, say);
  return wrong.length > 0 ? 1 : code;
}

/** In a folder of its own, so that it meets nothing of what runs here. */
function onThrowAwayService(): Promise<number> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'campus-conformance-'));
  const args = [path.join('local', 'with-build.mjs'), '--service', 'dist/local/conformance.js'];
  const env = {
    ...process.env,
    DATA_DIR: folder,
    PORT: '0',
    SERVICE_URL: '',
    DATABASE_URL: '',
    DEMO_STUDENTS: String(payers.from + payers.count),
    [thrownAway]: '1',
  };
  const child = spawn(process.execPath, args, { stdio: 'inherit', env });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', (code) => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
      resolve(code ?? 1);
    });
  });
}

const argv = process.argv.slice(2);
const url = process.env[thrownAway] === undefined ? undefined : process.env['SERVICE_URL'];
if (argv.length > 0) process.exit(await runKit(argv, say));
process.exit(await (url ? certifyBoth(url) : onThrowAwayService()));
