/**
 * A second, plain terminal that keeps the protocol: without captures and records, with its disk in memory. With one habit
 * it is a wrong one, by which the kit shows that it would notice.
 */
import { generateTerminalKey } from '@campus-paycode/terminal-client';
import {
  makeOrderNumber,
  shortNumber,
  toBase64Url,
  type TerminalSettings,
} from '@campus-paycode/terminal-protocol';
import { randomBytes } from 'node:crypto';
import type { Ability, Action, Candidate, Screen, Where } from '../terminal/candidate.js';
import type { Habits } from './habits.js';
import { PlainAttempt } from './plain-attempt.js';
import { beat, closeShift, type PlainRun } from './plain-day.js';
import { newDisk, type Disk, type OpenSale } from './plain-disk.js';
import { PlainChannel, type Answer, type Line } from './plain-channel.js';

const LATE_MILLIS = 20_000;
const NOT_CONFIRMED =
  '未确认：未扣款，或将自动退回 Not confirmed: not charged, or returned automatically';

export class PlainTill implements Candidate {
  readonly abilities: ReadonlySet<Ability> = new Set<Ability>([
    'sell',
    'shift',
    'enrol-again',
    'confirm',
  ]);
  private disk: Disk = newDisk();
  /** What an earlier run still hears is nobody's. */
  private run = 0;
  private shown: Screen = { says: 'ready', shortNumber: null, text: '' };
  private readonly channel: PlainChannel;

  constructor(
    private readonly line: Line,
    private readonly habits: Habits = {},
  ) {
    this.channel = new PlainChannel(line, habits);
  }

  async begin(where: Where): Promise<void> {
    this.disk = newDisk();
    this.channel.offset = 0;
    this.shown = { says: 'ready', shortNumber: null, text: '' };
    await this.enrol(where);
  }

  async act(action: Action): Promise<void> {
    switch (action.do) {
      case 'scan':
        this.sell(action.code, action.amount);
        return;
      case 'reboot':
        this.reboot();
        return;
      case 'enrol':
        await this.enrol(action);
        return;
      case 'confirm':
        await this.confirm(action.decision);
        return;
      case 'close_shift':
        closeShift(this.own());
        return;
      case 'capture':
      case 'rotate_key':
      case 'plastic':
      case 'type_pin':
      case 'void':
      case 'open_shift':
      case 'pass':
      case 'walk':
      case 'start':
      case 'use':
      case 'finish':
      case 'credit':
      case 'read':
        throw new Error('this till cannot');
    }
  }

  screen(): Promise<Screen> {
    const { hidesNumber, hidesDoubt } = this.habits;
    const shortShown = hidesNumber ? null : this.shown.shortNumber;
    const isDoubt = this.shown.says === 'not_confirmed' && hidesDoubt;
    return Promise.resolve({
      ...this.shown,
      ...(isDoubt ? { says: 'problem' as const, text: '' } : {}),
      shortNumber: shortShown,
    });
  }

  keeps(): Promise<boolean> {
    return Promise.resolve(false);
  }

  end(): Promise<void> {
    this.run += 1;
    return Promise.resolve();
  }

  private async enrol({ serviceName, enrolmentCode }: Where): Promise<void> {
    const { disk, habits } = this;
    if (habits.newKeyAtEnrolment) disk.key = generateTerminalKey('ed25519');
    disk.serviceName = serviceName;
    disk.keyId = 'enrolment';
    disk.serviceKeys = [];
    const body = JSON.stringify({
      enrolmentCode,
      algorithm: disk.key.algorithm,
      publicKey: toBase64Url(disk.key.publicKey),
      model: habits.model ?? 'plain',
      softwareVersion: '1',
    });
    const answer = await this.ask('POST', '/v1/terminal-enrolments', body, 10_000);
    if (answer?.status !== 201) throw new Error('not enrolled');
    disk.keyId = String(answer.body['keyId']);
    disk.settings = answer.body['settings'] as TerminalSettings;
    disk.serviceKeys = disk.settings.serviceKeys;
    disk.openedAt = disk.settings.serverTime;
    this.start();
  }

