/** What the books promise is proved again every night, and whoever watches hears of the first thing that does not hold. */
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inSnapshot, inTransaction } from '../database/transaction.js';
import { RunJobs } from '../jobs/run-jobs.js';
import { Metrics } from '../metrics/metrics.js';
import { proofSourcesToken, type Proof, type ProofSource } from './proof.js';

/** It asks whether there is something to do; the proofs themselves run once in a business day. */
const everyMs = 10 * 60_000;

export type KeptProof = Proof & {
  readonly provedAt: Date;
  /** Since when it has been broken without a pause; null while it holds. */
  readonly brokenSince: Date | null;
};

@Injectable()
export class ProveBooks implements OnModuleInit {
  private readonly logger = new Logger('proofs');

  constructor(
    private readonly database: DataSource,
    private readonly jobs: RunJobs,
    private readonly metrics: Metrics,
    @Inject(proofSourcesToken) private readonly sources: readonly ProofSource[],
  ) {}

  onModuleInit(): void {
    this.jobs.add({ name: 'prove-books', everyMs, run: () => this.proveOncePerDay() });
    this.metrics.watch({
      name: 'campus_proof_broken',
      help: 'How many things break a promise of the books, when it was last proved; anything but 0 is an alarm',
      labels: ['proof'],
      read: async () =>
        (await this.last()).map(({ proof, broken }) => ({
          labels: { proof },
          value: Number(broken),
        })),
    });
    this.metrics.watch({
      name: 'campus_proof_age_seconds',
      help: 'Age of the oldest proof; more than two days is an alarm',
      read: async () => {
        const rows = await this.database.query<{ value: number | null }[]>(
          'select extract(epoch from platform.now() - min(proved_at))::float as value from platform.proof',
        );
        const value = rows[0]?.value ?? null;
        return value === null ? [] : [{ value }];
      },
    });
  }

  /** Proves everything as of one moment and keeps what came of it. */
  async prove(): Promise<readonly Proof[]> {
    const proofs: Proof[] = [];
    const kept: { proof: string; source: string; broken: string; tookMs: number }[] = [];
    await inSnapshot(this.database, async (snapshot) => {
      for (const each of this.sources) {
        const { source } = each;
        const begun = performance.now();
        const some = await each.prove(snapshot);
        const tookMs = Math.round(performance.now() - begun);
        proofs.push(...some);
        for (const { proof, broken } of some)
          kept.push({ proof, source, broken: broken.toString(), tookMs });
      }
    });
    await inTransaction(this.database, (tx) =>
      tx.query(
        `with said as (
           select x.proof, x.source, x.broken, x."tookMs" as took_ms
           from json_to_recordset($1) x (proof text, source text, broken bigint, "tookMs" int)
         ), gone as (
           delete from platform.proof p where not exists (select from said s where s.proof = p.proof)
         )
         insert into platform.proof as p (proof, source, broken, broken_since, proved_at, took_ms)
         select proof, source, broken, case when broken > 0 then platform.now() end, platform.now(), took_ms from said
         on conflict (proof) do update
         set source = excluded.source, broken = excluded.broken, proved_at = excluded.proved_at,
           took_ms = excluded.took_ms,
           broken_since = case when excluded.broken > 0 then coalesce(p.broken_since, excluded.broken_since) end`,
        [JSON.stringify(kept)],
      ),
    );
    for (const { proof, broken, findings = [] } of proofs.filter((each) => each.broken !== 0n))
      this.logger.error(`BROKEN: ${proof}: ${broken} ${findings.join('; ')}`);
    return proofs;
  }

  /** What each proof said when it was last made, those that do not hold first. */
  async last(): Promise<KeptProof[]> {
    const rows = await this.database.query<
      { proof: string; broken: string; broken_since: Date | null; proved_at: Date }[]
    >(
      `select proof, broken, broken_since, proved_at from platform.proof
       order by broken > 0 desc, source, proof`,
    );
    return rows.map(({ proof, broken, broken_since: brokenSince, proved_at: provedAt }) => ({
      proof,
      broken: BigInt(broken),
      brokenSince,
      provedAt,
    }));
  }

  private async proveOncePerDay(): Promise<void> {
    const [row] = await this.database.query<{ due: boolean }[]>(
      `select coalesce(platform.business_date(min(p.proved_at)) < platform.business_date(platform.now()), true) as due
       from platform.proof p`,
    );
    if (row?.due === true) await this.prove();
  }
}
