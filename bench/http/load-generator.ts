/** The process that plays the terminals: it signs every request and verifies every answer, as a terminal does. */
import {
  makeOrderNumber,
  publicKeyToJwk,
  readSignedAnswer,
  requestToSign,
} from '@campus-paycode/terminal-protocol';
import { deriveKeys, makeCode, type CodeKeys } from '@campus-paycode/paycode';
import { createPublicKey, hash, randomBytes, sign, verify, type KeyObject } from 'node:crypto';
import { serviceHmac, serviceHotp } from '../../src/payment-codes/domain/primitives.js';
import { amountOf, seedOf, terminalKeyOf } from '../campus/campus-plan.js';
import { noAnswers, take, type Answer } from '../figures/answer-count.js';
import { measureWindow } from '../ledger/measure-window.js';
import { targetOf, type Order, type Report, type RunOrder } from './generator-messages.js';
import { Wire, type WireAnswer } from './wire.js';

const aliasPeriod = 30;
const generation = 1;

const without = (why: string): Answer => ({ verdict: 'none', why });

/** A verdict, or a problem. */
type Said = {
  readonly verdict?: string;
  readonly reason?: string | null;
  readonly code?: string;
};

type PreparedCode = { readonly card: number; readonly code: string };

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

const keysOfCards = new Map<number, CodeKeys>();
const keysOfTerminals = new Map<number, KeyObject>();
let prepared: PreparedCode[] = [];
let sequence = 0;

function prepare(codes: readonly (readonly [number, number])[]): void {
  prepared = codes.map(([card, counter]) => {
    const keys = keysOfCards.get(card) ?? deriveKeys(seedOf(card), serviceHmac);
    keysOfCards.set(card, keys);
    return { card, code: makeCode({ keys, counter, aliasPeriod }, serviceHotp) };
  });
}

function keyOf(terminal: number): KeyObject {
  const key = keysOfTerminals.get(terminal) ?? terminalKeyOf(terminal);
  keysOfTerminals.set(terminal, key);
  return key;
}

/** One run's terminals: each request is another's turn. */
class Terminals {
  readonly answers = noAnswers();
  private readonly answerKey: KeyObject;
  private readonly target: string;

  constructor(private readonly order: RunOrder) {
    const raw = Buffer.from(order.answerKey, 'base64url');
    this.answerKey = createPublicKey({ key: { ...publicKeyToJwk('ed25519', raw) }, format: 'jwk' });
    this.target = targetOf[order.route];
  }

  async one(wire: Wire): Promise<void> {
    sequence += 1;
    const { terminals } = this.order;
    const terminal = terminals[sequence % terminals.length] ?? 0;
    const body = this.bodyOf();
    const answer =
      this.order.route === 'noop'
        ? await this.askPlainly(wire, body)
        : await this.askSigned(wire, terminal, body);
    take(this.answers, answer);
  }

  private bodyOf(): string {
    const nowMs = Date.now() + this.order.aheadMs;
    // The routes that do nothing are sent the same bytes, with a code that nobody looks at.
    const sale =
      this.order.route === 'payments' ? prepared.pop() : { card: 1, code: '97185965475126865312' };
    if (sale === undefined) throw new Error('There are no codes left that were made before.');
    return JSON.stringify({
      orderNumber: makeOrderNumber(nowMs, randomBytes(10)),
      sequence,
      instrument: { type: 'code', code: sale.code },
      amount: Number(amountOf(sale.card)),
      occurredAt: new Date(nowMs).toISOString(),
    });
  }

  private async askPlainly(wire: Wire, body: string): Promise<Answer> {
    const { status } = await wire.post(this.target, { 'content-type': 'application/json' }, body);
    return status === 200 ? { verdict: 'approved' } : without(`status ${status}`);
  }

  private async askSigned(wire: Wire, terminal: number, body: string): Promise<Answer> {
    const draft = requestToSign(
      {
        method: 'POST',
        authority: this.order.serviceName,
        target: this.target,
        body: Buffer.from(body),
      },
      {
        keyId: `t-${terminal}.${generation}`,
        algorithm: 'ed25519',
        created: Math.floor((Date.now() + this.order.aheadMs) / 1000),
        sha256,
      },
    );
    const signature = sign(null, draft.base, keyOf(terminal));
    const answer = await wire.post(this.target, draft.finish(signature), body);
    return this.judge(answer, signature);
  }

  private judge(answer: WireAnswer, requestSignature: Uint8Array): Answer {
    const read = readSignedAnswer({ ...answer, requestSignature }, { sha256 });
    if (!read.ok) return without(read.detail);
    if (!read.bound || !verify(null, read.base, this.answerKey, read.signature))
      return without('an answer that does not verify');
    const said = JSON.parse(answer.body.toString()) as Said;
    if (answer.status !== 200) return without(said.code ?? `status ${answer.status}`);
    return said.verdict === 'approved'
      ? { verdict: 'approved' }
      : { verdict: 'declined', why: said.reason ?? 'no reason' };
  }
}

async function run(order: RunOrder): Promise<Report> {
  const terminals = new Terminals(order);
  order.terminals.forEach(keyOf);
  const wires = await Promise.all(
    Array.from({ length: order.inFlight }, () => Wire.open(order.port)),
  );
  try {
    const window = await measureWindow({
      ...order,
      one: (worker) => {
        const wire = wires[worker];
        if (wire === undefined) throw new Error('There is no connection for this request.');
        return terminals.one(wire);
      },
    });
    return { type: 'ran', window, answers: terminals.answers };
  } finally {
    wires.forEach((wire) => wire.close());
  }
}

async function obey(order: Order): Promise<Report> {
  if (order.type === 'run') return run(order);
  prepare(order.codes);
  return { type: 'prepared' };
}

process.on('message', (order: Order) => {
  obey(order)
    .catch((error: Error): Report => ({ type: 'failed', why: error.stack ?? error.message }))
    .then((report) => process.send?.(report))
    .catch(() => process.exit(1));
});
// Whoever gives the orders is gone, and so is the reason to run.
process.on('disconnect', () => process.exit(0));
