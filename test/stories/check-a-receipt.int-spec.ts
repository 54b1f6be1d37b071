/** A student has it proved that a payment stands in the sealed books, and a stranger checks it without asking us. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { isSignedBy, readAnchor, type Anchor } from '../../src/ledger/domain/anchor.js';
import { proveSeal } from '../../src/ledger/prove-seal.js';
import { ReadSeal } from '../../src/ledger/read-seal.js';
import { ask, type Answer } from '../support/ask.js';
import { Given, type Student } from '../support/given.js';
import { startService, type TestService } from '../support/service.js';
import type { TestTerminal } from '../support/test-terminal.js';

let service: TestService;
let till: TestTerminal;
let shower: TestTerminal;
let student: Student;
let given: Given;
let folder: string;

/** Whoever keeps our anchors: answers what it is told to, and remembers what it took. */
const keeper = { status: 200, took: [] as string[], server: http.createServer() };

const hasPython = spawnSync('python3', ['--version']).status === 0;
const scripts: readonly (readonly [language: string, command: string[]])[] = [
  ['Node', [process.execPath, 'docs/check-receipt/check-receipt.mjs']],
  ...(hasPython
    ? [['Python', ['python3', 'docs/check-receipt/check_receipt.py']] as [string, string[]]]
    : []),
];
if (!hasPython) process.stdout.write('There is no python3 here: its script is not tried.\n');

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'campus-paycode-receipt-'));
  keeper.server.on('request', (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (keeper.status === 200) keeper.took.push(Buffer.concat(chunks).toString());
      response.writeHead(keeper.status).end();
    });
  });
  await new Promise<void>((listening) => {
    keeper.server.listen(0, '127.0.0.1', listening);
  });
  const { port } = keeper.server.address() as AddressInfo;
  service = await startService({ env: { ANCHOR_URL: `http://127.0.0.1:${port}/anchors` } });
  given = new Given(service);
  till = await given.canteen();
  shower = await given.dorm();
  student = await given.student(50_000n);
});
afterAll(async () => {
  await service.close();
  keeper.server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Seals everything that was posted: the horizon is the server's, and other tests hold it for moments. */
async function seal(): Promise<void> {
  do await service.runJob('seal-entries');
  while ((await service.get(ReadSeal).lag()).oldestSeconds > 0);
}
const anchor = (): Promise<void> => service.runJob('anchor-seal');

async function pay(amount: number): Promise<string> {
  const answer = await till.post(till.draft(student.phone.next(), amount));
  return String(answer.body['paymentId']);
}

const proofOf = (payment: string, who = student): Promise<Answer> =>
  ask(`${service.url}/v1/me/payments/${payment}/proof`, { token: who.phone.signInToken });

function check(command: readonly string[], proof: unknown, kept?: string) {
  const file = path.join(folder, 'proof.json');
  writeFileSync(file, JSON.stringify(proof));
  const [program = '', script = ''] = command;
  return spawnSync(program, [script, file, ...(kept === undefined ? [] : [kept])], {
    encoding: 'utf8',
  });
}

const kept = (): string[] => readFileSync(service.config.anchorFile, 'utf8').trimEnd().split('\n');

async function brokenSeal(): Promise<string[]> {
  const publicKey = await answerKey();
  const proofs = await proveSeal(service.database, {
    file: service.config.anchorFile,
    keys: () => new Map([['s-1', publicKey]]),
  });
  return proofs.filter(({ broken }) => broken !== 0n).map(({ proof }) => proof);
}

async function answerKey() {
  const { body } = await ask(`${service.url}/v1/seal-heads`, { address: '203.0.113.9' });
  const [key] = body['keys'] as { publicKey: string }[];
  return createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: key?.publicKey ?? '' },
    format: 'jwk',
  });
}

type Proof = {
  entry: {
    kind: string;
    about: string;
    lines: { amount: number; account: string }[];
    postedAt: string;
  };
  index: number;
  path: string[];
  blocks: { no: string; hash: string; root: string; prev: string }[];
  anchor: string | null;
};
const proofsOf = ({ body }: Answer): Proof[] => body['proofs'] as Proof[];

