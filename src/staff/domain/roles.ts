/**
 * Roles are data: each is a list of permissions. A permission is `noun.verb`; `*` stands for every noun or every verb.
 * A new route needs no change here as long as its permission falls under one of these.
 */
export const roles = {
  administrator: ['*.*'],
  'cashier-office': [
    'approvals.*',
    'bank.*',
    'cardholders.*',
    'cards.*',
    'funding.*',
    'passes.*',
    'payments.*',
    'places.read',
    'presence.*',
    'reconciliation.*',
    'rules.read',
    'settlement.*',
    'terminals.read',
  ],
  /** Stands at the gate: gives passes, sees who is inside, lets out whom the gate did not see leave. */
  'front-desk': ['passes.*', 'places.read', 'presence.*'],
  auditor: ['*.read'],
  marketing: ['campaigns.*', 'messages.read', 'places.read'],
} as const satisfies Record<string, readonly `${string}.${string}`[]>;

export type Role = keyof typeof roles;

export const roleNames = Object.keys(roles) as Role[];

export const isRole = (name: string): name is Role => Object.hasOwn(roles, name);

function covers(pattern: string, permission: string): boolean {
  const [patternNoun, patternVerb] = pattern.split('.');
  const [noun, verb] = permission.split('.');
  return (
    (patternNoun === '*' || patternNoun === noun) && (patternVerb === '*' || patternVerb === verb)
  );
}

/** Whether one of these roles has the permission. A role that was removed from this file allows nothing. */
export const allows = (held: readonly string[], permission: string): boolean =>
  held.some((name) => isRole(name) && roles[name].some((pattern) => covers(pattern, permission)));
