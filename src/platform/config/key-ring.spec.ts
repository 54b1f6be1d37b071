import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readConfig } from './app-config.js';
import { makeKeysFile, openKeyRing, type KeyRing } from './key-ring.js';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'campus-paycode-keys-'));
  file = path.join(folder, 'keys.json');
  makeKeysFile(file);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (): KeyRing =>
  openKeyRing(readConfig({ DATABASE_URL: 'postgres://nobody', KEYS_FILE: file }));

/** As files were before there were tickets. */
function forgetTicketKey(): void {
  const { ticketKey: _, ...older } = JSON.parse(readFileSync(file, 'utf8')) as {
    ticketKey: unknown;
  };
  writeFileSync(file, JSON.stringify(older));
}

/** As files were before plastic cards had a key. */
function forgetPlasticKey(): void {
  const { plasticKey: _, ...older } = JSON.parse(readFileSync(file, 'utf8')) as {
    plasticKey: unknown;
  };
  writeFileSync(file, JSON.stringify(older));
}

describe('the plastic key', () => {
  it('is a key of its own in a new file, and follows from the issuer key where the file has none', () => {
    const before = open().plasticKey;
    expect(before).toMatchObject({ id: 'p-1' });
    expect(before.secret).toHaveLength(32);
    forgetPlasticKey();
    const [one, other] = [open(), open()];
    expect(one.plasticKey.id).toBe('p-0');
    expect(other.plasticKey).toEqual(one.plasticKey);
    expect(one.plasticKey.secret).not.toEqual(before.secret);
    expect(one.plasticKey.secret).toHaveLength(32);
  });
});

describe('the ticket key', () => {
  it('is a key of its own in a new file', () => {
    const { ticketKey, issuerKey, answerKey } = open();
    expect(ticketKey.id).toBe('k-1');
    const keys = [ticketKey, issuerKey, answerKey].map(({ publicKey }) =>
      publicKey.toString('hex'),
    );
    expect(new Set(keys).size).toBe(3);
  });

  it('follows from the issuer key where the file has none: the same at every start', () => {
    const before = open();
    forgetTicketKey();
    const [one, other] = [open(), open()];
    expect(one.ticketKey.id).toBe('k-0');
    expect(other.ticketKey.publicKey).toEqual(one.ticketKey.publicKey);
    expect(one.ticketKey.publicKey).not.toEqual(before.ticketKey.publicKey);
    expect(one.ticketKey.publicKey).not.toEqual(one.issuerKey.publicKey);
    expect(one.issuerKey.publicKey).toEqual(before.issuerKey.publicKey);
  });
});
