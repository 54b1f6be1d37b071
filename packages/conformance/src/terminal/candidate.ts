/** A terminal that the kit looks at, whatever it is made of. */

/** What it can do besides selling by payment codes and taking back. */
export type Ability = 'capture' | 'shift' | 'key' | 'confirm' | 'enrol-again' | 'offline';

/** How the kit reaches it, and it the kit. */
export type Where = {
  readonly url: string;
  readonly serviceName: string;
  readonly enrolmentCode: string;
};

export type Action =
  | { readonly do: 'scan'; readonly code: string; readonly amount?: number }
  /** Cut the power and start again, with all that is on the disk. */
  | { readonly do: 'reboot' }
  /** Take a part of the hold of the last sale. */
  | { readonly do: 'capture'; readonly amount: number; readonly final: boolean }
  | { readonly do: 'confirm'; readonly decision: 'confirm' | 'refuse' }
  | { readonly do: 'close_shift' }
  | { readonly do: 'rotate_key' }
  /** Once more with the same code, after an enrolment whose answer was lost. */
  | ({ readonly do: 'enrol' } & Where);

/** What the person before it sees: one of these, the number, and the words. */
export type Screen = {
  readonly says:
    | 'ready'
    | 'checking'
    | 'pending'
    | 'approved'
    | 'declined'
    | 'problem'
    | 'not_confirmed'
    | 'offline_accepted'
    | 'offline_refused';
  readonly shortNumber: string | null;
  readonly text: string;
};

export interface Candidate {
  readonly abilities: ReadonlySet<Ability>;
  /** Forgets everything that it ever knew, and enrols. Rejects when it could not. */
  begin(where: Where): Promise<void>;
  /** Resolves when it was begun: what comes of it is on the screen, and on the wire. */
  act(action: Action): Promise<void>;
  screen(): Promise<Screen>;
  /** Nothing more is asked of it. */
  end(): Promise<void>;
}
