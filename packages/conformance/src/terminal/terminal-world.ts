import { checkDigit } from '@campus-paycode/paycode';
import type { TerminalSettings, WireTariff } from '@campus-paycode/terminal-protocol';
import { must, mustEqual, NotDone, type Check } from '../check.js';
import type { Ability, Action, Candidate, Screen } from './candidate.js';
import type { KitTime } from './kit-time.js';
import type { PlayedService } from './played-service.js';
import type { Arrived, Route } from './played-wire.js';

export type TerminalCheck = Check<TerminalWorld> & {
  readonly tariff?: WireTariff;
  /** What a terminal must do to be asked; `sell` when it is left out. */
  readonly needs?: Ability | readonly Ability[];
  readonly settings?: Partial<TerminalSettings>;
  /** Begins with a terminal that is not enrolled yet. */
  readonly bare?: true;
  /** Terminals may sell without a network. */
  readonly offline?: true;
};

const ENROLMENT = '7F3K-9QXA';
const MOST_ENROLMENT_MILLIS = 60_000;
const PATIENT_TURNS = 5;

/** One terminal, freshly enrolled, before a service that the kit plays. */
export class TerminalWorld {
  private scans = 0;
  private lastScan = 0;
  scanned = '';

  constructor(
    readonly service: PlayedService,
    readonly till: Candidate,
    readonly time: KitTime,
    private readonly url: string,
  ) {}

  get where() {
    return { url: this.url, serviceName: this.service.name, enrolmentCode: ENROLMENT };
  }

  async begin(): Promise<void> {
    await this.time.until(this.till.begin(this.where), MOST_ENROLMENT_MILLIS);
    await this.pass(0);
  }

  needs(abilities: readonly Ability[]): void {
    const lacking = abilities.filter((ability) => !this.till.abilities.has(ability));
    if (lacking.length > 0) throw new NotDone(`it says that it has no ${lacking.join(', no ')}`);
  }

  pass(millis: number): Promise<void> {
    return this.time.pass(millis);
  }

  async act(action: Action): Promise<void> {
    await this.time.until(this.till.act(action), MOST_ENROLMENT_MILLIS);
  }

  /** A code that is formed well; whether it is fresh is the service's business. */
  async scan(amount: number | null = 1_250): Promise<void> {
    await this.scanCode(this.codeOfNobody(), amount);
  }

  /** Well formed, and another one each time. */
  codeOfNobody(): string {
    this.scans += 1;
    const digits = `97${String(this.scans).padStart(17, '3')}`;
    return `${digits}${checkDigit(digits)}`;
  }

  /** @returns the code */
  async scanCode(code: string, amount: number | null): Promise<string> {
    const { tariff } = this.service;
    const priced = tariff.type === 'entered' && amount !== null ? { amount } : {};
    await this.present(() => ({ do: 'scan', code, ...priced }), code);
    return code;
  }

  /** Somebody stands there from now on, with a code when one is needed. */
  async present(action: (code: string) => Action, code = this.codeOfNobody()): Promise<void> {
    this.scanned = code;
    this.lastScan = this.time.now();
    await this.act(action(code));
    await this.pass(this.time.tolerance);
  }

  /** When the requests of a route came, in milliseconds since the last scan. */
  times(...routes: Route[]): number[] {
    return this.service.requests(...routes).map(({ at }) => at - this.lastScan);
  }

  mustComeAt(route: Route, expected: readonly number[], what: string): void {
    const times = this.times(route);
    const isNear = (at: number, index: number) =>
      Math.abs(at - (expected[index] ?? Infinity)) <= this.time.tolerance;
    const seen = `${what} at ${times.join(', ')} ms instead of ${expected.join(', ')}`;
    must(times.length === expected.length && times.every(isNear), seen);
  }

  async mustShow(says: Screen['says'], when: string): Promise<Screen> {
    let screen = await this.till.screen();
    // A real terminal may be a moment late; the kit's own time is exact.
    for (let turn = 0; turn < PATIENT_TURNS && screen.says !== says; turn += 1) {
      if (this.time.tolerance === 0) break;
      await this.pass(this.time.tolerance);
      screen = await this.till.screen();
    }
    mustEqual(screen.says, says, `the screen ${when}`);
    return screen;
  }

  async mustNotShow(says: Screen['says'], when: string): Promise<void> {
    const screen = await this.till.screen();
    must(screen.says !== says, `the screen says ${says} ${when}`);
  }

  async mustSay(text: string, when: string): Promise<void> {
    const screen = await this.till.screen();
    must(screen.text.includes(text), `the screen ${when}: ${JSON.stringify(screen.text)}`);
  }
}

export function orderOf(request: Arrived | undefined): string {
  const order = request?.json['orderNumber'];
  return typeof order === 'string' ? order : '';
}

/** All the same, and as many as they are. */
export function mustBeSameBytes(requests: readonly Arrived[], what: string): void {
  const bodies = new Set(requests.map(({ body }) => body));
  must(bodies.size <= 1, `${what} came with ${bodies.size} different bodies`);
}
