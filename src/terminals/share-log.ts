import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { AppConfig } from '../platform/config/app-config.js';
import { platformProblems } from '../platform/errors/platform.errors.js';
import { Refusal } from '../platform/errors/problem.js';
import { KeepRequests, ownerOf, type KeptCall } from './keep-requests.js';
import { hashEnrolmentCode } from './register-terminal.js';
import { terminalsProblems } from './terminals.errors.js';

const linkDays = 30;
const codeHours = 24;
const codesMax = 20;

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

export type TerminalLog = {
  readonly code: string;
  readonly since: string;
  readonly calls: readonly KeptCall[];
};

/**
 * Whoever builds a terminal reads what it sent: by a link that the office made for it, or in its first day by its enrolment
 * code, since whoever cannot sign yet has nothing else. Both show the log of one terminal and can do nothing.
 */
@Injectable()
export class ShareLog {
  constructor(
    private readonly database: DataSource,
    private readonly config: AppConfig,
    private readonly requests: KeepRequests,
  ) {}

  /** A link for thirty days; only its hash is kept. @throws {Refusal} terminal_not_found */
  async makeLink(terminal: bigint, by: bigint): Promise<{ url: string; expiresAt: Date }> {
    const token = randomBytes(24).toString('base64url');
    const [row] = await this.database.query<{ expires_at: Date }[]>(
      `insert into terminals.log_link (token_hash, terminal, expires_at, made_by)
       select $1, t.id, platform.now() + make_interval(days => $3), $4 from terminals.terminal t where t.id = $2
       returning expires_at`,
      [hashOf(token), terminal.toString(), linkDays, by.toString()],
    );
    if (row === undefined) throw new Refusal(terminalsProblems, 'terminal_not_found');
    return { url: `${this.config.origins[0]}/request-log#${token}`, expiresAt: row.expires_at };
  }

  /** @throws {Refusal} unauthenticated */
  async terminalOf(token: string): Promise<bigint> {
    const [row] = await this.database.query<{ terminal: string }[]>(
      `select l.terminal from terminals.log_link l where l.token_hash = $1 and l.expires_at > platform.now()
       union all
       select c.terminal from terminals.enrolment_code c
       where c.code_hash = $2 and c.created_at > platform.now() - make_interval(hours => $3)
       limit 1`,
      [hashOf(token), hashEnrolmentCode(token), codeHours],
    );
    if (row === undefined) throw new Refusal(platformProblems, 'unauthenticated');
    return BigInt(row.terminal);
  }

  /** The newest first. @throws {Refusal} terminal_not_found */
  async read(terminal: bigint): Promise<TerminalLog> {
    const [row] = await this.database.query<{ code: string; codes: Buffer[] | null }[]>(
      `select t.code, (select array_agg(c.code_hash) from (
         select * from terminals.enrolment_code x where x.terminal = t.id order by x.created_at desc limit ${codesMax}
       ) c) as codes
       from terminals.terminal t where t.id = $1`,
      [terminal.toString()],
    );
    if (row === undefined) throw new Refusal(terminalsProblems, 'terminal_not_found');
    const owners = [
      ownerOf.verified(terminal),
      ownerOf.claimed(terminal),
      ...(row.codes ?? []).map(ownerOf.enrolment),
    ];
    return { code: row.code, since: this.requests.since, calls: this.requests.of(owners) };
  }
}