describe("a payment's proof", () => {
  it('is not there before the entry is sealed, and says to ask again', async () => {
    const { status, body } = await proofOf(await pay(1_250));
    expect([status, body.code, body['retryable']]).toEqual([409, 'not_sealed_yet', true]);
  });

  it('is nobody else’s, and there is none of a payment that moved nothing', async () => {
    const payment = await pay(300);
    await seal();
    const other = await given.student(0n);
    const foreign = await proofOf(payment, other);
    expect([foreign.status, foreign.body.code]).toEqual([404, 'payment_unknown']);
    const declined = await till.post(till.draft(other.phone.next(), 400));
    const nothing = await proofOf(String(declined.body['paymentId']), other);
    expect([nothing.status, nothing.body.code]).toEqual([404, 'payment_moved_nothing']);
  });

  describe.each(scripts)('checked with %s', (_, command) => {
    it('holds against the anchors that somebody kept', async () => {
      await pay(200);
      const payment = await pay(1_250);
      await pay(300);
      await seal();
      await service.passTime(61);
      await anchor();
      const proof = await proofOf(payment);
      expect(proof.status).toBe(200);
      const file = check(command, proof.body, service.config.anchorFile);
      expect([file.status, file.stderr]).toEqual([0, '']);
      expect(file.stdout).toContain('-1250 fen on account');
      const [{ hash }] = kept()
        .slice(-1)
        .map((line) => readAnchor(line) as Anchor) as [Anchor];
      expect(check(command, proof.body, hash).status).toBe(0);
      expect(check(command, proof.body).stdout).toContain(`has the hash ${hash}`);
    });

    it('holds over several blocks up to the anchor, for each entry of the payment', async () => {
      const sale = shower.draft(student.phone.next());
      const { body } = await shower.post(sale);
      await shower.capture(sale.orderNumber, 120, { final: false });
      await seal();
      await shower.capture(sale.orderNumber, 80);
      await pay(100);
      await seal();
      await pay(100);
      await seal();
      await service.passTime(61);
      await anchor();
      const proof = await proofOf(String(body['paymentId']));
      expect([proof.status, proof.body.code]).toEqual([200, undefined]);
      const amounts = proofsOf(proof).map(({ entry }) => entry.lines[0]?.amount);
      expect(amounts).toEqual([-120, -80]);
      expect(proofsOf(proof)[0]?.blocks.length).toBeGreaterThan(2);
      const { status, stderr } = check(command, proof.body, service.config.anchorFile);
      expect([status, stderr]).toEqual([0, '']);
    });

    it('holds for what was given back as well', async () => {
      const draft = till.draft(student.phone.next(), 700);
      const { body } = await till.post(draft);
      await till.reverse(draft.orderNumber);
      await seal();
      await service.passTime(61);
      await anchor();
      const proof = await proofOf(String(body['paymentId']));
      const kinds = proofsOf(proof).map(({ entry }) => [entry.kind, entry.lines[0]?.amount]);
      expect(kinds).toEqual([
        ['sale', -700],
        ['reversal', -700],
      ]);
      expect(check(command, proof.body, service.config.anchorFile).status).toBe(0);
    });

    it('does not hold when anything in it is altered', async () => {
      const payment = await pay(1_250);
      await pay(100);
      await seal();
      await service.passTime(61);
      await anchor();
      const [sound] = proofsOf(await proofOf(payment));
      if (sound === undefined) throw new Error('There is no proof.');
      const { entry, blocks } = sound;
      const altered: Proof[] = [
        { ...sound, entry: { ...entry, about: entry.about.replace('place', 'plaza') } },
        { ...sound, entry: { ...entry, postedAt: `${BigInt(entry.postedAt) + 1n}` } },
        {
          ...sound,
          entry: {
            ...entry,
            lines: entry.lines.map((line) => ({ ...line, amount: line.amount * 2 })),
          },
        },
        { ...sound, entry: { ...entry, lines: entry.lines.slice(1) } },
        { ...sound, index: sound.index + 1 },
        { ...sound, path: sound.path.slice(1) },
        { ...sound, path: [...sound.path, '00'.repeat(32)] },
        { ...sound, blocks: blocks.map((block) => ({ ...block, hash: '11'.repeat(32) })) },
        { ...sound, blocks: blocks.map((block) => ({ ...block, prev: '11'.repeat(32) })) },
      ];
      expect(check(command, sound, service.config.anchorFile).status).toBe(0);
      const told = altered.map((proof) => check(command, proof, service.config.anchorFile));
      expect(told.map(({ status }) => status)).toEqual(altered.map(() => 1));
      for (const { stderr } of told) expect(stderr).toMatch(/^NOT PROVEN: /);
      expect(check(command, sound, 'ff'.repeat(32)).stderr).toMatch(/no anchor that was kept/);
    });
  });
});

