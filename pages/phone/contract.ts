/** What the phone's routes answer. Amounts are fen, instants ISO 8601 in UTC, ids decimal strings. */
import type { LocalText } from '../shared/language.js';

export type PhoneSettings = {
  readonly issuerKeys: readonly { readonly keyId: string; readonly publicKey: string }[];
  readonly prefix: string;
  readonly serverTime: string;
};

export type PhoneEnrolment = {
  readonly credentialId: string;
  readonly cardNumber: string;
  readonly servicePublicKey: string;
  readonly serverRandom: string;
  readonly issuerKeyId: string;
  readonly signature: string;
  readonly aliasSeconds: number;
  readonly prefix: string;
  readonly usableUntil: string;
  readonly serverTime: string;
};

export type Question = {
  readonly credentialId: string;
  readonly generation: number;
  readonly deviceRandom: string;
  readonly proof: string;
};

export type Synchronisation = {
  readonly serverTime: string;
  readonly usableUntil: string;
  readonly generation: number;
  readonly serverRandom: string;
  readonly firstStep: number;
  readonly aliasSeconds: number;
  readonly offline: OfflineRight | null;
};

/** What a phone needs to pay at a terminal without a network; bytes are base64url. */
export type OfflineRight = {
  readonly scheme: number;
  readonly issuerKeys: readonly {
    readonly keyId: number;
    readonly publicKey: string;
    readonly notBefore: string;
    readonly notAfter: string;
  }[];
  readonly challenge: string;
  readonly keysDue: number;
  readonly certificates: readonly string[];
  readonly allowance: { readonly amount: number; readonly endsAt: string } | null;
};

export type Certification = {
  readonly credentialId: string;
  readonly challenge: string;
  readonly keys: readonly { readonly deviceKey: string; readonly proof: string }[];
};

export type Card = {
  readonly number: string;
  readonly holderName: string;
  readonly status: 'active' | 'frozen' | 'lost' | 'closed';
  readonly balance: number;
  readonly available: number;
  readonly purses: readonly {
    readonly kind: string;
    readonly name: LocalText;
    readonly balance: number;
    readonly usableUntil: string | null;
  }[];
  readonly dayLimit: number | null;
  readonly spentToday: number;
};

export type Payment = {
  readonly id: string;
  readonly shortNumber: string;
  readonly place: LocalText;
  readonly amount: number;
  readonly captured: number;
  readonly returned: number;
  readonly verdict: 'approved' | 'declined' | 'pending';
  readonly reason: string | null;
  readonly message: LocalText;
  readonly state: 'captured' | 'held' | 'released' | 'declined' | 'reversed';
  readonly decidedAt: string;
};

export type InboxMessage = {
  readonly id: string;
  readonly purpose: string;
  readonly kind: string;
  readonly title: LocalText;
  readonly body: LocalText;
  readonly link: string | null;
  readonly saidAt: string;
  readonly readAt: string | null;
};
