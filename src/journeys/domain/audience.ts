import type { FieldError } from '../../platform/errors/problem.js';

export const groups = ['student', 'staff', 'guest'] as const;
export const placeKinds = ['canteen', 'gym', 'dorm'] as const;

/** Whom a campaign speaks to. A closed little language: what is not here cannot be said. */
export type Audience =
  | { readonly op: 'everyone' }
  | { readonly op: 'all'; readonly rules: readonly Audience[] }
  | { readonly op: 'any'; readonly rules: readonly Audience[] }
  | { readonly op: 'not'; readonly rule: Audience }
  | { readonly op: 'group'; readonly in: readonly (typeof groups)[number][] }
  /** Where this payment was made. */
  | { readonly op: 'place_kind'; readonly in: readonly (typeof placeKinds)[number][] }
  /** Spent at least so many fen in the last days, this payment included, what came back not. */
  | { readonly op: 'spent'; readonly atLeast: number; readonly days: number }
  /** Paid at least so many times in the last days, this payment included. */
  | { readonly op: 'payments'; readonly atLeast: number; readonly days: number };

const rulesMax = 20;
const depthMax = 4;
const daysMax = 90;
const amountMax = 10 ** 12;
const paymentsMax = 10_000;

const fieldsOf: Record<Audience['op'], readonly string[]> = {
  everyone: [],
  all: ['rules'],
  any: ['rules'],
  not: ['rule'],
  group: ['in'],
  place_kind: ['in'],
  spent: ['atLeast', 'days'],
  payments: ['atLeast', 'days'],
};

/** Says everything that is wrong with a rule, or nothing when it is an Audience. */
export function audienceErrors(value: unknown): FieldError[] {
  const errors: FieldError[] = [];
  let rules = 0;
  const refuse = (pointer: string, message: string): void => {
    errors.push({ pointer, message });
  };

  const check = (rule: unknown, at: string, depth: number): void => {
    rules += 1;
    if (rules > rulesMax || depth > depthMax)
      return refuse(at, `a rule has at most ${rulesMax} parts and ${depthMax} levels`);
    if (typeof rule !== 'object' || rule === null || Array.isArray(rule))
      return refuse(at, 'must be an object');
    const fields = rule as Record<string, unknown>;
    const op = fields['op'];
    if (typeof op !== 'string' || !Object.hasOwn(fieldsOf, op))
      return refuse(`${at}/op`, `must be one of ${Object.keys(fieldsOf).join(', ')}`);
    const known = fieldsOf[op as Audience['op']];
    for (const name of Object.keys(fields))
      if (name !== 'op' && !known.includes(name)) refuse(`${at}/${name}`, 'is not known here');
    checkFields(op as Audience['op'], fields, at, depth);
  };

  const checkFields = (
    op: Audience['op'],
    fields: Record<string, unknown>,
    at: string,
    depth: number,
  ): void => {
    if (op === 'not') check(fields['rule'], `${at}/rule`, depth + 1);
    if (op === 'all' || op === 'any') {
      const inner = fields['rules'];
      if (!Array.isArray(inner) || inner.length === 0)
        return refuse(`${at}/rules`, 'must be a list of at least one rule');
      inner.forEach((rule, index) => check(rule, `${at}/rules/${index}`, depth + 1));
    }
    if (op === 'group' && !isSome(fields['in'], groups))
      refuse(`${at}/in`, `must be some of ${groups.join(', ')}`);
    if (op === 'place_kind' && !isSome(fields['in'], placeKinds))
      refuse(`${at}/in`, `must be some of ${placeKinds.join(', ')}`);
    if (op === 'spent' || op === 'payments') {
      const most = op === 'spent' ? amountMax : paymentsMax;
      if (!isIntegerUpTo(fields['atLeast'], most))
        refuse(`${at}/atLeast`, `must be an integer from 1 to ${most}`);
      if (!isIntegerUpTo(fields['days'], daysMax))
        refuse(`${at}/days`, `must be an integer from 1 to ${daysMax}`);
    }
  };

  check(value, '/audience', 1);
  return errors;
}

/** True unless the rule itself keeps every student out. */
export function mayContainStudents(rule: Audience): boolean {
  switch (rule.op) {
    case 'group':
      return rule.in.includes('student');
    case 'all':
      return rule.rules.every(mayContainStudents);
    case 'any':
      return rule.rules.some(mayContainStudents);
    case 'not':
      return !(rule.rule.op === 'group' && rule.rule.in.includes('student'));
    case 'everyone':
    case 'place_kind':
    case 'spent':
    case 'payments':
      return true;
  }
}

const isSome = (value: unknown, of: readonly string[]): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.length <= of.length &&
  value.every((each) => typeof each === 'string' && of.includes(each));

const isIntegerUpTo = (value: unknown, most: number): boolean =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most;
