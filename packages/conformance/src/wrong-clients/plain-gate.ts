/** A plain gate that keeps the protocol; with one habit it is a wrong one. */
import type { Ability, Action } from '../terminal/candidate.js';
import type { Answer, Line } from './plain-channel.js';
import { PlainMachine } from './plain-machine.js';

export type GateHabits = {
  readonly believes?: 'tampered';
  readonly alwaysSaysEntry?: boolean;
  readonly takes200ForOpen?: boolean;
  readonly opensForEnded?: boolean;
  readonly opensLate?: boolean;
  readonly openMillis?: number;
  readonly saysPassedOnce?: boolean;
  readonly saysPassedAnyhow?: boolean;
  readonly reportsWithoutSensor?: boolean;
  readonly reverses?: boolean;
  readonly ownWords?: boolean;
  readonly opensWithoutLine?: boolean;
  readonly patienceMillis?: number;
  readonly scansMeanwhile?: boolean;
  readonly forgetsScan?: boolean;
};

const SENDING_MILLIS = 2_000;
const GAP_MILLIS = 300;
const PATIENCE_MILLIS = 6_000;
const OPEN_MILLIS = 8_000;
/** A cable that is pulled, twice in a row, is told from an answer that does not come. */
const AT_ONCE_MILLIS = 100;

type Scan = { readonly orderNumber: string; readonly body: string; readonly until: number };

export class PlainGate extends PlainMachine {
  readonly abilities: ReadonlySet<Ability> = new Set<Ability>(['gate']);
  /** On the disk, from the scan to what became of it. */
  private scan: Scan | null = null;
  private isOpen = false;

  constructor(
    line: Line,
    private readonly habits: GateHabits = {},
  ) {
    super(line, habits.believes === undefined ? {} : { believes: habits.believes });
  }

  act(action: Action): Promise<void> {
    if (action.do === 'pass') this.pass(action.code, action.direction);
    else if (action.do === 'walk') this.walk();
    else if (action.do === 'reboot') this.reboot();
    else throw new Error('this gate cannot');
    return Promise.resolve();
  }

  private pass(code: string, direction: string): void {
    const { habits } = this;
    if (this.scan !== null && !habits.scansMeanwhile) return;
    this.sequence += 1;
    this.isOpen = false;
    const orderNumber = this.number();
    const body = JSON.stringify({
      orderNumber,
      sequence: this.sequence,
      instrument: { type: 'code', code },
      direction: habits.alwaysSaysEntry ? 'entry' : direction,
      occurredAt: this.instant(),
    });
    const until = this.line.now() + (habits.patienceMillis ?? PATIENCE_MILLIS);
    this.scan = { orderNumber, body, until };
    this.show('ready');
    this.wait(this.scan, this.run).catch(() => {});
  }

  private async wait(scan: Scan, run: number): Promise<void> {
    const { line, habits } = this;
    const isOver = (): boolean => run !== this.run || this.scan !== scan;
    for (let pulled = 0; ;) {
      const sentAt = line.now();
      const timeout = Math.min(SENDING_MILLIS, scan.until - sentAt);
      const answer = await this.ask('POST', '/v1/passages', scan.body, timeout);
      if (isOver()) return;
      const isPulled = answer === null && line.now() - sentAt < AT_ONCE_MILLIS;
      pulled = isPulled ? pulled + 1 : 0;
      if (pulled > 1 && habits.opensWithoutLine) return this.open(scan, OPEN_MILLIS);
      const isOpenQuestion = answer === null || answer.body['retryable'] === true;
      if (!isOpenQuestion) return this.decided(scan, answer);
      if (line.now() + GAP_MILLIS >= scan.until) return this.gaveUp(scan);
      await new Promise<void>((resolve) => line.after(GAP_MILLIS, resolve));
      if (isOver()) return;
    }
  }

  private gaveUp(scan: Scan): void {
    this.tell(scan, 'not-passed');
    if (!this.habits.reverses) return;
    const target = `/v1/payments/${scan.orderNumber}/reversal`;
    this.say({ target, body: JSON.stringify({ reason: 'timeout' }) });
  }

