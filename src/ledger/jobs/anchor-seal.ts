import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { InjectKeyRing } from '../../platform/config/key-ring.token.js';
import type { KeyRing } from '../../platform/config/key-ring.js';
import { RunJobs } from '../../platform/jobs/run-jobs.js';
import { hashOfLine, noLine, readAnchor, writeAnchor, type Anchor } from '../domain/anchor.js';
import { AnchorFile } from '../store/anchor-file.js';
import { noteAnchor, readHashAndTotal, readNewestHead } from '../store/seal.store.js';

const everyMs = 10_000;
const apartMs = 60_000;

/**
 * The newest block's hash is written down outside the database, at most once a minute and only when there is a new one:
 * whoever rewrites or cuts off the database's blocks cannot rewrite that.
 */
@Injectable()
export class AnchorSeal implements OnModuleInit {
  private readonly file: AnchorFile;

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly jobs: RunJobs,
    @InjectKeyRing() private readonly keys: KeyRing,
  ) {
    this.file = new AnchorFile(config.anchorFile);
  }

  onModuleInit(): void {
    this.jobs.add({ name: 'anchor-seal', everyMs, run: () => this.anchor() });
  }

  private async anchor(): Promise<void> {
    const line = await this.file.last();
    if (line !== undefined) {
      const last = await this.requireAgreement(line);
      // Here again, for the turn that ended between the file and the database.
      await noteAnchor(this.database, last.block, line);
      const elapsedMs = this.clock.nowMs() - Date.parse(last.at);
      if (elapsedMs >= 0 && elapsedMs < apartMs) return;
      await this.anchorNewest(line, last.block);
    } else await this.anchorNewest(undefined, 0n);
  }

  private async anchorNewest(previous: string | undefined, after: bigint): Promise<void> {
    const head = await readNewestHead(this.database);
    if (head === undefined || head.no <= after) return;
    const line = writeAnchor(
      {
        block: head.no,
        total: head.total,
        hash: head.hash.toString('hex'),
        at: this.clock.now().toISOString(),
        service: this.config.SERVICE_NAME,
        previous: previous === undefined ? noLine : hashOfLine(previous),
      },
      this.keys.answerKey,
    );
    await this.file.append(line);
    await noteAnchor(this.database, head.no, line);
  }

  /** A database that says otherwise than its anchor was rewritten or is an old one: nothing is anchored on top of it. */
  private async requireAgreement(line: string): Promise<Anchor> {
    const last = readAnchor(line);
    const block = last && (await readHashAndTotal(this.database, last.block));
    if (last === undefined || block?.hash !== last.hash || block.total !== last.total)
      throw new Error(
        `The last line of ${this.file.path} is not of this database's seal: run verify.`,
      );
    return last;
  }
}
