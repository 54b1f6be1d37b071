import type { PlaceKind } from '../places/place.js';
import type { PurseKind } from './card.js';

/** A subsidy is for meals and is spent before the cardholder's own money; everywhere else cash pays. */
const kindsAt: Record<PlaceKind, readonly PurseKind[]> = {
  canteen: ['subsidy', 'cash'],
  gym: ['cash'],
  dorm: ['cash'],
};

/** Which kinds of purses a sale at a place draws, in their order; within a kind the earliest expiry pays first. */
export const planSpending = (place: PlaceKind): readonly PurseKind[] => kindsAt[place];
