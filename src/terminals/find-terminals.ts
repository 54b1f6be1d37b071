import { isSignatureAlgorithm, type SignatureAlgorithm } from '@campus-paycode/terminal-protocol';
import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Mirror } from '../platform/database/mirror.js';
import { invariant, Refusal } from '../platform/errors/problem.js';
import { keyIdOf, type Terminal, type TerminalKey } from './terminal.js';
import { terminalsProblems } from './terminals.errors.js';

type Row = {
  id: string;
  code: string;
  name_zh: string;
  name_en: string;
  place: string;
  status: Terminal['status'];
  generation: number;
  algorithm: SignatureAlgorithm;
  public_key: Buffer;
  key_status: TerminalKey['status'];
};

const select = `
  select t.id, t.code, t.name_zh, t.name_en, t.place, t.status, k.generation, k.algorithm, k.public_key,
    k.status as key_status
  from terminals.terminal t join terminals.terminal_key k on k.terminal = t.id`;

function keyOf(row: Row): TerminalKey {
  invariant(
    isSignatureAlgorithm(row.algorithm),
    `${row.algorithm} is no algorithm of the protocol.`,
  );
  return {
    terminal: {
      id: BigInt(row.id),
      code: row.code,
      name: { zh: row.name_zh, en: row.name_en },
      place: BigInt(row.place),
      status: row.status,
    },
    generation: row.generation,
    algorithm: row.algorithm,
    publicKey: row.public_key,
    status: row.key_status,
  };
}

/** Who may sign requests, kept in memory; the call that decides a sale judges terminal and key once more. */
@Injectable()
export class FindTerminals implements OnApplicationBootstrap, OnApplicationShutdown {
  private byKeyId = new Map<string, TerminalKey>();
  private readonly mirror: Mirror<TerminalKey>;

  constructor(private readonly database: DataSource) {
    this.mirror = new Mirror<TerminalKey>(database, {
      versions: ['terminals'],
      load: async () => (await database.query<Row[]>(select)).map(keyOf),
      onChange: (keys) => {
        this.byKeyId = new Map(
          keys.map((key) => [keyIdOf(key.terminal.id, key.generation), key] as const),
        );
      },
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.mirror.start();
  }

  onApplicationShutdown(): void {
    this.mirror.stop();
  }

  /**
   * Judged by the database: a process may not have heard of a revocation yet. For routes whose own call does not judge it.
   * @throws {Refusal} terminal_revoked
   */
  async requireInService({ terminal, generation }: TerminalKey): Promise<void> {
    const [row] = await this.database.query<{ reason: string | null }[]>(
      'select reason from terminals.refusals(array[$1::bigint], array[$2::int])',
      [terminal.id.toString(), generation],
    );
    if (row?.reason !== null) throw new Refusal(terminalsProblems, 'terminal_revoked');
  }

  /** Whether the terminal has a valid key from before this one, as far as this process knows. */
  hasOlderKey({ terminal, generation }: TerminalKey): boolean {
    return this.mirror
      .all()
      .some(
        (key) =>
          key.terminal.id === terminal.id && key.generation < generation && key.status === 'active',
      );
  }

  /** Every key that a terminal ever had, the newest first. */
  async keysOf(terminal: bigint): Promise<readonly TerminalKey[]> {
    await this.mirror.renew();
    return this.mirror
      .all()
      .filter((key) => key.terminal.id === terminal)
      .sort((a, b) => b.generation - a.generation);
  }

  /** A key enrolled a moment ago at another process is found too: a miss looks again first. */
  async byKey(keyId: string): Promise<TerminalKey | undefined> {
    const known = this.byKeyId.get(keyId);
    if (known !== undefined) return known;
    await this.mirror.renew();
    return this.byKeyId.get(keyId);
  }
}
