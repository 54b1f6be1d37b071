import { deriveKeys, makeCode } from '@campus-paycode/paycode';
import { makeOrderNumber } from '@campus-paycode/terminal-protocol';
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { amountOf, seedOf } from '../../bench/campus/campus-plan.js';
import type { CodeCounters } from '../../bench/campus/code-counters.js';
import { serviceHmac, serviceHotp } from '../../src/payment-codes/domain/primitives.js';
import type { Dice } from '../../terminal-sim/dice.js';
import type { Ending, History, Question } from './history.js';
import type { Heard, SignedCalls } from './signed-calls.js';

/** A sale as the terminal has stored it before it sends it: the bytes are what a retry sends again. */
type Draft = {
  readonly question: Question & { readonly ask: 'sell' };
  readonly body: string;
  readonly code: string;
};

const remembered = 30;
const aliasPeriod = 30;
const staleSteps = 10;
const countersInStep = 4;
const patienceMs = 4_000;
const retriesMax = 4;

/** One terminal that sells without pause, asks again, takes back, and writes down all that it sees. */
export class FaultTerminal {
  private readonly drafts: Draft[] = [];
  private sequence = 0;

  constructor(
    private readonly number: number,
    private readonly around: {
      readonly history: History;
      readonly calls: SignedCalls;
      readonly codes: CodeCounters;
      readonly dice: Dice;
      nowMs(): number;
    },
  ) {}

  async work(goesOn: () => boolean): Promise<void> {
    while (goesOn()) await this.step();
  }

  private async step(): Promise<void> {
    const { dice } = this.around;
    const known = this.drafts[dice.between(0, Math.max(0, this.drafts.length - 1))];
    const next = dice.weighted([
      ['sell', 78],
      ['sell again', 8],
      ['reverse', 8],
      ['find', 6],
    ] as const);
    if (next === 'sell' || known === undefined) return this.sell();
    if (next === 'sell again') return void (await this.send(known));
    const { orderNumber, terminal } = known.question;
    const target = `/v1/payments/${orderNumber}`;
    if (next === 'find')
      return void (await this.ask({ ask: 'find', orderNumber, terminal }, ['GET', target, '']));
    const body = JSON.stringify({ reason: 'timeout' });
    const call = ['POST', `${target}/reversal`, body] as const;
    await this.ask({ ask: 'reverse', orderNumber, terminal }, call);
  }

  /** A new sale; one that nothing was heard of is mostly sent again, and sometimes left as it is. */
  private async sell(): Promise<void> {
    const draft = this.draft();
    this.drafts.push(draft);
    if (this.drafts.length > remembered) this.drafts.shift();
    const { dice } = this.around;
    for (let sent = 0; sent <= retriesMax; sent += 1) {
      const { end } = await this.send(draft);
      if (end !== 'unknown' || dice.throw() < 0.25) return;
      await wait(dice.between(20, 500));
    }
  }

  private draft(): Draft {
    const { codes, dice, nowMs } = this.around;
    const orderNumber = makeOrderNumber(nowMs(), randomBytes(10));
    const used = this.drafts.at(-1);
    const kind = dice.weighted([
      ['fresh', 88],
      ['used', 6],
      ['stale', 6],
    ] as const);
    const { card, counter } = codes.next();
    const shown = kind === 'stale' ? counter - staleSteps * countersInStep : counter;
    const keys = deriveKeys(seedOf(card), serviceHmac);
    const isUsed = kind === 'used' && used !== undefined;
    const code = isUsed ? used.code : makeCode({ keys, counter: shown, aliasPeriod }, serviceHotp);
    const amount = Number(amountOf(card));
    const whose = isUsed ? used.question.code : kind === 'stale' ? null : `${card} ${counter}`;
    const body = JSON.stringify({
      orderNumber,
      sequence: (this.sequence += 1),
      instrument: { type: 'code', code },
      amount,
      occurredAt: new Date(nowMs()).toISOString(),
    });
    const { number: terminal } = this;
    return { question: { ask: 'sell', orderNumber, terminal, amount, code: whose }, body, code };
  }

  private send({ question, body }: Draft): Promise<Ending> {
    return this.ask(question, ['POST', '/v1/payments', body]);
  }

  private async ask(
    question: Question,
    [method, target, body]: readonly ['GET' | 'POST', string, string],
  ): Promise<Ending> {
    const { history, calls, dice } = this.around;
    const operation = history.ask(question);
    // Now and then the terminal gives up while the service is still at it: the next request then meets this one there.
    const timeoutMs = dice.throw() < 0.04 ? dice.between(1, 8) : patienceMs;
    const ending = endingOf(question, await calls.send({ method, target, body, timeoutMs }));
    history.end(operation, ending);
    if (ending.end === 'unknown') await wait(dice.between(30, 300));
    return ending;
  }
}

function endingOf(question: Question, heard: Heard): Ending {
  if ('silence' in heard) return { end: 'unknown', why: heard.silence };
  const { status, body } = heard;
  if (status !== 200)
    return body['effect'] === 'none'
      ? { end: 'refused', code: String(body['code']) }
      : { end: 'unknown', why: String(body['code']) };
  if (question.ask === 'reverse') {
    const { outcome, returned } = body;
    return { end: 'reversal', reversal: { outcome: String(outcome), returned: Number(returned) } };
  }
  const { paymentId, verdict, reason, amount } = body;
  return {
    end: 'verdict',
    verdict: {
      paymentId: String(paymentId),
      verdict: verdict === 'approved' ? 'approved' : 'declined',
      reason: typeof reason === 'string' ? reason : null,
      amount: Number(amount),
    },
  };
}
