import type { CampusClock } from './campus-clock.js';
import type { TerminalKind } from './terminal-words.js';
import { ServiceRefused, type Service } from './call-service.js';
import { oneTimePassword, PERIOD_SECONDS } from './one-time-password.js';

export type Member = {
  readonly name: string;
  readonly password: string;
  readonly totpSecret: string;
  readonly roles?: readonly string[];
};

export type OfficePlace = {
  readonly id: string;
  readonly kind: TerminalKind;
  readonly open: boolean;
  readonly name: { readonly zh: string; readonly en: string };
  /** How it sells; a unit is of a metered one. */
  readonly tariff: { readonly type: string; readonly unit?: string };
  /** Whether somebody counts who is inside. */
  readonly hasGate: boolean;
  /** Whether its devices have prices that are known before. */
  readonly hasProgrammes: boolean;
};

export type OfficeTerminal = {
  readonly id: string;
  readonly code: string;
  readonly placeId: string;
  readonly status: string;
};

export type EnrolmentCode = {
  readonly enrolmentCode: string;
  readonly serviceName: string;
  readonly serviceKey: string;
};

export type OfficePayment = {
  readonly id: string;
  readonly orderNumber: string;
  readonly terminalId: string;
  readonly verdict: 'approved' | 'declined';
  readonly reason: string | null;
  readonly state: string;
  readonly amount: number;
  readonly captured: number;
  readonly returned: number;
  readonly decidedAt: string;
};

type Student = { readonly id: string; readonly number: string; readonly status: string };

const pageSize = 100;
const stepMs = PERIOD_SECONDS * 1000;

/** What an administrator does for the lunch, over the staff routes. */
export class Office {
  private again: Promise<void> | null = null;

  private constructor(
    private readonly service: Service,
    private readonly member: Member,
    private readonly clock: CampusClock,
    private token: string,
  ) {}

  /**
   * A one-time password opens one login. Whoever logged in a moment ago used up the present one: the
   * next one is taken a step early, and after that only waiting helps.
   */
  static async logIn(service: Service, member: Member, clock: CampusClock): Promise<Office> {
    return new Office(service, member, clock, await tokenFor(service, member, clock));
  }

  async places(): Promise<OfficePlace[]> {
    type Known = Omit<OfficePlace, 'hasGate' | 'hasProgrammes'>;
    const known = await this.ask<Known[]>('/v1/staff/places');
    type Occupancies = { places: { placeId: string }[] };
    const gated = (await this.ask<Occupancies>('/v1/occupancies')).places;
    const places: OfficePlace[] = [];
    for (const place of known) {
      const hasGate = gated.some(({ placeId }) => placeId === place.id);
      const isMetered = place.tariff.type === 'metered';
      const hasProgrammes = isMetered && (await this.hasProgrammes(place.id));
      places.push({ ...place, hasGate, hasProgrammes });
    }
    return places;
  }

  private async hasProgrammes(place: string): Promise<boolean> {
    type List = { programmes: unknown[] };
    const { programmes } = await this.ask<List>(`/v1/staff/places/${place}/programmes`);
    return programmes.length > 0;
  }

  terminals(): Promise<OfficeTerminal[]> {
    return this.ask('/v1/staff/terminals');
  }

  async registerTerminal(code: string, place: OfficePlace): Promise<string> {
    const { zh, en } = place.name;
    const body = {
      code,
      placeId: place.id,
      nameZh: `${zh} ${code}`.slice(0, 40),
      nameEn: `${en} ${code}`.slice(0, 60),
    };
    return (await this.tell<{ id: string }>('/v1/staff/terminals', body)).id;
  }

  /** Whether the service has records of what this terminal sold by itself. */
  async hasSoldAlone(terminal: string): Promise<boolean> {
    type Page = { records: unknown[] };
    const path = `/v1/staff/offline-sales?terminal=${terminal}&limit=1`;
    return (await this.ask<Page>(path)).records.length > 0;
  }

  enrolmentCode(terminal: string): Promise<EnrolmentCode> {
    return this.tell(`/v1/staff/terminals/${terminal}/enrolment-codes`, {});
  }

