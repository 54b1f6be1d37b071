/** A plain shower that keeps the protocol; with one habit it is a wrong one. */
import type { Ability, Action } from '../terminal/candidate.js';
import { PlainAttempt } from './plain-attempt.js';
import type { Answer, Line } from './plain-channel.js';
import type { OpenSale } from './plain-disk.js';
import { PlainMachine } from './plain-machine.js';

export type DeviceHabits = {
  readonly believes?: 'strangers';
  readonly forgetsProgramme?: boolean;
  readonly givesWhilePending?: boolean;
  readonly givesWhereOneRuns?: boolean;
  readonly repeatsReading?: boolean;
  readonly forgetsEnd?: boolean;
  readonly ignoresStop?: boolean;
  readonly forgetsMeter?: boolean;
  readonly beginsSequenceAnew?: boolean;
  readonly goesOn?: boolean;
  readonly captures?: boolean;
};

type Session = { readonly orderNumber: string; sequence: number; said: number; isEnding: boolean };

const REPORT_MILLIS = 30_000;
const POLL_MILLIS = 2_000;
const ASK_MILLIS = 10_000;

export class PlainDevice extends PlainMachine {
  readonly abilities: ReadonlySet<Ability> = new Set<Ability>(['device']);
  private sale: OpenSale | null = null;
  private session: Session | null = null;
  /** Thousandths of the unit; a counter of its own keeps it without power. */
  private meter = 0;
  private isGiving = false;

  constructor(
    line: Line,
    private readonly habits: DeviceHabits = {},
  ) {
    super(line, habits.believes === undefined ? {} : { believes: habits.believes });
  }

  act(action: Action): Promise<void> {
    if (action.do === 'start') this.start(action.code, action.programme);
    else if (action.do === 'use') this.meter = action.reading;
    else if (action.do === 'finish') this.finish();
    else if (action.do === 'reboot') this.reboot();
    else throw new Error('this device cannot');
    return Promise.resolve();
  }

  override async begin(where: Parameters<PlainMachine['begin']>[0]): Promise<void> {
    this.sale = null;
    this.session = null;
    this.isGiving = false;
    await super.begin(where);
  }

  private start(code: string, programme: string | undefined): void {
    if (this.sale !== null) return;
    this.sequence += 1;
    const orderNumber = this.number();
    const isNamed = programme !== undefined && !this.habits.forgetsProgramme;
    const body = JSON.stringify({
      orderNumber,
      sequence: this.sequence,
      instrument: { type: 'code', code },
      ...(isNamed ? { programme } : {}),
      occurredAt: this.instant(),
    });
    const { sequence } = this;
    this.sale = { orderNumber, sequence, body, startedAt: this.line.now(), pendingUntil: null };
    this.show('ready');
    this.attempt(this.sale);
  }

  private attempt(sale: OpenSale): void {
    const { run, line } = this;
    new PlainAttempt(
      sale,
      {},
      {
        line,
        isOver: () => run !== this.run || this.sale !== sale || sale.pendingUntil !== null,
        send: (body) => this.ask('POST', '/v1/sessions', body, ASK_MILLIS),
        checking: () => {
          this.show('checking');
        },
        decided: (answer) => {
          this.decided(sale, answer);
        },
        refused: (answer) => {
          this.sale = null;
          const isRunning = answer.body['code'] === 'session_running';
          if (isRunning && this.habits.givesWhereOneRuns) this.give(sale);
          else this.show('problem', answer);
        },
        unknown: () => {
          this.reverse(sale);
        },
      },
    ).begin(false);
  }

  private decided(sale: OpenSale, answer: Answer): void {
    const { verdict, state, expiresAt } = answer.body;
    if (verdict === 'pending') {
      sale.pendingUntil = Date.parse(String(expiresAt)) + 5_000;
      this.show('pending', answer);
      if (this.habits.givesWhilePending) this.shown = { ...this.shown, says: 'giving' };
      this.poll(sale, this.run);
      return;
    }
    this.sale = null;
    const isGone = state === 'reversed' || state === 'released';
    if (verdict === 'approved' && !isGone) this.give(sale);
    else this.show(isGone ? 'not_confirmed' : 'declined', answer);
  }

