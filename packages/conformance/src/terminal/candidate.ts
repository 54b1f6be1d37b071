/** A terminal that the kit looks at, whatever it is made of. */

/** What it does. `sell` is by payment codes; `disk` says that it can be searched. */
export const abilities = [
  'sell',
  'capture',
  'shift',
  'key',
  'confirm',
  'enrol-again',
  'offline',
  'gate',
  'device',
  'room',
  'reader',
  'plastic',
  'pin',
  'void',
  'opening',
  'disk',
] as const;
export type Ability = (typeof abilities)[number];

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
  /** A chip or the printed number of a card without a phone; the reader, or whoever types, gives it. */
  | { readonly do: 'plastic'; readonly number: string; readonly amount?: number }
  /** Somebody types number and PIN, and the cashier has looked at the name. */
  | {
      readonly do: 'type_pin';
      readonly number: string;
      readonly pin: string;
      readonly amount?: number;
    }
  /** The cashier takes the last sale back; a supervisor stands by, and types when asked. */
  | { readonly do: 'void'; readonly supervisor: string; readonly pin: string }
  | { readonly do: 'open_shift'; readonly cashier: string }
  | { readonly do: 'pass'; readonly code: string; readonly direction: 'entry' | 'exit' }
  /** Somebody goes through the gate, as far as it lets them. */
  | { readonly do: 'walk' }
  /** A session of a device begins; `programme` where the place has a list. */
  | { readonly do: 'start'; readonly code: string; readonly programme?: string }
  /** Its meter has counted so many thousandths of the unit since the session began. */
  | { readonly do: 'use'; readonly reading: number }
  /** Whoever uses it has finished. */
  | { readonly do: 'finish' }
  /** Somebody chose the meter of a room, and pays for credit. */
  | {
      readonly do: 'credit';
      readonly meterNumber: number;
      readonly code: string;
      readonly amount: number;
    }
  /** A meter showed this, then. */
  | {
      readonly do: 'read';
      readonly meterNumber: number;
      readonly reading: number;
      readonly takenAt: string;
    }
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
    | 'gate_open'
    /** The device gives: water runs. */
    | 'giving'
    /** Credit: it is at the meter; it will be. */
    | 'delivered'
    | 'on_its_way'
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
  /** Whether the text lies anywhere on what survives a loss of power, or in a log. Asked of those with a `disk`. */
  keeps(text: string): Promise<boolean>;
  /** Nothing more is asked of it. */
  end(): Promise<void>;
}