  private reboot(): void {
    const { disk, habits } = this;
    if (habits.forgetsSequence) disk.sequence = 0;
    if (habits.forgetsSale) disk.sale = null;
    this.shown = { says: 'ready', shortNumber: null, text: '' };
    this.start();
    const { sale } = disk;
    if (sale === null) return;
    const age = this.line.now() - sale.startedAt;
    if (sale.pendingUntil !== null) this.poll(sale, this.run);
    else if (age >= 0 && age < 10_000) this.attempt(sale, true);
    else this.reverse(sale);
  }

  private start(): void {
    this.run += 1;
    beat(this.own());
    for (const orderNumber of this.disk.reversals) this.repeatReversal(orderNumber, 0, this.run);
  }

  private ask(method: string, target: string, body = '', timeout = 5_000) {
    const { key, keyId, serviceName, serviceKeys: keys } = this.disk;
    return this.channel.ask({ key, keyId, serviceName, keys }, { method, target, body }, timeout);
  }

  private sell(code: string, amount: number | undefined): void {
    const { disk, habits, channel } = this;
    if (disk.sale !== null && !habits.scansMeanwhile) return;
    if (habits.judgesCodes) return;
    disk.sequence += 1;
    const stated = habits.statesLocalTime ? this.line.now() + 3_600_000 : channel.now();
    const orderNumber = makeOrderNumber(channel.now(), randomBytes(10));
    const isEntered = disk.settings?.tariff.type === 'entered' || habits.alwaysSaysAmount;
    const sale = {
      orderNumber,
      sequence: disk.sequence,
      instrument: { type: 'code', code },
      ...(isEntered ? { amount: amount ?? 100 } : {}),
      occurredAt: new Date(stated).toISOString(),
      ...habits.moreFields,
    };
    const body = JSON.stringify(sale);
    const startedAt = this.line.now();
    const { sequence } = disk;
    disk.sale = { orderNumber, sequence, body, startedAt, pendingUntil: null };
    this.show('ready', '', sequence);
    this.attempt(disk.sale, false);
  }

  private attempt(sale: OpenSale, resumed: boolean): void {
    const { run, habits, line } = this;
    new PlainAttempt(sale, habits, {
      line,
      isOver: () => run !== this.run || this.disk.sale !== sale || sale.pendingUntil !== null,
      send: (body) => this.ask('POST', '/v1/payments', body, 10_000),
      checking: () => {
        this.show('checking', '正在确认，请勿重复支付 Checking, do not pay again', sale.sequence);
      },
      decided: (answer) => {
        this.decided(sale, answer);
      },
      refused: (answer) => {
        this.endWith(sale, 'problem', answer);
      },
      unknown: () => {
        this.reverse(sale);
      },
    }).begin(resumed);
  }

  private decided(sale: OpenSale, answer: Answer): void {
    const { habits } = this;
    const { verdict, state, amount, expiresAt, awaits } = answer.body;
    if (verdict === 'pending') {
      sale.pendingUntil = Date.parse(String(expiresAt)) + 5_000;
      this.show('pending', '请在手机上确认 Look at the phone', sale.sequence);
      if (habits.confirmsByItself && awaits === 'phone') void this.confirm('confirm');
      this.poll(sale, this.run);
      return;
    }
    const isGone = (state === 'reversed' || state === 'released') && !habits.ignoresState;
    if (verdict === 'approved' && isGone) {
      this.disk.sale = null;
      this.show('not_confirmed', NOT_CONFIRMED, sale.sequence);
      return;
    }
    const isPaid = verdict === 'approved' || habits.takes200ForApproval === true;
    if (isPaid) this.count('sales', Number(amount));
    this.endWith(sale, isPaid ? 'approved' : 'declined', answer);
  }

