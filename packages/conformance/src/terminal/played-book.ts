/** The sales of the played service, as far as a terminal can tell. */
import { answerKey, type AnswerKey } from '@campus-paycode/terminal-client';
import { fromBase64Url, newKeyProof, shortNumber } from '@campus-paycode/terminal-protocol';
import type {
  PaymentAnswer,
  ReversalOutcome,
  SignatureAlgorithm,
  TerminalSettings,
  WireTariff,
} from '@campus-paycode/terminal-protocol';
import { ok, problem, type Asked, type Reply } from './played-wire.js';
import type { PlayedIssuer } from './played-issuer.js';
import type { Seen } from './watch-body.js';

type Stored = { readonly bytes: string; answer: PaymentAnswer };

/** What the book has to know of the service that it is the book of. */
type Campus = {
  readonly name: string;
  readonly tariff: WireTariff;
  readonly settingsVersion: number;
  readonly issuer: PlayedIssuer;
  readonly broken: Seen[];
  readonly terminalKeys: Map<string, AnswerKey>;
  /** Why a sale is declined before anything else is looked at. */
  refuse(instrument: unknown, orderNumber: string): string | null;
  settings(): TerminalSettings;
};

export class PlayedBook {
  readonly sales = new Map<string, Stored>();
  readonly captures = new Map<string, { readonly bytes: string; readonly reply: Reply }>();
  private readonly barred = new Set<string>();
  private readonly brought = new Map<string, string>();
  /** What the next sales are answered, over what they would be. */
  verdict: Readonly<Record<string, unknown>> = {};
  /** What each reversal is answered, instead of what it would be. */
  outcome: ReversalOutcome | null = null;

  constructor(
    private readonly service: Campus,
    private readonly now: () => number,
  ) {}

  reply(asked: Asked): Reply {
    const { route, body } = asked;
    const number = asked.target.split('/')[3] ?? '';
    switch (route) {
      case 'enrolment':
        return this.enrol();
      case 'settings':
        return ok(this.service.settings());
      case 'heartbeat':
        return ok({
          serverTime: new Date(this.now()).toISOString(),
          settingsVersion: String(this.service.settingsVersion),
        });
      case 'sale':
        return this.sell(asked);
      case 'query':
      case 'confirmation':
        return this.look(number, asked);
      case 'reversal':
        return this.reverse(number);
      case 'capture':
        return this.capture(number, asked);
      case 'shift': {
        const { shiftNumber, sales, reversals, voids } = asked.json;
        return ok({ shiftNumber, agrees: true, service: { sales, reversals, voids } });
      }
      case 'key':
        return this.bringKey(asked, body);
      case 'hotlist':
        return this.service.issuer.hotlist(Number(asked.target.split('/')[3]));
      case 'records':
        return this.service.issuer.take(asked.json);
      case 'passage':
      case 'passed':
      case 'programmes':
      case 'session':
      case 'progress':
      case 'pin_check':
      case 'supervision':
      case 'void':
      case 'opening':
      case 'credit':
      case 'credit_look':
      case 'readings':
      case 'other':
        return problem('not_found');
    }
  }

  /** Changes what a sale is now. */
  decide(orderNumber: string, changes: Partial<PaymentAnswer>): void {
    const stored = this.sales.get(orderNumber);
    if (stored !== undefined) stored.answer = { ...stored.answer, ...changes };
  }

  find(orderNumber: string): PaymentAnswer | undefined {
    return this.sales.get(orderNumber)?.answer;
  }

  private enrol(): Reply {
    const settings = this.service.settings();
    const { terminalId, serviceKeys } = settings;
    return { status: 201, body: { terminalId, keyId: 't-12.1', settings, serviceKeys } };
  }

