import type { MovableClock } from '../clock.js';
import type { WechatBooks } from './books.js';
import type { WechatSettings } from './defaults.js';
import type { WechatWeather } from './faults.js';
import type { PushOutbox } from './push-outbox.js';
import type { WechatRecord } from './records.js';
import type { TokenDesk } from './tokens.js';

/** The parts of the platform that its routes work with. */
export type Platform = {
  settings: WechatSettings;
  books: WechatBooks;
  tokens: TokenDesk;
  weather: WechatWeather;
  outbox: PushOutbox;
  clock: MovableClock;
  /** Applies a change and writes it down. */
  record: (record: WechatRecord) => void;
};
