import { createHash } from 'node:crypto';

/** As people and readers write it: `04:A3:…`, `04 a3 …` and `04A3…` are one number. */
export const normalNumber = (typed: string): string =>
  typed.replaceAll(/[\s:.-]/g, '').toUpperCase();

/** By what a plastic card is found: its printed number and its chip's, each hashed alike. */
export const hashOfNumber = (typed: string): Buffer =>
  createHash('sha256').update(normalNumber(typed)).digest();
