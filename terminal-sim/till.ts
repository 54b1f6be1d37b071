import { setTimeout as wait } from 'node:timers/promises';
import {
  TerminalProblem,
  type SaleResult,
  type TerminalClient,
  type TerminalEvent,
} from '@campus-paycode/terminal-client';
import type { CaptureAnswer, TerminalKind } from './terminal-words.js';
import type { BadLine } from './bad-line.js';
import { softwareVersion, TillMachine, type MachineOptions } from './till-machine.js';
import type { EnrolmentCode } from './office.js';
import { DeviceSide } from './device-side.js';
import type { DeviceUses } from './device-uses.js';
import type { Fates } from './fates.js';
import type { Passages } from './passages.js';
import type { PlannedSale, PlannedWord } from './plan-lunch.js';
import { amountAt, codeFor, hasAnswer, readResult, screenOf } from './till-results.js';
import type { StudentPhone } from './student-phone.js';

/** How long one thing may wait for the service before the till asks again at once. */
const hurryMs = 1_000;
/** So long after everything is well again, nothing may be left to say. */
export const drainMs = 60_000;
/** So many sales are lost with an older image of a disk. */
const salesBetweenImages = 3;
const morningHeartbeats = 3;

const wordTaken = { confirm: 'confirmed', refuse: 'refused' } as const;

