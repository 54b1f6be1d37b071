import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VerifyEd25519 } from '@campus-paycode/paycode';
import { describe, expect, it } from '@jest/globals';
import { judgeTicket, makeTicket, readTicket, type Ticket, type TicketDevice } from './index.js';

type Meter = Omit<TicketDevice, 'keys'>;
type Taken = {
  name: string;
  ticket: Ticket;
  bytes: string;
  digits: string;
  meter: Meter;
  units: number;
};
type Vectors = {
  keys: Record<string, string>;
  taken: Taken[];
  refused: { name: string; fault: string; scan: string; meter: Meter }[];
};

const file = join(process.cwd(), 'packages/terminal-protocol/vectors/tickets.json');
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;
const keys = new Map(
  Object.entries(vectors.keys).map(([id, hex]) => [Number(id), Buffer.from(hex, 'hex')]),
);

const check: VerifyEd25519 = (publicKey, message, signature) => {
  try {
    const x = Buffer.from(publicKey).toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, message, key, signature);
  } catch {
    return false;
  }
};

const judge = (scan: string, meter: Meter) => judgeTicket(scan, { ...meter, keys }, check);

describe('the ticket vectors', () => {
  for (const { name, ticket, bytes, digits, meter, units } of vectors.taken) {
    it(`agree: ${name}`, () => {
      const read = readTicket(digits);
      expect(read).toMatchObject({ ok: true, ticket });
      expect(read.ok && Buffer.from(read.bytes).toString('hex')).toBe(bytes);
      expect(makeTicket(ticket, () => Buffer.from(bytes, 'hex').subarray(19))).toBe(digits);
      expect(judge(digits, meter)).toEqual({ ok: true, ticket, units });
      expect(judge(`${digits}\r`, meter)).toMatchObject({ ok: true });
    });
  }

  for (const { name, fault, scan, meter } of vectors.refused) {
    it(`are refused: ${name}`, () => {
      expect(judge(scan, meter)).toMatchObject({ ok: false, code: fault });
    });
  }
});

describe('a ticket', () => {
  const [given] = vectors.taken;
  if (given === undefined) throw new Error('There are no vectors.');

  it('is signed over its own bytes: another field is another signature', () => {
    const seed = Buffer.alloc(32, 7);
    const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
    const key = createPrivateKey({
      key: Buffer.concat([prefix, seed]),
      format: 'der',
      type: 'pkcs8',
    });
    const make = (ticket: Ticket) => makeTicket(ticket, (message) => sign(null, message, key));
    const fields: (keyof Ticket)[] = ['keyId', 'device', 'number', 'units', 'expiresAt'];
    const all = [
      given.ticket,
      { ...given.ticket, kind: 'session' as const },
      ...fields.map((field) => ({ ...given.ticket, [field]: 99 })),
    ].map((ticket) => make(ticket).slice(-100));
    expect(new Set(all).size).toBe(all.length);
  });

  it('is not made of what does not fit', () => {
    const signature = () => new Uint8Array(64);
    const wrong: Partial<Ticket>[] = [
      { keyId: 256 },
      { device: 0 },
      { number: 0 },
      { units: 2 ** 32 },
      { units: 1.5 },
      { expiresAt: -1 },
    ];
    for (const change of wrong)
      expect(() => makeTicket({ ...given.ticket, ...change }, signature)).toThrow(RangeError);
    expect(() => makeTicket(given.ticket, () => new Uint8Array(63))).toThrow(RangeError);
  });
});
