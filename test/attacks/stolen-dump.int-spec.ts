import { parseCode } from '@campus-paycode/paycode';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { Given } from '../support/given.js';
import { startService, type TestService } from '../support/service.js';
import { keyRingToken } from '../../src/platform/config/key-ring.token.js';
import type { KeyRing } from '../../src/platform/config/key-ring.js';
import { IssuePlastic } from '../../src/static-credentials/issue-plastic.js';

let service: TestService;
let given: Given;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
});
afterAll(() => service.close());

/** Every row of every table as text, as a dump would have it. */
async function dump(): Promise<string> {
  const { rows: tables } = await service.owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await service.owner.query<{ row: string }>(
      `select t::text as row from ${name} t`,
    );
    texts.push(...rows.map(({ row }) => row));
  }
  return texts.join('\n');
}

/** As it could stand in a row: raw bytes in hexadecimal, or one of the two base64. */
function waysToWrite(secret: Uint8Array): string[] {
  const bytes = Buffer.from(secret);
  const ways = ['hex', 'base64', 'base64url'] as const;
  return ways.map((way) => bytes.toString(way).replace(/=+$/, ''));
}

describe('a dump of the database (A14)', () => {
  it('holds nothing that makes a code, signs an answer or signs anybody in', async () => {
    const till = await given.canteen();
    const student = await given.student(10_000n);
    const { phone } = student;
    const first = phone.copy();
    await phone.synchronise();
    await service.passTime(60);
    const code = phone.next();
    expect((await till.sell(code, 100)).body['verdict']).toBe('approved');
    await service.runJob('forget-seeds');
    const keys = service.app.get<KeyRing>(keyRingToken);
    const parsed = parseCode(code);
    if (!parsed.ok) throw new Error('The code is none.');
    const text = await dump();
    const privateKeys = [keys.answerKey, keys.issuerKey].map(({ privateKey }) =>
      Buffer.from(String(privateKey.export({ format: 'jwk' }).d), 'base64url'),
    );
    const secrets = [
      ...[
        ...first.secrets,
        ...phone.secrets,
        ...keys.wrappingKeys.values(),
        keys.plasticKey.secret,
        ...privateKeys,
      ].flatMap(waysToWrite),
      code,
      parsed.alias + parsed.otp,
      parsed.otp,
      phone.signInToken,
    ];
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    // The search finds what is there: the card, the terminal's public key, and a seed that is sealed.
    expect(text).toContain(student.cardNumber);
    expect(text).toContain(Buffer.from(till.key.publicKey).toString('hex'));
    const { rows } = await service.owner.query<{ sealed: Buffer; previous: Buffer | null }>(
      'select sealed_seed as sealed, sealed_previous as previous from payment_codes.credential',
    );
    expect(rows.map(({ sealed }) => text.includes(sealed.toString('hex')))).toEqual([true]);
    expect(rows[0]?.previous).toBeNull();
  });

  it('holds nothing on which the numbers of a plastic card could be guessed', async () => {
    const till = await given.canteen();
    const student = await given.student(10_000n);
    const [printed, chip] = ['P0457182', '04A3B2C1'];
    await service.get(IssuePlastic).issue(student.card, { printed, chip });
    // A guess is worth something when its hash can be looked for: alone, or in the bytes of a sale that carried it.
    const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
    const hashes: Buffer[] = [];
    for (const instrument of [
      { type: 'plastic', number: chip },
      { type: 'plastic', number: printed },
      { type: 'code', code: student.phone.next() },
    ]) {
      const draft = till.draft('', 100, { instrument });
      expect((await till.post(draft)).body['verdict']).toBe('approved');
      expect((await till.post(draft)).body['verdict']).toBe('approved');
      const other = { ...draft, body: `${draft.body} ` };
      expect((await till.post(other)).body).toMatchObject({ code: 'order_number_reused' });
      hashes.push(hashOf(`POST\n/v1/payments\n${draft.body}`));
    }
    const ofCode = hashes.pop() ?? Buffer.alloc(0);
    const text = await dump();
    const found = [
      printed,
      chip,
      ...[...hashes, hashOf(printed), hashOf(chip)].flatMap(waysToWrite),
    ].filter((secret) => text.includes(secret));
    expect(found).toEqual([]);
    // The search finds what is there: the bytes of a sale whose code is used up.
    expect(text).toContain(ofCode.toString('hex'));
  });
});
