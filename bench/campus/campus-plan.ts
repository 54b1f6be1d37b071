import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';

/** How large a campus is built. Everything else about it follows from numbers. */
export type CampusSize = {
  readonly cards: number;
  /** Half of them stand at the one hot merchant, half are spread. */
  readonly terminals: number;
};

export const spreadMerchants = 64;
/** The first one is where all is sold in the hot case. */
export const merchantCount = 1 + spreadMerchants;

/** A subsidy that pays in canteens only, one that pays for meals, and the cardholder's own money: drawn in this order. */
export const purseKinds = ['subsidy-canteen', 'subsidy', 'cash'] as const;

/** Fen in each purse that has any: more than a run can spend. */
export const openingBalance = 10_000_000n;

/** Every third card pays from its first purse, every third from its second, and the rest in cash. */
export const emptyPurses = (card: number): number => card % purseKinds.length;

/** Fen of a sale. */
export const amountOf = (card: number): bigint => BigInt(600 + (card % 1_500));

/** The merchant (by number, from 1) that a terminal sells for. */
export function merchantOf(terminal: number, { terminals }: CampusSize): number {
  return isHot(terminal, { terminals }) ? 1 : 2 + (terminal % spreadMerchants);
}

export const isHot = (terminal: number, { terminals }: Pick<CampusSize, 'terminals'>): boolean =>
  terminal <= terminals / 2;

export const codeOf = (terminal: number): string => `T${String(terminal).padStart(5, '0')}`;

/** Seeds and keys follow from numbers too: the load generator makes the same ones in its own process. */
const derived = (what: string, number: number): Buffer =>
  createHash('sha256').update(`${what} ${number}`).digest();

export const seedOf = (card: number): Buffer => derived('seed of card', card);

/** The fixed head of a PKCS #8 document that holds a raw Ed25519 key (RFC 8410, 7). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

export const terminalKeyOf = (terminal: number): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([pkcs8Head, derived('key of terminal', terminal)]),
    format: 'der',
    type: 'pkcs8',
  });
