/** What this module tells the others. Ids are decimal strings, amounts fen as JSON numbers. */
export type StaticCredentialsEvents = {
  /** A sale without the phone was paid, or waits for the cashier. */
  'static-credential.used': {
    cardholder: string;
    card: string;
    payment: string;
    place: string;
    amount: number;
    shortNumber: string;
    instrument: 'plastic' | 'number_pin';
  };
  'static-credential.stopped': { cardholder: string; card: string };
};
