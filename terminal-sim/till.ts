import { setTimeout as wait } from 'node:timers/promises';
import {
  TerminalClient,
  TerminalProblem,
  httpTransport,
  type OfflineResult,
  type SaleResult,
  type TerminalEvent,
} from '@campus-paycode/terminal-client';
import type { CaptureAnswer, TerminalKind } from './terminal-words.js';
import { BadLine } from './bad-line.js';
import type { EnrolmentCode } from './office.js';
import type { Fates } from './fates.js';
import type { PlannedSale, PlannedWord } from './plan-lunch.js';
import type { StudentPhone } from './student-phone.js';

const model = 'Simulated terminal';
const softwareVersion = '1';
/** How long one thing may wait for the service before the till asks again at once. */
const hurryMs = 1_000;
const drainMs = 90_000;

const wordTaken = { confirm: 'confirmed', refuse: 'refused' } as const;

const foreignCode = '134512345678901234';

export type TillOptions = {
  readonly fates: Fates;
  readonly algorithm: 'ed25519' | 'ecdsa-p256-sha256';
  /** A network that is gone comes back after this many sales. */
  readonly salesAlone: number;
};

/** The sale before the till. */
type Running = {
  readonly sale: PlannedSale;
  readonly phone: StudentPhone;
  readonly began: number;
  shortNumber: string;
};

/** One simulated terminal: a true one, except that it does not outlive this program. */
export class Till {
  private current: Running | null = null;
  private word: Promise<void> = Promise.resolve();
  private left = 0;
  /** The last thing on its screen. */
  shows = '';

  private constructor(
    readonly client: TerminalClient,
    private readonly line: BadLine,
    private readonly fates: Fates,
    private readonly salesAlone: number,
  ) {}

  /** @throws when the service's key is not the one that the office named. */
  static async enrol(
    url: string,
    code: EnrolmentCode,
    { fates, algorithm, salesAlone }: TillOptions,
  ): Promise<Till> {
    const line = new BadLine(httpTransport(url));
    const hears: { event: (event: TerminalEvent) => void } = { event: () => {} };
    const { enrolmentCode, serviceName, serviceKey } = code;
    const client = await TerminalClient.enrol({
      baseUrl: url,
      stateDir: null,
      durability: 'memory',
      transport: line.transport,
      onEvent: (event) => {
        hears.event(event);
      },
      serviceName,
      enrolmentCode,
      algorithm,
      model,
      softwareVersion,
    });
    const known = client.settings().serviceKeys.some(({ publicKey }) => publicKey === serviceKey);
    if (!known) throw new Error('A terminal met a service with another key than the office named.');
    const till = new Till(client, line, fates, salesAlone);
    hears.event = (event) => {
      till.hear(event);
    };
    return till;
  }

  get id(): string {
    return this.client.settings().terminalId;
  }

  get code(): string {
    return this.client.settings().code;
  }

  get kind(): TerminalKind {
    return this.client.settings().kind;
  }

  /** One sale as planned. False when the terminal gave up on the service in its course. */
  async sell(sale: PlannedSale, phone: StudentPhone): Promise<boolean> {
    if (this.isAlone(sale) && (await this.loseNetwork())) {
      const code = phone.showSigned();
      if (code !== null && (await this.sellAlone(sale, code))) return true;
    }
    await this.comeBack();
    const planned = sale.mishap === 'no-network' ? { ...sale, mishap: null } : sale;
    this.prepareLine(planned);
    const code = codeFor(sale, phone);
    const began = performance.now();
    this.current = { sale: planned, phone, began, shortNumber: '' };
    const amount = sale.amount === null ? {} : { amount: sale.amount };
    const result = await this.client.pay({ code, ...amount });
    const millis = performance.now() - began;
    this.line.beFine();
    this.current = null;
    await this.word;
    this.fates.change(result.orderNumber, readResult(result));
    const isAsked = (this.fates.of(result.orderNumber)?.asked ?? null) !== null;
    if (hasAnswer(result)) {
      this.fates.change(result.orderNumber, isAsked ? { finalMillis: millis } : { millis });
    }
    this.shows = screenOf(result);
    if (result.outcome === 'approved') await this.conclude(sale, result);
    return result.outcome !== 'reversing';
  }

