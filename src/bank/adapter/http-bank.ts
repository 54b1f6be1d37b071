import { Logger } from '@nestjs/common';
import type {
  BankAnswer,
  BankPort,
  Instruction,
  Mandate,
  MandateAnswer,
  NeverSeen,
  StatementAnswer,
} from '../domain/bank-port.js';
import type { BankLine, LineAnswer } from './bank-line.js';
import { readCode, readInstant, readObject } from './bank-reading.js';

const unknown = (reason: string): { outcome: 'unknown'; reason: string } => ({
  outcome: 'unknown',
  reason,
});

/** The bank's corporate direct link: JSON over HTTP, signed both ways. */
export class HttpBank implements BankPort {
  private readonly logger = new Logger('bank');

  /** Without a line there is no bank: everything waits. */
  constructor(private readonly line: BankLine | undefined) {}

  get isReachable(): boolean {
    return this.line !== undefined;
  }

  async sign({ number, holderName, bankAccount }: Mandate): Promise<MandateAnswer> {
    const body = { agreementNumber: number, holderName, bankAccount };
    const answer = await this.send('POST', '/v1/agreements', body);
    if (answer.kind === 'broken') return unknown(answer.reason);
    const { status, text } = answer;
    if (status === 409 || status === 422) return { outcome: 'refused', reason: readCode(text) };
    const agreement = readObject(text);
    const signedAt = readInstant(agreement?.['signedAt']);
    const isOurs = agreement?.['agreementNumber'] === number && agreement['status'] === 'active';
    if (status !== 201 || !isOurs || signedAt === undefined) return unknown(`answered_${status}`);
    return { outcome: 'active', signedAt };
  }

  async instruct(instruction: Instruction): Promise<BankAnswer> {
    const { number, kind, agreementNumber, payeeAccount, amount, purpose } = instruction;
    const [path, who] =
      kind === 'debit' ? ['/v1/debits', { agreementNumber }] : ['/v1/payouts', { payeeAccount }];
    const body = { instructionNumber: number, ...who, amount: Number(amount), purpose };
    const answer = await this.send('POST', path, { ...body, currency: 'CNY' });
    // The bank knows nothing of this agreement, so it took nothing; it is no use to ask again.
    const code = answer.kind === 'answer' && answer.status === 404 ? readCode(answer.text) : null;
    if (code === 'agreement_unknown')
      return { outcome: 'failed', reason: code, bankReference: null };
    return this.readAnswer(answer, instruction);
  }

  async find(instruction: Instruction): Promise<BankAnswer | NeverSeen> {
    const answer = await this.send('GET', `/v1/instructions/${instruction.number}`);
    const isMissing = answer.kind === 'answer' && answer.status === 404;
    if (isMissing && readCode(answer.text) === 'instruction_unknown')
      return { outcome: 'never_seen' };
    return this.readAnswer(answer, instruction);
  }

  async statement(date: string): Promise<StatementAnswer> {
    const answer = await this.send('GET', `/v1/statements/${date}`);
    if (answer.kind === 'broken') return unknown(answer.reason);
    if (answer.status === 404) return { outcome: 'not_begun' };
    return answer.status === 200
      ? { outcome: 'found', csv: answer.text }
      : unknown(`answered_${answer.status}`);
  }

  private send(method: string, target: string, body?: unknown): Promise<LineAnswer> {
    if (this.line === undefined) return Promise.resolve({ kind: 'broken', reason: 'no_bank' });
    return this.line.send(method, target, body === undefined ? '' : JSON.stringify(body));
  }

  /** Anything that is not plainly an end of this very instruction is unknown. */
  private readAnswer(answer: LineAnswer, asked: Instruction): BankAnswer {
    if (answer.kind === 'broken') return unknown(answer.reason);
    const said = answer.status === 200 ? readObject(answer.text) : undefined;
    if (said === undefined) {
      const refusal = answer.status < 500 ? readCode(answer.text) : `answered_${answer.status}`;
      this.logger.warn(`${asked.number}: the bank answered ${answer.status} ${refusal}`);
      return unknown(refusal);
    }
    if (said['instructionNumber'] !== asked.number || said['amount'] !== Number(asked.amount)) {
      this.logger.error(`${asked.number}: the bank speaks of another number or amount`);
      return unknown('answer_of_another');
    }
    const reference = said['bankReference'];
    const bankReference = typeof reference === 'string' ? reference.slice(0, 64) : null;
    const bookedAt = readInstant(said['bookedAt']);
    if (said['status'] === 'succeeded' && bookedAt !== undefined && bankReference !== null)
      return { outcome: 'succeeded', bankReference, bookedAt };
    if (said['status'] === 'failed' && typeof said['reason'] === 'string')
      return { outcome: 'failed', reason: said['reason'].slice(0, 40), bankReference };
    return unknown(said['status'] === 'processing' ? 'processing' : 'answer_not_understood');
  }
}
