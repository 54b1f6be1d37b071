/** For which meter the sale of this order number is; sent before it. */
export type RoomCreditRequest = { readonly orderNumber: string; readonly meterNumber: number };
export type RoomCreditAnswer = RoomCreditRequest & {
  readonly state: 'ordered' | 'delivered';
  /** Fen that came to the meter, less what went back. */
  readonly amount: number;
  /** The newest of a meter without a network, as 200 digits. */
  readonly ticket: {
    readonly number: number;
    readonly units: number;
    readonly issuedAt: string;
    readonly expiresAt: string;
    readonly digits: string;
  } | null;
};

/** What a meter shows: whole watt-hours or liters. */
export type MeterReading = {
  readonly meterNumber: number;
  readonly reading: number;
  readonly takenAt: string;
};
export type MeterReadingsRequest = { readonly readings: readonly MeterReading[] };
/** May gain values; whatever it is, the reading is settled. */
export type MeterReadingOutcome =
  'taken' | 'known' | 'differs' | 'older' | 'early' | 'falls' | 'unlikely' | 'unknown';
export type MeterReadingsAnswer = {
  /** One for each that was sent, in their order; null of a meter that is not known here. */
  readonly readings: readonly {
    readonly meterNumber: number;
    readonly outcome: MeterReadingOutcome;
    readonly credit: number | null;
    readonly reading: number | null;
  }[];
};
