import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** One thing that somebody of the office did or tried to do. */
export type Deed = {
  /** Null when a login was refused under a name that nobody has. */
  readonly staffId: bigint | null;
  readonly method: string;
  /** The route's pattern, such as `/v1/staff/approvals/:id/consent`. */
  readonly route: string;
  /** Ids that the deed was about. */
  readonly target: Readonly<Record<string, string>>;
  readonly status: number;
  readonly requestId: string;
};

export type AuditedDeed = Deed & { readonly id: bigint; readonly at: Date };

const pageSize = 100;

@Injectable()
export class AuditStore {
  constructor(private readonly database: DataSource) {}

  async write(deed: Deed): Promise<void> {
    await this.database.query(
      `insert into staff.audit (staff_id, method, route, target, status, request_id)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        deed.staffId?.toString() ?? null,
        deed.method,
        deed.route,
        JSON.stringify(deed.target),
        deed.status,
        deed.requestId,
      ],
    );
  }

  /** Newest first. */
  async list(filter: { staffId?: bigint; before?: bigint }): Promise<AuditedDeed[]> {
    type Row = {
      id: string;
      staff_id: string | null;
      at: Date;
      method: string;
      route: string;
      target: Record<string, string>;
      status: number;
      request_id: string;
    };
    const rows = await this.database.query<Row[]>(
      `select id, staff_id, at, method, route, target, status, request_id from staff.audit
       where ($1::bigint is null or staff_id = $1) and ($2::bigint is null or id < $2)
       order by id desc limit ${pageSize}`,
      [filter.staffId?.toString() ?? null, filter.before?.toString() ?? null],
    );
    return rows.map((row) => ({
      id: BigInt(row.id),
      staffId: row.staff_id === null ? null : BigInt(row.staff_id),
      at: row.at,
      method: row.method,
      route: row.route,
      target: row.target,
      status: row.status,
      requestId: row.request_id,
    }));
  }
}
