/** The sessions of the played service: sold as every sale, and ended by what the device says. */
import type {
  PaymentAnswer,
  SessionState,
  WireProgramme,
  WireTariff,
} from '@campus-paycode/terminal-protocol';
import { ok, problem, type Asked, type Reply } from './played-wire.js';

type Report = { readonly bytes: string; readonly reply: Reply };
type Session = {
  readonly programme: WireProgramme | undefined;
  sequence: number;
  reading: number;
  isEnded: boolean;
  readonly reports: Map<string, Report>;
};

/** What sells, and keeps what was sold. */
type Book = {
  sell(asked: Asked): Reply;
  find(orderNumber: string): PaymentAnswer | undefined;
  decide(orderNumber: string, changes: Partial<PaymentAnswer>): void;
};

export class PlayedMeter {
  readonly sessions = new Map<string, Session>();
  programmes: readonly WireProgramme[] = [];
  /** Somebody asked for the end on the phone. */
  stops = false;

  constructor(
    private readonly tariff: WireTariff,
    private readonly book: Book,
  ) {}

  /** @returns null for what is no device's */
  reply(asked: Asked): Reply | null {
    const { route, target } = asked;
    if (route === 'programmes') return ok({ programmes: this.programmes });
    if (route === 'session') return this.start(asked);
    return route === 'progress' ? this.hear(target.split('/')[3] ?? '', asked) : null;
  }

  private start(asked: Asked): Reply {
    const programme = this.programmes.find(({ code }) => code === asked.json['programme']);
    if (programme === undefined && this.programmes.length > 0) return problem('programme_required');
    const sold = this.book.sell(asked);
    if (sold.status !== 200) return sold;
    const answer = sold.body as PaymentAnswer;
    const { orderNumber, verdict } = answer;
    if (!this.sessions.has(orderNumber)) {
      const begun = { programme, sequence: 0, reading: 0, isEnded: false };
      this.sessions.set(orderNumber, { ...begun, reports: new Map() });
    }
    const session = verdict === 'declined' ? null : this.stateOf(answer);
    return ok({ ...answer, session });
  }

  private hear(orderNumber: string, { body, json }: Asked): Reply {
    const session = this.sessions.get(orderNumber);
    const sale = this.book.find(orderNumber);
    if (session === undefined || sale === undefined) return problem('session_unknown');
    const progressNumber = String(json['progressNumber']);
    const known = session.reports.get(progressNumber);
    if (known !== undefined) {
      return known.bytes === body ? known.reply : problem('progress_number_reused');
    }
    const [sequence, reading] = [Number(json['sequence']), Number(json['reading'])];
    const isLate = session.isEnded;
    if (!isLate) {
      if (sequence <= session.sequence) return problem('progress_out_of_order');
      if (reading < session.reading) return problem('reading_fell');
      Object.assign(session, { sequence, reading, isEnded: json['final'] === true });
      const captured = session.isEnded ? this.stateOf(sale).amount : 0;
      if (session.isEnded) this.book.decide(orderNumber, { state: 'captured', captured });
    }
    const now = this.book.find(orderNumber) ?? sale;
    const told = { progressNumber, orderNumber, outcome: isLate ? 'late' : 'noted' };
    const reply = ok({ ...told, captured: now.captured, ...this.stateOf(now) });
    session.reports.set(progressNumber, { bytes: body, reply });
    return reply;
  }

  private stateOf({ orderNumber, amount: held, expiresAt, decidedAt }: PaymentAnswer) {
    const session = this.sessions.get(orderNumber);
    const { tariff } = this;
    const { unit, unitPrice } = tariff.type === 'metered' ? tariff : { unit: '', unitPrice: 0 };
    const { reading = 0, isEnded = false, programme } = session ?? {};
    const amount = Math.min(held, Math.floor((reading * unitPrice) / 1_000));
    return {
      state: isEnded ? 'ended' : 'running',
      unit,
      unitPrice,
      programme: programme === undefined ? null : { code: programme.code, name: programme.name },
      held,
      reading,
      amount,
      stop: this.stops || isEnded || amount === held,
      expiresAt: expiresAt ?? decidedAt,
      endReason: isEnded ? 'final' : null,
    } satisfies SessionState;
  }
}