  /** Every active cardholder whose number this is one of, by number. */
  async students(isOne: (number: string) => boolean): Promise<Student[]> {
    const found: Student[] = [];
    let after = '';
    for (;;) {
      type Page = { cardholders: Student[]; next: string | null };
      const page = await this.ask<Page>(`/v1/staff/cardholders?limit=${pageSize}${after}`);
      found.push(
        ...page.cardholders.filter(({ number, status }) => status === 'active' && isOne(number)),
      );
      if (page.next === null) break;
      after = `&after=${page.next}`;
    }
    return found.sort((a, b) => (a.number < b.number ? -1 : 1));
  }

  /** What stands in a link of the card office, good for one phone to bind or for one proof of who holds it. */
  async linkToken(cardholder: string, purpose: 'enrolment' | 'sign-in'): Promise<string> {
    const path = `/v1/staff/cardholders/${cardholder}/enrolment-links`;
    return (await this.tell<{ token: string }>(path, { purpose })).token;
  }

  /** What the office sees of a terminal's payments since then, newest first. */
  async paymentsOf(terminal: string, since: string): Promise<OfficePayment[]> {
    const found: OfficePayment[] = [];
    let before = '';
    for (;;) {
      type Page = { payments: OfficePayment[] };
      const path = `/v1/staff/payments?terminal=${terminal}&limit=${pageSize}${before}`;
      const { payments } = await this.ask<Page>(path);
      const fresh = payments.filter(({ decidedAt }) => decidedAt >= since);
      found.push(...fresh);
      const last = payments.at(-1);
      // Numbers are dealt to connections in blocks: a page may mix old and new, a whole old one ends it.
      if (last === undefined || payments.length < pageSize || fresh.length === 0) return found;
      before = `&before=${last.id}`;
    }
  }

  /** Terminals whose count of sales once went back. */
  async brokenSequences(): Promise<Set<string>> {
    type Watched = { terminalId: string; breaks: unknown[] };
    const all = await this.ask<Watched[]>('/v1/staff/terminal-sequences');
    return new Set(all.filter(({ breaks }) => breaks.length > 0).map((one) => one.terminalId));
  }

  /** The sum over all books, fen: 0, or they are wrong. */
  async trialBalance(): Promise<bigint> {
    return BigInt((await this.ask<{ total: number }>('/v1/staff/trial-balance')).total);
  }

  private ask<Body>(path: string): Promise<Body> {
    return this.call('GET', path, {});
  }

  private tell<Body>(path: string, body: object): Promise<Body> {
    return this.call('POST', path, { body });
  }

  /** A login ends after half an hour of silence, which passes quickly on a campus in a hurry. */
  private async call<Body>(
    method: 'GET' | 'POST',
    path: string,
    what: { body?: object },
  ): Promise<Body> {
    const { token } = this;
    try {
      return await this.service.call<Body>(method, path, { ...what, token });
    } catch (error) {
      if (!(error instanceof ServiceRefused) || error.status !== 401) throw error;
      if (token === this.token) await this.logInAgain();
      return this.service.call<Body>(method, path, { ...what, token: this.token });
    }
  }

  private logInAgain(): Promise<void> {
    this.again ??= tokenFor(this.service, this.member, this.clock)
      .then((token) => {
        this.token = token;
      })
      .finally(() => {
        this.again = null;
      });
    return this.again;
  }
}

async function tokenFor(service: Service, member: Member, clock: CampusClock): Promise<string> {
  const now = () => Math.floor(clock.now() / stepMs);
  const token =
    (await tryLogIn(service, member, now())) ??
    (await tryLogIn(service, member, now() + 1)) ??
    (await clock
      .pass(stepMs - (clock.now() % stepMs))
      .then(() => tryLogIn(service, member, now() + 1)));
  if (token !== null) return token;
  throw new Error(`${member.name} was not let in: wrong password or one-time password.`);
}

async function tryLogIn(service: Service, member: Member, step: number): Promise<string | null> {
  const { name, password, totpSecret } = member;
  const body = { name, password, totp: oneTimePassword(totpSecret, step) };
  try {
    return (await service.call<{ token: string }>('POST', '/v1/staff/logins', { body })).token;
  } catch (error) {
    if (error instanceof ServiceRefused && error.code === 'login_refused') return null;
    throw error;
  }
}
