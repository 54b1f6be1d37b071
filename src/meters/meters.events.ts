/** What meters say happened. Ids are decimal strings, amounts fen. */

/** `credit.added`: a purchase was delivered to a meter; `credit.taken_back`: its payment was given back. */
export type CreditMoved = {
  readonly meter: string;
  readonly room: string;
  readonly payment: string;
  /** The buyer. */
  readonly cardholder: string;
  readonly amount: number;
  /** What the meter has now. */
  readonly credit: number;
};

/** `session.began`, `session.progressed`, `session.ended`: `amount` is what it cost, 0 while it runs. */
export type SessionMoved = {
  readonly session: string;
  readonly place: string;
  readonly payment: string;
  readonly card: string;
  readonly cardholder: string;
  readonly amount: number;
  readonly reason: 'final' | 'expired' | 'office' | 'taken_back' | 'declined' | null;
};
