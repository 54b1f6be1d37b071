import type { Habits } from './habits.js';

/** Each keeps the protocol but for one habit; the rule is the one that the kit must find broken, and no other. */
export const wrongClients: readonly {
  readonly name: string;
  readonly habits: Habits;
  readonly rule: string;
}[] = [
  {
    name: 'writes instants with an offset',
    habits: { offsetInstants: true },
    rule: 'R2',
  },
  { name: 'sends a field of its own', habits: { moreFields: { cashier: 'Li' } }, rule: 'R3' },
  { name: 'speaks in its own words', habits: { ownWords: true }, rule: 'R3' },
  {
    name: 'names a version that there is not',
    habits: { rewrite: [/^1$|(?<="campus-protocol": )1/, '7'] },
    rule: 'R4',
  },
  {
    name: 'sends text',
    habits: { rewrite: [/application\/json/, 'text/plain'] },
    rule: 'R5',
  },
  { name: 'spoils its signature', habits: { spoilsSignature: true }, rule: 'R6' },
  {
    name: 'covers in an order of its own',
    habits: { rewrite: [/"@method" "@authority"/, '"@authority" "@method"'] },
    rule: 'R7',
  },
  { name: 'signs for the proxy', habits: { authority: 'inside.proxy:8080' }, rule: 'R8' },
  {
    name: 'sends a digest of something else',
    habits: { rewrite: [/sha-256=:..../, 'sha-256=:AAAA'] },
    rule: 'R9',
  },
  {
    name: 'uses a tag of its own',
    habits: { rewrite: [/cpc1-terminal/, 'cpc1-till'] },
    rule: 'R10',
  },
  { name: 'keeps its signature for the retry', habits: { keepsSignature: true }, rule: 'R11' },
  { name: 'does not look at the digest', habits: { believes: 'tampered' }, rule: 'R13' },
  { name: 'believes every key', habits: { believes: 'strangers' }, rule: 'R13' },
  { name: 'believes what is not signed', habits: { believes: 'unsigned' }, rule: 'R13' },
  { name: 'believes the answer to another', habits: { believes: 'replayed' }, rule: 'R13' },
  { name: 'believes what is bound to nothing', habits: { believes: 'unbound' }, rule: 'R14' },
  { name: 'calls itself at length', habits: { model: 'a'.repeat(80) }, rule: 'R15' },
  { name: 'makes a new key each time', habits: { newKeyAtEnrolment: true }, rule: 'R16' },
  { name: 'always says an amount', habits: { alwaysSaysAmount: true }, rule: 'R18' },
  { name: 'never fetches its settings', habits: { neverFetchesSettings: true }, rule: 'R19' },
  { name: 'keeps its own time', habits: { keepsItsTime: true }, rule: 'R21' },
  { name: 'begins its sequence anew', habits: { forgetsSequence: true }, rule: 'R22' },
  { name: 'states the time of its wall', habits: { statesLocalTime: true }, rule: 'R23' },
  { name: 'takes 200 for paid', habits: { takes200ForApproval: true }, rule: 'R24' },
  { name: 'does not look at the state', habits: { ignoresState: true }, rule: 'R25' },
  { name: 'asks too early', habits: { firstWaitMillis: 1_000 }, rule: 'R26' },
  { name: 'changes the bytes', habits: { newBytes: true }, rule: 'R26' },
  { name: 'does not wait for Retry-After', habits: { ignoresRetryAfter: true }, rule: 'R26' },
  { name: 'believes a late refusal', habits: { believesFinalProblem: true }, rule: 'R26' },
  { name: 'polls every five seconds', habits: { pollMillis: 5_000 }, rule: 'R27' },
  { name: 'waits for a word for ever', habits: { neverGivesUpPending: true }, rule: 'R27' },
  { name: 'sends what it stored when it can', habits: { sendsLate: true }, rule: 'R29' },
  { name: 'reverses once', habits: { reversesOnce: true }, rule: 'R30' },
  { name: 'wants to hear "reversed"', habits: { wantsReversed: true }, rule: 'R31' },
  { name: 'insists when it is too late', habits: { insistsWhenLate: true }, rule: 'R32' },
  { name: 'is heard every five minutes', habits: { heartbeatMillis: 300_000 }, rule: 'R37' },
  { name: 'counts no reversals', habits: { countsNoReversals: true }, rule: 'R38' },
  { name: 'reports too early', habits: { reportsEarly: true }, rule: 'R38' },
  { name: 'knows the table alone', habits: { knowsOnlyTheTable: true }, rule: 'R40' },
  { name: 'shows no number', habits: { hidesNumber: true }, rule: 'R41' },
  { name: 'does not say that it is unsure', habits: { hidesDoubt: true }, rule: 'R42' },
  { name: 'lets the next one pay meanwhile', habits: { scansMeanwhile: true }, rule: 'R43' },
  { name: 'confirms by itself', habits: { confirmsByItself: true }, rule: 'R58' },
  { name: 'throws its queue away', habits: { dropsQueueWhenRevoked: true }, rule: 'R95' },
];
