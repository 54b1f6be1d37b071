import {
  makeOrderNumber,
  type ShiftOpeningAnswer,
  type ShiftOpeningRequest,
  type SupervisionAnswer,
  type SupervisionRequest,
  type VoidAnswer,
  type VoidRequest,
} from '@campus-paycode/terminal-protocol';
import { statedNow, type Book } from './terminal-book.js';
import { TerminalProblem, type TerminalEvent } from './terminal-events.js';
import { isFinalProblem, readFor } from './terminal-queue.js';
import type { QueuedVoid } from './cashier-book.js';
import type { Deliveries } from './delivery.js';
import type { Surroundings } from './surroundings.js';

type Around = {
  readonly book: Book;
  readonly deliveries: Deliveries;
  readonly surroundings: Surroundings;
  readonly serviceNow: () => number;
  readonly emit: (event: TerminalEvent) => void;
  /** Asks once; throws TerminalProblem or NoAnswer. */
  readonly ask: (body: string) => Promise<SupervisionAnswer>;
};

/** What the cashier says: voids and the beginning of a shift are written down first, a PIN never. */
export class CashierDesk {
  constructor(private readonly around: Around) {}

  /** What an earlier run of the program left behind. */
  resume(): void {
    const { voids, shiftOpening } = this.around.book.data.cashier;
    for (const queued of voids) this.deliverVoid(queued, { waited: true });
    if (shiftOpening !== null) void this.deliverOpening(shiftOpening).catch(() => {});
  }

  /**
   * Takes a sale back under a number of its own. Resolves after the first sending: with the answer, or null when it stays
   * queued. @throws {TerminalProblem} with `supervision_needed`: supervise, and void again
   */
  async void(orderNumber: string, supervision: string | undefined): Promise<VoidAnswer | null> {
    const { book, emit } = this.around;
    const known = book.data.cashier.voids.find((queued) => queued.orderNumber === orderNumber);
    const queued = known ?? this.newVoid(orderNumber, supervision);
    if (known === undefined) {
      await book.write({ type: 'voiding', ...queued });
      emit({ type: 'voiding', orderNumber });
    }
    return new Promise((resolve, reject) => {
      const tried = (answer: VoidAnswer | TerminalProblem | null) => {
        if (answer instanceof TerminalProblem) reject(answer);
        else resolve(answer);
      };
      this.deliverVoid(queued, { waited: false, tried });
    });
  }

  /** The word of a supervisor who stands at the till. Nothing of it is kept. */
  supervise(typed: SupervisionRequest): Promise<SupervisionAnswer> {
    return this.around.ask(JSON.stringify(typed));
  }

  /** Resolves when the service knows of it; the report of the shift carries the same number. */
  async openShift(cashier: string | undefined): Promise<ShiftOpeningAnswer> {
    const { book, surroundings } = this.around;
    const opening = Math.max(statedNow(book.data, this.around.serviceNow()), 1);
    const openedAt = new Date(opening).toISOString();
    const shiftNumber = makeOrderNumber(opening, surroundings.random(10));
    const request: ShiftOpeningRequest = {
      shiftNumber,
      openedAt,
      ...(cashier === undefined ? {} : { cashier }),
    };
    const body = JSON.stringify(request);
    await book.write({ type: 'shift_opening', shiftNumber, openedAt, body });
    return this.deliverOpening(body);
  }

  private newVoid(orderNumber: string, supervision: string | undefined): QueuedVoid {
    const { book, surroundings } = this.around;
    const now = statedNow(book.data, this.around.serviceNow());
    const voidNumber = makeOrderNumber(now, surroundings.random(10));
    const word = supervision === undefined ? {} : { supervision };
    const request: VoidRequest = { voidNumber, orderNumber, ...word };
    return { voidNumber, orderNumber, body: JSON.stringify(request) };
  }

  private deliverVoid(
    { voidNumber, orderNumber, body }: QueuedVoid,
    {
      waited,
      tried = () => {},
    }: {
      /** Whether whoever asked has gone on without an answer. */
      waited: boolean;
      tried?: (answer: VoidAnswer | TerminalProblem | null) => void;
    },
  ): void {
    const { book, emit, deliveries } = this.around;
    const request = { method: 'POST' as const, target: '/v1/voids', body };
    let goneOn = waited;
    const started = deliveries.start(`void ${voidNumber}`, request, async (answer) => {
      const done = readFor<VoidAnswer>(answer, 'voidNumber', voidNumber);
      if (done !== null) {
        await book.write({ type: 'voided', answer: done });
        emit({ type: 'voided', answer: done });
        tried(done);
        return true;
      }
      if (!isFinalProblem(answer)) {
        goneOn = true;
        tried(null);
        return false;
      }
      const { problem } = answer;
      await book.write({ type: 'void_refused', voidNumber, code: problem.code });
      const exception = { orderNumber, what: 'void' as const, code: problem.code };
      if (goneOn) await book.write({ type: 'exception', exception, number: voidNumber });
      if (goneOn) emit({ type: 'exception', exception });
      tried(new TerminalProblem(problem));
      return true;
    });
    if (!started) tried(null);
  }

  private deliverOpening(body: string): Promise<ShiftOpeningAnswer> {
    const { shiftNumber } = JSON.parse(body) as ShiftOpeningRequest;
    const { book, deliveries } = this.around;
    return new Promise((resolve, reject) => {
      const request = { method: 'POST' as const, target: '/v1/shift-openings', body };
      deliveries.start(`opening ${shiftNumber}`, request, async (answer) => {
        const done = readFor<ShiftOpeningAnswer>(answer, 'shiftNumber', shiftNumber);
        if (done === null && !isFinalProblem(answer)) return false;
        await book.write({ type: 'shift_begun' });
        if (done !== null) resolve(done);
        else if (answer.kind === 'problem') reject(new TerminalProblem(answer.problem));
        return true;
      });
    });
  }
}
