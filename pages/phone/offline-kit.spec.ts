import { describe, expect, it } from '@jest/globals';
import {
  isProvenDeviceKey,
  makeCertificate,
  parseScan,
  refuseSignedQr,
  issuerKeySet,
} from '@campus-paycode/paycode';
import { fromBase64Url, toBase64Url } from '@campus-paycode/terminal-protocol';
import nacl from 'tweetnacl';
import {
  certified,
  emptyKit,
  preparing,
  SignedQrMaker,
  type OfflineKit,
  type OfflineKitStore,
} from './offline-kit.js';
import type { Certification, OfflineRight } from './contract.js';

const START = 1_780_000_000;
const HOURS = 3_600;
const issuer = nacl.sign.keyPair.fromSeed(new Uint8Array(32).fill(7));
const forger = nacl.sign.keyPair.fromSeed(new Uint8Array(32).fill(8));
const challenge = toBase64Url(new Uint8Array(32).fill(9));

const bytes = (text: string): Uint8Array => fromBase64Url(text) ?? new Uint8Array();
const verify = (key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
  nacl.sign.detached.verify(message, signature, key);

const right: OfflineRight = {
  scheme: 1,
  issuerKeys: [
    {
      keyId: 1,
      publicKey: toBase64Url(issuer.publicKey),
      notBefore: new Date((START - 100 * HOURS) * 1000).toISOString(),
      notAfter: new Date((START + 1000 * HOURS) * 1000).toISOString(),
    },
  ],
  challenge,
  keysDue: 2,
  certificates: [],
  allowance: { amount: 6_000, endsAt: new Date((START + 200 * HOURS) * 1000).toISOString() },
};

/** As the service answers: certificates for consecutive windows of 18 hours. */
const certify = ({ keys }: Certification, by = issuer): OfflineRight => ({
  ...right,
  keysDue: 0,
  certificates: keys.map(({ deviceKey }, index) =>
    toBase64Url(
      makeCertificate(
        {
          issuerKeyId: 1,
          scheme: 1,
          reference: new Uint8Array(8).fill(index + 1),
          deviceKey: bytes(deviceKey),
          notBefore: START + index * 18 * HOURS,
          validityMinutes: 1080,
          limitClass: 0,
          flags: 1,
        },
        (message) => nacl.sign.detached(message, by.secretKey),
      ),
    ),
  ),
});

class Drawer implements OfflineKitStore {
  constructor(public kept: OfflineKit | null) {}
  read = () => this.kept;
  write = (kit: OfflineKit) => {
    this.kept = kit;
  };
}

function asked(kit: OfflineKit = emptyKit('1')): { kit: OfflineKit; request: Certification } {
  const prepared = preparing(kit, right);
  if (prepared === undefined) throw new Error('Nothing is due.');
  return prepared;
}

// Signatures of the phone's library are slow where tests run: these serve them all.
const first = asked();
const answer = certify(first.request);
const ready = certified(first.kit, answer, START);
const readyDrawer = (): Drawer => new Drawer(ready);

function bound(now: () => number, drawer = readyDrawer()): SignedQrMaker {
  return new SignedQrMaker(drawer, now, () => ({ credentialId: '1', prefix: '97' }));
}

function readCode(digits: string) {
  const scan = parseScan(digits);
  if (!scan.ok || scan.form !== 'signed') throw new Error('That is no signed QR.');
  return scan;
}

describe('what a phone keeps for tills without a network', () => {
  it('proves as many keys as are due, each its own', () => {
    const { request } = first;
    expect(request).toMatchObject({ credentialId: '1', challenge });
    expect(new Set(request.keys.map(({ deviceKey }) => deviceKey)).size).toBe(2);
    for (const { deviceKey, proof } of request.keys) {
      const proven = {
        challenge: bytes(challenge),
        deviceKey: bytes(deviceKey),
        proof: bytes(proof),
      };
      expect(isProvenDeviceKey(proven, verify)).toBe(true);
    }
  });

  it('asks again with the same keys until it is heard, and with new ones after another challenge', () => {
    const { kit, request } = first;
    expect(asked(kit).request).toEqual(request);
    const other = preparing(kit, { ...right, challenge: toBase64Url(new Uint8Array(32)) });
    expect(other?.request.keys[0]?.deviceKey).not.toBe(request.keys[0]?.deviceKey);
    expect(preparing(kit, { ...right, keysDue: 0 })).toBeUndefined();
  });

  it('finds the certificates of an answer that was lost in the next one, whatever its challenge', () => {
    const next = { ...answer, challenge: toBase64Url(new Uint8Array(32)) };
    expect(certified(first.kit, next, START).keys.map(({ certificate }) => certificate)).toEqual(
      next.certificates,
    );
  });

  it('keeps no certificate of another issuer, nor of a key that it does not hold', () => {
    const forged = { ...certify(first.request, forger), challenge: 'x' };
    expect(certified(first.kit, forged, START).keys).toEqual([]);
    const other = { ...first.kit, keys: asked().kit.keys };
    expect(certified(other, { ...answer, challenge: 'x' }, START).keys).toEqual([]);
  });

  it('forgets a key whose certificate has ended, or is good no more', () => {
    expect(certified(ready, answer, START + 18 * HOURS).keys).toHaveLength(1);
    expect(certified(ready, { ...answer, certificates: [] }, START).keys).toEqual([]);
  });
});

describe('a maker of signed QRs', () => {
  it('signs the time and a counter that rises, also across reloads', () => {
    let now = START + 5.7;
    const drawer = readyDrawer();
    const codes = [0, 1, 2].map(() => {
      const shown = bound(() => now, drawer).next();
      now += 1;
      if (shown.kind !== 'code') throw new Error(shown.kind);
      expect(shown.changesAt).toBe(Math.floor(now - 1) + 30);
      return readCode(shown.code);
    });
    expect(codes.map(({ counter }) => counter)).toEqual([0, 1, 2]);
    expect(codes.map(({ codeTime }) => codeTime)).toEqual([START + 5, START + 6, START + 7]);
    const keys = issuerKeySet([
      { id: 1, publicKey: issuer.publicKey, notBefore: 0, notAfter: START * 2 },
    ]);
    for (const code of codes)
      expect(refuseSignedQr(code, { scheme: 1, issuerKeys: keys }, verify)).toBeUndefined();
  });

  it('has stored the counter before anybody can draw the code', () => {
    const drawer = readyDrawer();
    const maker = bound(() => START, drawer);
    drawer.write = () => {
      throw new Error('The store is full.');
    };
    expect(() => maker.next()).toThrow('full');
  });

  it('uses the certificate whose time it is', () => {
    const drawer = readyDrawer();
    const at = (now: number) => {
      const shown = bound(() => now, drawer).next();
      return shown.kind === 'code' ? readCode(shown.code).certificate.reference[0] : shown.kind;
    };
    expect(at(START)).toBe(1);
    expect(at(START + 18 * HOURS - 1)).toBe(1);
    expect(at(START + 18 * HOURS)).toBe(2);
  });

  it('says why it has none', () => {
    const kindOf = (drawer: Drawer, now = START) => bound(() => now, drawer).next().kind;
    expect(kindOf(new Drawer(null))).toBe('none');
    expect(kindOf(new Drawer(first.kit))).toBe('none');
    expect(kindOf(readyDrawer(), START + 36 * HOURS)).toBe('expired');
    expect(kindOf(readyDrawer(), START - 1)).toBe('expired');
    const drawer = readyDrawer();
    const poor = new Drawer(drawer.kept && { ...drawer.kept, allowance: null });
    expect(kindOf(poor)).toBe('no_allowance');
    const ended = { amount: 6_000, endsAt: new Date(START * 1000).toISOString() };
    expect(kindOf(new Drawer(drawer.kept && { ...drawer.kept, allowance: ended }))).toBe(
      'no_allowance',
    );
  });

  it('uses nothing of a phone that was bound before', () => {
    const maker = new SignedQrMaker(
      readyDrawer(),
      () => START,
      () => ({ credentialId: '2', prefix: '97' }),
    );
    expect(maker.next().kind).toBe('none');
  });
});
