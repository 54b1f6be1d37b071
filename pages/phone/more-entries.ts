import { gymEntry } from './gym-view.js';
import { sessionsEntry } from './sessions-view.js';
import { roomsEntry } from './rooms-view.js';
import { withoutPhoneEntry } from './without-phone-view.js';
import type { MoreEntry } from './more-view.js';

/** What stands under “More”, in its order: one import and one line for each. */
export const moreEntries: readonly MoreEntry[] = [
  gymEntry,
  sessionsEntry,
  roomsEntry,
  withoutPhoneEntry,
];
