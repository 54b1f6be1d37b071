/** What gates say happened. Ids are decimal strings, amounts fen. */

/** `visit.began`: somebody went in. */
export type VisitBegan = {
  readonly visit: string;
  readonly place: string;
  readonly card: string;
  readonly cardholder: string;
};

/** `visit.ended`: by the exit, by the clock or by the office; `amount` is what it cost. */
export type VisitEnded = VisitBegan & {
  readonly amount: number;
  readonly reason:
    'exit' | 'forgotten' | 'again' | 'released' | 'not_passed' | 'lapsed' | 'reversed';
};

/** `pass.bought`: what a phone paid for was given. */
export type PassBought = {
  readonly pass: string;
  readonly place: string;
  readonly card: string;
  readonly cardholder: string;
};

/** `pass.ended`: its sale was given back. */
export type PassEnded = Omit<PassBought, 'place'>;
