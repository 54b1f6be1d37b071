/** A terminal's rules without files, sockets and keys: what one in a browser shares with all others. */
export { CashierDesk } from './cashier-desk.js';
export { shiftToClose } from './close-shift.js';
export { Deliveries } from './delivery.js';
export { OfflineSales } from './offline-sales.js';
export { DEADLINE_MILLIS } from './sale-attempt.js';
export { SalesDesk } from './sales-desk.js';
export { applyEntry, emptyBook, statedNow } from './terminal-book.js';
export { NoAnswer, TerminalProblem } from './terminal-events.js';
export { TerminalQueue } from './terminal-queue.js';
export type { OfflineStop } from './offline-rules.js';
export type { Channel, ChannelAnswer, ChannelRequest } from './signed-channel.js';
export type { Surroundings } from './surroundings.js';
export type { Book, BookData, BookEntry, BookException, OpenHold } from './terminal-book.js';
export type { HotlistStore, KeptHotlist } from './hotlist-keeper.js';
export type { OfflineIdentity } from './offline-desk.js';
export type { OfflineResult, SaleResult, TerminalEvent } from './terminal-events.js';
