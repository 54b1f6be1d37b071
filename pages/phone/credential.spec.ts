import { describe, expect, it } from '@jest/globals';
import { toBase64Url } from '@campus-paycode/terminal-protocol';
import { CodeMaker, synchronised, type Credential, type CredentialStore } from './credential.js';

const START = 1_780_000_000_000;
const SEED = toBase64Url(Uint8Array.from({ length: 32 }, (_, index) => index));

const credential: Credential = {
  credentialId: '1',
  cardNumber: '10001',
  seed: SEED,
  aliasSeconds: 30,
  prefix: '97',
  usableUntil: new Date(START + 14 * 86_400_000).toISOString(),
  clockOffset: 0,
  lastShown: null,
};

class Drawer implements CredentialStore {
  constructor(public kept: Credential | null = credential) {}
  read = () => this.kept;
  write = (next: Credential) => {
    this.kept = next;
  };
}

describe('a code maker', () => {
  it('makes the code of the published vector', () => {
    const made = new CodeMaker(new Drawer(), () => START).next();
    expect(made).toMatchObject({ kind: 'code', code: '97185965475126865312' });
  });

  it('never shows a code twice, also after a reload', () => {
    const drawer = new Drawer();
    const codes = Array.from({ length: 8 }, () => new CodeMaker(drawer, () => START).next());
    const digits = codes.map((made) => (made.kind === 'code' ? made.code : made.kind));
    expect(new Set(digits).size).toBe(8);
    expect(new CodeMaker(drawer, () => START).next()).toMatchObject({ kind: 'wait' });
  });

  it('never goes back when the clock is set back', () => {
    const drawer = new Drawer();
    new CodeMaker(drawer, () => START + 3_600_000).next();
    expect(new CodeMaker(drawer, () => START).next().kind).toBe('wait');
  });

  it('follows the clock of the service and not its own', () => {
    const wrong = START - 7_200_000;
    const times = { askedAt: wrong - 400, heardAt: wrong };
    const told = {
      serverTime: new Date(START - 200).toISOString(),
      usableUntil: credential.usableUntil,
    };
    const drawer = new Drawer(synchronised(credential, told, times));
    const made = new CodeMaker(drawer, () => wrong).next();
    expect(made).toMatchObject({ kind: 'code', code: '97185965475126865312' });
  });

  it('stops when its time without the service has run out', () => {
    const late = Date.parse(credential.usableUntil);
    expect(new CodeMaker(new Drawer(), () => late).next().kind).toBe('expired');
  });
});
