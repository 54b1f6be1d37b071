/** Students with certificates, terminals without a network, and two people of the office who look at what they brought. */
import { RegisterTerminal } from '../../src/terminals/register-terminal.js';
import { allProofs } from '../../src/proofs.js';
import { proveWith } from '../../src/platform/proofs/proof.js';
import { givenColleague, type Colleague } from './given-office.js';
import { Given, type Student } from './given.js';
import { OfflineTill, type Decision } from './offline-till.js';
import type { TestService } from './service.js';
import { newTerminalKey, TestTerminal } from './test-terminal.js';

export type KeptRecord = {
  readonly id: string;
  readonly decision: string;
  readonly reason: string | null;
  readonly bears: string | null;
  readonly paid: number;
  readonly owed: number;
  readonly paymentId: string | null;
  readonly orderNumber: string | null;
  readonly sequence: number;
  readonly approvalId: string | null;
};

export class OfflineCampus {
  private codes = 0;

  private constructor(
    readonly service: TestService,
    readonly maker: Colleague,
    readonly checker: Colleague,
    readonly given: Given,
  ) {}

  static async on(service: TestService, given = new Given(service)): Promise<OfflineCampus> {
    const maker = await givenColleague(service, 'offline.maker', ['administrator']);
    const checker = await givenColleague(service, 'offline.checker', ['administrator']);
    return new OfflineCampus(service, maker, checker, given);
  }

  /** At a place of its own. */
  async till(): Promise<OfflineTill> {
    return new OfflineTill(this.service, await this.given.canteen());
  }

  /** Another terminal at the same place. */
  async beside({ terminal }: OfflineTill): Promise<OfflineTill> {
    const { service } = this;
    const { rows } = await service.owner.query<{ place: string }>(
      'select place from terminals.terminal where id = $1',
      [terminal.id.toString()],
    );
    this.codes += 1;
    const code = `Z${this.codes}`;
    const place = BigInt(rows[0]?.place ?? 0);
    const id = await service
      .get(RegisterTerminal)
      .register({ place, code, name: { zh: code, en: code } });
    const other = new TestTerminal(service, id, code, newTerminalKey());
    const { status, text } = await other.enrol(await this.given.enrolmentCode(other));
    if (status !== 201) throw new Error(text);
    return new OfflineTill(service, other);
  }

  /** A student whose phone can pay without a network. */
  async student(cash: bigint): Promise<Student> {
    const student = await this.given.student(cash);
    await student.phone.prepareOffline();
    return student;
  }

  async balances({ card }: Student): Promise<{ cash: bigint; aside: bigint; owed: bigint }> {
    const { rows } = await this.service.owner.query<{ cash: string; aside: string; owed: string }>(
      `select (select a.balance from ledger.account a where a.owner = $1 and a.kind = 'cash') as cash,
         coalesce((select sum(w.amount) from payment_codes.allowance w where w.card = $1), 0) as aside,
         offline_sales.owed_by($1) as owed`,
      [card.toString()],
    );
    const { cash, aside, owed } = rows[0] ?? { cash: 0, aside: 0, owed: 0 };
    return { cash: BigInt(cash), aside: BigInt(aside), owed: BigInt(owed) };
  }

  /** Fen that a till's merchant has, and that the house has lost. */
  async earned({ terminal }: OfflineTill): Promise<{ merchant: bigint; lost: bigint }> {
    const { rows } = await this.service.owner.query<{ merchant: string; lost: string }>(
      `select b.balance as merchant,
         coalesce((select -l.balance from ledger.account_balance l where l.kind = 'offline-loss'), 0) as lost
       from terminals.terminal t join places.place p on p.id = t.place
       join ledger.account_balance b on b.owner = p.merchant and b.kind = 'merchant' where t.id = $1`,
      [terminal.id.toString()],
    );
    const { merchant, lost } = rows[0] ?? { merchant: 0, lost: 0 };
    return { merchant: BigInt(merchant), lost: BigInt(lost) };
  }

  /** As the office sees it. */
  async kept({ terminal }: OfflineTill, { sequence, orderNumber }: Decision): Promise<KeptRecord> {
    const { body } = await this.maker.get(`offline-sales?terminal=${terminal.id}&limit=100`);
    const found = (body['records'] as KeptRecord[]).find(
      (each) => each.sequence === sequence && each.orderNumber === orderNumber,
    );
    if (found === undefined) throw new Error('The record is not there.');
    return found;
  }

  /** One asks, the other consents, and it is carried out. */
  async agree(path: string, body: Record<string, unknown>): Promise<void> {
    const asked = await this.maker.post(path, { ...body, reason: 'seen on the tape' });
    if (asked.status !== 200) throw new Error(JSON.stringify(asked.body));
    const approval = String(asked.body['approvalId']);
    const said = await this.checker.post(`approvals/${approval}/consent`, {});
    if (said.status !== 200) throw new Error(JSON.stringify(said.body));
    await this.service.relayAll();
  }

  /** Two people's word about a record that waits. */
  async say(
    till: OfflineTill,
    decision: Decision,
    word: 'release' | 'dismiss',
  ): Promise<KeptRecord> {
    const { id } = await this.kept(till, decision);
    await this.agree(`offline-sales/${id}/words`, { word });
    return this.kept(till, decision);
  }

  resume({ terminal }: OfflineTill): Promise<void> {
    return this.agree(`offline-terminals/${terminal.id}/resumptions`, {});
  }

  /** What does not hold, of everything that is proved. */
  async broken(): Promise<string[]> {
    const { service } = this;
    const proofs = await proveWith(allProofs(service.config), service.database);
    return proofs.filter(({ broken }) => broken !== 0n).map(({ proof }) => proof);
  }
}
