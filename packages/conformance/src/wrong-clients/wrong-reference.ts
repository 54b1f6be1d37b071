/** The reference client in a machine that deceives it, or behind a screen that does. */
import type { MemoryJournalStore } from '@campus-paycode/terminal-client';
import { ReferenceCandidate, type Around } from '../terminal/reference-candidate.js';
import type { Action, Candidate, Screen } from '../terminal/candidate.js';

type Deceit = {
  /** Claims that its running clock went on through a loss of power. */
  readonly sameBoot?: boolean;
  /** What was accepted without a network is not on the disk. */
  readonly losesRecords?: boolean;
  readonly saysPaid?: boolean;
  /** Sends what it sold without a network, once the service answers. */
  readonly sendsAgain?: boolean;
};

export class WrongReference extends ReferenceCandidate {
  constructor(
    around: Around,
    private readonly deceit: Deceit,
  ) {
    super(around);
  }

  override async act(action: Action): Promise<void> {
    if (action.do === 'scan' && this.deceit.sendsAgain && this.isUp) {
      this.till.pay(action).catch(() => {});
      return;
    }
    await super.act(action);
  }

  override async screen(): Promise<Screen> {
    const screen = await super.screen();
    const isWrong = screen.says === 'offline_accepted' && this.deceit.saysPaid === true;
    return isWrong ? { ...screen, text: '支付成功 Paid' } : screen;
  }

  protected override bootNow(): string {
    return this.deceit.sameBoot ? '7d9c2f5e-8a41-4c0b-9f3d-1b6e5a2c4d10' : super.bootNow();
  }

  protected override powerLost(journal: MemoryJournalStore): void {
    if (!this.deceit.losesRecords) return;
    const lines = Buffer.from(journal.bytes).toString('utf8').split('\n');
    const left = lines.filter((line) => !line.includes('"accepted_offline"'));
    journal.bytes = Buffer.from(left.join('\n'), 'utf8');
  }
}

export const wrongReferences: readonly {
  readonly name: string;
  readonly rule: string;
  readonly make: (around: Around) => Candidate;
}[] = [
  { name: 'believes its clock after a loss of power', rule: 'R47', deceit: { sameBoot: true } },
  { name: 'sends what it sold alone', rule: 'R48', deceit: { sendsAgain: true } },
  { name: 'loses what it accepted', rule: 'R51', deceit: { losesRecords: true } },
  { name: 'says "paid" without a network', rule: 'R54', deceit: { saysPaid: true } },
].map(({ name, rule, deceit }) => ({
  name,
  rule,
  make: (around: Around) => new WrongReference(around, deceit),
}));
