/** The gate of the played service: who was let in, and what the sensor saw. */
import { shortNumber, type PassageAnswer } from '@campus-paycode/terminal-protocol';
import { ok, problem, type Asked, type Reply } from './played-wire.js';

type Passage = { readonly bytes: string; answer: PassageAnswer };

const OPEN_MILLIS = 8_000;
const DAY_MILLIS = 36_000_000;

export class PlayedGate {
  readonly passages = new Map<string, Passage>();
  /** Without one everybody who may pass has passed. */
  hasSensor = true;
  /** What the next scans are answered, over what they would be. */
  verdict: Partial<PassageAnswer> = {};
  private readonly barred = new Set<string>();

  constructor(private readonly now: () => number) {}

  /** @returns null for what is no gate's */
  reply({ route, target, body, json }: Asked): Reply | null {
    if (route === 'passage') return this.scan(body, json);
    const [, , , orderNumber = '', word] = target.split('/');
    return route === 'passed' ? this.hear(orderNumber, word === 'passed') : null;
  }

  private scan(bytes: string, json: Asked['json']): Reply {
    const orderNumber = String(json['orderNumber']);
    if (this.barred.has(orderNumber)) return problem('order_number_reversed');
    const known = this.passages.get(orderNumber);
    if (known !== undefined) {
      this.lapse(known);
      return known.bytes === bytes ? ok(known.answer) : problem('order_number_reused');
    }
    const isEntry = json['direction'] === 'entry';
    const at = (millis: number) => new Date(this.now() + millis).toISOString();
    const visit = { id: '31', charge: 'time', enteredAt: at(0), closesAt: at(DAY_MILLIS) } as const;
    const answer: PassageAnswer = {
      orderNumber,
      shortNumber: shortNumber('B3', Number(json['sequence'])),
      direction: isEntry ? 'entry' : 'exit',
      verdict: 'approved',
      reason: null,
      message: isEntry
        ? { zh: '请入场', en: 'Please come in' }
        : { zh: '请出场', en: 'Please go out' },
      state: this.hasSensor ? 'authorized' : 'passed',
      amount: isEntry ? 2_000 : 300,
      cardholder: { maskedName: '张*' },
      visit: { ...visit, paymentId: '123', usesLeft: null },
      expiresAt: at(OPEN_MILLIS),
      decidedAt: at(0),
      ...this.verdict,
    };
    this.passages.set(orderNumber, { bytes, answer });
    return ok(answer);
  }

  private hear(orderNumber: string, isPassed: boolean): Reply {
    const known = this.passages.get(orderNumber);
    const say = (outcome: string) => ok({ orderNumber, outcome });
    if (known === undefined) {
      if (isPassed) return problem('passage_unknown');
      this.barred.add(orderNumber);
      return say('never_seen');
    }
    this.lapse(known);
    const { verdict, state, direction } = known.answer;
    if (verdict === 'declined') return say('was_declined');
    if (state === 'passed') return say(isPassed ? 'passed' : 'already_passed');
    if (isPassed && state === 'voided' && direction === 'entry') return say('too_late');
    known.answer = { ...known.answer, state: isPassed ? 'passed' : 'voided' };
    return say(isPassed ? 'passed' : 'not_passed');
  }

  private lapse(passage: Passage): void {
    const { state, expiresAt } = passage.answer;
    if (state !== 'authorized' || this.now() < Date.parse(expiresAt ?? '')) return;
    passage.answer = { ...passage.answer, state: 'voided' };
  }
}
