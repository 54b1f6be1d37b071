/** What the simulated bank is when nobody says otherwise. All amounts are integer fen. */
export const bankDefaults = {
  /** Shared with the campus service, which signs each request with the secret. Not a real secret. */
  client: 'campus-demo',
  secret: 'demo-bank-secret',
  /** What a student's bank account holds when its first agreement is signed: ¥2,000. */
  openingBalance: 200_000,
  /** What the campus' settlement account holds on its first day. */
  settlementOpening: 0,
  /** The most that one debit may take: ¥5,000; ¥50 for an account ending in 0004. */
  debitLimit: 500_000,
  smallDebitLimit: 5_000,
  /** How long an instruction stays `processing` when a fault does not say. */
  processingMs: 3_000,
  /** How far a request's timestamp may be from the bank's time. */
  clockToleranceSeconds: 300,
} as const;

/**
 * Bank accounts whose number ends like this behave in one known way, for demos and tests:
 * 0001 opens empty, 0002 opens frozen, 0003 answers `processing` to each debit first,
 * 0004 has a debit limit of ¥50, 0009 refuses the agreement.
 */
export const specialEndings = {
  empty: '0001',
  frozen: '0002',
  slow: '0003',
  limited: '0004',
  refused: '0009',
} as const;
