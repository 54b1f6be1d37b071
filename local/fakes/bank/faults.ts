import type { Random } from '../random.js';
import { bankDefaults } from './defaults.js';

/** Probabilities are 0 to 1 and default to 0. */
export type BankFault = {
  /** Which calls: debits and payouts (the default), or every signed route. */
  on?: 'instructions' | 'all';
  /** A regular expression on the instruction number; without it every call is meant. */
  only?: string;
  /** How many calls may be spoilt before the fault is spent; without it there is no end. */
  count?: number;
  latencyMs?: number;
  /** Cut the connection before anything is read into the books. */
  dropBefore?: number;
  /** Book, then cut the connection: the caller cannot know. */
  dropAfter?: number;
  /** Answer 503 and do nothing. */
  error5xx?: number;
  /** Book, then answer 500. */
  error5xxAfter?: number;
  /** Answer `processing`, and settle `processingMs` later. */
  processing?: number;
  processingMs?: number;
};

export type Fate = 'normal' | 'drop_before' | 'drop_after' | 'error_before' | 'error_after';

export type Spoiling = { fate: Fate; latencyMs: number; processingMs: number | null };

const UNSPOILT: Spoiling = { fate: 'normal', latencyMs: 0, processingMs: null };

/** Decides by dice what goes wrong with each call. The same seed and calls give the same day. */
export class FaultPlan {
  private faults: BankFault[] = [];

  constructor(private readonly random: Random) {}

  get current(): readonly BankFault[] {
    return this.faults;
  }

  replace(faults: readonly BankFault[]): void {
    this.faults = faults.map((fault) => ({ ...fault }));
  }

  /** The first fault that means this call decides; others are not looked at. */
  draw(isInstruction: boolean, instructionNumber: string | undefined): Spoiling {
    const fault = this.faults.find((one) => means(one, isInstruction, instructionNumber));
    if (!fault) return UNSPOILT;
    const fate = this.drawFate(fault);
    const processing = isInstruction && this.happens(fault.processing);
    if ((fate !== 'normal' || processing) && fault.count !== undefined) fault.count -= 1;
    return {
      fate,
      latencyMs: fault.latencyMs ?? 0,
      processingMs: processing ? (fault.processingMs ?? bankDefaults.processingMs) : null,
    };
  }

  private drawFate(fault: BankFault): Fate {
    if (this.happens(fault.dropBefore)) return 'drop_before';
    if (this.happens(fault.error5xx)) return 'error_before';
    if (this.happens(fault.dropAfter)) return 'drop_after';
    return this.happens(fault.error5xxAfter) ? 'error_after' : 'normal';
  }

  private happens(probability: number | undefined): boolean {
    return probability !== undefined && this.random() < probability;
  }
}

function means(fault: BankFault, isInstruction: boolean, number: string | undefined): boolean {
  if (fault.count !== undefined && fault.count <= 0) return false;
  if (!isInstruction && (fault.on ?? 'instructions') === 'instructions') return false;
  if (fault.only === undefined) return true;
  return number !== undefined && new RegExp(fault.only).test(number);
}
