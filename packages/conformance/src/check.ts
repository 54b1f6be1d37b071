/** What the kit finds out, one rule at a time. */

export type Side = 'service' | 'terminal';

export type Finding = {
  /** As in docs/terminal-protocol.md. */
  readonly rule: string;
  readonly side: Side;
  /** What must be so. */
  readonly title: string;
  /** Absent: a terminal says that it does no such thing. Skipped: the kit was not given what it needs. */
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'absent';
  /** What was seen, or why nothing was looked at. */
  readonly seen: string;
};

/** One fact that must hold. `run` answers what was seen; it throws `Broken`, `NotLookedAt` or `NotDone` otherwise. */
export type Check<World> = {
  readonly rule: string;
  readonly title: string;
  run(world: World): Promise<string>;
};

/** The rule does not hold, and this is what was seen instead. */
export class Broken extends Error {}

/** The check needs what nobody gave the kit; it says nothing about the rule. */
export class NotLookedAt extends Error {}

/** The terminal does nothing that the rule is about. */
export class NotDone extends Error {}

export function must(holds: boolean, seen: string): asserts holds {
  if (!holds) throw new Broken(seen);
}

/** The two must be the same, as JSON. */
export function mustEqual(actual: unknown, expected: unknown, what: string): void {
  const [is, be] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== be) throw new Broken(`${what}: ${is} instead of ${be}`);
}

export function given<Value>(value: Value | undefined | null, what: string): Value {
  if (value === undefined || value === null) throw new NotLookedAt(`nobody gave ${what}`);
  return value;
}

export type Tell = (finding: Finding) => void;

/** One after the other: each has the world to itself. */
export async function runChecks<World>(
  side: Side,
  checks: readonly Check<World>[],
  worldFor: (check: Check<World>) => World | Promise<World>,
  tell: Tell,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) {
    const finding = { side, ...(await find(check, worldFor)) };
    findings.push(finding);
    tell(finding);
  }
  return findings;
}

async function find<World>(
  check: Check<World>,
  worldFor: (check: Check<World>) => World | Promise<World>,
): Promise<Omit<Finding, 'side'>> {
  const { rule, title } = check;
  try {
    return { rule, title, outcome: 'passed', seen: await check.run(await worldFor(check)) };
  } catch (error) {
    const isLeft = error instanceof NotLookedAt;
    const outcome = error instanceof NotDone ? 'absent' : isLeft ? 'skipped' : 'failed';
    return { rule, title, outcome, seen: error instanceof Error ? error.message : String(error) };
  }
}
