/** The reference client in a machine that deceives it, or behind a screen that does. */
import { NoAnswer, type MemoryJournalStore } from '@campus-paycode/terminal-client';
import type { Instrument } from '@campus-paycode/terminal-protocol';
import { ReferenceCandidate, type Around } from '../terminal/reference-candidate.js';
import type { Action, Candidate, Screen, Where } from '../terminal/candidate.js';

type Deceit = {
  /** Claims that its running clock went on through a loss of power. */
  readonly sameBoot?: boolean;
  /** Entries of this type are not on the disk after a loss of power. */
  readonly loses?: string;
  readonly saysPaid?: boolean;
  /** Sends what it sold without a network, once the service answers. */
  readonly sendsAgain?: boolean;
  /** Writes down what was typed. */
  readonly logs?: Action['do'];
  readonly offersEverything?: boolean;
  readonly showsCard?: boolean;
  /** Without an answer number and PIN are checked once more, though nobody typed again. */
  readonly checksAgain?: boolean;
  /** Number and PIN are checked once, for all sales to come. */
  readonly keepsToken?: boolean;
  /** Credit is sold though nobody knows for which meter. */
  readonly sellsUnordered?: boolean;
  readonly saysDelivered?: boolean;
  readonly readsTwice?: boolean;
};

const UNORDERED_MILLIS = 8_000;
const READ_AGAIN_MILLIS = 20_000;

type Typed = Extract<Action, { do: 'type_pin' }>;

export class WrongReference extends ReferenceCandidate {
  private readonly after: Around['after'];
  private log = '';
  private card = '';
  private isCredit = false;
  private token: Instrument | null = null;

  constructor(
    around: Around,
    private readonly deceit: Deceit,
  ) {
    super(around);
    this.after = around.after;
  }

  override async begin(where: Where): Promise<void> {
    this.token = null;
    await super.begin(where);
  }

  override async act(action: Action): Promise<void> {
    const { sendsAgain, offersEverything, checksAgain, keepsToken, logs } = this.deceit;
    if (action.do === logs) this.log += JSON.stringify(action);
    this.isCredit = action.do === 'credit';
    if (action.do === 'plastic') this.card = action.number;
    if (action.do === 'credit' && this.deceit.sellsUnordered) {
      this.after(UNORDERED_MILLIS, () => {
        this.sellUnordered(action).catch(() => {});
      });
    }
    if (action.do === 'read' && this.deceit.readsTwice) {
      const { meterNumber, reading, takenAt } = action;
      this.after(READ_AGAIN_MILLIS, () => {
        this.till.readings.send([{ meterNumber, reading, takenAt }]).catch(() => {});
      });
    }
    if (action.do === 'scan' && sendsAgain && this.isUp) {
      this.till.pay(action).catch(() => {});
    } else if (action.do === 'plastic' && offersEverything) {
      this.sellBy({ type: 'plastic', number: action.number }, action.amount);
    } else if (action.do === 'type_pin' && (keepsToken || checksAgain)) {
      this.sellByPin(action).catch(() => {});
    } else await super.act(action);
  }

  override async screen(): Promise<Screen> {
    const screen = await super.screen();
    const { saysPaid, showsCard } = this.deceit;
    if (showsCard) return { ...screen, text: `${this.card} ${screen.text}` };
    if (screen.says === 'approved' && this.isCredit && this.deceit.saysDelivered) {
      return { ...screen, says: 'delivered' };
    }
    const isWrong = screen.says === 'offline_accepted' && saysPaid === true;
    return isWrong ? { ...screen, text: '支付成功 Paid' } : screen;
  }

  override async keeps(text: string): Promise<boolean> {
    return this.log.includes(text) || super.keeps(text);
  }

  protected override bootNow(): string {
    return this.deceit.sameBoot ? '7d9c2f5e-8a41-4c0b-9f3d-1b6e5a2c4d10' : super.bootNow();
  }

  protected override powerLost(journal: MemoryJournalStore): void {
    const { loses } = this.deceit;
    if (loses === undefined) return;
    const lines = Buffer.from(journal.bytes).toString('utf8').split('\n');
    const left = lines.filter((line) => !line.includes(`"${loses}"`));
    journal.bytes = Buffer.from(left.join('\n'), 'utf8');
  }

  private async sellByPin(typed: Typed): Promise<void> {
    const { keepsToken, checksAgain } = this.deceit;
    const isOffered = this.till.settings().instruments?.includes('number_pin') === true;
    if (!isOffered) return;
    const check = async (): Promise<Instrument> => (await this.till.checkPin(typed)).instrument;
    const again = (error: unknown): Promise<Instrument> => {
      if (checksAgain && error instanceof NoAnswer) return check();
      throw error;
    };
    const known = keepsToken ? this.token : null;
    this.token = known ?? (await check().catch(again));
    this.sellBy(this.token, typed.amount);
  }

  private async sellUnordered({ code, amount }: { code: string; amount: number }): Promise<void> {
    const { says } = await this.screen();
    if (says === 'problem') await this.till.pay({ code, amount });
  }

  private sellBy(instrument: Instrument, amount = 100): void {
    this.till.sell({ instrument, amount }).catch(() => {});
  }
}

const deceits: readonly {
  readonly name: string;
  readonly rule: string;
  readonly deceit: Deceit;
}[] = [
  { name: 'believes its clock after a loss of power', rule: 'R47', deceit: { sameBoot: true } },
  { name: 'sends what it sold alone', rule: 'R48', deceit: { sendsAgain: true } },
  { name: 'loses what it accepted', rule: 'R51', deceit: { loses: 'accepted_offline' } },
  { name: 'says "paid" without a network', rule: 'R54', deceit: { saysPaid: true } },
  { name: 'loses its voids', rule: 'R61', deceit: { loses: 'voiding' } },
  { name: 'writes down what supervisors type', rule: 'R64', deceit: { logs: 'void' } },
  { name: 'loses the beginning of its shift', rule: 'R65', deceit: { loses: 'shift_opening' } },
  { name: 'sells credit of no meter', rule: 'R77', deceit: { sellsUnordered: true } },
  { name: 'takes credit for delivered', rule: 'R78', deceit: { saysDelivered: true } },
  { name: 'loses its readings', rule: 'R80', deceit: { loses: 'meters_read' } },
  { name: 'brings each reading twice', rule: 'R81', deceit: { readsTwice: true } },
  { name: 'offers what nobody takes', rule: 'R96', deceit: { offersEverything: true } },
  { name: 'shows the number of a card', rule: 'R97', deceit: { showsCard: true } },
  { name: 'checks again what nobody typed again', rule: 'R98', deceit: { checksAgain: true } },
  { name: 'sells twice by one check', rule: 'R98', deceit: { keepsToken: true } },
  { name: 'writes down what customers type', rule: 'R99', deceit: { logs: 'type_pin' } },
];

export const wrongReferences: readonly {
  readonly name: string;
  readonly rule: string;
  readonly make: (around: Around) => Candidate;
}[] = deceits.map(({ name, rule, deceit }) => ({
  name,
  rule,
  make: (around: Around) => new WrongReference(around, deceit),
}));