  /** Whether this sale is one of those for which there is no network. */
  isAlone({ mishap }: PlannedSale): boolean {
    if (this.kind === 'dorm') return false;
    return mishap === 'no-network' || (this.left > 0 && mishap === null);
  }

  /** False when it heard too little of the service to sell without it. */
  private async loseNetwork(): Promise<boolean> {
    if (this.left > 0) return true;
    try {
      await this.client.fetchSettings();
    } catch {
      return false;
    }
    this.left = this.salesAlone;
    this.line.beGone();
    await this.client.heartbeat(softwareVersion).catch(() => {});
    return true;
  }

  /** False when the terminal refused, which leaves nothing behind. */
  private async sellAlone(sale: PlannedSale, code: string): Promise<boolean> {
    this.left -= 1;
    const amount = sale.amount === null ? {} : { amount: sale.amount };
    const result = await this.client.sell({ code, ...amount });
    this.shows = screenOf(result);
    if (result.outcome !== 'accepted_offline') return false;
    this.fates.begin(result.orderNumber, this.id, { ...sale, mishap: 'no-network' });
    // Until the service has heard of it nobody knows what becomes of it.
    this.fates.change(result.orderNumber, { outcome: 'unknown', amount: result.amount });
    return true;
  }

  /** The network is there again: what was sold meanwhile is told beside the next sales. */
  private async comeBack(): Promise<void> {
    this.left = 0;
    if (!this.line.isGone) return;
    this.line.beFine();
    await this.client.heartbeat(softwareVersion).catch(() => {});
  }

  /** Says everything that is still to be said. False when the service did not hear it all in time. */
  async drain(): Promise<boolean> {
    await this.comeBack();
    const deadline = Date.now() + drainMs;
    while (this.client.queued() > 0 && Date.now() < deadline) {
      await Promise.race([this.client.drain(), wait(hurryMs)]);
    }
    return this.client.queued() === 0;
  }

