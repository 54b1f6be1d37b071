import { describe, expect, it } from '@jest/globals';
import {
  counterOf,
  deriveKeys,
  hotpFrom,
  makeCode,
  stepOf,
  syncProof,
} from '@campus-paycode/paycode';
import { toBase64Url } from '@campus-paycode/terminal-protocol';
import {
  asking,
  CodeMaker,
  hmacSha256,
  mayAsk,
  questionOf,
  synchronised,
  type Credential,
  type CredentialStore,
} from './credential.js';

const START = 1_780_000_000_000;
const SEED = toBase64Url(Uint8Array.from({ length: 32 }, (_, index) => index));

const credential: Credential = {
  credentialId: '1',
  cardNumber: '10001',
  seed: SEED,
  generation: 0,
  before: null,
  asked: null,
  aliasSeconds: 30,
  prefix: '97',
  usableUntil: new Date(START + 14 * 86_400_000).toISOString(),
  clockOffset: 0,
  lastShown: null,
};

const random = (): Uint8Array => new Uint8Array(32).fill(5);
const answerAt = (serverTime: number, firstStep = 0) => ({
  serverTime: new Date(serverTime).toISOString(),
  usableUntil: credential.usableUntil,
  generation: 1,
  serverRandom: toBase64Url(new Uint8Array(32).fill(6)),
  firstStep,
  aliasSeconds: 60,
  offline: null,
});

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
    const told = answerAt(START - 200);
    const question = { ...questionOf(asking(credential, random)), deviceRandom: 'of another tab' };
    const drawer = new Drawer(synchronised(credential, question, told, times));
    const made = new CodeMaker(drawer, () => wrong).next();
    expect(made).toMatchObject({ kind: 'code', code: '97185965475126865312' });
  });

  it('stops when its time without the service has run out', () => {
    const late = Date.parse(credential.usableUntil);
    expect(new CodeMaker(new Drawer(), () => late).next().kind).toBe('expired');
  });
});

describe('a phone that moves on to a new seed', () => {
  const times = { askedAt: START, heardAt: START };
  const asked = asking(credential, random);
  const firstStep = stepOf(START / 1000) + 2;
  const answer = answerAt(START, firstStep);
  const moved = synchronised(asked, questionOf(asked), answer, times);

  it('asks the same again until it has heard an answer, also after a crash', () => {
    const reloaded = JSON.parse(JSON.stringify(asked)) as Credential;
    const another = asking(reloaded, () => new Uint8Array(32).fill(9));
    expect(questionOf(another)).toEqual(questionOf(asked));
    expect(asking(moved, () => new Uint8Array(32).fill(9)).asked).not.toBe(asked.asked);
  });

  it('proves the seed that it holds', () => {
    const proof = syncProof(
      new Uint8Array(Buffer.from(SEED, 'base64url')),
      0,
      random(),
      hmacSha256,
    );
    expect(questionOf(asked)).toMatchObject({ generation: 0, proof: toBase64Url(proof) });
  });

  it('makes codes by the old seed before the first step of the new one, and then by the new', () => {
    const keys = (seed: string) =>
      deriveKeys(new Uint8Array(Buffer.from(seed, 'base64url')), hmacSha256);
    const codeBy = (seed: string, step: number, aliasPeriod: number) =>
      makeCode(
        { keys: keys(seed), counter: counterOf(step, 0), aliasPeriod, prefix: '97' },
        hotpFrom(hmacSha256),
      );
    const drawer = new Drawer(moved);
    const shown = [0, 1, 2].map((step) =>
      new CodeMaker(drawer, () => START + step * 30_000).next(),
    );
    const step = stepOf(START / 1000);
    expect(shown.map((each) => (each.kind === 'code' ? each.code : each.kind))).toEqual([
      codeBy(SEED, step, 30),
      codeBy(SEED, step + 1, 30),
      codeBy(moved.seed, step + 2, 60),
    ]);
    expect(moved.seed).not.toBe(SEED);
  });

  it('does not ask again while a code of the seed before may be looked at, whatever its clock says', () => {
    const step = stepOf(START / 1000);
    const at = [-3_000, -1, 0, 1, 2, 3, 3_000].map((steps) => mayAsk(moved, (step + steps) * 30));
    expect(at).toEqual([true, true, false, false, false, true, true]);
    expect(mayAsk(credential, START / 1000)).toBe(true);
  });

  it('takes an answer once: a second one, or one that comes after the next question, moves nothing', () => {
    expect(synchronised(moved, questionOf(asked), answer, times)).toEqual(moved);
    const next = asking(moved, () => new Uint8Array(32).fill(9));
    expect(synchronised(next, questionOf(asked), answer, times)).toEqual(next);
  });
});
