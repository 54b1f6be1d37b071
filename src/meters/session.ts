import type { LocalName } from '../places/place.js';

/** What a device does for a price that is known before. Amounts in fen. */
export type Programme = {
  readonly code: string;
  readonly name: LocalName;
  readonly amount: bigint;
  /** The longest that it may take. */
  readonly seconds: number;
};

export type SessionUnit = 'liter' | 'kwh' | 'minute';

/** final: the device said so; expired: the clock; declined: its sale waited for a word that never came. */
export type SessionEnd = 'final' | 'expired' | 'office' | 'taken_back' | 'declined';

/** One use of a metered device as it stands now. Amounts in fen. */
export type Session = {
  readonly id: bigint;
  readonly orderNumber: string;
  readonly terminal: bigint;
  readonly place: bigint;
  readonly payment: bigint;
  readonly cardNumber: string;
  readonly programme: Pick<Programme, 'code' | 'name'> | null;
  readonly unit: SessionUnit;
  readonly unitPrice: bigint;
  /** What is held, and the most that it costs. */
  readonly held: bigint;
  /** What it costs by the last reading; after the end what it cost. */
  readonly amount: bigint;
  readonly captured: bigint;
  /** Thousandths of the unit since it began. */
  readonly reading: bigint;
  readonly reportedAt: Date | null;
  readonly beganAt: Date;
  readonly expiresAt: Date;
  readonly stopAskedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endReason: SessionEnd | null;
};

/** The last report of a session as its device signed it; anybody can check it against the device's key. */
export type SignedReading = {
  readonly keyId: string;
  readonly algorithm: string;
  readonly publicKey: Buffer;
  /** The signed bytes: they name the digest of the body. */
  readonly base: Buffer;
  readonly signature: Buffer;
  readonly body: Buffer;
};

/** What the office should look at. */
export type DeviceAlarm = {
  readonly id: bigint;
  readonly kind: 'silent' | 'late_progress' | 'over_hold' | 'reading_fell' | 'hold_lost';
  readonly terminalCode: string;
  readonly session: bigint;
  readonly shortNumber: string;
  readonly reading: bigint;
  /** What it would have cost beyond what was paid. */
  readonly amount: bigint;
  readonly raisedAt: Date;
};
