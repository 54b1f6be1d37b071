import type { ReversalReason } from '@campus-paycode/terminal-protocol';

/** The signed QR of a sale that was sent: never accepted without a network afterwards. */
export type PresentedCode = {
  readonly reference: string;
  readonly digits: string;
  readonly counter: number;
  readonly until: number;
};

/** A sale that was begun; `body` is sent again, byte for byte, until its verdict is known. */
export type OpenSale = {
  readonly orderNumber: string;
  readonly sequence: number;
  readonly body: string;
  /** Unix milliseconds by the terminal's own clock. */
  readonly startedAt: number;
  /** Unix milliseconds of `occurredAt`, see `statedNow`. */
  readonly statedAt: number;
  readonly presented?: PresentedCode;
  /** Where it is sent, when it begins something else than a sale. */
  readonly target?: string;
};

export type QueuedReversal = {
  readonly orderNumber: string;
  readonly reason: ReversalReason;
  /** Whether the shift's sales already hold this sale. */
  readonly counted: boolean;
};

export type QueuedCapture = {
  readonly captureNumber: string;
  readonly orderNumber: string;
  readonly amount: number;
  readonly body: string;
  readonly statedAt: number;
};

/** Money set aside that this terminal still has to capture or let go. */
export type OpenHold = {
  readonly orderNumber: string;
  readonly held: number;
  readonly captured: number;
  readonly expiresAt: string | null;
};

/** What a person has to look at: the service refused for good what the terminal had to say. */
export type BookException = {
  /** Of readings, the number of the first one's meter. */
  readonly orderNumber: string;
  readonly what: 'reversal' | 'capture' | 'progress' | 'void' | 'passage' | 'readings';
  readonly code: string;
};
