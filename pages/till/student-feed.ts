import type { LocalText } from '../shared/language.js';
import type { SymbolName } from './symbols.js';

/** What the student's screen shows: nothing of it is more than the student may see, and the queue too. */
export type StudentView = {
  /** `idle`, or the tone of what covers the till. */
  readonly tone: string;
  readonly place: LocalText;
  readonly text: LocalText;
  readonly symbol?: SymbolName;
  readonly amount?: string;
  /** Unix milliseconds of this machine, until when something is waited for. */
  readonly until?: number;
};

const CHANNEL = 'campus-paycode.till.student';
const HELLO = 'hello';

/** Tells a second window, for a screen that faces the student, what to show. */
export class StudentFeed {
  private readonly channel = new BroadcastChannel(CHANNEL);
  private idle: StudentView | null = null;
  private covered: StudentView | null = null;

  constructor() {
    // A screen that was opened just now has missed everything.
    this.channel.addEventListener('message', ({ data }) => {
      if (data === HELLO) this.send();
    });
  }

  /** The sale that is being put together. */
  desk(view: StudentView): void {
    this.idle = view;
    if (this.covered === null) this.send();
  }

  /** What covers it, until null. */
  cover(view: Omit<StudentView, 'place'> | null): void {
    const place = this.idle?.place ?? { zh: '', en: '' };
    this.covered = view === null ? null : { ...view, place };
    this.send();
  }

  private send(): void {
    const view = this.covered ?? this.idle;
    if (view !== null) this.channel.postMessage(view);
  }
}

/** Hears what to show, from now on. */
export function hearTill(show: (view: StudentView) => void): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }) => {
    if (data !== HELLO) show(data as StudentView);
  });
  channel.postMessage(HELLO);
}
