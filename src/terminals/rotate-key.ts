import { newKeyProof, type SignatureAlgorithm } from '@campus-paycode/terminal-protocol';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppConfig } from '../platform/config/app-config.js';
import { inTransaction, type Tx } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { parsePublicKey, signatureHolds } from './domain/signatures.js';
import { keyIdOf, type TerminalKey } from './terminal.js';
import { terminalsProblems } from './terminals.errors.js';

export type KeyChange = {
  readonly algorithm: SignatureAlgorithm;
  readonly publicKey: Buffer;
  /** The new key's signature over `newKeyProof`. */
  readonly proof: Buffer;
};

/**
 * A terminal that holds a valid key brings the next one, in one request that both keys signed. Both are valid until it has
 * shown that it works with the new one: then the old one retires. A lost answer is asked for again with the same key.
 */
@Injectable()
export class RotateKey {
  constructor(
    private readonly database: DataSource,
    private readonly config: AppConfig,
  ) {}

  /** @returns the name of the new key. @throws {Refusal} public_key_invalid, key_proof_invalid, terminal_revoked */
  rotate(signing: TerminalKey, change: KeyChange): Promise<string> {
    const { terminal, generation } = signing;
    if (parsePublicKey(change.algorithm, change.publicKey) === undefined)
      throw new Refusal(terminalsProblems, 'public_key_invalid');
    const message = newKeyProof({
      serviceName: this.config.SERVICE_NAME,
      terminalId: terminal.id.toString(),
      keyId: keyIdOf(terminal.id, generation),
      algorithm: change.algorithm,
      publicKey: change.publicKey.toString('base64url'),
    });
    if (!signatureHolds(change, message, change.proof))
      throw new Refusal(terminalsProblems, 'key_proof_invalid');
    return inTransaction(this.database, async (tx) => {
      await requireValid(tx, signing);
      return keyIdOf(terminal.id, await addKey(tx, signing, change));
    });
  }

  /** The terminal works with this key now: those before it are of no use to anybody but a thief. */
  async retireBefore({ terminal, generation }: TerminalKey): Promise<void> {
    await this.database.query(
      `update terminals.terminal_key set status = 'retired', retired_at = platform.now()
       where terminal = $1 and generation < $2 and status = 'active'`,
      [terminal.id.toString(), generation],
    );
  }

  /** By the office, a single key that should not be valid any more. @throws {Refusal} terminal_key_not_found */
  async retire(terminal: bigint, generation: number): Promise<void> {
    const [, changed]: [unknown, number] = await this.database.query(
      `update terminals.terminal_key set status = 'retired', retired_at = coalesce(retired_at, platform.now())
       where terminal = $1 and generation = $2`,
      [terminal.toString(), generation],
    );
    if (changed === 0) throw new Refusal(terminalsProblems, 'terminal_key_not_found');
  }
}

/** Holds the terminal's row: two new keys at once are taken one after the other. */
async function requireValid(tx: Tx, { terminal, generation }: TerminalKey): Promise<void> {
  const rows: unknown[] = await tx.query(
    `select 1 from terminals.terminal where id = $1 and status = 'active' for update`,
    [terminal.id.toString()],
  );
  const keys: unknown[] = await tx.query(
    `select 1 from terminals.terminal_key where terminal = $1 and generation = $2 and status = 'active'`,
    [terminal.id.toString(), generation],
  );
  if (rows.length === 0 || keys.length === 0)
    throw new Refusal(terminalsProblems, 'terminal_revoked');
}

async function addKey(
  tx: Tx,
  { terminal, generation }: TerminalKey,
  { algorithm, publicKey }: KeyChange,
): Promise<number> {
  const id = terminal.id.toString();
  const [known]: { generation: number }[] = await tx.query(
    `select generation from terminals.terminal_key
     where terminal = $1 and public_key = $2 and algorithm = $3 and status = 'active' and generation > $4`,
    [id, publicKey, algorithm, generation],
  );
  if (known !== undefined) return known.generation;
  // Never more than two: what was brought before and never worked with is given up for the new one.
  await tx.query(
    `update terminals.terminal_key set status = 'retired', retired_at = platform.now()
     where terminal = $1 and generation <> $2 and status = 'active'`,
    [id, generation],
  );
  const [added]: { generation: number }[] = await tx.query(
    `insert into terminals.terminal_key (terminal, generation, algorithm, public_key)
     select $1, max(k.generation) + 1, $2, $3 from terminals.terminal_key k where k.terminal = $1
     on conflict (public_key) do nothing returning generation`,
    [id, algorithm, publicKey],
  );
  if (added === undefined) throw new Refusal(terminalsProblems, 'public_key_invalid');
  return added.generation;
}