describe('anchors', () => {
  it('come with a new head, at most once a minute, and agree with the books', async () => {
    await pay(100);
    await seal();
    await service.passTime(61);
    await anchor();
    const before = kept().length;
    await pay(100);
    await seal();
    await anchor();
    expect(kept()).toHaveLength(before);
    await service.passTime(61);
    await anchor();
    expect(kept()).toHaveLength(before + 1);
    await service.passTime(61);
    await anchor();
    expect(kept()).toHaveLength(before + 1);
    expect(await brokenSeal()).toEqual([]);
  });

  it('go on after a line that a crash cut short', async () => {
    appendFileSync(service.config.anchorFile, '{"block":"99"');
    await pay(100);
    await seal();
    await service.passTime(61);
    await anchor();
    expect(kept().at(-1)).toMatch(/^\{"block".*\}$/);
    expect(await brokenSeal()).toEqual([]);
  });

  it('are shown to anybody, signed', async () => {
    const { status, body } = await ask(`${service.url}/v1/seal-heads?limit=1`);
    expect(status).toBe(200);
    const [head] = body['heads'] as { line: string; hash: string; block: string }[];
    expect(head?.line).toBe(kept().at(-1));
    const line = readAnchor(head?.line ?? '');
    expect(line !== undefined && isSignedBy(line, await answerKey())).toBe(true);
    const before = await ask(`${service.url}/v1/seal-heads?before=${head?.block}&limit=1`);
    expect((before.body['heads'] as { line: string }[])[0]?.line).toBe(kept().at(-2));
    const newest = await service.get(ReadSeal).head();
    expect([newest?.hash, String(newest?.block)]).toEqual([head?.hash, head?.block]);
  });

  it('are not read to death: one address may ask thirty times a minute', async () => {
    const answers = await Promise.all(
      Array.from({ length: 31 }, () =>
        ask(`${service.url}/v1/seal-heads`, { address: '203.0.113.7' }),
      ),
    );
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual([[429, 'rate_limited']]);
  });

  it('are sent to their keeper in order and once, when the keeper is there', async () => {
    keeper.status = 503;
    await expect(service.runJob('send-anchors')).rejects.toThrow('503');
    expect(keeper.took).toEqual([]);
    keeper.status = 200;
    await service.runJob('send-anchors');
    await service.runJob('send-anchors');
    expect(keeper.took).toEqual(kept());
  });

  it('are not put on top of a seal that is another one', async () => {
    const file = service.config.anchorFile;
    const sound = readFileSync(file, 'utf8');
    const last = { ...(JSON.parse(kept().at(-1) ?? '') as object), hash: '22'.repeat(32) };
    writeFileSync(file, `${[...kept().slice(0, -1), JSON.stringify(last)].join('\n')}\n`);
    await pay(100);
    await seal();
    await service.passTime(61);
    await expect(anchor()).rejects.toThrow(/run verify/);
    writeFileSync(file, sound);
    await anchor();
    expect(await brokenSeal()).toEqual([]);
  });
});