  sell({ body, json }: Asked): Reply {
    const orderNumber = String(json['orderNumber']);
    if (this.barred.has(orderNumber)) return problem('order_number_reversed');
    const stored = this.sales.get(orderNumber);
    if (stored !== undefined) {
      return stored.bytes === body ? ok(stored.answer) : problem('order_number_reused');
    }
    const { tariff } = this.service;
    const amount =
      tariff.type === 'entered'
        ? Number(json['amount'])
        : tariff.type === 'fixed'
          ? tariff.amount
          : tariff.hold;
    const held = tariff.type === 'metered';
    const refused = this.service.refuse(json['instrument'], orderNumber);
    const declined = { verdict: 'declined', state: 'declined', captured: 0, reason: refused };
    const answer = {
      paymentId: String(this.sales.size + 1),
      orderNumber,
      shortNumber: shortNumber('B3', Number(json['sequence'])),
      verdict: 'approved',
      reason: null,
      message: { zh: '支付成功', en: 'Paid' },
      amount,
      captured: held ? 0 : amount,
      state: held ? 'held' : 'captured',
      cardholder: { maskedName: '张*' },
      expiresAt: held ? new Date(this.now() + 900_000).toISOString() : null,
      decidedAt: new Date(this.now()).toISOString(),
      businessDate: '2026-11-22',
      ...(refused === null ? {} : declined),
      ...this.verdict,
    } as PaymentAnswer;
    this.sales.set(orderNumber, { bytes: body, answer });
    return ok(answer);
  }

  private look(orderNumber: string, { route, json }: Asked): Reply {
    const stored = this.sales.get(orderNumber);
    if (stored === undefined) return problem('order_unknown');
    if (route === 'confirmation') {
      if (stored.answer.awaits !== 'cashier') return problem('confirmation_not_awaited');
      const paid = json['decision'] === 'confirm';
      this.decide(orderNumber, {
        verdict: paid ? 'approved' : 'declined',
        state: paid ? 'captured' : 'declined',
        captured: paid ? stored.answer.amount : 0,
        reason: paid ? null : 'confirmation_refused',
      });
    }
    return ok(this.sales.get(orderNumber)?.answer);
  }

  private reverse(orderNumber: string): Reply {
    const stored = this.sales.get(orderNumber);
    const again = this.barred.has(orderNumber);
    this.barred.add(orderNumber);
    const returned = stored?.answer.captured ?? 0;
    const usual = stored === undefined ? 'never_seen' : again ? 'already_reversed' : 'reversed';
    return ok({ orderNumber, outcome: this.outcome ?? usual, returned });
  }

  private capture(orderNumber: string, { body, json }: Asked): Reply {
    const captureNumber = String(json['captureNumber']);
    const known = this.captures.get(captureNumber);
    if (known !== undefined) {
      return known.bytes === body ? known.reply : problem('capture_number_reused');
    }
    const { amount, final } = json;
    const state = final === true ? 'captured' : 'held';
    const reply = ok({ captureNumber, orderNumber, captured: amount, released: 0, state });
    this.captures.set(captureNumber, { bytes: body, reply });
    return reply;
  }

  private bringKey({ keyId, json }: Asked, body: string): Reply {
    const { algorithm, publicKey, proof } = json;
    if (algorithm !== 'ed25519' && algorithm !== 'ecdsa-p256-sha256') {
      return problem('public_key_invalid');
    }
    const described = { algorithm: algorithm as SignatureAlgorithm, publicKey: String(publicKey) };
    const own = answerKey({ keyId, ...described });
    const { name: serviceName } = this.service;
    const said = newKeyProof({ serviceName, terminalId: '12', keyId, ...described });
    const signed = fromBase64Url(String(proof)) ?? new Uint8Array();
    if (own?.verify(said, signed) !== true) {
      this.service.broken.push({ rule: 'R92', what: `the proof does not verify: ${body}` });
    }
    if (own === null) return problem('public_key_invalid');
    const known = this.brought.get(described.publicKey) ?? `t-12.${this.brought.size + 2}`;
    this.brought.set(described.publicKey, known);
    this.service.terminalKeys.set(known, own);
    return ok({ keyId: known });
  }
}
