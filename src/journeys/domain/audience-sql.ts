import type { Audience } from './audience.js';

/** The first parameters of every compiled rule: $1 the cardholder, $2 the card, $3 the place of the payment. */
export const fixedParameters = 3;

const spending = (what: string): string =>
  `(select ${what} from payments.payment p
    where p.card = $2 and p.captured > p.returned
      and p.decided_at > platform.now() - make_interval(days => `;

/**
 * Compiles a rule to a condition. Values become parameters, appended to `parameters`; no text of the rule ever becomes
 * SQL.
 */
export function audienceSql(rule: Audience, parameters: unknown[]): string {
  const parameter = (value: unknown, type: string): string => {
    parameters.push(value);
    return `$${parameters.length}::${type}`;
  };
  const join = (rules: readonly Audience[], word: string): string =>
    `(${rules.map((each) => audienceSql(each, parameters)).join(` ${word} `)})`;

  switch (rule.op) {
    case 'everyone':
      return 'true';
    case 'all':
      return join(rule.rules, 'and');
    case 'any':
      return join(rule.rules, 'or');
    case 'not':
      return `not ${audienceSql(rule.rule, parameters)}`;
    case 'group':
      return `exists (select from cardholders.cardholder c
        where c.id = $1 and c.group_code = any(${parameter(rule.in, 'text[]')}))`;
    case 'place_kind':
      return `exists (select from places.place l
        where l.id = $3 and l.kind = any(${parameter(rule.in, 'text[]')}))`;
    case 'spent':
      return `(${spending('coalesce(sum(p.captured - p.returned), 0)')}${parameter(rule.days, 'int')}))
        >= ${parameter(rule.atLeast, 'bigint')})`;
    case 'payments':
      return `(${spending('count(*)')}${parameter(rule.days, 'int')}))
        >= ${parameter(rule.atLeast, 'bigint')})`;
  }
}