  /** Whether the service counted the same as this terminal. */
  async closeShift(): Promise<boolean> {
    return (await this.client.closeShift()).agrees;
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private async conclude(
    sale: PlannedSale,
    { orderNumber, answer }: Extract<SaleResult, { answer: object }>,
  ): Promise<void> {
    if (answer.state === 'held') await this.use(orderNumber, sale.uses);
    if (sale.mishap !== 'taken-back') return;
    await this.client.reverse(orderNumber, 'device');
  }

  /** A metered device takes what was used, the last time for good. */
  private async use(orderNumber: string, uses: readonly number[]): Promise<void> {
    const held = this.fates.of(orderNumber)?.amount ?? 0;
    for (const [at, part] of uses.entries()) {
      const amount = Math.floor(held * part);
      const final = at === uses.length - 1;
      try {
        await this.patiently(this.client.capture({ orderNumber, amount, final }));
        const before = this.fates.of(orderNumber)?.captured ?? 0;
        this.fates.change(orderNumber, { captured: before + amount });
      } catch (error) {
        if (!(error instanceof TerminalProblem)) throw error;
        // Refused for good, as after an expiry: nothing was taken.
        this.fates.change(orderNumber, { reason: error.problem.code });
        return;
      }
    }
  }

  /** A terminal waits ever longer between two tries; a lunch has no time for that. */
  private async patiently(capture: Promise<CaptureAnswer>): Promise<void> {
    const done = capture.then(() => true as const);
    while (!(await Promise.race([done, wait(hurryMs, false)]))) {
      this.client.drain().catch(() => {});
    }
  }

  private hear(event: TerminalEvent): void {
    if (event.type === 'sent' && this.current !== null) {
      this.current.shortNumber = event.shortNumber;
      this.fates.begin(event.orderNumber, this.id, this.current.sale);
    } else if (event.type === 'pending' && this.current !== null) {
      this.word = this.askFor(event, this.current);
    } else if (event.type === 'reversing') {
      // Until it is acknowledged nobody knows.
      this.fates.change(event.orderNumber, { outcome: 'unknown' });
    } else if (event.type === 'reversed') {
      const { orderNumber, outcome, returned } = event.answer;
      this.fates.change(orderNumber, { outcome: 'reversed', reason: outcome, returned });
    } else if (event.type === 'settled_offline') {
      this.settle(event);
    }
  }

  /** Somebody is asked, and says what the plan says, or nothing. */
  private async askFor(
    { orderNumber, awaits }: Extract<TerminalEvent, { type: 'pending' }>,
    { sale: { word }, phone, began, shortNumber }: Running,
  ): Promise<void> {
    const millis = performance.now() - began;
    // A cashier stands there: silence is a student's.
    const says = awaits === 'cashier' && word.says === 'nothing' ? 'confirm' : word.says;
    this.fates.change(orderNumber, { outcome: 'pending', asked: awaits, word: says, millis });
    const heard =
      awaits === 'cashier'
        ? await this.pressKey(says, word.afterMs)
        : await phone.words?.answer(shortNumber, word);
    this.fates.change(orderNumber, { heard: heard ?? null });
  }

  /** Null when the service did not say that it took the word. */
  private async pressKey(says: PlannedWord['says'], afterMs: number): Promise<string | null> {
    if (says === 'nothing') return null;
    await wait(afterMs);
    const isTaken = await this.client.confirm(says).catch(() => false);
    return isTaken ? wordTaken[says] : null;
  }

  private settle({ decision, amount }: Extract<TerminalEvent, { type: 'settled_offline' }>): void {
    const { orderNumber, paymentId, reason } = decision;
    if (orderNumber === null) return;
    const isPaid = paymentId !== null;
    const isOpen = decision.decision === 'quarantined';
    const outcome = isPaid ? 'approved' : isOpen ? 'unknown' : 'refused';
    this.fates.change(orderNumber, { outcome, reason, captured: isPaid ? amount : 0 });
  }

  private prepareLine({ mishap, index }: PlannedSale): void {
    if (mishap === 'answer-lost') this.line.loseAnswers(1);
    else if (mishap === 'line-dead') this.line.loseAnswers(Infinity);
    else if (mishap === 'line-cut') this.line.cutAfter(1 + (index % 8));
    else this.line.beFine();
  }
}

function screenOf(result: SaleResult | OfflineResult): string {
  switch (result.outcome) {
    case 'accepted_offline':
      return `⇡ ${(result.amount / 100).toFixed(2)}`;
    case 'refused_offline':
      return `! ${result.refusal}`;
    case 'approved':
      return `✓ ${(result.answer.amount / 100).toFixed(2)}`;
    case 'declined':
      return `✗ ${result.answer.reason ?? ''}`;
    case 'problem':
      return `! ${result.problem.code}`;
    case 'reversed':
    case 'reversing':
      return '? not confirmed';
  }
}

function codeFor({ mishap, index }: PlannedSale, phone: StudentPhone): string {
  switch (mishap) {
    case 'code-again':
      return phone.showAgain();
    case 'stale-code':
      return phone.showStale();
    case 'foreign-code':
      return foreignCode;
    case 'misread-code':
      return phone.show().slice(0, 12 + (index % 8));
    case 'answer-lost':
    case 'line-cut':
    case 'line-dead':
    case 'taken-back':
    case 'charged-again':
    case 'no-network':
    case null:
      return phone.show();
  }
}

const hasAnswer = ({ outcome }: SaleResult): boolean =>
  outcome === 'approved' || outcome === 'declined' || outcome === 'problem';

function readResult(result: SaleResult): Parameters<Fates['change']>[1] {
  switch (result.outcome) {
    case 'approved': {
      const { amount, captured } = result.answer;
      return { outcome: 'approved', amount, captured };
    }
    case 'declined':
      return { outcome: 'declined', reason: result.answer.reason };
    case 'problem':
      return { outcome: 'refused', reason: result.problem.code };
    case 'reversed':
      return {
        outcome: 'reversed',
        reason: result.reversal?.outcome ?? 'reversed_before',
        returned: result.reversal?.returned ?? 0,
      };
    case 'reversing':
      // The events say it, also when the acknowledgment came while this was on its way.
      return {};
  }
}