  private endWith(sale: OpenSale, says: Screen['says'], { body }: Answer): void {
    this.disk.sale = null;
    const { zh = '', en = '' } = (body['message'] ?? {}) as { zh?: string; en?: string };
    const text = this.habits.ownWords ? 'Sorry' : `${zh} ${en}`;
    this.show(says, text, sale.sequence);
  }

  private poll(sale: OpenSale, run: number): void {
    const { pollMillis = 2_000, neverGivesUpPending } = this.habits;
    const until = sale.pendingUntil ?? 0;
    const left = neverGivesUpPending ? pollMillis : until - this.channel.now();
    this.line.after(Math.max(0, Math.min(pollMillis, left)), () => {
      if (run !== this.run || this.disk.sale !== sale) return;
      if (this.channel.now() >= until && !neverGivesUpPending) {
        this.reverse(sale);
        return;
      }
      this.ask('GET', `/v1/payments/${sale.orderNumber}`, '', 2_000).then(
        (answer) => {
          if (run !== this.run || this.disk.sale !== sale) return;
          if (answer?.status === 200 && answer.body['verdict'] !== 'pending') {
            this.decided(sale, answer);
          } else this.poll(sale, run);
        },
        () => {},
      );
    });
  }

  private async confirm(decision: string): Promise<void> {
    const { sale } = this.disk;
    if (sale === null) return;
    const target = `/v1/payments/${sale.orderNumber}/confirmation`;
    await this.ask('POST', target, JSON.stringify({ decision }));
  }

  private reverse(sale: OpenSale): void {
    const { disk } = this;
    disk.sale = null;
    disk.reversals.push(sale.orderNumber);
    this.show('not_confirmed', NOT_CONFIRMED, sale.sequence);
    const { run } = this;
    const late = () => {
      if (run === this.run) void this.ask('POST', '/v1/payments', sale.body);
    };
    if (this.habits.sendsLate) this.line.after(LATE_MILLIS, late);
    this.repeatReversal(sale.orderNumber, 0, this.run);
  }

  private repeatReversal(orderNumber: string, tries: number, run: number): void {
    const { habits, disk, line } = this;
    const target = `/v1/payments/${orderNumber}/reversal`;
    const sending = this.ask('POST', target, JSON.stringify({ reason: 'timeout' }));
    const again = () => {
      if (habits.reversesOnce) return;
      line.after(Math.min(1_000 * 2 ** tries, 300_000), () => {
        if (run === this.run) this.repeatReversal(orderNumber, tries + 1, run);
      });
    };
    sending.then(
      (answer) => {
        if (run !== this.run) return;
        const { outcome, code, returned } = answer?.body ?? {};
        const isHeard =
          typeof outcome === 'string' && (!habits.wantsReversed || outcome !== 'never_seen');
        const isLate = code === 'reversal_too_late' && !habits.insistsWhenLate;
        const isGone = code === 'terminal_revoked' && habits.dropsQueueWhenRevoked;
        if (!isHeard && !isLate && !isGone) return again();
        disk.reversals = disk.reversals.filter((each) => each !== orderNumber);
        const amount = Number(returned ?? 0);
        if (amount > 0) {
          this.count('sales', amount);
          if (!habits.countsNoReversals) this.count('reversals', amount);
        }
      },
      () => {},
    );
  }

  private count(what: 'sales' | 'reversals', amount: number): void {
    const { totals } = this.disk;
    totals[what] = { count: totals[what].count + 1, amount: totals[what].amount + amount };
  }

  /** What the work of a day needs of this run. */
  private own(): PlainRun {
    const { run, disk, habits, line, channel } = this;
    const ask = this.ask.bind(this);
    return { disk, habits, line, now: () => channel.now(), ask, isOver: () => run !== this.run };
  }

  private show(says: Screen['says'], text: string, sequence: number): void {
    const short = shortNumber(this.disk.settings?.code ?? '', sequence);
    this.shown = { says, text, shortNumber: short };
  }
}
