import { forgetStored, readStored, writeStored } from '../shared/stored.js';
import type { Card } from './contract.js';
import type { Credential, CredentialStore } from './credential.js';
import type { OfflineKit, OfflineKitStore } from './offline-kit.js';

const CREDENTIAL = 'campus-paycode.credential';
const KIT = 'campus-paycode.offline';
const CARD = 'campus-paycode.card';

/** For a browser that keeps nothing: the phone pays until its page is closed. */
let unkept: Credential | null = null;

/**
 * localStorage is the best store that a page has for a seed its program must read: no other site
 * reads it, but whoever holds the unlocked phone can. A mini-program's store is bound to the phone's
 * user and to the bank's program; prefer it where there is one.
 */
export const keptCredential: CredentialStore & { forget(): void } = {
  read: () => unkept ?? completed(readStored<Credential>(CREDENTIAL)),
  write(credential) {
    unkept = writeStored(CREDENTIAL, credential) ? null : credential;
  },
  forget() {
    unkept = null;
    forgetStored(CREDENTIAL);
    keptKit.forget();
    forgetStored(CARD);
  },
};

/** A phone that was bound before seeds moved on is of generation 0. */
function completed(stored: Credential | null): Credential | null {
  const first: Pick<Credential, 'generation' | 'before' | 'asked'> = {
    generation: 0,
    before: null,
    asked: null,
  };
  return stored && Object.assign(first, stored);
}

let unkeptKit: OfflineKit | null = null;

/** Keys, certificates and counters for terminals without a network; they go with the credential. */
export const keptKit: OfflineKitStore & { forget(): void } = {
  read: () => unkeptKit ?? readStored<OfflineKit>(KIT),
  write(kit) {
    unkeptKit = writeStored(KIT, kit) ? null : kit;
  },
  forget() {
    unkeptKit = null;
    forgetStored(KIT);
  },
};

/** The card as it was last heard of, so that the page is never empty without a network. */
export const keptCard = {
  read: (): Card | null => readStored<Card>(CARD),
  write: (card: Card): void => void writeStored(CARD, card),
  forget: (): void => {
    forgetStored(CARD);
  },
};
