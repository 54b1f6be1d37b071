/** The test students of the sandbox: loaded through use cases, and refilled at each start so that no verdict changes. */
import { firstSeed } from '@campus-paycode/paycode';
import type { INestApplicationContext } from '@nestjs/common';
import {
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  randomBytes,
} from 'node:crypto';
import { DataSource } from 'typeorm';
import { SignAgreement } from '../../src/bank/sign-agreement.js';
import { IssueEnrolmentLink } from '../../src/cardholders/issue-enrolment-link.js';
import { RegisterCardholder } from '../../src/cardholders/register-cardholder.js';
import type { Limits } from '../../src/cards/card.js';
import { FindCard } from '../../src/cards/find-card.js';
import { FreezeCard } from '../../src/cards/freeze-card.js';
import { IssueCard } from '../../src/cards/issue-card.js';
import { SetLimits } from '../../src/cards/set-limits.js';
import { EnrolPhone } from '../../src/payment-codes/enrol-phone.js';
import type { AppConfig } from '../../src/platform/config/app-config.js';
import { inTransaction } from '../../src/platform/database/transaction.js';
import { personas, type Persona } from '../../src/sandbox/personas.js';
import { writePersonas, type KeptPersona } from './kept-personas.js';

/** Fen: below it a file fills up, with the most that a line of one may bring, in yuan. */
const lowest = 2_500_000n;
const filling = '10000.00';

const much = 1_000_000_000_000n;
const often = 1_000_000;
const service = { kind: 'service', id: 0n } as const;

const noLimits: Limits = {
  sale: much,
  mealAmount: much,
  mealCount: often,
  dayAmount: much,
  dayCount: often,
  monthAmount: much,
  monthCount: often,
};
/** One fen: less than anything costs, in the meal and in the day. */
const allUsed: Limits = { ...noLimits, mealAmount: 1n, dayAmount: 1n };

/** Fen: whatever costs more asks the phone. */
const asksAlways = 1n;

const nameOf = ({ name }: Persona): string => `测试 ${name}`;

/** The last digits say to the simulated bank that it answers `processing` first. */
const bankAccountOf = ({ name, cardNumber }: Persona): string =>
  `622299${cardNumber}${name === 'collecting' ? '0003' : '5000'}`;

async function cardOf(
  app: INestApplicationContext,
  persona: Persona,
): Promise<{ card: bigint; cardholder: bigint }> {
  return inTransaction(app.get(DataSource), async (tx) => {
    const [known]: { id: string; cardholder: string }[] = await tx.query(
      'select id, cardholder from cards.card where number = $1',
      [persona.cardNumber],
    );
    if (known !== undefined)
      return { card: BigInt(known.id), cardholder: BigInt(known.cardholder) };
    const { number, cardNumber } = persona;
    const cardholder = await app
      .get(RegisterCardholder)
      .register(tx, { number, name: nameOf(persona), group: 'student' });
    return { card: await app.get(IssueCard).issue(tx, cardholder, cardNumber), cardholder };
  });
}

/** A phone of its own for each start: the one before ends by itself. */
export async function bindPhone(
  app: INestApplicationContext,
  cardholder: bigint,
): Promise<{ seed: string; aliasPeriod: number }> {
  const own = generateKeyPairSync('x25519');
  const deviceRandom = randomBytes(32);
  const { token } = await app.get(IssueEnrolmentLink).issue(cardholder, 'enrolment');
  const enrolled = await app.get(EnrolPhone).enrol({
    linkToken: token,
    devicePublicKey: Buffer.from(String(own.publicKey.export({ format: 'jwk' }).x), 'base64url'),
    deviceRandom,
    deviceName: 'npm run paycode',
  });
  const x = enrolled.servicePublicKey.toString('base64url');
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
  const sharedSecret = diffieHellman({ privateKey: own.privateKey, publicKey });
  const { serverRandom, aliasSeconds } = enrolled;
  const seed = firstSeed({ sharedSecret, serverRandom, deviceRandom }, (key, message) =>
    createHmac('sha256', key).update(message).digest(),
  );
  return { seed: Buffer.from(seed).toString('hex'), aliasPeriod: aliasSeconds };
}

/** @returns a line of a file for each whose money runs low. */
export async function loadPersonas(
  app: INestApplicationContext,
  config: AppConfig,
): Promise<string[]> {
  const kept: KeptPersona[] = [];
  const low: string[] = [];
  for (const persona of personas) {
    const { name, cardNumber, says, word } = persona;
    const { card, cardholder } = await cardOf(app, persona);
    const freezing = app.get(FreezeCard);
    if (name === 'frozen') await freezing.unfreeze(card, service).catch(() => undefined);
    await app
      .get(SignAgreement)
      .sign(card, { holderName: nameOf(persona), bankAccount: bankAccountOf(persona) });
    await app.get(SetLimits).setForCard(card, name === 'meal-used' ? allUsed : noLimits);
    if (word !== null) await app.get(SetLimits).setAsksAboveForCard(card, asksAlways);
    const phone = await bindPhone(app, cardholder);
    kept.push({ name, says, prefix: config.CODE_PREFIX, lastShown: null, ...phone });
    if (name === 'frozen') await freezing.freeze(card, service);
    const purses = await app.get(FindCard).purses(card);
    const money = purses.reduce((sum, { balance, held }) => sum + balance - held, 0n);
    if (name !== 'insufficient' && money < lowest)
      low.push(`${cardNumber},${nameOf(persona)},${filling}`);
  }
  writePersonas(config.DATA_DIR, kept);
  return low;
}
