import { appendFileSync } from 'node:fs';

/** What a terminal asked for. Amounts in fen. */
export type Question =
  | {
      readonly ask: 'sell';
      readonly orderNumber: string;
      readonly terminal: number;
      readonly amount: number;
      /** Whose code it was and which one, as `card counter`; null for a code that nobody made. */
      readonly code: string | null;
    }
  | { readonly ask: 'reverse' | 'find'; readonly orderNumber: string; readonly terminal: number };

/** What a terminal was told about a sale, in a signed answer. */
export type Verdict = {
  readonly paymentId: string;
  readonly verdict: 'approved' | 'declined';
  readonly reason: string | null;
  readonly amount: number;
};

export type Reversal = { readonly outcome: string; readonly returned: number };

/**
 * How a question ended. `refused` is a signed refusal that says that nothing was done; `unknown` is everything that leaves
 * open whether something was: no answer, half an answer, or a refusal that says so.
 */
export type Ending =
  | { readonly end: 'verdict'; readonly verdict: Verdict }
  | { readonly end: 'reversal'; readonly reversal: Reversal }
  | { readonly end: 'refused'; readonly code: string }
  | { readonly end: 'unknown'; readonly why: string };

export type Operation = {
  readonly operation: number;
  readonly question: Question;
  /** Where the question stands among all that happened, and where its ending does; null while it has none. */
  readonly asked: number;
  ended: number | null;
  ending: Ending;
};

const unheard: Ending = { end: 'unknown', why: 'nothing was heard yet' };

/** What all terminals saw, in one order, and on disk before anybody acts on it. */
export class History {
  private readonly all: Operation[] = [];
  private moment = 0;

  /** @param file one JSON line for each question and each ending; null keeps it in memory. */
  constructor(private readonly file: string | null) {}

  ask(question: Question): Operation {
    const asked = (this.moment += 1);
    const operation = { operation: this.all.length, question, asked, ended: null, ending: unheard };
    this.all.push(operation);
    this.note({ at: asked, operation: operation.operation, ...question });
    return operation;
  }

  end(operation: Operation, ending: Ending): void {
    operation.ended = this.moment += 1;
    operation.ending = ending;
    this.note({ at: operation.ended, operation: operation.operation, ...ending });
  }

  /** Something that happened to the service. */
  mention(event: string): void {
    this.note({ at: (this.moment += 1), event });
  }

  operations(): readonly Operation[] {
    return this.all;
  }

  private note(line: Record<string, unknown>): void {
    if (this.file === null) return;
    appendFileSync(this.file, `${JSON.stringify({ time: new Date().toISOString(), ...line })}\n`);
  }
}
