import { createHmac } from 'node:crypto';
import type { KeyRing } from '../platform/config/key-ring.js';

type PlasticKey = KeyRing['plasticKey'];

/** As people and readers write it: `04:A3:…`, `04 a3 …` and `04A3…` are one number. */
export const normalNumber = (typed: string): string =>
  typed.replaceAll(/[\s:.-]/g, '').toUpperCase();

/**
 * By what a plastic card is found: its printed number and its chip's, each hashed alike. A chip of four bytes would be guessed
 * from a plain hash in seconds; whoever has the database alone has nothing to try guesses on.
 */
export const hashOfNumber = ({ secret }: PlasticKey, typed: string): Buffer =>
  createHmac('sha256', secret)
    .update(`number\n${normalNumber(typed)}`)
    .digest();

/** Of a request that carries such a number, all else of which can be known: guesses must not be tried on it either. */
export const hashUnderKey = ({ secret }: PlasticKey, hash: Buffer): Buffer =>
  createHmac('sha256', secret).update('request\n').update(hash).digest();

/** What people see of a printed number; the rest is kept nowhere. */
export const endOfNumber = (printed: string): string => normalNumber(printed).slice(-2);
