/** Outbox types of this module. Ids are decimal strings, amounts fen as JSON numbers. */
export type OfflineSalesEvents = {
  /** A terminal's records do not follow one another: it sells nothing by itself until two people have looked. */
  'offline_sales.stopped': { terminal: string; fault: string; sequence: number };
  /** A sale without a network left this much owing. */
  'owed.raised': { cardholder: string; card: string; payment: string; amount: number };
  /** What was owed was paid out of the cash; below zero, what was paid too much came back. */
  'owed.settled': { cardholder: string; card: string; amount: number; entry: string };
};
