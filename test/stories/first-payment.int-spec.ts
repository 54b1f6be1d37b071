/** What a stranger copies and pastes pays at the first try. */
import { spawn, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entered, Given } from '../support/given.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let given: Given;

beforeAll(async () => {
  // The examples take the time from their machine, as a stranger's would.
  service = await startService({ now: new Date().toISOString() });
  given = new Given(service);
});
afterAll(() => service.close());

function run(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let told = '';
    child.stdout.on('data', (part: Buffer) => (told += part.toString()));
    child.stderr.on('data', (part: Buffer) => (told += part.toString()));
    child.on('error', reject);
    child.on('close', () => resolve(told));
  });
}

const folder = 'docs/first-payment';
const examples = [
  ['curl and openssl', 'bash', [`${folder}/first-payment.sh`], '"verdict":"approved"'],
  ['Python', 'python3', [`${folder}/first_payment.py`], 'approved'],
  ['Java', 'java', [`${folder}/FirstPayment.java`], 'approved'],
  ['C#', 'dotnet', ['run', `${folder}/FirstPayment.cs`, '--'], 'approved'],
] as const;
/** Only bash, openssl and Python are everywhere; the others are tried where they are. */
const isHere = (command: string): boolean => spawnSync(command, ['--version']).status === 0;

describe('the first payment', () => {
  it.each(
    examples.filter(([, command]) => ['bash', 'python3'].includes(command) || isHere(command)),
  )('with %s is approved', async (_, command, file, verdict) => {
    const till = await given.newTerminal('canteen', entered);
    const student = await given.student(1_000n);
    const told = await run(command, [
      ...file,
      service.url,
      service.config.SERVICE_NAME,
      await given.enrolmentCode(till),
      student.phone.codeOf(0),
      '250',
    ]);
    expect(told).toContain(`enrolled as t-${till.id}.1`);
    expect(told).toContain(verdict);
    expect(await student.balance()).toBe(750n);
  });
});
