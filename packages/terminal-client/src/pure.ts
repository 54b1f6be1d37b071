/** A terminal's rules without files, sockets and keys: what one in a browser shares with all others. */
export { Deliveries } from './delivery.js';
export { SalesDesk } from './sales-desk.js';
export { applyEntry, emptyBook, statedNow } from './terminal-book.js';
export { NoAnswer, TerminalProblem } from './terminal-events.js';
export { TerminalQueue } from './terminal-queue.js';
export type { Channel, ChannelAnswer, ChannelRequest } from './signed-channel.js';
export type { Surroundings } from './surroundings.js';
export type { Book, BookData, BookEntry, OpenHold } from './terminal-book.js';
export type { SaleResult, TerminalEvent } from './terminal-events.js';
