import { randomInt } from 'node:crypto';
import type { Clock } from '../clock.js';
import { pause } from '../serve.js';
import type { Callback, WechatSettings } from './defaults.js';
import { element, eventJson, eventXml } from './events.js';
import type { PushEvent } from './events.js';
import type { WechatWeather } from './faults.js';
import { encryptPush, pushSignature } from './push-crypt.js';

const ATTEMPTS = 3;
const ANSWER_WITHIN_MS = 5_000;
const COPIES_OF_A_DUPLICATE = 3;

export type OutboxOptions = {
  settings: WechatSettings;
  weather: WechatWeather;
  now: Clock;
  /** Between the attempts of one push; the platform waits a moment. */
  retryDelayMs: number;
};

/**
 * Pushes events to the configured address. An empty answer or `success` within five seconds ends
 * it; anything else is tried again, three times in all, and is then lost.
 */
export class PushOutbox {
  readonly counts = { delivered: 0, failed: 0, dropped: 0 };
  callback: Callback | null;
  private readonly underway = new Set<Promise<void>>();
  private readonly closing = new AbortController();

  constructor(private readonly options: OutboxOptions) {
    this.callback = options.settings.callback;
  }

  push(event: PushEvent): void {
    const { weather } = this.options;
    const faults = weather.current.callbacks ?? {};
    if (!this.callback || weather.happens(faults.lose)) {
      this.counts.dropped += 1;
      return;
    }
    const copies = weather.happens(faults.duplicate) ? COPIES_OF_A_DUPLICATE : 1;
    const late = weather.happens(faults.reorder) ? weather.upTo(faults.reorderMs ?? 500) + 1 : 0;
    for (let copy = 0; copy < copies; copy += 1) {
      this.keep(this.deliver(this.callback, event, (faults.delayMs ?? 0) + late));
    }
  }

  /** Resolves when nothing is waiting to be pushed. */
  async settled(): Promise<void> {
    while (this.underway.size > 0) await Promise.all(this.underway);
  }

  async close(): Promise<void> {
    this.closing.abort();
    await Promise.race([this.settled(), pause(500)]);
  }

  /** What the platform does when an address is configured: the address must echo a string. */
  async checkAddress(callback: Callback): Promise<boolean> {
    const echostr = String(randomInt(2 ** 47));
    const query = new URLSearchParams({ ...this.signedQuery(), echostr });
    try {
      const response = await fetch(withQuery(callback.url, query), {
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      return response.ok && (await response.text()).trim() === echostr;
    } catch {
      return false;
    }
  }

  private keep(delivery: Promise<void>): void {
    const kept = delivery.finally(() => this.underway.delete(kept));
    this.underway.add(kept);
  }

  private async deliver(callback: Callback, event: PushEvent, delayMs: number): Promise<void> {
    await pause(delayMs);
    for (let attempt = 1; attempt <= ATTEMPTS && !this.closing.signal.aborted; attempt += 1) {
      if (attempt > 1) await pause(this.options.retryDelayMs);
      if (await this.attempt(callback, event)) {
        this.counts.delivered += 1;
        return;
      }
    }
    this.counts.failed += 1;
  }

  private async attempt(callback: Callback, event: PushEvent): Promise<boolean> {
    const { query, body } = this.draw(callback, event);
    const type = callback.format === 'json' ? 'application/json' : 'text/xml';
    try {
      const response = await fetch(withQuery(callback.url, query), {
        method: 'POST',
        headers: { 'content-type': type },
        body,
        signal: AbortSignal.any([this.closing.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
      const answer = (await response.text()).trim();
      return response.ok && (answer === '' || answer === 'success');
    } catch {
      return false;
    }
  }

  private draw(callback: Callback, event: PushEvent): { query: URLSearchParams; body: string } {
    const { settings } = this.options;
    const isJson = callback.format === 'json';
    const plain = (isJson ? eventJson : eventXml)(event, settings.originalId);
    const query = new URLSearchParams({ ...this.signedQuery(), openid: event.openid });
    if (callback.mode === 'plain') return { query, body: plain };
    const encrypted = encryptPush(settings, plain);
    const [timestamp, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
    query.set('encrypt_type', 'aes');
    query.set('msg_signature', pushSignature(settings.pushToken, timestamp, nonce, encrypted));
    const body = isJson
      ? JSON.stringify({ ToUserName: settings.originalId, Encrypt: encrypted })
      : `<xml>${element('ToUserName', settings.originalId)}${element('Encrypt', encrypted)}</xml>`;
    return { query, body };
  }

  private signedQuery(): { signature: string; timestamp: string; nonce: string } {
    const timestamp = String(Math.floor(this.options.now() / 1000));
    const nonce = String(randomInt(2 ** 31));
    const signature = pushSignature(this.options.settings.pushToken, timestamp, nonce);
    return { signature, timestamp, nonce };
  }
}

function withQuery(address: string, query: URLSearchParams): string {
  return `${address}${address.includes('?') ? '&' : '?'}${query.toString()}`;
}