export type TillOptions = Omit<MachineOptions, 'onEvent'> & {
  readonly fates: Fates;
  readonly passages: Passages;
  readonly uses: DeviceUses;
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
  private isResuming = false;
  /** The last thing on its screen. */
  shows = '';

  private sold = 0;
  /** What the disk was some sales ago, and how many there had been. */
  private backup: { readonly image: Uint8Array; readonly sold: number } | null = null;
  /** Whether it was put back to what it had been before. */
  isRestored = false;

  readonly device: DeviceSide;

  private constructor(
    private readonly machine: TillMachine,
    private readonly around: TillOptions,
  ) {
    this.device = new DeviceSide(machine, around);
  }

  /** @throws when the service's key is not the one that the office named. */
  static async enrol(url: string, code: EnrolmentCode, options: TillOptions): Promise<Till> {
    const hears: { event: (event: TerminalEvent) => void } = { event: () => {} };
    const onEvent = (event: TerminalEvent) => {
      hears.event(event);
    };
    const till = new Till(await TillMachine.enrol(url, code, { ...options, onEvent }), options);
    hears.event = (event) => {
      till.hear(event);
    };
    return till;
  }

  get client(): TerminalClient {
    return this.machine.client;
  }

  get line(): BadLine {
    return this.machine.line;
  }

  private get fates(): Fates {
    return this.around.fates;
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
    const planned = this.possible(sale);
    if (planned.mishap === 'till-restored') await this.restore();
    this.line.prepare(planned);
    const code = codeFor(planned, phone);
    const began = performance.now();
    this.current = { sale: planned, phone, began, shortNumber: '' };
    const amount = amountAt(this.client.settings(), sale);
    const sold =
      planned.useSeconds === null
        ? this.client.pay({ code, ...amount })
        : this.device.start(code, planned);
    const result =
      planned.mishap === 'till-killed' ? await this.cutPower(sold, planned) : await sold;
    const millis = performance.now() - began;
    this.line.beFine();
    this.current = null;
    await this.word;
    this.sold += 1;
    if (result === null) return true;
    this.fates.change(result.orderNumber, readResult(result));
    const isAsked = (this.fates.of(result.orderNumber)?.asked ?? null) !== null;
    if (hasAnswer(result) && planned.mishap !== 'till-killed') {
      this.fates.change(result.orderNumber, isAsked ? { finalMillis: millis } : { millis });
    }
    this.shows = screenOf(result);
    if (result.outcome === 'approved') await this.conclude(sale, result);
    this.keepImage();
    return result.outcome !== 'reversing';
  }

  /** What goes wrong goes wrong only where it can. */
  private possible(sale: PlannedSale): PlannedSale {
    const { mishap } = sale;
    const hasDisk = this.around.folder !== null && this.kind === 'canteen';
    const canRestore = hasDisk && this.backup !== null && !this.isRestored;
    const cannot =
      mishap === 'no-network' ||
      (mishap === 'till-killed' && !hasDisk) ||
      (mishap === 'till-restored' &&
        !(canRestore && this.sold >= (this.backup?.sold ?? 0) + salesBetweenImages));
    return cannot ? { ...sale, mishap: null } : sale;
  }

  /** Null when the program that began the sale is gone: the one that comes after it says how it ended. */
  private async cutPower(
    sold: Promise<SaleResult>,
    { index }: PlannedSale,
  ): Promise<SaleResult | null> {
    const ended = sold.catch(() => null);
    await wait(1 + (index % 40));
    this.isResuming = true;
    try {
      await this.machine.powerCut(this.machine.image());
    } finally {
      this.isResuming = false;
    }
    return ended;
  }

  private async restore(): Promise<void> {
    if (this.backup === null) return;
    this.isRestored = true;
    await this.machine.powerCut(this.backup.image);
  }

  /** Only where nothing is under way: what is lost with the disk are sales that have their end. */
  private keepImage(): void {
    if (this.around.folder === null || this.backup !== null || this.client.queued() > 0) return;
    if (this.sold >= salesBetweenImages)
      this.backup = { image: this.machine.image(), sold: this.sold };
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
    this.left = this.around.salesAlone;
    this.line.beGone();
    await this.client.heartbeat(softwareVersion).catch(() => {});
    return true;
  }

  /** False when the terminal refused, which leaves nothing behind. */
  private async sellAlone(sale: PlannedSale, code: string): Promise<boolean> {
    this.left -= 1;
    const amount = amountAt(this.client.settings(), sale);
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

  /** Says that it is there, as terminals do every minute. */
  async beThere(): Promise<void> {
    for (let times = 0; times < morningHeartbeats; times += 1) {
      await this.client.heartbeat(softwareVersion).catch(() => {});
    }
  }

  /** Says everything that is still to be said. False when the service did not hear it all in time. */
  async drain(): Promise<boolean> {
    await this.device.turnOnAgain();
    await this.comeBack();
    await this.line.settled();
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
    result: Extract<SaleResult, { answer: object }>,
  ): Promise<void> {
    const { orderNumber, answer } = result;
    const isTakenBack = sale.mishap === 'taken-back';
    if (sale.useSeconds !== null && !isTakenBack) this.device.run(sale, result);
    else if (answer.state === 'held') await this.use(orderNumber, sale.uses);
    if (isTakenBack) await this.takeBack(orderNumber);
  }

  /** A cashier's mistake is a void; where nobody stands, the device undoes what it did not deliver. */
  private async takeBack(orderNumber: string): Promise<void> {
    if ((this.client.settings().voids ?? null) === null) {
      await this.client.reverse(orderNumber, 'device');
      return;
    }
    try {
      await this.client.void({ orderNumber });
    } catch (error) {
      // Nobody with a word of a supervisor's stands at a simulated till: the sale stays what it was.
      if (!(error instanceof TerminalProblem)) throw error;
      const before = this.fates.of(orderNumber);
      if (before?.outcome === 'unknown') this.fates.change(orderNumber, { outcome: 'approved' });
    }
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
    } else if (event.type === 'ended' && this.isResuming) {
      this.fates.change(event.result.orderNumber, readResult(event.result));
    } else if (event.type === 'reversing' || event.type === 'voiding') {
      // Until it is acknowledged nobody knows.
      this.fates.change(event.orderNumber, { outcome: 'unknown' });
    } else if (event.type === 'reversed' || event.type === 'voided') {
      const { orderNumber, outcome, returned } = event.answer;
      this.fates.change(orderNumber, { outcome: 'reversed', reason: outcome, returned });
    } else if (event.type === 'settled_offline') {
      this.settle(event);
    } else if (event.type === 'passage_told') {
      this.around.passages.told(event.report);
    }
  }

  /** Somebody is asked, and says what the plan says, or nothing. */
  private async askFor(
    { orderNumber, awaits }: Extract<TerminalEvent, { type: 'pending' }>,
    { sale: { word }, phone, began, shortNumber }: Running,
  ): Promise<void> {
    const millis = performance.now() - began;
    if ((this.fates.of(orderNumber)?.asked ?? null) !== null) return;
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
    await this.around.clock.pass(afterMs);
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
}