  private decided(scan: Scan, answer: Answer): void {
    const { habits } = this;
    const { verdict, state, expiresAt } = answer.body;
    const shown = habits.ownWords ? { body: {} } : answer;
    const isRefused = answer.status >= 400 || (verdict === 'declined' && !habits.takes200ForOpen);
    if (isRefused) {
      this.scan = null;
      this.show(answer.status >= 400 ? 'problem' : 'declined', shown);
      return;
    }
    const left = habits.opensLate
      ? OPEN_MILLIS
      : Date.parse(String(expiresAt)) - this.channel.now();
    const isOver = state === 'voided' && !habits.opensForEnded;
    if (verdict !== 'declined' && (isOver || !(left > 0))) return this.tell(scan, 'not-passed');
    this.open(scan, habits.openMillis ?? (left > 0 ? left : OPEN_MILLIS), shown);
    if (state !== 'passed') return;
    this.scan = null;
    if (habits.reportsWithoutSensor) this.tell(scan, 'passed');
  }

  private open(scan: Scan, millis: number, answer: Pick<Answer, 'body'> = { body: {} }): void {
    const { run } = this;
    this.isOpen = true;
    this.show('gate_open', answer);
    this.line.after(millis, () => {
      if (run !== this.run) return;
      if (this.scan !== scan) return;
      this.tell(scan, this.habits.saysPassedAnyhow ? 'passed' : 'not-passed');
    });
  }

  private walk(): void {
    if (this.isOpen && this.scan !== null) this.tell(this.scan, 'passed');
  }

  private tell({ orderNumber }: Scan, word: 'passed' | 'not-passed'): void {
    this.scan = null;
    this.isOpen = false;
    this.show('ready');
    const target = `/v1/passages/${orderNumber}/${word}`;
    if (word === 'passed' && this.habits.saysPassedOnce) void this.ask('POST', target);
    else this.say({ target, body: '' });
  }

  private reboot(): void {
    const { scan } = this;
    this.powerLost();
    this.isOpen = false;
    this.scan = null;
    if (scan !== null && !this.habits.forgetsScan) this.tell(scan, 'not-passed');
  }

  override async begin(where: Parameters<PlainMachine['begin']>[0]): Promise<void> {
    this.scan = null;
    this.isOpen = false;
    await super.begin(where);
  }
}

export const wrongGates: readonly {
  readonly name: string;
  readonly habits: GateHabits;
  readonly rule: string;
}[] = [
  { name: 'opens for a forged answer', habits: { believes: 'tampered' }, rule: 'R13' },
  { name: 'calls every scan an entry', habits: { alwaysSaysEntry: true }, rule: 'R67' },
  { name: 'opens for 200', habits: { takes200ForOpen: true }, rule: 'R68' },
  { name: 'opens for what has lapsed', habits: { opensForEnded: true }, rule: 'R69' },
  { name: 'opens for an answer that comes too late', habits: { opensLate: true }, rule: 'R69' },
  { name: 'stays open for half a minute', habits: { openMillis: 30_000 }, rule: 'R69' },
  { name: 'says once that somebody passed', habits: { saysPassedOnce: true }, rule: 'R69' },
  { name: 'says of everybody that they passed', habits: { saysPassedAnyhow: true }, rule: 'R69' },
  { name: 'reports without a sensor', habits: { reportsWithoutSensor: true }, rule: 'R70' },
  { name: 'reverses passages', habits: { reverses: true }, rule: 'R71' },
  { name: 'shows no words at its gate', habits: { ownWords: true }, rule: 'R72' },
  { name: 'opens when the cable is pulled', habits: { opensWithoutLine: true }, rule: 'R76' },
  { name: 'asks for nine seconds', habits: { patienceMillis: 9_000 }, rule: 'R104' },
  { name: 'takes the next one meanwhile', habits: { scansMeanwhile: true }, rule: 'R104' },
  { name: 'forgets in the dark who stood there', habits: { forgetsScan: true }, rule: 'R104' },
];
