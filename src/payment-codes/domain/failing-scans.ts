/** What is looked back at, in seconds; one of them at a time is forgotten. */
const windowSeconds = 10;
const terminalsMin = 5;

type Second = {
  readonly at: number;
  scans: number;
  wrong: number;
  readonly terminals: Set<bigint>;
};

/**
 * Tells a fault of the service's own (a wrong clock, a lost key) from a terminal that guesses: more than half of all scans
 * fail, at five or more terminals.
 */
export class FailingScans {
  private seconds: Second[] = [];

  note(terminal: bigint, isWrong: boolean, nowMs: number): void {
    const at = Math.floor(nowMs / 1_000);
    let second = this.seconds.at(-1);
    if (second?.at !== at) {
      second = { at, scans: 0, wrong: 0, terminals: new Set() };
      this.seconds = [...this.seconds.filter((each) => isNear(each.at, at)), second];
    }
    second.scans += 1;
    if (!isWrong) return;
    second.wrong += 1;
    second.terminals.add(terminal);
  }

  areFailing(nowMs: number): boolean {
    const at = Math.floor(nowMs / 1_000);
    const recent = this.seconds.filter((each) => isNear(each.at, at));
    const sum = (of: 'scans' | 'wrong'): number =>
      recent.reduce((total, each) => total + each[of], 0);
    const terminals = new Set(recent.flatMap((each) => [...each.terminals]));
    return terminals.size >= terminalsMin && sum('wrong') * 2 > sum('scans');
  }
}

const isNear = (at: number, now: number): boolean => Math.abs(now - at) < windowSeconds;
