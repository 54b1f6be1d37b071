import type { ParsedCode } from '@campus-paycode/paycode';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/clock/clock.js';
import { FreshLook } from '../platform/database/fresh-look.js';
import { Refusal } from '../platform/errors/problem.js';
import { FailingScans } from './domain/failing-scans.js';
import { paymentCodesProblems } from './payment-codes.errors.js';
import { ResolveCode, type ResolvedCode } from './resolve-code.js';

/** A code that is nobody's. `guessed` goes into the call that counts it: `credential@first step`, with commas between. */
export type WrongCode = { readonly guessed: string };

const lookMs = 1_000;
/** Pauses stay suspended for so long after codes were last seen to fail everywhere. */
const suspensionSeconds = 10;

/**
 * Whoever guesses is slowed down: fifteen wrong codes in a minute pause a terminal, fifty in an epoch use up an alias. They
 * are counted in the call that decides; the pause is looked up here. While codes fail everywhere, nobody is paused.
 */
@Injectable()
export class CheckScan implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('scans');
  private readonly scans = new FailingScans();
  private readonly fresh = new FreshLook(() => this.look());
  private paused = new Map<bigint, number>();
  private suspendedUntil = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly codes: ResolveCode,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.fresh.take();
    this.timer = setInterval(() => {
      this.fresh.take().catch((error: Error) => this.logger.debug(error.message));
    }, lookMs);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /**
   * @param terminal null for the service itself, which nobody pauses.
   * @throws {Refusal} terminal_paused, index_loading, clock_untrusted
   */
  async check(terminal: bigint | null, code: ParsedCode): Promise<ResolvedCode | WrongCode> {
    if (terminal !== null) this.requireNotPaused(terminal);
    const resolved = await this.codes.resolve(code);
    if (resolved !== undefined) return resolved;
    const suspects = this.codes.suspects(code);
    return { guessed: suspects.map((each) => `${each.credential}@${each.firstStep}`).join() };
  }

  /** After the verdict. A wrong code is looked after before it is answered, so that the next one finds the pause. */
  async count(terminal: bigint, isWrong: boolean): Promise<void> {
    const now = this.clock.nowMs();
    this.scans.note(terminal, isWrong, now);
    if (!isWrong) return;
    if (this.scans.areFailing(now) && this.suspendedUntil < now + (suspensionSeconds - 1) * 1_000)
      await this.database.query('select payment_codes.suspend_pauses($1)', [suspensionSeconds]);
    await this.fresh.take();
  }

  /** What was typed and is no code, such as a PIN: the terminal pays for guessing all the same. */
  async countWrongTry(terminal: bigint): Promise<void> {
    await this.database.query('select payment_codes.count_wrong_try($1)', [terminal.toString()]);
    await this.fresh.take();
  }

  /** @throws {Refusal} terminal_paused */
  requireNotPaused(terminal: bigint): void {
    const now = this.clock.nowMs();
    const left = (this.paused.get(terminal) ?? 0) - now;
    if (left <= 0 || this.suspendedUntil > now) return;
    throw new Refusal(paymentCodesProblems, 'terminal_paused', {
      retryAfterSeconds: Math.ceil(left / 1_000),
    });
  }

  private async look(): Promise<void> {
    const rows = await this.database.query<
      { terminal: string | null; until: Date; isSuspended: boolean }[]
    >(
      `select s.terminal, s.paused_until as until
       from payment_codes.scanner s where s.paused_until > platform.now()
       union all
       select null, p.suspended_until from payment_codes.pause_policy p
       where p.suspended_until > platform.now()`,
    );
    const paused = new Map<bigint, number>();
    let suspendedUntil = 0;
    for (const { terminal, until } of rows)
      if (terminal === null) suspendedUntil = until.getTime();
      else paused.set(BigInt(terminal), until.getTime());
    this.paused = paused;
    this.suspendedUntil = suspendedUntil;
  }
}
