import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import type { AppConfig } from '../config/app-config.js';

/** Twenty digits in a row could be a payment code, forty and more a signed one: neither may stand in a log. */
const codeLike = /\d{20,}/g;
const redact = (text: string): string =>
  text.replace(codeLike, (digits) => `${digits.slice(0, 2)}…`);

/** Nest's logger on pino: one JSON line for each message; codes are masked by their length. */
export class PinoLogger implements LoggerService {
  private readonly pino: Logger;

  constructor(config: AppConfig) {
    this.pino = pino({ level: config.LOG_LEVEL, base: null });
  }

  log(message: unknown, context?: string): void {
    this.pino.info({ context }, redact(String(message)));
  }
  error(message: unknown, stackOrContext?: string, context?: string): void {
    this.pino.error({ context: context ?? stackOrContext }, redact(String(message)));
  }
  warn(message: unknown, context?: string): void {
    this.pino.warn({ context }, redact(String(message)));
  }
  debug(message: unknown, context?: string): void {
    this.pino.debug({ context }, redact(String(message)));
  }
  verbose(message: unknown, context?: string): void {
    this.pino.trace({ context }, redact(String(message)));
  }
  fatal(message: unknown, context?: string): void {
    this.pino.fatal({ context }, redact(String(message)));
  }
}