  /** The same bytes again: the verdict as it is now. */
  private poll(sale: OpenSale, run: number): void {
    const isOver = (): boolean => run !== this.run || this.sale !== sale;
    this.line.after(POLL_MILLIS, () => {
      if (isOver()) return;
      if (this.channel.now() >= (sale.pendingUntil ?? 0)) return this.reverse(sale);
      this.ask('POST', '/v1/sessions', sale.body, POLL_MILLIS).then(
        (answer) => {
          if (isOver()) return;
          const isDecided = answer?.status === 200 && answer.body['verdict'] !== 'pending';
          if (isDecided) this.decided(sale, answer);
          else this.poll(sale, run);
        },
        () => {},
      );
    });
  }

  private reverse({ orderNumber }: OpenSale): void {
    this.sale = null;
    this.show('not_confirmed');
    const target = `/v1/payments/${orderNumber}/reversal`;
    this.say({ target, body: JSON.stringify({ reason: 'timeout' }) });
  }

  private give({ orderNumber }: OpenSale): void {
    this.session = { orderNumber, sequence: 0, said: 0, isEnding: false };
    this.meter = 0;
    this.isGiving = true;
    this.show('giving');
    this.reportLater(this.session, this.run);
  }

  private reportLater(session: Session, run: number): void {
    this.line.after(REPORT_MILLIS, () => {
      if (run !== this.run || this.session !== session || session.isEnding) return;
      this.report(session, false);
      this.reportLater(session, run);
    });
  }

  private report(session: Session, final: boolean): void {
    const { habits, meter } = this;
    session.sequence += 1;
    const isOld = habits.repeatsReading === true && !final && session.said > 0;
    const reading = isOld ? session.said : meter;
    session.said = reading;
    session.isEnding = final;
    const { sequence } = session;
    const occurredAt = this.instant();
    const progressNumber = this.number();
    const body = JSON.stringify({ progressNumber, sequence, reading, final, occurredAt });
    const target = `/v1/sessions/${session.orderNumber}/progress`;
    // What was not heard yet is said better by this one.
    this.waiting = this.waiting.filter((queued) => queued.target !== target);
    const heard = ({ body: { stop } }: Answer): void => {
      if (final && this.session === session) this.session = null;
      if (stop === true && !final && !habits.ignoresStop) this.finish();
    };
    this.say({ target, body, heard });
  }

  private finish(): void {
    const { session } = this;
    if (session === null || session.isEnding || !this.isGiving) return;
    this.isGiving = false;
    this.show('ready');
    this.report(session, true);
    if (!this.habits.captures) return;
    const target = `/v1/payments/${session.orderNumber}/captures`;
    const captureNumber = this.number();
    this.say({ target, body: JSON.stringify({ captureNumber, amount: 1, final: true }) });
  }

  private reboot(): void {
    const { session, sale, habits } = this;
    if (habits.forgetsEnd) this.waiting = [];
    this.powerLost();
    this.isGiving = false;
    if (sale !== null) this.reverse(sale);
    if (session === null || session.isEnding) return;
    if (habits.goesOn) {
      this.isGiving = true;
      this.show('giving');
      this.reportLater(session, this.run);
      return;
    }
    if (habits.forgetsMeter) this.meter = session.said;
    if (habits.beginsSequenceAnew) session.sequence = 0;
    this.report(session, true);
  }
}

export const wrongDevices: readonly {
  readonly name: string;
  readonly habits: DeviceHabits;
  readonly rule: string;
}[] = [
  { name: 'gives for the answer of a stranger', habits: { believes: 'strangers' }, rule: 'R13' },
  { name: 'forgets what was chosen', habits: { forgetsProgramme: true }, rule: 'R84' },
  { name: 'gives while the phone is asked', habits: { givesWhilePending: true }, rule: 'R85' },
  { name: 'gives where a session runs', habits: { givesWhereOneRuns: true }, rule: 'R86' },
  { name: 'reads its meter once', habits: { repeatsReading: true }, rule: 'R87' },
  { name: 'forgets the end in the dark', habits: { forgetsEnd: true }, rule: 'R87' },
  { name: 'goes on when it has to stop', habits: { ignoresStop: true }, rule: 'R88' },
  { name: 'forgets its meter in the dark', habits: { forgetsMeter: true }, rule: 'R89' },
  { name: 'begins its reports anew', habits: { beginsSequenceAnew: true }, rule: 'R89' },
  { name: 'goes on after the dark', habits: { goesOn: true }, rule: 'R89' },
  { name: 'captures by itself', habits: { captures: true }, rule: 'R90' },
];
